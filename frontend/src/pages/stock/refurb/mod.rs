//! Refurbishments: old units become refurbished goods.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::refurb as t;
use crate::ui::Icon;
use openapi::stock::{REFURB_EDIT, REFURB_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/refurbs", t::TITLE, list::list).needs(REFURB_VIEW).menu(Group::Returns, Icon::Wrench),
    Page::new("/stock/refurbs/new", t::NEW, form::form).needs(REFURB_EDIT),
    Page::new("/stock/refurbs/:id", t::DETAIL, detail::detail).needs(REFURB_VIEW),
    Page::new("/stock/refurbs/:id/edit", t::EDIT, form::form).needs(REFURB_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/refurbs/{id}")
}
