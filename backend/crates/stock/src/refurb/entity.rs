//! Tables `refurb`, `refurb_line` and `refurb_part`.

use openapi::stock::refurb::RefurbLife;

platform::table! {
    /// Heads. `worker_id` is who began the work.
    refurb = "refurb", org = OrgId, party = AgentId, life RefurbLife {
        warehouse_id: Uuid,
        agent_id: Option<Uuid>,
        reason: String,
        estimate: i64,
        worker_id: Option<Uuid>,
        started_at: Option<DateTimeUtc>,
        finished_at: Option<DateTimeUtc>,
    }
}
platform::table! {
    /// Units. `carrying` is what one was worth before, `value` afterwards.
    line = "refurb_line" of RefurbId as refurb_id {
        product_id: Uuid,
        serial: String,
        condition: String,
        carrying: Option<i64>,
        parts_value: i64,
        labour: i64,
        value: Option<i64>,
        grade: Option<String>,
        graded_at: Option<DateTimeUtc>,
    }
}
platform::table! {
    /// Parts that went into units.
    part = "refurb_part" of RefurbId as refurb_id {
        line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        value: i64,
        posting_id: Uuid,
        is_taken_back: bool,
    }
}
