//! Tables `purchase_return` and `purchase_return_line`.

use openapi::trade::purchase::back::PurchaseReturnLife;

platform::table! {
    /// Heads.
    back = "purchase_return", org = OrgId, life PurchaseReturnLife {
        receipt_id: Uuid,
        receipt_number: String,
        party_id: Uuid,
        warehouse_id: Uuid,
        effective_at: Option<DateTimeUtc>,
        credit_no: Option<String>,
        reason: String,
        reversal_reason: Option<String>,
        total_quantity: i64,
        accrued: i64,
        credit: i64,
        tax: i64,
        set_off: i64,
    }
}
platform::table! {
    /// Lines. `released`, `accrued`, `credit` and `tax` are known once the goods have left.
    line = "purchase_return_line" of ReturnId as return_id {
        receipt_line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        condition: String,
        quantity: i64,
        released: i64,
        accrued: i64,
        credit: i64,
        tax: i64,
    }
}
