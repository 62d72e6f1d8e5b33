//! Stocktakes: begun, counted on a phone, compared, approved.

mod count;
mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::stocktake as t;
use crate::ui::Icon;
use openapi::stock::{STOCKTAKE_COUNT, STOCKTAKE_EDIT, STOCKTAKE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/stocktakes", t::TITLE, list::list).needs(STOCKTAKE_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/stocktakes/new", t::NEW, form::form).needs(STOCKTAKE_EDIT),
    Page::new("/stock/stocktakes/:id", t::DETAIL, detail::detail).needs(STOCKTAKE_VIEW),
    Page::new("/stock/stocktakes/:id/count", t::COUNT, count::count).needs(STOCKTAKE_COUNT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/stocktakes/{id}")
}
