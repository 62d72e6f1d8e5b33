//! One sales return.

use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::stock::document;
use crate::pages::trade::wholesale::shipment;
use crate::text::{delivery, documents, purchase, stock, wholesale as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::trade::wholesale::WHOLESALE_RETURN_ASK;
use openapi::trade::wholesale::back::{
    ApproveSalesReturn, GetSalesReturn, ReceiveSalesReturn, RejectSalesReturn, ReverseSalesReturn, SalesReturn,
    SalesReturnAction, SalesReturnArrival, SalesReturnLife, SalesReturnLine, SalesReturnLineDraft, VoidSalesReturn,
};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a return looks like.
pub fn page() -> DetailPage<GetSalesReturn> {
    use SalesReturnAction as A;
    DetailPage::<GetSalesReturn>::document::<SalesReturnLife>(vec![
        (A::Approve, Act::post::<ApproveSalesReturn>()),
        (A::Receive, Act::form::<ReceiveSalesReturn>(arrival).filled(approved)),
        (A::Reject, Act::reason::<RejectSalesReturn>("reason", 500)),
        (A::Void, Act::reason::<VoidSalesReturn>("reason", 500)),
        (A::Reverse, Act::reason::<ReverseSalesReturn>("reason", 500)),
    ])
    .files_by(WHOLESALE_RETURN_ASK)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

/// What comes, line by line, as it is counted.
fn arrival(_: &SalesReturn) -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("serial", stock::SERIAL),
        Field::shown("approved", t::APPROVED),
        field!(SalesReturnLineDraft.quantity, t::BACK_QUANTITY),
        field!(SalesReturnLineDraft.condition, t::CONDITION).initial("good"),
    ];
    vec![
        field!(SalesReturnArrival.effective_at, t::RETURNED_AT).hint(purchase::EFFECTIVE_HINT),
        field!(SalesReturnArrival.credit_no, t::CREDIT_NO),
        Field::given_lines("lines", t::COMES_BACK, line),
    ]
}

/// Everything that was approved comes, unless somebody counts less.
fn approved(doc: &SalesReturn) -> Value {
    let line = |l: &SalesReturnLine| {
        json!({ "line_id": l.shipment_line_id, "product": l.product_name, "serial": l.serial, "approved": l.quantity,
            "quantity": l.quantity, "condition": l.condition })
    };
    json!({ "lines": doc.lines.iter().map(line).collect::<Vec<_>>() })
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
