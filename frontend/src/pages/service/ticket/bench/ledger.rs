//! What the ticket did to the two ledgers: its stock and money documents, and the entries behind them.

use crate::api::{ApiError, Loader, call, session};
use crate::doc::cell;
use crate::doc::problem::error_panel;
use crate::nav;
use crate::text::{self, ticket as t};
use crate::ui::{Button, Delayed, Drawer, Icon, Skeleton, Tag};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::document::DocKind;
use openapi::finance::ledger::{GetLedgerEntry, LedgerEntry, LedgerEntryFilter, LedgerLine, ListLedgerEntries};
use openapi::finance::{Account, LEDGER_VIEW};
use openapi::service::closing::TicketDocument;
use openapi::service::ticket::Ticket;
use openapi::stock::STOCK_DOC_VIEW;
use openapi::stock::document::{GetStockDoc, StockDoc};
use openapi::stock::movement::{Place, StockMove};
use openapi::{ById, Listing, Money, Nothing, PageQuery};
use std::sync::Arc;

/// The card.
pub fn card(ticket: &Arc<Ticket>) -> AnyView {
    if ticket.documents.is_empty() {
        return view! {
            <section class="card" id="ledger"><h2 class="card-title">{t::LEDGER}</h2><p class="hint">{t::NO_DOCUMENTS}</p></section>
        }
        .into_any();
    }
    let open = RwSignal::new(false);
    let (sees_stock, sees_money) = untrack(|| (session::may(STOCK_DOC_VIEW), session::may(LEDGER_VIEW)));
    let shown = ticket.clone();
    let entries = move || draw_entries(&shown, sees_stock, sees_money);
    let title = Signal::stored(ticket.number.clone());
    view! {
        <section class="card" id="ledger">
            <h2 class="card-title">{t::LEDGER}</h2>
            <ul class="documents">{ticket.documents.iter().map(document).collect_view()}</ul>
            {(sees_stock || sees_money).then(|| view! { <Button label=t::SHOW_ENTRIES icon=Icon::Document on_press=move |()| open.set(true) /> })}
            <Drawer open=open title=title>{entries()}</Drawer>
        </section>
    }
    .into_any()
}

fn document(document: &TicketDocument) -> AnyView {
    let kind = document.kind;
    let path = format!("{}/{}", nav::document_path(kind), document.id);
    // a link only where there is a page that this reader may open
    let open = nav::find(&path).is_some_and(|(page, _)| untrack(|| page.is_allowed()));
    let number = if open { cell::link(document.number.clone(), path) } else { cell::code(document.number.clone()) };
    let reversed = document.is_reversed.then(|| view! { <Tag label=t::REVERSED tone=Tone::Warning /> });
    view! {
        <li><span class="grow">{move || text::choice(kind)} " " {number} " " {reversed}</span> <span class="faint">{text::time(document.posted_at)}</span></li>
    }
    .into_any()
}

const fn is_stock(kind: DocKind) -> bool {
    matches!(
        kind,
        DocKind::OpeningStock
            | DocKind::StockIn
            | DocKind::StockOut
            | DocKind::EngineerIssue
            | DocKind::EngineerReturn
            | DocKind::RepairConsumption
            | DocKind::OldPartIn
            | DocKind::CustodyIn
            | DocKind::CustodyOut
            | DocKind::BadPartReturn
    )
}

async fn stock_documents(ticket: Arc<Ticket>) -> Result<Vec<StockDoc>, ApiError> {
    let mut all = Vec::new();
    for document in ticket.documents.iter().filter(|d| is_stock(d.kind)) {
        all.push(call::<GetStockDoc>(ById { id: document.id.cast() }, Nothing, Nothing).await?);
    }
    Ok(all)
}

async fn money_entries(ticket: Arc<Ticket>) -> Result<Vec<LedgerEntry>, ApiError> {
    let page = PageQuery { limit: Some(100), sort: Some("created_at".to_owned()), ..PageQuery::default() };
    let filter = LedgerEntryFilter { origin_id: Some(ticket.id.cast()), ..LedgerEntryFilter::default() };
    let rows = call::<ListLedgerEntries>(Nothing, Listing { page, filter }, Nothing).await?;
    let mut all = Vec::new();
    for row in rows.items {
        all.push(call::<GetLedgerEntry>(ById { id: row.id }, Nothing, Nothing).await?);
    }
    Ok(all)
}

fn draw_entries(ticket: &Arc<Ticket>, sees_stock: bool, sees_money: bool) -> AnyView {
    let stock = sees_stock.then(|| {
        let ticket = ticket.clone();
        section(Loader::new(move || stock_documents(ticket.clone())), t::STOCK_MOVES, draw_stock)
    });
    let money = sees_money.then(|| {
        let ticket = ticket.clone();
        section(Loader::new(move || money_entries(ticket.clone())), t::JOURNAL_ENTRIES, draw_money)
    });
    view! { <div class="ledger-entries">{stock} {money}</div> }.into_any()
}

fn section<T: Clone + Send + Sync + 'static>(
    loader: Loader<Vec<T>>,
    title: text::Label,
    draw: fn(&T) -> AnyView,
) -> AnyView {
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(all), _) if all.is_empty() => view! { <p class="hint">{t::NO_ENTRIES}</p> }.into_any(),
        (Some(all), _) => all.iter().map(draw).collect_view().into_any(),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=3 /></Delayed> }.into_any(),
    };
    view! { <section class="entries"><h2>{title}</h2>{body}</section> }.into_any()
}

fn place(place: &Place) -> AnyView {
    let kind = place.kind;
    match &place.name {
        Some(name) => cell::text(name.to_string()),
        None => view! { <span class="faint">{move || text::choice(kind)}</span> }.into_any(),
    }
}

fn draw_stock(document: &StockDoc) -> AnyView {
    let kind = document.kind;
    let accounts: Vec<AnyView> =
        document.accounts.iter().map(|line| posting(line.account, String::new(), line.debit, line.credit)).collect();
    let row = |entry: &StockMove| {
        let serial = entry.serial.as_ref().map(|s| view! { <span class="code faint">{s.to_string()}</span> });
        view! {
            <tr>
                <td data-label=t::PART><span class="stack"><span>{entry.product_name.to_string()}</span>{serial}</span></td>
                <td data-label=t::FROM_PLACE>{place(&entry.from)}</td>
                <td data-label=t::TO_PLACE>{place(&entry.to)}</td>
                <td class="right" data-label=t::QUANTITY>{cell::quantity(entry.quantity)}</td>
                <td class="right" data-label=t::VALUE>{entry.value.map_or_else(cell::none, cell::money)}</td>
            </tr>
        }
    };
    view! {
        <h3>{move || text::choice(kind)} " " <span class="code">{document.number.clone()}</span></h3>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t::STOCK_MOVES>
            <table class="table compact">
                <thead><tr><th scope="col">{t::PART}</th><th scope="col">{t::FROM_PLACE}</th><th scope="col">{t::TO_PLACE}</th>
                    <th scope="col" class="right">{t::QUANTITY}</th><th scope="col" class="right">{t::VALUE}</th></tr></thead>
                <tbody>{document.moves.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {(!accounts.is_empty()).then(|| journal(accounts))}
    }
    .into_any()
}

/// One line of a journal: account, who, and the amount on its side.
fn posting(account: Account, who: String, debit: Money, credit: Money) -> AnyView {
    let side = |amount: Money| if amount.is_zero() { ().into_any() } else { cell::money(amount) };
    view! {
        <tr>
            <td data-label=t::ACCOUNT_NAME><span class="stack"><span><span class="code">{account.as_str()}</span> " " {move || text::choice(account)}</span>
                <span class="faint">{who}</span></span></td>
            <td class="right" data-label=t::DEBIT>{side(debit)}</td>
            <td class="right" data-label=t::CREDIT>{side(credit)}</td>
        </tr>
    }
    .into_any()
}

fn journal(rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t::JOURNAL_ENTRIES>
            <table class="table compact">
                <thead><tr><th scope="col">{t::ACCOUNT_NAME}</th><th scope="col" class="right">{t::DEBIT}</th>
                    <th scope="col" class="right">{t::CREDIT}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn draw_money(entry: &LedgerEntry) -> AnyView {
    let kind = entry.source_kind;
    let row = |line: &LedgerLine| {
        let who = [line.party_name.clone(), line.bank_account_name.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ");
        posting(line.account, who, line.debit, line.credit)
    };
    let rows = entry.lines.iter().map(row).collect();
    view! {
        <h3>{move || text::choice(kind)} " " <span class="code">{entry.source_number.clone()}</span> " · " {text::date(entry.effective_on)}</h3>
        {journal(rows)}
    }
    .into_any()
}
