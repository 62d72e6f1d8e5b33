//! Sales returns: goods that customers send back.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::wholesale as t;
use crate::ui::Icon;
use openapi::trade::wholesale::{WHOLESALE_RETURN_ASK, WHOLESALE_VIEW};

/// The pages. A return is written from the page of the shipment whose goods come back.
pub const PAGES: &[Page] = &[
    Page::new("/trade/sales-returns", t::RETURNS, list::list).needs(WHOLESALE_VIEW).menu(Group::Sales, Icon::Document),
    Page::new("/trade/sales-returns/new", t::RETURN_NEW, form::form).needs(WHOLESALE_RETURN_ASK),
    Page::new("/trade/sales-returns/:id", t::RETURN, detail::detail).needs(WHOLESALE_VIEW),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/sales-returns/{id}")
}
