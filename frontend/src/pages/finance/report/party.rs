//! What customers owe, and how it came about.

use super::{loaded, pick_time};
use crate::api::{Loader, call};
use crate::doc::problem::error_panel;
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::pages::finance::document;
use crate::text::{self, finance as t};
use crate::ui::{Align, Icon, LinkButton, Look, StatePanel};
use leptos::prelude::*;
use openapi::finance::PartyId;
use openapi::finance::open_item::{
    GetPartyBalances, GetPartyLedger, PartyBalance, PartyBalanceQuery, PartyBalances, PartyLedger, PartyLedgerLine,
    PartyLedgerQuery,
};
use openapi::{Nothing, Plain};

/// What stands open, customer by customer.
pub fn balances(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetPartyBalances>(Nothing, Plain(PartyBalanceQuery::default()), Nothing));
    view! {
        <PageHead title=t::RECEIVABLES />
        <section class="card">{loaded(loader, draw_balances)}</section>
    }
    .into_any()
}

fn draw_balances(all: PartyBalances) -> AnyView {
    if all.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NOTHING_OWED hint=t::NOTHING_OWED_HINT /> }.into_any();
    }
    Lines::of(
        &all.items,
        vec![
            (t::PARTY, Align::Left, |p: &PartyBalance| {
                cell::link(&*p.party_name, format!("/finance/receivables/{}", p.party_id))
            }),
            (t::OPEN_ITEMS, Align::Right, |p| cell::text(text::count(p.open_items))),
            (t::OLDEST, Align::Left, |p| cell::maybe_date(p.oldest_on)),
            (t::RECEIVABLE, Align::Right, |p| cell::money(p.receivable)),
            (t::DEPOSIT, Align::Right, |p| cell::money(p.deposit)),
            (t::COLLECT, Align::Left, |p| {
                cell::link(t::COLLECT.get(), format!("/finance/receipts/new?party_id={}", p.party_id))
            }),
        ],
    )
    .total(t::RECEIVABLE, cell::money(all.receivable))
    .total(t::DEPOSIT, cell::money(all.deposit))
    .draw()
}

/// The running ledger of one customer.
pub fn ledger(params: &Params) -> AnyView {
    let Some(party_id) = params.get("id").and_then(|id| id.parse::<PartyId>().ok()) else {
        return error_panel(&crate::api::ApiError::not_found(), None);
    };
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(text::today().to_string()));
    let loader = Loader::new(move || {
        let (from, to) = (from.get().parse().ok(), to.get().parse().ok());
        let query = PartyLedgerQuery { party_id, account: None, org_id: None, from, to };
        call::<GetPartyLedger>(Nothing, Plain(query), Nothing)
    });
    let title = Signal::derive(move || {
        format!("{} {}", t::PARTY_LEDGER.get(), loader.data.get().map(|l| l.party_name).unwrap_or_default())
    });
    let collect = format!("/finance/receipts/new?party_id={party_id}");
    view! {
        <PageHead title=title>
            <LinkButton label=t::COLLECT href=collect look=Look::Primary glyph=Icon::Money />
        </PageHead>
        <section class="card">
            <div class="form-grid">{pick_time(t::FROM_DAY, "date", from)}{pick_time(t::TO_DAY, "date", to)}</div>
            {loaded(loader, draw_ledger)}
        </section>
    }
    .into_any()
}

fn draw_ledger(ledger: PartyLedger) -> AnyView {
    let note = ledger.is_truncated.then(|| view! { <p class="hint">{t::TRUNCATED}</p> });
    let lines = Lines::of(
        &ledger.lines,
        vec![
            (t::EFFECTIVE_ON, Align::Left, |l: &PartyLedgerLine| cell::date(l.effective_on)),
            (t::ENTRY, Align::Left, |l| cell::link(&*l.entry_number, format!("/finance/entries/{}", l.entry_id))),
            (t::SOURCE, Align::Left, |l| document(l.source_kind, l.source_id, &l.source_number)),
            (t::MEMO, Align::Left, |l| cell::maybe(l.memo.as_ref())),
            (t::DEBIT, Align::Right, |l| cell::money(l.debit)),
            (t::CREDIT, Align::Right, |l| cell::money(l.credit)),
            (t::BALANCE, Align::Right, |l| cell::money(l.balance)),
        ],
    )
    .total(t::OPENING, cell::money(ledger.opening))
    .total(t::DEBIT, cell::money(ledger.debit))
    .total(t::CREDIT, cell::money(ledger.credit))
    .total(t::CLOSING, cell::money(ledger.closing));
    view! { {note}{lines.draw()} }.into_any()
}
