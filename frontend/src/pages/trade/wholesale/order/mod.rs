//! Sales orders: what dealers and other companies order, and shipping it.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::wholesale as t;
use crate::ui::Icon;
use openapi::trade::wholesale::{WHOLESALE_EDIT, WHOLESALE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/trade/sales-orders", t::ORDERS, list::list).needs(WHOLESALE_VIEW).menu(Group::Sales, Icon::Document),
    Page::new("/trade/sales-orders/new", t::ORDER_NEW, form::form).needs(WHOLESALE_EDIT),
    Page::new("/trade/sales-orders/:id", t::ORDER, detail::detail).needs(WHOLESALE_VIEW),
    Page::new("/trade/sales-orders/:id/edit", t::ORDER_EDIT, form::form).needs(WHOLESALE_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/sales-orders/{id}")
}
