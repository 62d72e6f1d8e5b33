//! Wholesale: prices, orders, shipments, returns.

pub mod back;
pub mod order;
pub mod price;
pub mod shipment;
