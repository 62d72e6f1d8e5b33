//! Old-part returns: a station sends old parts to headquarters, which looks at each.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::part_return as t;
use crate::ui::Icon;
use openapi::service::{OWED_PART_VIEW, PART_RETURN_EDIT};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/part-returns", t::RETURNS, list::list).needs(OWED_PART_VIEW).menu(Group::Returns, Icon::Document),
    Page::new("/stock/part-returns/new", t::RETURN_NEW, form::form).needs(PART_RETURN_EDIT),
    Page::new("/stock/part-returns/:id", t::RETURN, detail::detail).needs(OWED_PART_VIEW),
    Page::new("/stock/part-returns/:id/edit", t::RETURN_EDIT, form::form).needs(PART_RETURN_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/part-returns/{id}")
}
