//! The journal entries.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{documents, finance as t};
use leptos::prelude::AnyView;
use openapi::finance::ledger::{LedgerEntryRow, ListLedgerEntries};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListLedgerEntries>::new("entries", t::ENTRIES)
        .search_hint(t::SEARCH_ENTRIES)
        .filter(Filter::text("account", t::ACCOUNT_CODE))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::dates("effective_on", t::EFFECTIVE_ON))
        .column(Column::new("number", t::NUMBER, |r: &LedgerEntryRow| cell::code(&*r.number)).width("10em"))
        .column(Column::new("effective_on", t::EFFECTIVE_ON, |r: &LedgerEntryRow| cell::date(r.effective_on)))
        .column(Column::new("kind", t::KIND, |r: &LedgerEntryRow| cell::choice(r.source_kind)).field("source_kind"))
        .column(
            Column::new("source", t::SOURCE, |r: &LedgerEntryRow| cell::code(&*r.source_number)).field("source_number"),
        )
        .column(
            Column::new("origin", t::ORIGIN, |r: &LedgerEntryRow| cell::maybe(r.origin_number.as_ref()))
                .field("origin_number"),
        )
        .column(Column::new("memo", t::MEMO, |r: &LedgerEntryRow| cell::maybe(r.memo.as_ref())))
        .column(Column::new("mirror", t::MIRROR, |r: &LedgerEntryRow| cell::yes_no(r.is_mirror)).field("is_mirror"))
        .column(Column::new("total", t::AMOUNT, |r: &LedgerEntryRow| cell::money(r.total)).right())
        .column(
            Column::new("created_at", documents::CREATED_AT, |r: &LedgerEntryRow| cell::time(r.created_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| format!("/finance/entries/{}", r.id))
        .view()
}
