//! One sales order: what was ordered, whether the customer is good for it, and shipping it.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::master;
use crate::pages::master::warehouse::warehouses;
use crate::pages::trade::wholesale::shipment;
use crate::text::{documents, purchase, stock, wholesale as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::master::CUSTOMER_VIEW;
use openapi::trade::wholesale::order::{
    AcceptSalesOrder, CloseSalesOrder, GetSalesOrder, RejectSalesOrder, ReviseSalesOrder, SalesAcceptance, SalesAction,
    SalesLife, SalesLine, SalesOrder, SignSalesOrder, UploadSalesOrder, VoidSalesOrder,
};
use openapi::trade::wholesale::shipment::{
    SalesShipmentDraft, SalesShipmentLineDraft, SalesShipmentLink, ShipSalesOrder,
};
use openapi::trade::wholesale::{WHOLESALE_CREDIT, WHOLESALE_EDIT};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What an order looks like.
pub fn page() -> DetailPage<GetSalesOrder> {
    use SalesAction as A;
    DetailPage::<GetSalesOrder>::document::<SalesLife>(vec![
        (A::Upload, Act::post::<UploadSalesOrder>()),
        (A::Accept, Act::form::<AcceptSalesOrder>(accepting).filled(|d| json!({ "warehouse_id": d.warehouse_id }))),
        (A::Ship, Act::form::<ShipSalesOrder>(packing).filled(still_open)),
        (A::Sign, Act::post::<SignSalesOrder>()),
        (A::Revise, Act::reason::<ReviseSalesOrder>("reason", 500)),
        (A::Reject, Act::reason::<RejectSalesOrder>("reason", 500)),
        (A::Close, Act::reason::<CloseSalesOrder>("reason", 500)),
        (A::Void, Act::reason::<VoidSalesOrder>("reason", 500)),
    ])
    .files_by(WHOLESALE_EDIT)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(t::SHIPMENTS, shipments)
}

fn accepting(_: &SalesOrder) -> Vec<Field> {
    let mut fields =
        vec![field!(SalesAcceptance.warehouse_id, t::WAREHOUSE).pick(warehouses("is_active=true")).required()];
    if untrack(|| may(WHOLESALE_CREDIT)) {
        fields.push(field!(SalesAcceptance.credit_reason, t::CREDIT_REASON).hint(t::CREDIT_REASON_HINT));
    }
    fields
}

/// What leaves, line by line. Serial numbers are asked for where a line is tracked by them.
fn packing(doc: &SalesOrder) -> Vec<Field> {
    let mut line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("open", t::OPEN),
        Field::shown("reserved", t::RESERVED),
        field!(SalesShipmentLineDraft.quantity, t::LEAVES),
    ];
    if doc.lines.iter().any(|l| l.is_serial_tracked) {
        line.push(Field::texts("serials", purchase::SERIALS).hint(purchase::SERIALS_HINT));
    }
    vec![
        field!(SalesShipmentDraft.courier, t::COURIER),
        field!(SalesShipmentDraft.tracking_no, t::TRACKING_NO),
        field!(SalesShipmentDraft.effective_at, t::SHIPPED_AT).hint(purchase::EFFECTIVE_HINT),
        Field::given_lines("lines", t::PACK, line),
        field!(SalesShipmentDraft.remark, stock::REMARK),
    ]
}

/// Everything that is still open leaves, unless somebody packs less.
fn still_open(doc: &SalesOrder) -> Value {
    let open = doc.lines.iter().filter(|l| !l.open.is_zero());
    let line = |l: &SalesLine| {
        json!({ "line_id": l.id, "product": l.product_name, "open": l.open, "reserved": l.reserved,
            "quantity": l.open, "serials": l.serial.as_slice() })
    };
    json!({ "lines": open.map(line).collect::<Vec<_>>() })
}

fn basics(doc: &SalesOrder) -> Vec<Item> {
    let party = if untrack(|| may(CUSTOMER_VIEW)) {
        cell::link(doc.party_name.to_string(), master::customer::href(doc.party_id))
    } else {
        cell::text(&*doc.party_name)
    };
    let mut items = vec![
        item(t::CUSTOMER, party),
        item(t::CUSTOMER_REF, cell::maybe(doc.customer_ref.as_ref())),
        item(t::EXPECTED_ON, cell::maybe_date(doc.expected_on)),
        item(t::SOURCE, cell::tag(doc.source)),
        item(t::WAREHOUSE, cell::maybe(doc.warehouse_name.as_ref())),
        item(t::STATION, cell::text(&*doc.org_name)),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(t::ADDRESS, cell::maybe(doc.address.as_ref())).wide(),
    ];
    if let Some(credit) = &doc.credit {
        items.push(item(t::CREDIT_LIMIT, cell::money(credit.limit)));
        items.push(item(t::CREDIT_OWED, cell::money(credit.owed)));
        items.push(item(t::CREDIT_OVERDUE, cell::money(credit.overdue)));
        items.push(item(t::CREDIT_ORDERED, cell::money(credit.ordered)));
        items.push(item(t::CREDIT_FREE, cell::money(credit.free)));
    }
    if let Some(reason) = &doc.credit_reason {
        items.push(item(t::CREDIT_REASON, cell::note(Some(reason))).wide());
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &SalesOrder) -> Lines {
    let mut columns: Vec<LineColumn<SalesLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (t::SALE_CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (t::ORDERED, Align::Right, |l| cell::quantity(l.quantity)),
        (t::SHIPPED, Align::Right, |l| cell::quantity(l.shipped)),
        (t::OPEN, Align::Right, |l| cell::some_quantity(l.open)),
        (t::RESERVED, Align::Right, |l| cell::some_quantity(l.reserved)),
        (t::LIST_PRICE, Align::Right, |l| cell::price(l.list_price)),
        (t::UNIT_PRICE, Align::Right, |l| cell::price(l.unit_price)),
        (t::AMOUNT, Align::Right, |l| cell::money(l.amount)),
        (stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())),
    ];
    // few orders name their pieces, and the table is wide without
    if doc.lines.iter().any(|l| l.serial.is_some()) {
        columns.insert(3, (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())));
    }
    Lines::of(&doc.lines, columns)
        .total(t::TOTAL_TAX, cell::money(doc.total_tax))
        .total(t::TOTAL_AMOUNT, cell::money(doc.total_amount))
}

fn shipments(doc: &SalesOrder) -> Lines {
    let columns: Vec<LineColumn<SalesShipmentLink>> = vec![
        (stock::NUMBER, Align::Left, |r| cell::link(r.number.clone(), shipment::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
        (t::SHIPPED_AT, Align::Left, |r| cell::time(r.effective_at)),
        (t::COURIER, Align::Left, |r| cell::maybe(r.courier.as_ref())),
        (t::TRACKING_NO, Align::Left, |r| cell::maybe(r.tracking_no.as_ref())),
        (stock::QUANTITY, Align::Right, |r| cell::quantity(r.total_quantity)),
        (t::AMOUNT, Align::Right, |r| cell::money(r.amount)),
    ];
    Lines::of(&doc.shipments, columns)
}
