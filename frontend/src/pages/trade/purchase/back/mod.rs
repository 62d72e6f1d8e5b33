//! Purchase returns: goods that go back to their supplier.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::purchase_return as t;
use crate::ui::Icon;
use openapi::trade::purchase::{PURCHASE_RETURN_EDIT, PURCHASE_VIEW};

/// The pages. A return is written from the page of the receipt whose goods go back.
pub const PAGES: &[Page] = &[
    Page::new("/trade/purchase-returns", t::RETURNS, list::list)
        .needs(PURCHASE_VIEW)
        .menu(Group::Purchase, Icon::Document),
    Page::new("/trade/purchase-returns/new", t::NEW, form::form).needs(PURCHASE_RETURN_EDIT),
    Page::new("/trade/purchase-returns/:id", t::RETURN, detail::detail).needs(PURCHASE_VIEW),
    Page::new("/trade/purchase-returns/:id/edit", t::EDIT, form::form).needs(PURCHASE_RETURN_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/purchase-returns/{id}")
}
