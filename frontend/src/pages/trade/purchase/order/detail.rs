//! One purchase order: what was ordered, what has come, and receiving more of it.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::master;
use crate::pages::master::warehouse::warehouses;
use crate::pages::trade::purchase::receipt;
use crate::text::{documents, payable, purchase as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CancelPurchaseOrder, ClosePurchaseOrder, GetPurchaseOrder, PurchaseAction, PurchaseLife,
    PurchaseLine, PurchaseOrder, RejectPurchaseOrder, SubmitPurchaseOrder, VoidPurchaseOrder,
};
use openapi::trade::purchase::receipt::{
    GoodsReceiptDraft, GoodsReceiptLineDraft, GoodsReceiptLink, ReceivePurchaseOrder,
};
use openapi::trade::purchase::{INVOICE_EDIT, PURCHASE_EDIT};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What an order looks like.
pub fn page() -> DetailPage<GetPurchaseOrder> {
    use PurchaseAction as A;
    DetailPage::<GetPurchaseOrder>::document::<PurchaseLife>(vec![
        (A::Submit, Act::post::<SubmitPurchaseOrder>()),
        (A::Approve, Act::confirm::<ApprovePurchaseOrder>(t::APPROVE_HAPPENS)),
        (A::Receive, Act::form::<ReceivePurchaseOrder>(counting).filled(still_to_come)),
        (A::Reject, Act::reason::<RejectPurchaseOrder>("reason", 500)),
        (A::Close, Act::reason::<ClosePurchaseOrder>("reason", 500)),
        (A::Cancel, Act::reason::<CancelPurchaseOrder>("reason", 500)),
        (A::Void, Act::reason::<VoidPurchaseOrder>("reason", 500)),
    ])
    .files_by(PURCHASE_EDIT)
    .mark(invoice_link)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(t::RECEIPTS, receipts)
}

fn invoice_link(doc: &PurchaseOrder) -> AnyView {
    if !doc.to_invoice.is_empty() && untrack(|| may(INVOICE_EDIT)) {
        return cell::link(payable::INVOICE_NEW.get(), format!("/trade/supplier-invoices/new?order={}", doc.id));
    }
    ().into_any()
}

/// A delivery, counted line by line. Serial numbers are asked for where a line is tracked by them.
fn counting(doc: &PurchaseOrder) -> Vec<Field> {
    let mut line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("open", t::OPEN),
        field!(GoodsReceiptLineDraft.quantity, t::ARRIVED),
    ];
    if doc.lines.iter().any(|l| l.is_serial_tracked) {
        line.push(Field::texts("serials", t::SERIALS).hint(t::SERIALS_HINT));
    }
    vec![
        field!(GoodsReceiptDraft.warehouse_id, t::WAREHOUSE).pick(warehouses("is_active=true")),
        field!(GoodsReceiptDraft.effective_at, t::RECEIVED_AT).hint(t::EFFECTIVE_HINT),
        field!(GoodsReceiptDraft.reference, t::NOTE_NUMBER),
        Field::given_lines("lines", t::COUNT, line),
        field!(GoodsReceiptDraft.remark, stock::REMARK),
    ]
}

/// Everything that is still to come has come, unless somebody counts less.
fn still_to_come(doc: &PurchaseOrder) -> Value {
    let open = doc.lines.iter().filter(|l| !l.open.is_zero());
    let line = |l: &PurchaseLine| json!({ "line_id": l.id, "product": l.product_name, "open": l.open, "quantity": l.open, "serials": [] });
    json!({ "warehouse_id": doc.warehouse_id, "lines": open.map(line).collect::<Vec<_>>() })
}

fn basics(doc: &PurchaseOrder) -> Vec<Item> {
    vec![
        item(t::SUPPLIER, cell::link(doc.party_name.to_string(), master::customer::href(doc.party_id))),
        item(t::EXPECTED_ON, cell::maybe_date(doc.expected_on)),
        item(t::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::STATION, cell::text(&*doc.org_name)),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ]
}

fn lines(doc: &PurchaseOrder) -> Lines {
    let columns: Vec<LineColumn<PurchaseLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (t::ORDERED, Align::Right, |l| cell::quantity(l.quantity)),
        (t::RECEIVED, Align::Right, |l| cell::quantity(l.received)),
        (t::OPEN, Align::Right, |l| cell::some_quantity(l.open)),
        (t::UNIT_PRICE, Align::Right, |l| cell::price(l.unit_price)),
        (t::AMOUNT, Align::Right, |l| cell::money(l.amount)),
        (t::EXPECTED_ON, Align::Left, |l| cell::maybe_date(l.expected_on)),
        (stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())),
    ];
    Lines::of(&doc.lines, columns)
        .total(t::TOTAL_TAX, cell::money(doc.total_tax))
        .total(t::TOTAL_AMOUNT, cell::money(doc.total_amount))
}

fn receipts(doc: &PurchaseOrder) -> Lines {
    let columns: Vec<LineColumn<GoodsReceiptLink>> = vec![
        (stock::NUMBER, Align::Left, |r| cell::link(r.number.clone(), receipt::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
        (t::RECEIVED_AT, Align::Left, |r| cell::time(r.effective_at)),
        (t::NOTE_NUMBER, Align::Left, |r| cell::maybe(r.reference.as_ref())),
        (stock::QUANTITY, Align::Right, |r| cell::quantity(r.total_quantity)),
        (t::NET_VALUE, Align::Right, |r| cell::money(r.total_value)),
    ];
    Lines::of(&doc.receipts, columns)
}
