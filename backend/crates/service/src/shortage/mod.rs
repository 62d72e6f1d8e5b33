//! Shortages: parts that a repair waits for. A ticket registers one for each part that its store does not have; whatever
//! makes good stock free again is reserved for the one that is due first, and a ticket that has everything goes on.
//!
//! Commands on tickets lock the ticket before the balances. A posting that brings goods in holds balances, so that it must
//! not lock tickets: it leaves a message in the outbox, and `allocate` takes the tickets one by one afterwards.

mod allocate;
mod commands;
pub(crate) mod entity;
mod follow;
mod model;
mod queries;
mod slip;

pub(crate) use allocate::{FREED, deliver, noticed, sweep};
pub(crate) use follow::{before, due_changed, end, follow, register, waiting};

use openapi::document::DocKind;
use openapi::service::shortage::{CancelShortage, GetShortage, ListShortages};
use openapi::service::{SHORTAGE_VIEW, TICKET_PARTS};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListShortages>(api, queries::list);
    read::<GetShortage>(api, queries::get);
    printed::<GetShortage>(api, &[DocKind::Shortage], queries::get, slip::slip);
    write::<CancelShortage>(api, commands::cancel);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::shortage::Entity>(SHORTAGE_VIEW, TICKET_PARTS);
}
