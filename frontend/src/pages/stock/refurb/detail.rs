//! One refurbishment: its units, what goes into them, and what they are worth.

use crate::doc::form::Control;
use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::pages::stock::document;
use crate::text::{delivery, documents, refurb as t, stock};
use crate::ui::{Align, Look, SelectOption};
use leptos::prelude::*;
use openapi::stock::REFURB_EDIT;
use openapi::stock::refurb::{
    ApproveRefurb, GetRefurb, GradeRefurb, IssueRefurbPart, Refurb, RefurbAction, RefurbLabour, RefurbLife, RefurbLine,
    RefurbPart, RefurbPartBack, RefurbPartDraft, RefurbVerdict, RefurbVerdicts, RejectRefurb, ReturnRefurbPart,
    ReverseRefurb, SetRefurbLabour, StartRefurb, SubmitRefurb, VoidRefurb,
};
use serde_json::{Value, json};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a refurbishment looks like.
pub fn page() -> DetailPage<GetRefurb> {
    use RefurbAction as A;
    DetailPage::<GetRefurb>::document::<RefurbLife>(vec![
        (A::Submit, Act::post::<SubmitRefurb>()),
        (A::Approve, Act::post::<ApproveRefurb>()),
        (A::Start, Act::confirm::<StartRefurb>(t::START_HAPPENS)),
        (A::Grade, Act::form::<GradeRefurb>(|_| verdicts()).filled(open_units)),
        (A::Reject, Act::reason::<RejectRefurb>("reason", 500)),
        (A::Reverse, Act::reason::<ReverseRefurb>("reason", 500)),
        (A::Void, Act::reason::<VoidRefurb>("reason", 500)),
    ])
    .files_by(REFURB_EDIT)
    .group(documents::BASICS, basics)
    .lines(t::UNITS, units)
    .card(t::PARTS, parts)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn verdicts() -> Vec<Field> {
    let line = vec![Field::hidden("line_id"), Field::shown("unit", t::UNIT), field!(RefurbVerdict.grade, t::GRADE)];
    vec![
        field!(RefurbVerdicts.warehouse_id, t::TO_WAREHOUSE)
            .hint(t::TO_WAREHOUSE_HINT)
            .pick(warehouses("is_active=true&kind=refurb,unit,good")),
        field!(RefurbVerdicts.remark, stock::REMARK),
        Field::given_lines("lines", t::VERDICTS, line),
    ]
}

/// The units that are not graded yet.
fn open_units(doc: &Refurb) -> Value {
    let line = |l: &RefurbLine| json!({ "line_id": l.id, "unit": called(l) });
    json!({ "lines": doc.lines.iter().filter(|l| l.grade.is_none()).map(line).collect::<Vec<_>>() })
}

fn called(line: &RefurbLine) -> String {
    format!("{} {}", &*line.product_name, line.serial)
}

fn choose_unit(doc: &Refurb) -> Field {
    let open = doc.lines.iter().filter(|l| l.grade.is_none());
    let option = |l: &RefurbLine| SelectOption { value: l.id.to_string(), label: Signal::stored(called(l)) };
    Field::new("line_id", t::UNIT, Control::Options(open.map(option).collect())).required()
}

fn basics(doc: &Refurb) -> Vec<Item> {
    vec![
        item(t::WHY, cell::note(Some(&*doc.reason))).wide(),
        item(t::ESTIMATE, cell::money(doc.estimate)),
        item(t::SPENT, doc.spent.map_or_else(cell::none, cell::money)),
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(stock::WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::AGENT, cell::maybe(doc.agent_name.as_ref())),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(t::STARTED_AT, cell::maybe_time(doc.started_at)),
        item(t::FINISHED_AT, cell::maybe_time(doc.finished_at)),
    ]
}

fn units(doc: &Refurb) -> Lines {
    let money = |value: Option<openapi::Money>| value.map_or_else(cell::none, cell::money);
    let columns: Vec<LineColumn<RefurbLine>> = vec![
        (t::MODEL, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::SERIAL, Align::Left, |l| cell::code(l.serial.to_string())),
        (stock::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (t::GRADE, Align::Left, |l| l.grade.map_or_else(cell::none, cell::tag)),
    ];
    let sees_cost = doc.spent.is_some();
    let mut lines = columns;
    if sees_cost {
        lines.push((t::CARRYING, Align::Right, |l| l.carrying.map_or_else(cell::none, cell::money)));
        lines.push((t::PARTS_VALUE, Align::Right, |l| l.parts_value.map_or_else(cell::none, cell::money)));
        lines.push((t::LABOUR, Align::Right, |l| l.labour.map_or_else(cell::none, cell::money)));
        lines.push((t::NEW_VALUE, Align::Right, |l| l.value.map_or_else(cell::none, cell::money)));
    }
    lines.push((t::GRADED_AT, Align::Left, |l| cell::maybe_time(l.graded_at)));
    let drawn = Lines::of(&doc.lines, lines);
    if sees_cost { drawn.total(t::SPENT, money(doc.spent)) } else { drawn }
}

/// What goes into the units, with the steps of the work while there is some.
fn parts(doc: &Refurb) -> AnyView {
    let steps = doc.allowed.contains(&RefurbAction::Work).then(|| work(doc));
    let mut columns: Vec<LineColumn<RefurbPart>> = vec![
        (t::UNIT, Align::Left, |p| cell::code(p.unit_serial.to_string())),
        (stock::PRODUCT, Align::Left, |p| cell::text(&*p.product_name)),
        (stock::CODE, Align::Left, |p| cell::code(&*p.product_code)),
        (stock::SERIAL, Align::Left, |p| cell::maybe(p.serial.as_ref())),
        (stock::QUANTITY, Align::Right, |p| cell::quantity(p.quantity)),
    ];
    if doc.spent.is_some() {
        columns.push((stock::VALUE, Align::Right, |p| p.value.map_or_else(cell::none, cell::money)));
    }
    columns.push((
        stock::STATE,
        Align::Left,
        |p| {
            if p.is_taken_back { cell::label(t::TAKEN_BACK) } else { cell::none() }
        },
    ));
    view! { {Lines::of(&doc.parts, columns).draw()} {steps} }.into_any()
}

fn work(doc: &Refurb) -> AnyView {
    let take = Act::form::<IssueRefurbPart>(|d: &Refurb| {
        vec![
            choose_unit(d),
            field!(RefurbPartDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
            field!(RefurbPartDraft.quantity, stock::QUANTITY).initial("1"),
            field!(RefurbPartDraft.warehouse_id, t::PART_FROM).pick(warehouses("is_active=true&kind=good")),
            field!(RefurbPartDraft.serial, stock::SERIAL).hint(stock::SERIAL_HINT),
        ]
    });
    let labour = Act::form::<SetRefurbLabour>(|d: &Refurb| {
        vec![choose_unit(d), field!(RefurbLabour.amount, t::AMOUNT), field!(RefurbLabour.remark, stock::REMARK)]
    });
    let back = Act::form::<ReturnRefurbPart>(|d: &Refurb| {
        let used = d.parts.iter().filter(|p| !p.is_taken_back);
        let option = |p: &RefurbPart| SelectOption {
            value: p.id.to_string(),
            label: Signal::stored(format!("{} × {} · {}", &*p.product_name, p.quantity, p.unit_serial)),
        };
        vec![
            Field::new("part_id", t::PART_OF_UNIT, Control::Options(used.map(option).collect())).required(),
            field!(RefurbPartBack.reason, crate::text::common::REASON),
        ]
    });
    let has_parts = doc.parts.iter().any(|p| !p.is_taken_back);
    view! {
        <div class="row after-table">
            {take.button(t::ADD_PART, Look::Primary, doc)}
            {labour.button(t::SET_LABOUR, Look::Plain, doc)}
            {has_parts.then(|| back.button(t::GIVE_BACK, Look::Plain, doc))}
        </div>
    }
    .into_any()
}
