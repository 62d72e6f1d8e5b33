//! One transfer: what was sent, what came, what became of the difference.

use crate::doc::form::Control;
use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::{self, Params};
use crate::pages::master::warehouse::warehouses;
use crate::pages::stock::{document, requisition};
use crate::text::{delivery as t, documents, stock};
use crate::ui::{Align, SelectOption};
use leptos::prelude::*;
use openapi::stock::TRANSFER_EDIT;
use openapi::stock::transfer::{
    GetTransfer, RecallTransfer, ResolveTransfer, ShipTransfer, SignTransfer, Transfer, TransferAction, TransferCount,
    TransferLife, TransferLine, TransferSignature, TransferVerdict, TransferVerdicts, UnsignTransfer, VoidTransfer,
};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a transfer looks like.
pub fn page() -> DetailPage<GetTransfer> {
    use TransferAction as A;
    DetailPage::<GetTransfer>::document::<TransferLife>(vec![
        (A::Ship, Act::confirm::<ShipTransfer>(t::SHIP_HAPPENS)),
        (A::Sign, Act::form::<SignTransfer>(|_| signature()).filled(as_shipped)),
        (A::Resolve, Act::form::<ResolveTransfer>(verdicts)),
        (A::Recall, Act::reason::<RecallTransfer>("reason", 500)),
        (A::Unsign, Act::reason::<UnsignTransfer>("reason", 500)),
        (A::Void, Act::reason::<VoidTransfer>("reason", 500)),
    ])
    .files_by(TRANSFER_EDIT)
    .mark(|d| if d.is_auto_signed { cell::label(t::AUTO_SIGNED) } else { ().into_any() })
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
    .lines(t::POSTINGS, |d| document::postings(&d.postings))
}

fn signature() -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("sent", t::SENT),
        field!(TransferCount.received, t::RECEIVED),
        field!(TransferCount.damaged, t::DAMAGED),
        field!(TransferCount.surplus, t::SURPLUS),
        field!(TransferCount.remark, stock::REMARK),
    ];
    vec![
        field!(TransferSignature.warehouse_id, t::RECEIVES_IN)
            .hint(t::RECEIVES_HINT)
            .pick(warehouses("is_active=true&kind=good,unit,refurb")),
        field!(TransferSignature.remark, stock::REMARK),
        Field::given_lines("lines", t::COUNT, line),
    ]
}

/// Everything came as it was sent, unless somebody counts otherwise.
fn as_shipped(doc: &Transfer) -> Value {
    let line = |l: &TransferLine| {
        let product = match &l.serial {
            Some(serial) => format!("{} {serial}", l.product_name),
            None => l.product_name.to_string(),
        };
        json!({ "line_id": l.id, "product": product, "sent": l.quantity, "received": l.quantity, "damaged": "0", "surplus": "0" })
    };
    json!({ "lines": doc.lines.iter().map(line).collect::<Vec<_>>() })
}

/// Verdicts on the lines that differ.
fn verdicts(doc: &Transfer) -> Vec<Field> {
    let open: Vec<SelectOption> = doc.lines.iter().filter(|l| differs(l)).map(option).collect();
    let line = vec![
        Field::new("line_id", t::LINE, Control::Options(open)).required(),
        field!(TransferVerdict.resolution, t::RESOLUTION),
        field!(TransferVerdict.quantity, t::QUANTITY).initial("1"),
    ];
    vec![
        Field::lines("lines", t::DIFFERENCES, t::ADD_VERDICT, 200, line),
        field!(TransferVerdicts.remark, stock::REMARK),
    ]
}

fn differs(line: &TransferLine) -> bool {
    !line.missing.is_zero() || !line.surplus.is_zero()
}

fn option(line: &TransferLine) -> SelectOption {
    let count = |label: crate::text::Label, quantity: openapi::Quantity| {
        (!quantity.is_zero()).then(|| format!(" · {} {quantity}", label.get()))
    };
    let parts = [count(t::MISSING, line.missing), count(t::SURPLUS, line.surplus)];
    let label = format!("{}{}", line.product_name, parts.into_iter().flatten().collect::<String>());
    SelectOption { value: line.id.to_string(), label: Signal::stored(label) }
}

fn basics(doc: &Transfer) -> Vec<Item> {
    let asked = doc.requisition_id;
    let mut items = vec![
        item(t::SENDER, cell::text(&*doc.org_name)),
        item(t::SENDS_FROM, cell::text(&*doc.warehouse_name)),
        item(t::RECEIVER, cell::text(&*doc.to_org_name)),
        item(t::RECEIVES_IN, cell::maybe(doc.to_warehouse_name.as_ref())),
        item(t::COURIER, cell::maybe(doc.courier.as_ref())),
        item(t::PARCEL, cell::maybe(doc.tracking_number.as_ref())),
        item(t::SHIPPED_AT, cell::maybe_time(doc.shipped_at)),
        item(t::SIGN_BY, cell::maybe_time(doc.sign_by)),
        item(t::SIGNED_AT, cell::maybe_time(doc.signed_at)),
        item(
            t::FOR_REQUISITION,
            asked.map_or_else(cell::none, |id| cell::link(t::REQUISITION.get(), requisition::href(id))),
        ),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ];
    if let Some(source) = &doc.source {
        let href = format!("{}/{}", nav::document_path(source.kind), source.id);
        items.push(item(stock::SOURCE, cell::link(source.number.clone(), href)));
    }
    items
}

fn lines(doc: &Transfer) -> Lines {
    let columns: Vec<LineColumn<TransferLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (stock::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (t::SENT, Align::Right, |l| cell::quantity(l.quantity)),
        (t::RECEIVED, Align::Right, |l| l.received.map_or_else(cell::none, cell::quantity)),
        (t::DAMAGED, Align::Right, |l| l.damaged.map_or_else(cell::none, cell::quantity)),
        (t::MISSING, Align::Right, |l| cell::quantity(l.missing)),
        (t::SURPLUS, Align::Right, |l| cell::quantity(l.surplus)),
        (stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())),
    ];
    Lines::of(&doc.lines, columns)
}
