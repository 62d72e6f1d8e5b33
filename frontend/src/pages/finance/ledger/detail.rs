//! One journal entry.

use crate::doc::{DetailPage, Lines, cell, item};
use crate::nav::Params;
use crate::pages::finance::{document, origin, other};
use crate::text::{documents, finance as t};
use crate::ui::Align;
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::finance::ledger::{GetLedgerEntry, LedgerLine};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// Code and name of an account.
pub fn account(account: Account) -> AnyView {
    cell::text(format!("{} {}", account.as_str(), account.label(crate::text::lang())))
}

/// What an entry looks like.
pub fn page() -> DetailPage<GetLedgerEntry> {
    DetailPage::<GetLedgerEntry>::new()
        .title(|e| e.number.clone())
        .group(documents::BASICS, |e| {
            vec![
                item(t::EFFECTIVE_AT, cell::time(e.effective_at)),
                item(t::POSTED_AT, cell::time(e.created_at)),
                item(t::SOURCE, document(e.source_kind, e.source_id, &e.source_number)),
                item(t::ORIGIN, origin(e.origin_id, e.origin_number.as_ref())),
                item(t::MEMO, cell::maybe(e.memo.as_ref())),
                item(t::MIRROR_OF, other(e.mirror_of, "/finance/entries")),
                item(t::MIRRORED_BY, other(e.mirrored_by, "/finance/entries")),
            ]
        })
        .lines(t::LINES, |e| {
            Lines::of(
                &e.lines,
                vec![
                    (t::ACCOUNT, Align::Left, |l: &LedgerLine| account(l.account)),
                    (t::PARTY, Align::Left, |l| cell::maybe(l.party_name.as_ref())),
                    (t::BANK_ACCOUNT, Align::Left, |l| cell::maybe(l.bank_account_name.as_ref())),
                    (t::DEBIT, Align::Right, |l| cell::money(l.debit)),
                    (t::CREDIT, Align::Right, |l| cell::money(l.credit)),
                ],
            )
            .total(t::TOTAL, cell::money(e.total))
        })
}
