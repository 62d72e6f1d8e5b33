//! Tables `revaluation` and `revaluation_line`.

use openapi::stock::revaluation::RevaluationLife;

platform::table! {
    /// Heads.
    revaluation = "revaluation", org = OrgId, life RevaluationLife {
        reason: String,
        posted_at: Option<DateTimeUtc>,
        difference: Option<i64>,
    }
}
platform::table! {
    /// Lines, in the order they were typed. Quantity, old value and difference are there once it is posted.
    line = "revaluation_line" of RevaluationId as revaluation_id {
        product_id: Uuid,
        condition: String,
        serial: Option<String>,
        new_cost: i64,
        quantity: Option<i64>,
        old_value: Option<i64>,
        difference: Option<i64>,
    }
}
