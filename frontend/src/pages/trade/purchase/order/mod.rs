//! Purchase orders: what is ordered from suppliers, and receiving it.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::purchase as t;
use crate::ui::Icon;
use openapi::trade::purchase::{PURCHASE_EDIT, PURCHASE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/trade/purchase-orders", t::ORDERS, list::list)
        .needs(PURCHASE_VIEW)
        .menu(Group::Purchase, Icon::Document),
    Page::new("/trade/purchase-orders/new", t::ORDER_NEW, form::form).needs(PURCHASE_EDIT),
    Page::new("/trade/purchase-orders/:id", t::ORDER, detail::detail).needs(PURCHASE_VIEW),
    Page::new("/trade/purchase-orders/:id/edit", t::ORDER_EDIT, form::form).needs(PURCHASE_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/purchase-orders/{id}")
}
