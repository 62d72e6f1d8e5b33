//! Parts plans of stations, and their consolidation at headquarters.

mod consolidation;
mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::parts_plan as t;
use crate::ui::Icon;
use openapi::stock::{PARTS_PLAN_APPROVE, PARTS_PLAN_EDIT, PARTS_PLAN_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/parts-plans", t::TITLE, list::list).needs(PARTS_PLAN_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/parts-plans/new", t::NEW, form::form).needs(PARTS_PLAN_EDIT),
    Page::new("/stock/parts-plans/:id", t::DETAIL, detail::detail).needs(PARTS_PLAN_VIEW),
    Page::new("/stock/parts-plans/:id/edit", t::EDIT, form::form).needs(PARTS_PLAN_EDIT),
    Page::new("/stock/plan-consolidation", t::CONSOLIDATION, consolidation::page)
        .needs(PARTS_PLAN_APPROVE)
        .menu(Group::StockWork, Icon::Columns),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/parts-plans/{id}")
}
