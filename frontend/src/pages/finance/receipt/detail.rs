//! One receipt.

use crate::doc::{Act, DetailPage, Lines, cell, item};
use crate::nav::Params;
use crate::pages::finance::{document, origin, other, party};
use crate::text::{documents, finance as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::document::DocKind;
use openapi::finance::receipt::{
    GetReceipt, Receipt, ReceiptAction, ReceiptAllocation, ReceiptPayment, ReverseReceipt,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a receipt looks like.
pub fn page() -> DetailPage<GetReceipt> {
    DetailPage::<GetReceipt>::new()
        .title(|r| r.number.clone())
        .mark(|r| cell::tag(r.state))
        .actions(|r| r.allowed.clone(), vec![(ReceiptAction::Reverse, Act::reason::<ReverseReceipt>("reason", 500))])
        .group(documents::BASICS, |r| {
            vec![
                item(t::PARTY, party(r.party_id, &r.party_name)),
                item(t::CASHIER, cell::text(&*r.cashier_name)),
                item(t::EFFECTIVE_AT, cell::time(r.effective_at)),
                item(t::POSTED_AT, cell::time(r.posted_at)),
                item(t::RECEIVED, cell::money(r.received)),
                item(t::IN_WORDS, cell::text(&*r.received_in_words)),
                item(t::REVERSAL_OF, other(r.reversal_of, "/finance/receipts")),
                item(t::REVERSED_BY, other(r.reversed_by, "/finance/receipts")),
                item(t::REASON, cell::maybe(r.reason.as_ref())),
                item(t::REMARK, cell::note(r.remark.as_deref())).wide(),
            ]
        })
        .lines(t::PAYMENTS, payments)
        .lines(t::PAYS_FOR, allocations)
        .printed(|_| DocKind::Receipt)
        .journal::<Receipt>()
}

fn payments(receipt: &Receipt) -> Lines {
    Lines::of(
        &receipt.payments,
        vec![
            (t::METHOD, Align::Left, |p: &ReceiptPayment| cell::tag(p.method)),
            (t::BANK_ACCOUNT, Align::Left, |p| cell::text(&*p.bank_account_name)),
            (t::REFERENCE, Align::Left, |p| cell::maybe(p.reference.as_ref())),
            (t::AMOUNT, Align::Right, |p| cell::money(p.amount)),
        ],
    )
    .total(t::RECEIVED, cell::money(receipt.received))
}

fn allocations(receipt: &Receipt) -> Lines {
    let lines = Lines::of(
        &receipt.allocations,
        vec![
            (t::KIND, Align::Left, |a: &ReceiptAllocation| cell::tag(a.side)),
            (t::SOURCE, Align::Left, |a| document(a.source_kind, a.source_id, &a.source_number)),
            (t::ORIGIN, Align::Left, |a| origin(a.origin_id, a.origin_number.as_ref())),
            (t::AMOUNT, Align::Right, |a| cell::money(a.amount)),
        ],
    )
    .total(t::ALLOCATED, cell::money(receipt.allocated));
    let lines = match receipt.deposit_used.is_zero() {
        true => lines,
        false => lines.total(t::DEPOSIT_USED, cell::money(receipt.deposit_used)),
    };
    match receipt.advance.is_zero() {
        true => lines,
        false => lines.total(t::ADVANCE, cell::money(receipt.advance)),
    }
}
