//! Retail sales: the list, and one of them.

use crate::doc::{Act, Column, DetailPage, Filter, LineColumn, Lines, ListPage, cell, item};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{self, delivery, documents, retail as t, stock};
use crate::ui::{Align, Icon, LinkButton};
use leptos::prelude::*;
use openapi::finance::PayMethod;
use openapi::master::customer::CustomerId;
use openapi::trade::retail::sale::{
    GetRetailSale, ListRetailSales, RetailLine, RetailReturnLink, RetailSale, RetailSaleRow, ReverseRetailSale,
};
use openapi::trade::retail::{RETAIL_SELL, RetailAction, RetailPayment, RetailState};

/// The page of a sale.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/retail-sales/{id}")
}

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRetailSales>::new("retail-sales", t::SALES)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<RetailState>("state", stock::STATE))
        .filter(Filter::choices::<PayMethod>("method", t::METHOD))
        .filter(Filter::pick("customer_id", t::CUSTOMER, customers()))
        .filter(Filter::created())
        .column(Column::new("number", stock::NUMBER, |r: &RetailSaleRow| cell::code(&*r.number)).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &RetailSaleRow| cell::tag(r.state)))
        .column(Column::new("org_name", stock::STATION, |r: &RetailSaleRow| cell::text(&*r.org_name)))
        .column(Column::new("customer_name", t::CUSTOMER, |r: &RetailSaleRow| someone(r.customer_name.as_deref())))
        .column(Column::new("methods", t::METHODS, |r: &RetailSaleRow| methods(r.methods.clone())))
        .column(
            Column::new("line_count", t::LINE_COUNT, |r: &RetailSaleRow| cell::text(r.line_count.to_string())).right(),
        )
        .column(Column::new("total", t::AMOUNT, |r: &RetailSaleRow| cell::money(r.total)).right())
        .column(Column::new("refunded", t::REFUNDED, |r: &RetailSaleRow| cell::money(r.refunded)).right())
        .column(Column::new("points", t::POINTS, |r: &RetailSaleRow| cell::text(r.points.to_string())).right().hidden())
        .column(Column::new("cashier_name", t::CASHIER, |r: &RetailSaleRow| cell::text(&*r.cashier_name)))
        .column(Column::new("effective_at", t::SOLD_AT, |r: &RetailSaleRow| cell::time(r.effective_at)))
        .column(Column::new("remark", stock::REMARK, |r: &RetailSaleRow| cell::maybe(r.remark.as_ref())).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &RetailSaleRow| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &RetailSaleRow| cell::time(r.updated_at)).hidden())
        .peek(|id| page().panel(id))
        .open(|r| href(r.id))
        .view()
}

fn methods(methods: Vec<PayMethod>) -> AnyView {
    let names = move || methods.iter().map(|m| text::choice(*m)).collect::<Vec<_>>().join("、");
    view! { <span>{names}</span> }.into_any()
}

fn someone(name: Option<&str>) -> AnyView {
    name.map_or_else(|| cell::label(t::WALK_IN), cell::text)
}

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a sale looks like.
fn page() -> DetailPage<GetRetailSale> {
    DetailPage::<GetRetailSale>::document::<RetailSale>(vec![(
        RetailAction::Reverse,
        Act::reason::<ReverseRetailSale>("reason", 500),
    )])
    .files_by(RETAIL_SELL)
    .mark(|d| {
        let link = || {
            let href = format!("{}/return", href(d.id));
            view! { <LinkButton label=t::NEW_RETURN href=href glyph=Icon::Refresh /> }.into_any()
        };
        if d.is_returnable { link() } else { ().into_any() }
    })
    .group(documents::BASICS, |d: &RetailSale| {
        vec![
            item(t::CUSTOMER, who(d.customer_id, d.customer_name.as_deref())),
            item(t::CASHIER, cell::text(&*d.cashier_name)),
            item(t::SOLD_AT, cell::time(d.effective_at)),
            item(stock::WAREHOUSE, cell::text(&*d.warehouse_name)),
            item(t::TOTAL, cell::money(d.total)),
            item(t::VAT, cell::money(d.vat_total)),
            item(t::COST, d.cost_total.map_or_else(cell::none, cell::money)),
            item(t::TENDERED, d.tendered.map_or_else(cell::none, cell::money)),
            item(t::CHANGE, cell::money(d.change)),
            item(t::POINTS, cell::text(d.points.to_string())),
            item(t::REVERSAL_OF, other(d.reversal_of.map(href))),
            item(t::REVERSED_BY, other(d.reversed_by.map(href))),
            item(t::REVERSE_REASON, cell::maybe(d.reason.as_ref())),
            item(stock::REMARK, cell::note(d.remark.as_deref())).wide(),
        ]
    })
    .lines(stock::LINES, lines)
    .lines(t::PAYMENTS, |d| payments(&d.payments).total(t::TOTAL, cell::money(d.total)))
    .lines(t::RETURNS, |d| {
        let columns: Vec<LineColumn<RetailReturnLink>> = vec![
            (stock::NUMBER, Align::Left, |r| cell::link(r.number.clone(), super::returns::href(r.id))),
            (t::REFUND, Align::Right, |r| cell::money(r.refund)),
        ];
        Lines::of(&d.returns, columns)
    })
    .lines(delivery::POSTINGS, |d| crate::pages::stock::document::postings(&d.postings))
}

/// The customer, or nobody in particular.
pub fn who(id: Option<CustomerId>, name: Option<&str>) -> AnyView {
    match (id, name) {
        (Some(id), Some(name)) => cell::link(name, format!("/master/customers/{id}")),
        _ => cell::label(t::WALK_IN),
    }
}

/// A link to the document that takes back or is taken back.
pub fn other(href: Option<String>) -> AnyView {
    href.map_or_else(cell::none, |href| cell::link(text::finance::OPEN_DOCUMENT.get(), href))
}

/// Ways of payment.
pub fn payments(all: &[RetailPayment]) -> Lines {
    let columns: Vec<LineColumn<RetailPayment>> = vec![
        (t::METHOD, Align::Left, |p| cell::tag(p.method)),
        (t::ACCOUNT, Align::Left, |p| cell::text(&*p.bank_account_name)),
        (t::REFERENCE, Align::Left, |p| cell::maybe(p.reference.as_ref())),
        (t::AMOUNT, Align::Right, |p| cell::money(p.amount)),
    ];
    Lines::of(all, columns)
}

fn lines(sale: &RetailSale) -> Lines {
    let columns: Vec<LineColumn<RetailLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::CONDITION_SOLD, Align::Left, |l| cell::tag(l.condition)),
        (t::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::PRICE, Align::Right, |l| cell::price(l.unit_price)),
        (t::DISCOUNT, Align::Right, |l| cell::money(l.discount)),
        (t::AMOUNT, Align::Right, |l| cell::money(l.amount)),
        (t::COST, Align::Right, |l| l.cost.map_or_else(cell::none, cell::money)),
        (t::RETURNED, Align::Right, |l| cell::quantity(l.returned)),
        (t::REFUNDED, Align::Right, |l| cell::money(l.refunded)),
    ];
    Lines::of(&sale.lines, columns)
        .total(t::GROSS, cell::money(sale.gross))
        .total(t::DISCOUNT, cell::money(sale.discount))
        .total(t::TOTAL, cell::money(sale.total))
}
