//! Sales returns: goods of one shipment that come back, good or bad. Written and posted in one go: goods in, income and tax
//! back, and the credit set off against what is owed for the shipment.

mod commands;
mod model;
pub(super) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::wholesale::back::{
    ApproveSalesReturn, CreateSalesReturn, GetSalesReturn, ListSalesReturns, ReceiveSalesReturn, RejectSalesReturn,
    ReverseSalesReturn, VoidSalesReturn,
};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(super) fn mount(api: &mut Api) {
    read::<ListSalesReturns>(api, queries::list);
    read::<GetSalesReturn>(api, queries::get);
    printed::<GetSalesReturn>(api, &[DocKind::SalesReturn], queries::get, slip::slip);
    write::<CreateSalesReturn>(api, commands::create);
    write::<ApproveSalesReturn>(api, commands::approve);
    write::<RejectSalesReturn>(api, commands::reject);
    write::<VoidSalesReturn>(api, commands::void);
    write::<ReceiveSalesReturn>(api, commands::receive);
    write::<ReverseSalesReturn>(api, commands::reverse);
}
