//! Sales orders: what a dealer or another company orders. Somebody else than the writer accepts it within the credit of
//! the customer, which reserves the goods; shipments fulfil it.

pub(super) mod commands;
pub(super) mod model;
pub(super) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CloseSalesOrder, CreateSalesOrder, GetSalesOrder, ListSalesOrders, RejectSalesOrder,
    ReviseSalesOrder, SignSalesOrder, UpdateSalesOrder, UploadSalesOrder, VoidSalesOrder,
};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(super) fn mount(api: &mut Api) {
    read::<ListSalesOrders>(api, queries::list);
    read::<GetSalesOrder>(api, queries::get);
    printed::<GetSalesOrder>(api, &[DocKind::SalesOrder], queries::get, slip::slip);
    write::<CreateSalesOrder>(api, commands::create);
    write::<UpdateSalesOrder>(api, commands::update);
    write::<UploadSalesOrder>(api, commands::upload);
    write::<AcceptSalesOrder>(api, commands::accept);
    write::<ReviseSalesOrder>(api, commands::revise);
    write::<RejectSalesOrder>(api, commands::reject);
    write::<SignSalesOrder>(api, commands::sign);
    write::<CloseSalesOrder>(api, commands::close);
    write::<VoidSalesOrder>(api, commands::void);
}
