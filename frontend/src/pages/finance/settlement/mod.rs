//! Settlements: what a repair costs and who pays which part.

mod detail;
mod list;

use crate::nav::{Group, Page};
use crate::text::finance as t;
use crate::ui::Icon;
use openapi::finance::SETTLEMENT_VIEW;

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/finance/settlements", t::SETTLEMENTS, list::list)
        .needs(SETTLEMENT_VIEW)
        .menu(Group::Finance, Icon::Document),
    Page::new("/finance/settlements/:id", t::SETTLEMENT, detail::detail).needs(SETTLEMENT_VIEW),
];
