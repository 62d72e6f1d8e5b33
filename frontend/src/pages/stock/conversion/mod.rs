//! Conversions: a unit comes apart into parts, or parts become a unit.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::conversion as t;
use crate::ui::Icon;
use openapi::stock::{CONVERSION_EDIT, CONVERSION_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/conversions", t::TITLE, list::list).needs(CONVERSION_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/conversions/new", t::NEW, form::form).needs(CONVERSION_EDIT),
    Page::new("/stock/conversions/:id", t::DETAIL, detail::detail).needs(CONVERSION_VIEW),
    Page::new("/stock/conversions/:id/edit", t::EDIT, form::form).needs(CONVERSION_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/conversions/{id}")
}
