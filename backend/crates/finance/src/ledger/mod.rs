//! The money ledger: balanced entries on the chart of accounts. An entry is posted once and never changed; what was
//! wrong is taken back by a mirror entry with the same amounts in red (negative), at the original value.

pub mod commands;
pub mod entity;
pub mod model;
pub mod queries;

use openapi::finance::ledger::{GetLedgerEntry, GetTrialBalance, ListLedgerEntries};
use platform::http::{Api, read};

pub(crate) fn mount(api: &mut Api) {
    read::<ListLedgerEntries>(api, queries::list);
    read::<GetLedgerEntry>(api, queries::get);
    read::<GetTrialBalance>(api, queries::trial_balance);
}
