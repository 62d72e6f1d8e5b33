//! Open items: an amount that a document left open with a party. Allocations settle it; `settled` is always their sum.
//! Whoever settles an item locks it first, so that the same money cannot be settled twice.

pub mod commands;
pub mod entity;
pub mod model;
pub mod queries;

use openapi::finance::open_item::{GetPartyBalances, GetPartyLedger, ListOpenItems};
use platform::http::{Api, read};

pub(crate) fn mount(api: &mut Api) {
    read::<ListOpenItems>(api, queries::list);
    read::<GetPartyBalances>(api, queries::party_balances);
    read::<GetPartyLedger>(api, queries::party_ledger);
}
