//! The stock ledger: every move of goods from place to place, append only, with the balances kept beside it.
//! A correction is a mirror move below zero at the original value; nothing is ever changed or removed.

pub(crate) mod accounts;
pub(crate) mod as_of;
mod by_kind;
pub(crate) mod cells;
pub(crate) mod cost;
pub(crate) mod entity;
pub(crate) mod model;
pub(crate) mod places;
mod post;
#[cfg(test)]
mod properties;
pub(crate) mod queries;
mod refuse;
#[cfg(test)]
mod sequences;
mod serials;
pub(crate) mod snapshot;

pub(crate) use post::{insert_empty, lock_rows, post};
pub(crate) use refuse::require_untouched;

use openapi::stock::balance::{GetStockAsOf, GetStockTurnover};
use openapi::stock::movement::ListStockMoves;
use platform::http::{Api, read, report};

pub(crate) fn mount(api: &mut Api) {
    read::<ListStockMoves>(api, queries::list);
    report::<GetStockAsOf>(api, as_of::as_of);
    report::<GetStockTurnover>(api, as_of::turnover);
}
