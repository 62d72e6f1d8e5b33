//! Shipments: what left of an order. Written and posted in one go: the goods leave by a stock document of the kind
//! `sale_out`, and the customer owes their price. A wrong one is taken back by its mirror, and the order waits again.

mod commands;
pub(super) mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::trade::wholesale::shipment::{GetSalesShipment, ListSalesShipments, ReverseSalesShipment, ShipSalesOrder};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(super) fn mount(api: &mut Api) {
    read::<ListSalesShipments>(api, queries::list);
    read::<GetSalesShipment>(api, queries::get);
    printed::<GetSalesShipment>(api, &[DocKind::SalesShipment], queries::get, slip::slip);
    write::<ShipSalesOrder>(api, commands::ship);
    write::<ReverseSalesShipment>(api, commands::reverse);
}
