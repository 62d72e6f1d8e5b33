//! One sales return.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::stock::document;
use crate::pages::trade::wholesale::shipment;
use crate::text::{delivery, documents, stock, wholesale as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::Resource;
use openapi::document::DocKind;
use openapi::stock::document::StockDocLink;
use openapi::trade::wholesale::WHOLESALE_RETURN;
use openapi::trade::wholesale::back::{
    GetSalesReturn, ReverseSalesReturn, SalesReturn, SalesReturnAction, SalesReturnLife, SalesReturnLine,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a return looks like.
pub fn page() -> DetailPage<GetSalesReturn> {
    DetailPage::<GetSalesReturn>::new()
        .title(|d| d.number.clone())
        .mark(|d| cell::tag(d.state))
        .actions(
            |d| d.allowed.clone(),
            vec![(SalesReturnAction::Reverse, Act::reason::<ReverseSalesReturn>("reason", 500))],
        )
        .group(documents::BASICS, basics)
        .lines(stock::LINES, lines)
        .lines(delivery::POSTINGS, postings)
        .printed(|_| DocKind::SalesReturn)
        .journal::<SalesReturnLife>()
        .attachments(SalesReturn::NAME, "document", untrack(|| may(WHOLESALE_RETURN)))
}

fn basics(doc: &SalesReturn) -> Vec<Item> {
    let mut items = vec![
        item(t::SHIPMENTS, cell::link(doc.shipment_number.clone(), shipment::href(doc.shipment_id))),
        item(t::CUSTOMER, cell::text(&*doc.party_name)),
        item(t::STATION, cell::text(&*doc.org_name)),
        item(t::RETURNED_AT, cell::time(doc.effective_at)),
        item(t::CREDIT_NO, cell::maybe(doc.credit_no.as_ref())),
        item(t::SET_OFF, cell::money(doc.set_off)),
        item(t::ADVANCE, cell::money(doc.open)),
        item(t::RETURN_REASON, cell::note(Some(&*doc.remark))).wide(),
    ];
    if let Some(reason) = &doc.reason {
        items.push(item(t::REASON, cell::note(Some(reason))).wide());
    }
    items
}

fn lines(doc: &SalesReturn) -> Lines {
    let columns: Vec<LineColumn<SalesReturnLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::TOTAL_TAX, Align::Right, |l| cell::money(l.tax)),
        (t::CREDITED, Align::Right, |l| cell::money(l.credit)),
    ];
    Lines::of(&doc.lines, columns)
        .total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity))
        .total(t::TOTAL_TAX, cell::money(doc.tax))
        .total(t::CREDITED, cell::money(doc.credit))
}

fn postings(doc: &SalesReturn) -> Lines {
    let columns: Vec<LineColumn<StockDocLink>> =
        vec![(stock::NUMBER, Align::Left, |d| cell::link(d.number.clone(), document::href(d.id)))];
    Lines::of(&doc.postings, columns)
}
