//! The money ledger, open items, settlements, receipts, periods. Other crates use [`api`] only.

pub mod api;
mod invariants;
mod ledger;
mod names;
mod open_item;
mod overview;
mod payment;
mod period;
mod receipt;
mod settlement;
mod vat;

use openapi::finance::{
    CASHIER_CANNOT_REVERSE, RECEIPT_CREATE, RECEIPT_VIEW, SETTLEMENT_EXISTS, SETTLEMENT_REVERSE, SETTLEMENT_VIEW,
};
use openapi::problem::STATE_CONFLICT;
use platform::Constraint;
use platform::http::Api;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint { name: "uq_settlement_source", columns: "settlement.source_id", code: SETTLEMENT_EXISTS, pointer: "" },
    Constraint { name: "uq_settlement_reversal", columns: "settlement.reversal_of", code: STATE_CONFLICT, pointer: "" },
    Constraint { name: "uq_receipt_reversal", columns: "receipt.reversal_of", code: STATE_CONFLICT, pointer: "" },
    Constraint { name: "ck_receipt_other_person", columns: "", code: CASHIER_CANNOT_REVERSE, pointer: "" },
];

/// What files and timelines may belong to.
pub fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<receipt::entity::receipt::Entity>(RECEIPT_VIEW, RECEIPT_CREATE);
    payment::subjects(subjects);
    subjects.head::<settlement::entity::settlement::Entity>(SETTLEMENT_VIEW, SETTLEMENT_REVERSE);
}

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    ledger::mount(api);
    open_item::mount(api);
    settlement::mount(api);
    receipt::mount(api);
    payment::mount(api);
    overview::mount(api);
    period::mount(api);
    vat::mount(api);
}
