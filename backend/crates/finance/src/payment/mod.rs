//! Payments: money that goes out to suppliers and settles what is owed to them. A wrong payment is taken back by a
//! mirror entry, never by the person who paid.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::finance::payment::{CreatePayment, GetPayables, GetPayment, ListPayments, ReversePayment};
use openapi::finance::{PAYMENT_CREATE, PAYMENT_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<GetPayables>(api, queries::payables);
    read::<ListPayments>(api, queries::list);
    read::<GetPayment>(api, queries::get);
    printed::<GetPayment>(api, &[DocKind::Payment], queries::get, slip::slip);
    write::<CreatePayment>(api, commands::create);
    write::<ReversePayment>(api, commands::reverse);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::payment::Entity>(PAYMENT_VIEW, PAYMENT_CREATE);
}
