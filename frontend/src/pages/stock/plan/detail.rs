//! One plan: what was suggested and why, what is wanted and granted, and how far its supply is.

use crate::doc::{Act, DetailPage, Field, Item, LineColumn, Lines, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::stock::{requisition, transfer};
use crate::text::{delivery, documents, parts_plan as t, stock};
use crate::ui::{Align, Look};
use leptos::prelude::*;
use openapi::stock::PARTS_PLAN_EDIT;
use openapi::stock::plan::{
    ApprovePartsPlan, CancelPartsPlan, ClosePartsPlan, GetPartsPlan, PartsPlan, PartsPlanAction, PartsPlanApproval,
    PartsPlanBasis, PartsPlanGrant, PartsPlanLife, PartsPlanLine, PartsPlanRequisition, PartsPlanTransfer,
    PartsPlanWishes, SendBackPartsPlan, SubmitPartsPlan, SuggestPartsPlan,
};
use serde_json::json;

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a plan looks like.
pub fn page() -> DetailPage<GetPartsPlan> {
    use PartsPlanAction as A;
    DetailPage::<GetPartsPlan>::document::<PartsPlanLife>(vec![
        (A::Submit, Act::post::<SubmitPartsPlan>()),
        (A::Approve, Act::form::<ApprovePartsPlan>(|_| approval()).filled(grants)),
        (A::SendBack, Act::reason::<SendBackPartsPlan>("reason", 500)),
        (A::Close, Act::reason::<ClosePartsPlan>("reason", 500)),
        (A::Cancel, Act::reason::<CancelPartsPlan>("reason", 500)),
    ])
    .files_by(PARTS_PLAN_EDIT)
    .mark(|d| cell::tag(d.kind))
    .group(documents::BASICS, basics)
    .card(stock::LINES, |d| view! { {suggest(d)} {lines(d).draw()} }.into_any())
    .card(t::SUPPLY, supply)
}

fn basics(doc: &PartsPlan) -> Vec<Item> {
    vec![
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(t::MONTH, cell::text(doc.month.to_string())),
        item(t::NEEDED_ON, cell::maybe_date(doc.needed_on)),
        item(t::REASON, cell::maybe(doc.reason.as_ref())),
        item(documents::CREATED_AT, cell::time(doc.created_at)),
        item(t::SUGGESTED_AT, cell::maybe_time(doc.suggested_at)),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ]
}

/// Fills a draft, with one press or by other wishes.
fn suggest(doc: &PartsPlan) -> AnyView {
    if !doc.is_editable {
        return ().into_any();
    }
    let by = Act::form::<SuggestPartsPlan>(|_: &PartsPlan| {
        vec![
            field!(PartsPlanWishes.cycle_days, t::CYCLE_DAYS).initial("30"),
            field!(PartsPlanWishes.cover_days, t::COVER_DAYS).initial("45"),
            field!(PartsPlanWishes.lead_days, t::LEAD_DAYS).initial("7"),
        ]
    });
    let look = if doc.lines.is_empty() { Look::Primary } else { Look::Plain };
    let now = Act::send::<SuggestPartsPlan>(|_: &PartsPlan| json!({}));
    view! {
        <div class="row">{now.button(t::SUGGEST, look, doc)} {by.button(t::SUGGEST_BY, Look::Quiet, doc)}</div>
        <p class="hint">{t::SUGGEST_HINT}</p>
    }
    .into_any()
}

fn approval() -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("wanted", t::WANTED),
        field!(PartsPlanGrant.quantity, t::APPROVED),
    ];
    vec![Field::given_lines("lines", stock::LINES, line), field!(PartsPlanApproval.remark, stock::REMARK)]
}

/// Everything is approved unless somebody lowers it.
fn grants(doc: &PartsPlan) -> serde_json::Value {
    let line = |l: &PartsPlanLine| {
        let quantity = l.approved.unwrap_or(l.quantity);
        json!({ "line_id": l.id, "product": l.product_name, "wanted": l.quantity, "quantity": quantity })
    };
    json!({ "lines": doc.lines.iter().map(line).collect::<Vec<_>>() })
}

fn why(basis: &PartsPlanBasis) -> AnyView {
    let basis = basis.clone();
    let words = move || {
        t::BASIS_OF
            .with("days", basis.cycle_days)
            .with("consumed", basis.consumed)
            .with("forecast", basis.forecast)
            .with("available", basis.available)
            .with("incoming", basis.incoming)
            .with("planned", basis.planned)
            .with("least", basis.least)
            .with("target", basis.target)
            .to_string()
    };
    view! { <span class="faint">{words}</span> }.into_any()
}

fn lines(doc: &PartsPlan) -> Lines {
    let product = |l: &PartsPlanLine| {
        let why = l.basis.as_ref().map(why);
        view! { <span class="stack">{cell::text(&*l.product_name)}{cell::code(&*l.product_code)}{why}</span> }
            .into_any()
    };
    let wanted = |l: &PartsPlanLine| {
        let mark = (l.is_by_hand && l.suggested.is_some()).then(|| cell::label(t::BY_HAND));
        view! { <span class="stack end">{cell::quantity(l.quantity)}{mark}</span> }.into_any()
    };
    let mut columns: Vec<LineColumn<PartsPlanLine>> = vec![
        (stock::PRODUCT, Align::Left, product),
        (t::SUGGESTED, Align::Right, |l| l.suggested.map_or_else(cell::none, cell::quantity)),
        (t::WANTED, Align::Right, wanted),
    ];
    if doc.lines.iter().any(|line| line.approved.is_some()) {
        columns.extend::<Vec<LineColumn<PartsPlanLine>>>(vec![
            (t::APPROVED, Align::Right, |l| l.approved.map_or_else(cell::none, cell::quantity)),
            (t::REQUISITIONED, Align::Right, |l| cell::some_quantity(l.requisitioned)),
            (t::SHIPPED, Align::Right, |l| cell::some_quantity(l.shipped)),
            (t::RECEIVED, Align::Right, |l| cell::some_quantity(l.received)),
            (t::OUTSTANDING, Align::Right, |l| cell::some_quantity(l.outstanding)),
            (t::EXPECTED_ON, Align::Left, |l| cell::maybe_date(l.expected_on)),
        ]);
    }
    columns.push((stock::REMARK, Align::Left, |l| cell::maybe(l.remark.as_ref())));
    Lines::of(&doc.lines, columns)
}

/// The documents that supply it.
fn supply(doc: &PartsPlan) -> AnyView {
    if doc.requisitions.is_empty() {
        return view! { <p class="hint">{t::NO_SUPPLY}</p> }.into_any();
    }
    let asked: Vec<LineColumn<PartsPlanRequisition>> = vec![
        (delivery::REQUISITIONS, Align::Left, |r| cell::link(r.number.clone(), requisition::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
    ];
    let sent: Vec<LineColumn<PartsPlanTransfer>> = vec![
        (delivery::TRANSFERS, Align::Left, |r| cell::link(r.number.clone(), transfer::href(r.id))),
        (stock::STATE, Align::Left, |r| cell::tag(r.state)),
        (delivery::SHIPPED_AT, Align::Left, |r| cell::maybe_time(r.shipped_at)),
    ];
    let sent = (!doc.transfers.is_empty()).then(|| Lines::of(&doc.transfers, sent).draw());
    view! { {Lines::of(&doc.requisitions, asked).draw()} {sent} }.into_any()
}
