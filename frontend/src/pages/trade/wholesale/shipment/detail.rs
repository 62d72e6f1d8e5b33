//! One shipment.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::stock::document;
use crate::pages::trade::wholesale::{back, order};
use crate::text::{delivery, documents, stock, wholesale as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::finance::RECEIPT_CREATE;
use openapi::trade::wholesale::shipment::{
    GetSalesShipment, ReverseSalesShipment, SalesReturnLink, SalesShipment, SalesShipmentAction, SalesShipmentLife,
    SalesShipmentLine,
};
use openapi::trade::wholesale::{WHOLESALE_RETURN_ASK, WHOLESALE_SHIP};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a shipment looks like.
pub fn page() -> DetailPage<GetSalesShipment> {
    DetailPage::<GetSalesShipment>::document::<SalesShipmentLife>(vec![(
        SalesShipmentAction::Reverse,
        Act::reason::<ReverseSalesShipment>("reason", 500),
    )])
    .files_by(WHOLESALE_SHIP)
    .mark(links)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(t::RETURNS, returns)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn links(doc: &SalesShipment) -> AnyView {
    let collect = (!doc.open.is_zero() && untrack(|| may(RECEIPT_CREATE)))
        .then(|| cell::link(t::COLLECT.get(), format!("/finance/receipts/new?party_id={}", doc.party_id)));
    let back = (doc.is_returnable && untrack(|| may(WHOLESALE_RETURN_ASK)))
        .then(|| cell::link(t::RETURN_NEW.get(), format!("/trade/sales-returns/new?shipment={}", doc.id)));
    view! { <span class="tags">{collect}" "{back}</span> }.into_any()
}

fn basics(doc: &SalesShipment) -> Vec<Item> {
    let mut items = vec![
        item(t::ORDERS, cell::link(doc.order_number.clone(), order::href(doc.order_id))),
        item(t::CUSTOMER, cell::text(&*doc.party_name)),
        item(t::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::SHIPPED_AT, cell::time(doc.effective_at)),
        item(t::COURIER, cell::maybe(doc.courier.as_ref())),
        item(t::TRACKING_NO, cell::maybe(doc.tracking_no.as_ref())),
        item(t::DUE_ON, cell::date(doc.due_on)),
        item(t::UNPAID, cell::money(doc.open)),
        item(t::ADDRESS, cell::maybe(doc.address.as_ref())).wide(),
    ];
    if let Some(reason) = &doc.reason {
        items.push(item(t::REASON, cell::note(Some(reason))).wide());
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &SalesShipment) -> Lines {
    let columns: Vec<LineColumn<SalesShipmentLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::SALE_CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::RETURNED, Align::Right, |l| cell::some_quantity(l.returned)),
        (t::UNIT_PRICE, Align::Right, |l| cell::price(l.unit_price)),
        (t::TOTAL_TAX, Align::Right, |l| cell::money(l.tax)),
        (t::AMOUNT, Align::Right, |l| cell::money(l.amount)),
    ];
    Lines::of(&doc.lines, columns)
        .total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity))
        .total(t::TOTAL_TAX, cell::money(doc.tax))
        .total(t::TOTAL_AMOUNT, cell::money(doc.amount))
}

fn returns(doc: &SalesShipment) -> Lines {
    let columns: Vec<LineColumn<SalesReturnLink>> = vec![
        (stock::NUMBER, Align::Left, |r| cell::link(r.number.clone(), back::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
        (t::CREDITED, Align::Right, |r| cell::money(r.credit)),
    ];
    Lines::of(&doc.returns, columns)
}
