//! Accessory swaps: a distributor hands in faulty accessories and gets the same or other pieces back; the factory exchanges
//! what is sent to it. What is the distributor's stays so, without a value, wherever it lies; what the station gives in
//! advance from its own stock costs, until the factory sends a piece for it.

mod commands;
pub(crate) mod entity;
mod ledger;
mod model;
mod piece;
mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::stock::swap::{
    CreateSwap, GetSwap, ListSwapBalances, ListSwapEntries, ListSwaps, PostSwap, ReverseSwap, UpdateSwap, VoidSwap,
};
use openapi::stock::{SWAP_EDIT, SWAP_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListSwaps>(api, queries::list);
    read::<GetSwap>(api, queries::get);
    read::<ListSwapBalances>(api, queries::balances);
    read::<ListSwapEntries>(api, queries::entries);
    printed::<GetSwap>(api, &[DocKind::Swap], queries::get, slip::slip);
    write::<CreateSwap>(api, commands::create);
    write::<UpdateSwap>(api, commands::update);
    write::<PostSwap>(api, commands::post);
    write::<ReverseSwap>(api, commands::reverse);
    write::<VoidSwap>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::swap::Entity>(SWAP_VIEW, SWAP_EDIT);
}
