//! Tables `parts_plan` and `parts_plan_line`.

use openapi::stock::plan::PartsPlanLife;

platform::table! {
    /// Heads.
    plan = "parts_plan", org = OrgId, life PartsPlanLife {
        kind: String,
        month: i64,
        needed_on: Option<Date>,
        reason: Option<String>,
        remark: Option<String>,
        total_quantity: i64,
        suggested_at: Option<DateTimeUtc>,
    }
}
platform::table! {
    /// Lines, in the order they were typed or suggested. `basis` is why so much was suggested, as JSON.
    line = "parts_plan_line" of PlanId as plan_id {
        product_id: Uuid,
        suggested: Option<i64>,
        basis: Option<String>,
        quantity: i64,
        is_by_hand: bool,
        approved: Option<i64>,
        remark: Option<String>,
    }
}
