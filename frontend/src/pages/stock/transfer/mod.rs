//! Transfers: goods on their way from one station to another.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::delivery as t;
use crate::ui::Icon;
use openapi::stock::{TRANSFER_EDIT, TRANSFER_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/transfers", t::TRANSFERS, list::list).needs(TRANSFER_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/transfers/new", t::TRANSFER_NEW, form::form).needs(TRANSFER_EDIT),
    Page::new("/stock/transfers/:id", t::TRANSFER, detail::detail).needs(TRANSFER_VIEW),
    Page::new("/stock/transfers/:id/edit", t::TRANSFER_EDIT, form::form).needs(TRANSFER_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/transfers/{id}")
}
