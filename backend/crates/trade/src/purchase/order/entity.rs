//! Tables `purchase_order` and `purchase_order_line`.

use openapi::trade::purchase::order::PurchaseLife;

platform::table! {
    /// Heads.
    order = "purchase_order", org = OrgId, life PurchaseLife {
        party_id: Uuid,
        warehouse_id: Uuid,
        expected_on: Option<Date>,
        remark: Option<String>,
        total_quantity: i64,
        received_quantity: i64,
        total_amount: i64,
        total_tax: i64,
    }
}
platform::table! {
    /// Lines, in the order they were typed. `net` is the amount without VAT; receipts take their share of it.
    line = "purchase_order_line" of OrderId as order_id {
        product_id: Uuid,
        quantity: i64,
        unit_price: i64,
        vat_rate: i32,
        amount: i64,
        net: i64,
        received: i64,
        received_value: i64,
        expected_on: Option<Date>,
        remark: Option<String>,
    }
}
