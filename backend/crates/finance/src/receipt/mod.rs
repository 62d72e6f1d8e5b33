//! Receipts: money that came in, in one or several ways. It pays open items; what is left becomes an advance of the
//! customer. A wrong receipt is taken back by its mirror, never by the person who took the money.

pub mod commands;
pub mod entity;
pub mod model;
pub mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::finance::receipt::{CreateReceipt, GetReceipt, ListReceipts, ReverseReceipt};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListReceipts>(api, queries::list);
    read::<GetReceipt>(api, queries::get);
    printed::<GetReceipt>(api, &[DocKind::Receipt], queries::get, slip::slip);
    write::<CreateReceipt>(api, commands::create);
    write::<ReverseReceipt>(api, commands::reverse);
}
