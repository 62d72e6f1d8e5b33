//! Shortages: parts that repairs wait for.

mod detail;
mod list;

use crate::nav::{Group, Page};
use crate::text::shortage as t;
use crate::ui::Icon;
use openapi::service::SHORTAGE_VIEW;

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/shortages", t::TITLE, list::list).needs(SHORTAGE_VIEW).menu(Group::StockWork, Icon::Warning),
    Page::new("/stock/shortages/:id", t::DETAIL, detail::detail).needs(SHORTAGE_VIEW),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/shortages/{id}")
}
