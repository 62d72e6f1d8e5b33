//! Supplier invoices: what is charged for goods that were received.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::payable as t;
use crate::ui::Icon;
use openapi::trade::purchase::{INVOICE_EDIT, INVOICE_VIEW};

/// The pages. An invoice is booked from the page of the order that it charges for.
pub const PAGES: &[Page] = &[
    Page::new("/trade/supplier-invoices", t::INVOICES, list::list)
        .needs(INVOICE_VIEW)
        .menu(Group::Purchase, Icon::Money),
    Page::new("/trade/supplier-invoices/new", t::INVOICE_NEW, form::form).needs(INVOICE_EDIT),
    Page::new("/trade/supplier-invoices/:id", t::INVOICE, detail::detail).needs(INVOICE_VIEW),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/supplier-invoices/{id}")
}
