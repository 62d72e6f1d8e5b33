//! Tables `requisition` and `requisition_line`.

use openapi::stock::requisition::RequisitionLife;

platform::table! {
    /// Heads.
    requisition = "requisition", org = OrgId also SupplierId, life RequisitionLife {
        supplier_id: Uuid,
        priority: String,
        needed_on: Option<Date>,
        purpose: Option<String>,
        remark: Option<String>,
        total_quantity: i64,
    }
}
platform::table! {
    /// Lines, in the order they were typed.
    line = "requisition_line" of RequisitionId as requisition_id {
        product_id: Uuid,
        quantity: i64,
        approved: Option<i64>,
        shipped: i64,
        remark: Option<String>,
        plan_line_id: Option<Uuid>,
    }
}
