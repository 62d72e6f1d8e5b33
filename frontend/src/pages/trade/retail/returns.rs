//! Retail returns: the list, and one of them.

use super::sale::{self, other, payments, who};
use crate::doc::{Act, Column, DetailPage, Filter, LineColumn, Lines, ListPage, cell, item};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{delivery, documents, retail as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::trade::retail::back::{
    GetRetailReturn, ListRetailReturns, RetailReturn, RetailReturnLine, RetailReturnRow, ReverseRetailReturn,
};
use openapi::trade::retail::{RETAIL_RETURN, RetailAction, RetailState};

/// The page of a return.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/trade/retail-returns/{id}")
}

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRetailReturns>::new("retail-returns", t::RETURNS)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<RetailState>("state", stock::STATE))
        .filter(Filter::pick("customer_id", t::CUSTOMER, customers()))
        .filter(Filter::created())
        .column(Column::new("number", stock::NUMBER, |r: &RetailReturnRow| cell::code(&*r.number)).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &RetailReturnRow| cell::tag(r.state)))
        .column(Column::new("org_name", stock::STATION, |r: &RetailReturnRow| cell::text(&*r.org_name)))
        .column(Column::new("sale_number", t::SALE_NUMBER, |r: &RetailReturnRow| cell::code(&*r.sale_number)))
        .column(Column::new("customer_name", t::CUSTOMER, |r: &RetailReturnRow| {
            r.customer_name.as_ref().map_or_else(|| cell::label(t::WALK_IN), |name| cell::text(&**name))
        }))
        .column(Column::new("refund", t::REFUND, |r: &RetailReturnRow| cell::money(r.refund)).right())
        .column(Column::new("remark", t::WHY, |r: &RetailReturnRow| cell::text(&*r.remark)))
        .column(Column::new("cashier_name", t::BY, |r: &RetailReturnRow| cell::text(&*r.cashier_name)))
        .column(Column::new("effective_at", t::RETURNED_AT, |r: &RetailReturnRow| cell::time(r.effective_at)))
        .column(
            Column::new("created_at", documents::CREATED_AT, |r: &RetailReturnRow| cell::time(r.created_at)).hidden(),
        )
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &RetailReturnRow| cell::time(r.updated_at)).hidden(),
        )
        .peek(|id| page().panel(id))
        .open(|r| href(r.id))
        .view()
}

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

fn page() -> DetailPage<GetRetailReturn> {
    DetailPage::<GetRetailReturn>::document::<RetailReturn>(vec![(
        RetailAction::Reverse,
        Act::reason::<ReverseRetailReturn>("reason", 500),
    )])
    .files_by(RETAIL_RETURN)
    .group(documents::BASICS, |d: &RetailReturn| {
        vec![
            item(t::SALE_NUMBER, cell::link(d.sale_number.clone(), sale::href(d.sale_id))),
            item(t::CUSTOMER, who(d.customer_id, d.customer_name.as_deref())),
            item(t::BY, cell::text(&*d.cashier_name)),
            item(t::RETURNED_AT, cell::time(d.effective_at)),
            item(t::REFUND, cell::money(d.refund)),
            item(t::VAT, cell::money(d.vat_total)),
            item(t::LOSS, d.loss.map_or_else(cell::none, cell::money)),
            item(t::POINTS, cell::text(d.points.to_string())),
            item(t::REVERSAL_OF, other(d.reversal_of.map(href))),
            item(t::REVERSED_BY, other(d.reversed_by.map(href))),
            item(t::REVERSE_REASON, cell::maybe(d.reason.as_ref())),
            item(t::WHY, cell::note(Some(&*d.remark))).wide(),
        ]
    })
    .lines(stock::LINES, lines)
    .lines(t::PAY_BACK_BY, |d| payments(&d.payments).total(t::REFUND, cell::money(d.refund)))
    .lines(delivery::POSTINGS, |d| crate::pages::stock::document::postings(&d.postings))
}

fn lines(back: &RetailReturn) -> Lines {
    let columns: Vec<LineColumn<RetailReturnLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (t::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::DEDUCTION, Align::Right, |l| cell::money(l.deduction)),
        (t::REFUND, Align::Right, |l| cell::money(l.refund)),
        (t::COST, Align::Right, |l| l.cost.map_or_else(cell::none, cell::money)),
        (t::VALUE, Align::Right, |l| l.value.map_or_else(cell::none, cell::money)),
    ];
    Lines::of(&back.lines, columns).total(t::REFUND, cell::money(back.refund))
}
