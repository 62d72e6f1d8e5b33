//! Payments to suppliers, and what is owed to them.

mod detail;
mod form;
mod list;
mod payables;

use crate::nav::{Group, Page};
use crate::text::payable as t;
use crate::ui::Icon;
use openapi::finance::{PAYMENT_CREATE, PAYMENT_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/finance/payments", t::PAYMENTS, list::list).needs(PAYMENT_VIEW).menu(Group::Finance, Icon::Money),
    Page::new("/finance/payments/new", t::PAYMENT_NEW, form::form).needs(PAYMENT_CREATE),
    Page::new("/finance/payments/:id", t::PAYMENT, detail::detail).needs(PAYMENT_VIEW),
    Page::new("/finance/payables", t::PAYABLES, payables::page).needs(PAYMENT_VIEW).menu(Group::Finance, Icon::Users),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/finance/payments/{id}")
}
