//! Tables `goods_receipt` and `goods_receipt_line`.

use openapi::trade::purchase::receipt::GoodsReceiptLife;

platform::table! {
    /// Heads.
    receipt = "goods_receipt", org = OrgId, life GoodsReceiptLife {
        order_id: Uuid,
        order_number: String,
        party_id: Uuid,
        warehouse_id: Uuid,
        effective_at: DateTimeUtc,
        reference: Option<String>,
        remark: Option<String>,
        reason: Option<String>,
        total_quantity: i64,
        total_value: i64,
    }
}
platform::table! {
    /// Lines; one for each piece, where pieces have serial numbers. Of what was `returned`, `released` was not invoiced and
    /// `credited` was.
    line = "goods_receipt_line" of ReceiptId as receipt_id {
        order_line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        value: i64,
        invoiced: i64,
        invoiced_value: i64,
        returned: i64,
        released: i64,
        released_value: i64,
        credited: i64,
        credited_amount: i64,
        credited_tax: i64,
    }
}
