//! Tables `conversion` and `conversion_line`.

use openapi::stock::conversion::ConversionLife;

platform::table! {
    /// Heads.
    conversion = "conversion", org = OrgId, life ConversionLife {
        way: String,
        formula_id: Uuid,
        product_id: Uuid,
        warehouse_id: Uuid,
        parts_warehouse_id: Uuid,
        serial: Option<String>,
        condition: String,
        posted_at: Option<DateTimeUtc>,
        remark: Option<String>,
    }
}
platform::table! {
    /// Parts, in the order they were typed.
    line = "conversion_line" of ConversionId as conversion_id {
        product_id: Uuid,
        serial: Option<String>,
        condition: String,
        quantity: i64,
        share: Option<i64>,
    }
}
