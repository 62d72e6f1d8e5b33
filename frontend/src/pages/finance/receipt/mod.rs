//! Receipts: taking money in, and taking a receipt back.

mod detail;
pub mod form;
mod list;

use crate::api;
use crate::nav::{Group, Page};
use crate::palette::{Finder, Hit};
use crate::text::{self, finance as t};
use crate::ui::Icon;
use openapi::finance::receipt::{ListReceipts, ReceiptFilter};
use openapi::finance::{RECEIPT_CREATE, RECEIPT_VIEW};
use openapi::{Listing, Nothing, PageQuery};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/finance/receipts", t::RECEIPTS, list::list).needs(RECEIPT_VIEW).menu(Group::Finance, Icon::Money),
    Page::new("/finance/receipts/new", t::NEW_RECEIPT, form::form).needs(RECEIPT_CREATE),
    Page::new("/finance/receipts/:id", t::RECEIPT, detail::detail).needs(RECEIPT_VIEW),
];

/// Ctrl K finds receipts by number.
pub const FINDERS: &[Finder] =
    &[Finder { label: t::RECEIPTS, needs: RECEIPT_VIEW, find: |words| Box::pin(find(words)) }];

/// The page of a receipt.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/finance/receipts/{id}")
}

async fn find(words: String) -> Vec<Hit> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(5), ..PageQuery::default() };
    let query = Listing { page, filter: ReceiptFilter::default() };
    let found = api::call::<ListReceipts>(Nothing, query, Nothing).await.map(|page| page.items).unwrap_or_default();
    let hit = |r: &openapi::finance::receipt::ReceiptRow| Hit {
        label: r.number.clone(),
        detail: format!("{} {}", r.party_name, text::money(r.received)),
        href: href(r.id),
    };
    found.iter().map(hit).collect()
}
