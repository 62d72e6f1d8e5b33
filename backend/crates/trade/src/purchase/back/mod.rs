//! Purchase returns: goods of one receipt that go back to the supplier. Somebody else than the writer approves; the goods
//! leave by a stock document of the kind `purchase_out`. What was not invoiced is no longer owed on an invoice; the rest is
//! credited, against invoices that are not paid first.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, GetPurchaseReturn, ListPurchaseReturns, RejectPurchaseReturn,
    ReversePurchaseReturn, ShipPurchaseReturn, SubmitPurchaseReturn, UpdatePurchaseReturn, VoidPurchaseReturn,
};
use openapi::trade::purchase::{PURCHASE_RETURN_EDIT, PURCHASE_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListPurchaseReturns>(api, queries::list);
    read::<GetPurchaseReturn>(api, queries::get);
    printed::<GetPurchaseReturn>(api, &[DocKind::PurchaseReturn], queries::get, slip::slip);
    write::<CreatePurchaseReturn>(api, commands::create);
    write::<UpdatePurchaseReturn>(api, commands::update);
    write::<SubmitPurchaseReturn>(api, commands::submit);
    write::<ApprovePurchaseReturn>(api, commands::approve);
    write::<RejectPurchaseReturn>(api, commands::reject);
    write::<ShipPurchaseReturn>(api, commands::ship);
    write::<ReversePurchaseReturn>(api, commands::reverse);
    write::<VoidPurchaseReturn>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::back::Entity>(PURCHASE_VIEW, PURCHASE_RETURN_EDIT);
}
