//! Revaluations: what goods in stock cost from now on.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::revaluation as t;
use crate::ui::Icon;
use openapi::stock::{REVALUATION_EDIT, REVALUATION_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/revaluations", t::TITLE, list::list)
        .needs(REVALUATION_VIEW)
        .menu(Group::StockWork, Icon::Document),
    Page::new("/stock/revaluations/new", t::NEW, form::form).needs(REVALUATION_EDIT),
    Page::new("/stock/revaluations/:id", t::DETAIL, detail::detail).needs(REVALUATION_VIEW),
    Page::new("/stock/revaluations/:id/edit", t::EDIT, form::form).needs(REVALUATION_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/revaluations/{id}")
}
