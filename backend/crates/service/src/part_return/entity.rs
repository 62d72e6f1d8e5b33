//! Tables `owed_part`, `part_return`, `part_return_line` and `part_return_policy`.

use openapi::service::owed_part::{OwedPartLife, PartReturnPolicy, PartReturnPolicyChange, PartReturnPolicyDraft};
use openapi::service::part_return::PartReturnLife;

platform::table! {
    /// Old parts that are owed. `return_id` is that of the return that they went with; null while they are at the station.
    owed = "owed_part", org = OrgId, life OwedPartLife {
        ticket_id: Uuid,
        ticket_number: String,
        part_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        unit_price: i64,
        payer: String,
        owner: String,
        finished_on: Date,
        due_on: Date,
        good_until: Date,
        return_id: Option<Uuid>,
        return_number: Option<String>,
        deduction: i64,
        waived_because: Option<String>,
    }
}
platform::table! {
    /// Returns. `transfer_id` is known once it was shipped, `party_id` once something was kept back.
    back = "part_return", org = OrgId also ToOrgId, life PartReturnLife {
        warehouse_id: Uuid,
        to_org_id: Uuid,
        maker_id: Option<Uuid>,
        transfer_id: Option<Uuid>,
        transfer_number: Option<String>,
        party_id: Option<Uuid>,
        courier: Option<String>,
        tracking_number: Option<String>,
        shipped_at: Option<DateTimeUtc>,
        examined_at: Option<DateTimeUtc>,
        remark: Option<String>,
        total_quantity: i64,
        deduction: i64,
    }
}
platform::table! {
    /// Their lines, in the order they were typed.
    line = "part_return_line" of ReturnId as return_id {
        owed_part_id: Uuid,
        declared: String,
        quantity: i64,
        verdict: Option<String>,
        received: Option<i64>,
        missing_amount: i64,
        verdict_amount: i64,
        late_amount: i64,
        remark: Option<String>,
    }
}
platform::rules! {
    /// The rules, each change a row.
    policy = "part_return_policy" of PartReturnPolicy: PartReturnPolicyDraft, PartReturnPolicyChange {
        due_days, good_days, late_rate, late_most, missing_rate, mismatch_rate, false_rate,
    }
}
