//! Purchase orders: what a station orders from a supplier. Somebody else than the writer approves it, which places it;
//! receipts fulfil it. Nothing moves by an order itself.

pub(crate) mod commands;
pub(crate) mod entity;
pub(crate) mod model;
pub(crate) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CancelPurchaseOrder, ClosePurchaseOrder, CreatePurchaseOrder, GetPurchaseOrder,
    ListPurchaseOrders, RejectPurchaseOrder, SubmitPurchaseOrder, UpdatePurchaseOrder, VoidPurchaseOrder,
};
use openapi::trade::purchase::{PURCHASE_EDIT, PURCHASE_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListPurchaseOrders>(api, queries::list);
    read::<GetPurchaseOrder>(api, queries::get);
    printed::<GetPurchaseOrder>(api, &[DocKind::PurchaseOrder], queries::get, slip::slip);
    write::<CreatePurchaseOrder>(api, commands::create);
    write::<UpdatePurchaseOrder>(api, commands::update);
    write::<SubmitPurchaseOrder>(api, commands::submit);
    write::<ApprovePurchaseOrder>(api, commands::approve);
    write::<RejectPurchaseOrder>(api, commands::reject);
    write::<ClosePurchaseOrder>(api, commands::close);
    write::<CancelPurchaseOrder>(api, commands::cancel);
    write::<VoidPurchaseOrder>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::order::Entity>(PURCHASE_VIEW, PURCHASE_EDIT);
}
