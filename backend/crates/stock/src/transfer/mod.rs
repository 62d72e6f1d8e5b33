//! Transfers: goods go from a warehouse of one station to another station. Shipped goods lie in transit until somebody
//! signs for them; what is missing stays in transit until it is settled, so that nothing is rounded away.
//! A transfer may carry the goods of another document (old parts): then that document signs for it and takes it back.
//! Each transfer is a place of its own in the ledger, and both stations see it.

mod carried;
mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod overdue;
mod queries;
mod receipt;
mod slip;

pub use carried::{Arrived, Consignment, ConsignmentLine, arrive, send, take_back, unarrive};
pub use queries::under_way;
pub(crate) use queries::{numbers, of_requisitions};

use openapi::document::DocKind;
use openapi::stock::transfer::{
    CreateTransfer, GetTransfer, ListTransfers, RecallTransfer, ResolveTransfer, ShipTransfer, SignTransfer,
    UnsignTransfer, UpdateTransfer, VoidTransfer,
};
use openapi::stock::{TRANSFER_EDIT, TRANSFER_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListTransfers>(api, queries::list);
    read::<GetTransfer>(api, queries::get);
    printed::<GetTransfer>(api, &[DocKind::Transfer], queries::get, slip::slip);
    write::<CreateTransfer>(api, commands::create);
    write::<UpdateTransfer>(api, commands::update);
    write::<ShipTransfer>(api, commands::ship);
    write::<SignTransfer>(api, receipt::sign);
    write::<ResolveTransfer>(api, receipt::resolve);
    write::<UnsignTransfer>(api, receipt::unsign);
    write::<RecallTransfer>(api, commands::recall);
    write::<VoidTransfer>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::transfer::Entity>(TRANSFER_VIEW, TRANSFER_EDIT);
}
