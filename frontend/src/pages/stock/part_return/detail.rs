//! One return: what was sent, what was found of each part, and what is kept back for it.

use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::stock::owed_part::{self, due, kept};
use crate::pages::{master, stock::transfer};
use crate::text::{documents, part_return as t, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::Text;
use openapi::service::PART_RETURN_EDIT;
use openapi::service::part_return::{
    ExaminePartReturn, GetPartReturn, PartExamination, PartFinding, PartReturn, PartReturnAction, PartReturnLife,
    PartReturnLine, PartReturnState, RecallPartReturn, ReopenPartReturn, ShipPartReturn, VoidPartReturn,
};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a return looks like.
pub fn page() -> DetailPage<GetPartReturn> {
    use PartReturnAction as A;
    DetailPage::<GetPartReturn>::document::<PartReturnLife>(vec![
        (A::Ship, Act::confirm::<ShipPartReturn>(t::SHIP_HAPPENS)),
        (A::Examine, Act::form::<ExaminePartReturn>(|_| examination()).filled(as_sent)),
        (A::Recall, Act::reason::<RecallPartReturn>("reason", 500)),
        (A::Reopen, Act::reason::<ReopenPartReturn>("reason", 500)),
        (A::Void, Act::reason::<VoidPartReturn>("reason", 500)),
    ])
    .files_by(PART_RETURN_EDIT)
    .group(documents::BASICS, basics)
    .lines(t::LINES, lines)
}

fn examination() -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        Field::shown("part", t::OWED_PART),
        Field::shown("declared", t::DECLARED),
        Field::shown("sent", t::SENT),
        field!(PartFinding.received, t::RECEIVED),
        field!(PartFinding.verdict, t::FOUND),
        field!(PartFinding.remark, stock::REMARK),
    ];
    vec![Field::given_lines("lines", t::EXAMINE_LINES, line), field!(PartExamination.remark, stock::REMARK)]
}

/// Everything came as it was sent and matches, unless somebody finds otherwise.
fn as_sent(doc: &PartReturn) -> Value {
    let line = |l: &PartReturnLine| {
        let serial = l.serial.as_ref().map(|serial| format!(" {serial}")).unwrap_or_default();
        let part = format!("{} {}{serial}", l.owed_part_number, &*l.product_name);
        json!({ "line_id": l.id, "part": part, "declared": crate::text::choice(l.declared), "sent": l.quantity,
            "received": l.quantity, "verdict": "matched" })
    };
    json!({ "lines": doc.lines.iter().map(line).collect::<Vec<_>>() })
}

fn basics(doc: &PartReturn) -> Vec<Item> {
    let transfer = doc.transfer_id.zip(doc.transfer_number.clone());
    let mut items = vec![
        item(t::SENDER, cell::text(&*doc.org_name)),
        item(t::LEAVES, cell::text(&*doc.warehouse_name)),
        item(t::RECEIVER, receiver(doc.maker_name.as_ref(), &doc.to_org_name)),
        item(t::TRANSFER, transfer.map_or_else(cell::none, |(id, number)| cell::link(number, transfer::href(id)))),
        item(t::COURIER, cell::maybe(doc.courier.as_ref())),
        item(t::PARCEL, cell::maybe(doc.tracking_number.as_ref())),
        item(t::SHIPPED_AT, cell::maybe_time(doc.shipped_at)),
        item(t::EXAMINED_AT, cell::maybe_time(doc.examined_at)),
    ];
    if !doc.deduction.is_zero() {
        let party = doc.party_id.zip(doc.party_name.as_ref());
        let borne = party.map(|(id, name)| cell::link(name.to_string(), master::customer::href(id)));
        items.push(item(t::DEDUCTION, cell::money(doc.deduction)));
        items.push(item(t::BORNE_BY, borne.unwrap_or_else(|| cell::label(t::OWN_STATION))));
        if doc.party_id.is_some() {
            items.push(item(t::UNPAID, cell::money(doc.open)));
        }
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

/// The maker to whom the parts go straight, or headquarters.
pub fn receiver(maker: Option<&Text<100>>, headquarters: &Text<100>) -> AnyView {
    match maker {
        Some(maker) => cell::text(t::STRAIGHT_TO.with("maker", maker).to_string()),
        None => cell::text(&**headquarters),
    }
}

fn lines(doc: &PartReturn) -> Lines {
    let mut columns: Vec<LineColumn<PartReturnLine>> = vec![
        (t::OWED_PART, Align::Left, |l| cell::link(l.owed_part_number.clone(), owed_part::href(l.owed_part_id))),
        (t::TICKET, Align::Left, |l| cell::link(l.ticket_number.clone(), format!("/service/tickets/{}", l.ticket_id))),
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (t::DECLARED, Align::Left, |l| cell::tag(l.declared)),
        (t::DUE_ON, Align::Left, |l| due(l.due_on, l.days_late.is_some_and(|days| days > 0))),
        (t::OWED_QUANTITY, Align::Right, |l| cell::quantity(l.owed)),
        (t::SENT, Align::Right, |l| cell::quantity(l.quantity)),
    ];
    if doc.state == PartReturnState::Examined {
        columns.push((t::RECEIVED, Align::Right, |l| l.received.map_or_else(cell::none, cell::quantity)));
        columns.push((t::FOUND, Align::Left, |l| l.verdict.map_or_else(cell::none, cell::tag)));
        columns.push((t::MISSING_AMOUNT, Align::Right, |l| kept(l.missing_amount)));
        columns.push((t::VERDICT_AMOUNT, Align::Right, |l| kept(l.verdict_amount)));
        columns.push((t::LATE_AMOUNT, Align::Right, |l| kept(l.late_amount)));
    }
    columns.push((stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())));
    let lines = Lines::of(&doc.lines, columns).total(stock::TOTAL_QUANTITY, cell::quantity(doc.total_quantity));
    if doc.state == PartReturnState::Examined {
        return lines.total(t::DEDUCTION, cell::money(doc.deduction));
    }
    lines
}
