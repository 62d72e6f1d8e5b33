//! Journal entries.

mod detail;
mod list;

use crate::nav::{Group, Page};
use crate::text::finance as t;
use crate::ui::Icon;
use openapi::finance::LEDGER_VIEW;

pub use detail::account;

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/finance/entries", t::ENTRIES, list::list).needs(LEDGER_VIEW).menu(Group::Finance, Icon::Document),
    Page::new("/finance/entries/:id", t::ENTRY, detail::detail).needs(LEDGER_VIEW),
];
