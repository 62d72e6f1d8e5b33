//! Supplier invoices: what the supplier charges for goods that were received. Booked in one go; what it leaves open is
//! paid by payments. A wrong one is taken back by its mirror entry, before anything of it is paid.

mod commands;
pub(crate) mod entity;
pub(crate) mod model;
pub(crate) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::purchase::invoice::{
    CreateSupplierInvoice, GetSupplierInvoice, ListSupplierInvoices, ReverseSupplierInvoice,
};
use openapi::trade::purchase::{INVOICE_EDIT, INVOICE_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListSupplierInvoices>(api, queries::list);
    read::<GetSupplierInvoice>(api, queries::get);
    printed::<GetSupplierInvoice>(api, &[DocKind::SupplierInvoice], queries::get, slip::slip);
    write::<CreateSupplierInvoice>(api, commands::create);
    write::<ReverseSupplierInvoice>(api, commands::reverse);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::invoice::Entity>(INVOICE_VIEW, INVOICE_EDIT);
}
