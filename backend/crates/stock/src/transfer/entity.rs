//! Tables `transfer` and `transfer_line`.

use openapi::stock::transfer::TransferLife;

platform::table! {
    /// Heads.
    transfer = "transfer", org = OrgId also ToOrgId, life TransferLife {
        warehouse_id: Uuid,
        to_org_id: Uuid,
        to_warehouse_id: Option<Uuid>,
        requisition_id: Option<Uuid>,
        courier: Option<String>,
        tracking_number: Option<String>,
        shipped_at: Option<DateTimeUtc>,
        sign_within_days: i64,
        sign_by: Option<DateTimeUtc>,
        signed_at: Option<DateTimeUtc>,
        is_auto_signed: bool,
        remark: Option<String>,
        total_quantity: i64,
        source_kind: Option<String>,
        source_id: Option<Uuid>,
        source_number: Option<String>,
    }
}
platform::table! {
    /// Lines, in the order they were typed.
    line = "transfer_line" of TransferId as transfer_id {
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        requisition_line_id: Option<Uuid>,
        received: Option<i64>,
        damaged: Option<i64>,
        missing: i64,
        surplus: i64,
        remark: Option<String>,
        condition: String,
        owner: String,
    }
}
