//! The receipts.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{self, documents, finance as t};
use leptos::prelude::*;
use openapi::finance::receipt::{CreateReceipt, ListReceipts, PayMethod, ReceiptRow, ReceiptState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListReceipts>::new("receipts", t::RECEIPTS)
        .search_hint(t::SEARCH_RECEIPTS)
        .filter(Filter::choices::<ReceiptState>("state", t::STATE))
        .filter(Filter::choices::<PayMethod>("method", t::METHOD))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::dates("effective_on", t::EFFECTIVE_ON))
        .column(Column::new("number", t::NUMBER, |r: &ReceiptRow| cell::code(&*r.number)).width("10em"))
        .column(Column::new("state", t::STATE, |r: &ReceiptRow| cell::tag(r.state)))
        .column(Column::new("party", t::PARTY, |r: &ReceiptRow| cell::text(&*r.party_name)).field("party_name"))
        .column(Column::new("methods", t::METHODS, |r: &ReceiptRow| methods(r.methods.clone())))
        .column(Column::new("received", t::RECEIVED, |r: &ReceiptRow| cell::money(r.received)).right())
        .column(Column::new("allocated", t::ALLOCATED, |r: &ReceiptRow| cell::money(r.allocated)).right())
        .column(Column::new("advance", t::ADVANCE, |r: &ReceiptRow| cell::money(r.advance)).right())
        .column(Column::new("cashier", t::CASHIER, |r: &ReceiptRow| cell::text(&*r.cashier_name)).field("cashier_name"))
        .column(Column::new("effective_on", t::EFFECTIVE_ON, |r: &ReceiptRow| cell::date(r.effective_on)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &ReceiptRow| cell::time(r.created_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateReceipt>(t::NEW_RECEIPT, "/finance/receipts/new")
        .view()
}

fn methods(methods: Vec<PayMethod>) -> AnyView {
    let names = move || methods.iter().map(|m| text::choice(*m)).collect::<Vec<_>>().join("、");
    view! { <span>{names}</span> }.into_any()
}
