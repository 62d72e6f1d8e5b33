//! One payment.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::finance::{document, party};
use crate::text::{documents, finance, payable as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::finance::payment::{GetPayment, Payment, PaymentAction, PaymentAllocation, PaymentLife, ReversePayment};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a payment looks like.
pub fn page() -> DetailPage<GetPayment> {
    DetailPage::<GetPayment>::document::<PaymentLife>(vec![(
        PaymentAction::Reverse,
        Act::reason::<ReversePayment>("reason", 500),
    )])
    .group(documents::BASICS, basics)
    .lines(t::PAYS_FOR, allocations)
}

fn basics(doc: &Payment) -> Vec<Item> {
    vec![
        item(t::PAID_TO, party(doc.party_id, &doc.party_name)),
        item(t::AMOUNT, cell::money(doc.amount)),
        item(t::IN_WORDS, cell::text(&*doc.amount_in_words)),
        item(t::METHOD, cell::maybe_tag(doc.method)),
        item(t::ACCOUNT, cell::maybe(doc.bank_account_name.as_ref())),
        item(t::REFERENCE, cell::maybe(doc.reference.as_ref())),
        item(t::PAID_AT, cell::time(doc.effective_at)),
        item(t::PAYER, cell::text(&*doc.payer_name)),
        item(finance::REASON, cell::maybe(doc.reason.as_ref())),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ]
}

fn allocations(doc: &Payment) -> Lines {
    let columns: Vec<LineColumn<PaymentAllocation>> = vec![
        (finance::KIND, Align::Left, |a| cell::tag(a.side)),
        (finance::SOURCE, Align::Left, |a| document(a.source_kind, a.source_id, &a.source_number)),
        (t::DUE_ON, Align::Left, |a| cell::maybe_date(a.due_on)),
        (finance::AMOUNT, Align::Right, |a| cell::money(a.amount)),
    ];
    let lines = Lines::of(&doc.allocations, columns);
    let beside = [(t::SET_OFF, doc.set_off), (t::ADVANCE, doc.advance)];
    let beside = beside.into_iter().filter(|(_, amount)| !amount.is_zero());
    beside
        .fold(lines, |lines, (label, amount)| lines.total(label, cell::money(amount)))
        .total(t::AMOUNT, cell::money(doc.amount))
}
