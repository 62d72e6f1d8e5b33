//! Shipments of sales orders.

mod detail;
mod list;

use crate::nav::{Group, Page};
use crate::text::wholesale as t;
use crate::ui::Icon;
use openapi::trade::wholesale::WHOLESALE_VIEW;

/// The pages. A shipment is written on the page of its order.
pub const PAGES: &[Page] = &[
    Page::new("/trade/sales-shipments", t::SHIPMENTS, list::list).needs(WHOLESALE_VIEW).menu(Group::Sales, Icon::Check),
    Page::new("/trade/sales-shipments/:id", t::SHIPMENT, detail::detail).needs(WHOLESALE_VIEW),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/sales-shipments/{id}")
}
