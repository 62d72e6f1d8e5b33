//! Table `payment`. What it paid for are its allocations.

use openapi::finance::payment::PaymentLife;

platform::table! {
    /// Heads.
    payment = "payment", org = OrgId, owners = [PayerId], life PaymentLife {
        party_id: Uuid,
        effective_at: DateTimeUtc,
        method: Option<String>,
        bank_account_id: Option<Uuid>,
        reference: Option<String>,
        amount: i64,
        set_off: i64,
        advance: i64,
        payer_id: Uuid,
        payer_name: String,
        remark: Option<String>,
        reason: Option<String>,
    }
}
