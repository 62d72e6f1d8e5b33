//! The payments.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::text::{documents, payable as t, stock};
use leptos::prelude::AnyView;
use openapi::finance::payment::{CreatePayment, ListPayments, PaymentRow, PaymentState};
use openapi::finance::receipt::PayMethod;

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListPayments>::new("payments", t::PAYMENTS)
        .search_hint(t::PAYMENT_SEARCH)
        .filter(Filter::choices::<PaymentState>("state", stock::STATE))
        .filter(Filter::choices::<PayMethod>("method", t::METHOD))
        .filter(Filter::pick("party_id", t::PAID_TO, suppliers()))
        .filter(Filter::created())
        .column(Column::new("number", stock::NUMBER, |r: &PaymentRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &PaymentRow| cell::tag(r.state)))
        .column(Column::new("party_name", t::PAID_TO, |r: &PaymentRow| cell::text(&*r.party_name)))
        .column(Column::new("amount", t::AMOUNT, |r: &PaymentRow| cell::money(r.amount)).right())
        .column(Column::new("set_off", t::SET_OFF, |r: &PaymentRow| cell::some_money(r.set_off)).right())
        .column(Column::new("advance", t::ADVANCE, |r: &PaymentRow| cell::some_money(r.advance)).right())
        .column(Column::new("method", t::METHOD, |r: &PaymentRow| cell::maybe_tag(r.method)))
        .column(Column::new("reference", t::REFERENCE, |r: &PaymentRow| cell::maybe(r.reference.as_ref())))
        .column(Column::new("effective_at", t::PAID_AT, |r: &PaymentRow| cell::time(r.effective_at)))
        .column(Column::new("payer_name", t::PAYER, |r: &PaymentRow| cell::text(&*r.payer_name)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &PaymentRow| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &PaymentRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreatePayment>(t::PAYMENT_NEW, "/finance/payments/new")
        .view()
}
