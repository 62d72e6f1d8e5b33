//! Goods receipts: what came of the purchase orders.

mod detail;
mod list;

use crate::nav::{Group, Page};
use crate::text::purchase as t;
use crate::ui::Icon;
use openapi::trade::purchase::PURCHASE_VIEW;

/// The pages. A receipt is written on the page of its order.
pub const PAGES: &[Page] = &[
    Page::new("/trade/goods-receipts", t::RECEIPTS, list::list).needs(PURCHASE_VIEW).menu(Group::Purchase, Icon::Check),
    Page::new("/trade/goods-receipts/:id", t::RECEIPT, detail::detail).needs(PURCHASE_VIEW),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/goods-receipts/{id}")
}
