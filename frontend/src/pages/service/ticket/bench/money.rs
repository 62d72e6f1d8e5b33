//! The bill: who pays what, what was paid, and what is open.

use crate::doc::cell;
use crate::nav;
use crate::pages::service::ticket::action::{Begun, begin, offered};
use crate::text::{self, ticket as t};
use crate::ui::{Button, Look, Tag};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::document::DocKind;
use openapi::finance::RECEIPT_VIEW;
use openapi::service::closing::{ChargeLine, Charges, PayerAmount, TicketReceipt};
use openapi::service::state::TicketAction;
use openapi::service::ticket::Ticket;
use std::sync::Arc;

/// The lines of a bill and what each payer owes.
pub fn bill(charges: &Charges) -> AnyView {
    if charges.lines.is_empty() {
        return view! { <p class="hint">{t::NOTHING_CHARGED}</p> }.into_any();
    }
    let line = |line: &ChargeLine| {
        let free = line.is_free.then(|| view! { <Tag label=t::FREE tone=Tone::Success /> });
        view! {
            <tr>
                <td data-label=t::ITEM><span class="marks">{cell::tag(line.kind)} <span>{line.description.clone()}</span> {free}</span></td>
                <td class="right" data-label=t::QUANTITY>{cell::quantity(line.quantity)}</td>
                <td class="right" data-label=t::UNIT_PRICE>{cell::price(line.unit_price)}</td>
                <td data-label=t::PAYER>{cell::choice(line.payer)}</td>
                <td class="right" data-label=t::AMOUNT>{cell::money(line.amount)}</td>
            </tr>
        }
    };
    let payer = |p: &PayerAmount| {
        let (who, tax) = (p.payer, p.tax);
        let of_that = move || String::from(t::OF_THAT_TAX.with("tax", text::money(tax)));
        view! { <div class="total"><span>{cell::choice(who)} " " <span class="faint">{of_that}</span></span>{cell::money(p.amount)}</div> }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t::BILL>
            <table class="table cards">
                <thead><tr>
                    <th scope="col">{t::ITEM}</th><th scope="col" class="right">{t::QUANTITY}</th><th scope="col" class="right">{t::UNIT_PRICE}</th>
                    <th scope="col">{t::PAYER}</th><th scope="col" class="right">{t::AMOUNT}</th>
                </tr></thead>
                <tbody>{charges.lines.iter().map(line).collect_view()}</tbody>
            </table>
        </div>
        <div class="totals">
            {charges.payers.iter().map(payer).collect_view()}
            <div class="total strong"><span>{t::CUSTOMER_DUE}</span>{cell::money(charges.customer_due)}</div>
        </div>
    }
    .into_any()
}

/// The card with the bill and the money that came in.
pub fn card(ticket: &Arc<Ticket>, begun: RwSignal<Begun>) -> AnyView {
    let settled = ticket.charges.is_settled;
    let state = match (settled, ticket.open.is_positive()) {
        (false, _) => (t::PREVIEW, Tone::Neutral),
        (true, true) => (t::UNPAID, Tone::Warning),
        (true, false) => (t::PAID, Tone::Success),
    };
    let paid = settled.then(|| {
        view! {
            <div class="total"><span>{t::RECEIVED}</span>{cell::money(ticket.received)}</div>
            <div class="total strong"><span>{t::OPEN}</span>{cell::money(ticket.open)}</div>
        }
    });
    let receipts = ticket.receipts.iter().map(receipt).collect_view();
    let cost = ticket
        .cost
        .map(|cost| view! { <div class="total"><span class="faint">{t::COST}</span>{cell::money(cost)}</div> });
    let button = |action: TicketAction, look: Look| {
        let shown = offered(ticket).contains(&action);
        let ticket = ticket.clone();
        shown.then(|| {
            let press = move |()| begin(begun, action, ticket.clone());
            view! { <Button label=Signal::derive(move || text::choice(action).to_owned()) look=look on_press=press /> }
        })
    };
    view! {
        <section class="card" id="money">
            <h2 class="card-title">{t::BILL} <Tag label=state.0 tone=state.1 /></h2>
            {bill(&ticket.charges)}
            <div class="totals">{paid} {cost}</div>
            {(!ticket.receipts.is_empty()).then(|| view! { <ul class="documents" aria-label=t::RECEIPTS>{receipts}</ul> })}
            <div class="row">
                {button(TicketAction::Charge, Look::Plain)}
                {(!settled).then(|| button(TicketAction::Settle, Look::Plain))}
                {button(TicketAction::Collect, Look::Plain)}
            </div>
        </section>
    }
    .into_any()
}

/// One receipt that paid for the ticket: a link for those who may open it.
fn receipt(receipt: &TicketReceipt) -> AnyView {
    let path = format!("{}/{}", nav::document_path(DocKind::Receipt), receipt.id);
    let open = untrack(|| crate::api::session::may(RECEIPT_VIEW));
    let number = if open { cell::link(receipt.number.clone(), path) } else { cell::code(receipt.number.clone()) };
    let methods = receipt.methods.iter().map(|method| view! { {cell::tag(*method)} " " }).collect_view();
    view! {
        <li>
            <span class="grow">{number} " " {methods} <span class="faint">{receipt.cashier_name.clone()} " · " {text::time(receipt.received_at)}</span></span>
            {cell::money(receipt.amount)}
        </li>
    }
    .into_any()
}
