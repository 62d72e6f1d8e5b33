//! Accessory swaps: what distributors hand in and get back, what factories exchange, and who owes whom.

mod detail;
mod form;
mod ledger;
mod list;

use crate::nav::{Group, Page};
use crate::text::swap as t;
use crate::ui::Icon;
use openapi::stock::{SWAP_EDIT, SWAP_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/swaps", t::TITLE, list::list).needs(SWAP_VIEW).menu(Group::Returns, Icon::Refresh),
    Page::new("/stock/swaps/new", t::NEW, form::form).needs(SWAP_EDIT),
    Page::new("/stock/swaps/:id", t::DETAIL, detail::detail).needs(SWAP_VIEW),
    Page::new("/stock/swaps/:id/edit", t::EDIT, form::form).needs(SWAP_EDIT),
    Page::new("/stock/swap-balances", t::BALANCES, ledger::balances)
        .needs(SWAP_VIEW)
        .menu(Group::Returns, Icon::Refresh),
    Page::new("/stock/swap-entries", t::LEDGER, ledger::entries).needs(SWAP_VIEW).menu(Group::Returns, Icon::Clock),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/swaps/{id}")
}
