//! Consolidation: what all stations want in a month, part by part and station by station, and what is done about it.

use crate::api::{ApiError, Loader, call};
use crate::doc::problem::error_toast;
use crate::doc::send::{Got, Sender, sender};
use crate::doc::{Control, Field, InlineForm, LineColumn, Lines, PageHead, cell, export_report};
use crate::field;
use crate::nav::{self, Params};
use crate::pages::finance::report::{loaded, pick_time};
use crate::pages::master::customer::suppliers;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{self, Label, parts_plan as t, stock};
use crate::ui::{Align, Bind, Button, Combo, Dialog, FieldBox, Icon, Look, Notice, StatePanel, toast};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::master::product::ProductId;
use openapi::stock::plan::{DecidePartsPlanLines, PartsPlanGrant, RequisitionPartsPlanLines};
use openapi::trade::purchase::plan::{
    ConsolidationQuery, GetPlanConsolidation, OrderPlanShortage, PartDemand, PlanConsolidation, ShortageOrderDraft,
    ShortageOrderLine, StationDemand,
};
use openapi::{Month, Nothing, Plain};
use serde_json::{Value, json};
use std::collections::HashSet;

/// As many rows as one dialog holds.
const ROWS: usize = 200;

/// The parts that are drilled down.
type Opened = RwSignal<HashSet<ProductId>>;

/// The page.
pub fn page(_: &Params) -> AnyView {
    let month = RwSignal::new(Month::of(text::today().naive()).to_string());
    let product = RwSignal::new(String::new());
    let query =
        move || Plain(ConsolidationQuery { month: month.get().parse().ok(), product_id: product.get().parse().ok() });
    // which parts are drilled down; they stay so when what is shown is read again
    let open = RwSignal::new(HashSet::new());
    let loader = Loader::new(move || call::<GetPlanConsolidation>(Nothing, query(), Nothing));
    view! {
        <PageHead title=t::CONSOLIDATION>
            {export_report::<GetPlanConsolidation>(t::CONSOLIDATION, query, EXPORTED.to_vec())}
        </PageHead>
        <section class="card">
            <div class="form-grid">
                {pick_time(t::MONTH, "month", month)}
                <FieldBox id="plan-product" label=stock::PRODUCT>
                    <Combo id="plan-product" name=stock::PRODUCT source=products("") bind=Bind::signal(product) />
                </FieldBox>
            </div>
            {loaded(loader, move |found| draw(loader, open, found))}
        </section>
    }
    .into_any()
}

/// What a workbook shows.
const EXPORTED: &[(&str, Label)] = &[
    ("product_code", stock::CODE),
    ("product_name", stock::PRODUCT),
    ("wanted", t::WANTED),
    ("approved", t::APPROVED),
    ("requisitioned", t::REQUISITIONED),
    ("available", t::AVAILABLE),
    ("promised", t::PROMISED),
    ("ordered", t::ORDERED),
    ("drafted", t::DRAFTED),
    ("short", t::SHORT),
    ("to_order", t::TO_ORDER),
];

fn draw(loader: Loader<PlanConsolidation>, open: Opened, found: PlanConsolidation) -> AnyView {
    if found.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NOTHING hint=t::NOTHING_HINT /> }.into_any();
    }
    let capped = found.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::CAPPED /> });
    let heads = [
        t::WANTED,
        t::APPROVED,
        t::REQUISITIONED,
        t::AVAILABLE,
        t::PROMISED,
        t::ORDERED,
        t::DRAFTED,
        t::SHORT,
        t::TO_ORDER,
    ];
    view! {
        <div class="row">{decide(loader, &found)} {send(loader, &found)} {order(loader, &found)}</div>
        {capped}
        <div class="table-scroll" tabindex="0" role="region" aria-label=t::CONSOLIDATION>
            <table class="table"><thead><tr>
                <th scope="col">{stock::PRODUCT}</th>
                {heads.into_iter().map(|head| view! { <th scope="col" class="right">{head}</th> }).collect_view()}
            </tr></thead><tbody>{found.items.into_iter().map(|part| row(open, part)).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

/// One part; a press on its name shows the stations.
fn row(opened: Opened, part: PartDemand) -> AnyView {
    let id = part.product_id;
    let open = Memo::new(move |_| opened.with(|all| all.contains(&id)));
    let turn = move |_| {
        opened.update(|all| {
            if !all.remove(&id) {
                all.insert(id);
            }
        });
    };
    let label = format!("{} ({})", &*part.product_name, part.lines.len());
    let figures = [
        (t::WANTED, part.wanted),
        (t::APPROVED, part.approved),
        (t::REQUISITIONED, part.requisitioned),
        (t::AVAILABLE, part.available),
        (t::PROMISED, part.promised),
        (t::ORDERED, part.ordered),
        (t::DRAFTED, part.drafted),
        (t::SHORT, part.short),
        (t::TO_ORDER, part.to_order),
    ];
    let figure = |(head, quantity)| view! { <td class="right" data-label=head>{cell::some_quantity(quantity)}</td> };
    let lines = StoredValue::new(part.lines);
    let stations = move || {
        let drawn = move || lines.with_value(|lines| Lines::of(lines, columns()).draw());
        open.get().then(|| view! { <tr><td colspan="10">{drawn()}</td></tr> })
    };
    view! {
        <tr>
            <td data-label=stock::PRODUCT><span class="stack">
                <button type="button" class="link-button" aria-expanded=move || open.get().to_string()
                    on:click=turn>{label}</button>
                {cell::code(&*part.product_code)}
            </span></td>
            {figures.into_iter().map(figure).collect_view()}
        </tr>
        {stations}
    }
    .into_any()
}

fn columns() -> Vec<LineColumn<StationDemand>> {
    vec![
        (t::PLAN, Align::Left, |l| cell::link(l.plan_number.clone(), super::href(l.plan_id))),
        (stock::STATION, Align::Left, |l| cell::text(&*l.org_name)),
        (t::KIND, Align::Left, |l| cell::tag(l.kind)),
        (t::NEEDED_ON, Align::Left, |l| cell::maybe_date(l.needed_on)),
        (t::WANTED, Align::Right, |l| cell::quantity(l.wanted)),
        (t::APPROVED, Align::Right, |l| l.approved.map_or_else(cell::none, cell::quantity)),
        (t::REQUISITIONED, Align::Right, |l| cell::some_quantity(l.requisitioned)),
        (t::TO_SEND, Align::Right, |l| cell::some_quantity(l.to_send)),
    ]
}

/// Lines of stations that somebody is to do something about, as a dialog wants them.
fn rows(found: &PlanConsolidation, quantity: fn(&StationDemand) -> Option<openapi::Quantity>) -> Vec<Value> {
    let lines = found.items.iter().flat_map(|part| part.lines.iter().map(move |line| (part, line)));
    let row = |(part, line): (&PartDemand, &StationDemand)| {
        let quantity = quantity(line)?;
        Some(json!({
            "line_id": line.line_id, "version": line.version, "product": part.product_name, "station": line.org_name,
            "wanted": line.approved.unwrap_or(line.wanted), "quantity": quantity,
        }))
    };
    lines.filter_map(row).collect()
}

fn grants(quantity: Label) -> Vec<Field> {
    let line = vec![
        Field::hidden("line_id"),
        field!(PartsPlanGrant.version, t::PLAN).control(Control::Hidden),
        Field::shown("product", stock::PRODUCT),
        Field::shown("station", stock::STATION),
        Field::shown("wanted", t::WANTED),
        field!(PartsPlanGrant.quantity, quantity),
    ];
    vec![Field::given_lines("lines", stock::LINES, line)]
}

/// Approves what nobody decided yet.
fn decide(loader: Loader<PlanConsolidation>, found: &PlanConsolidation) -> AnyView {
    let rows = rows(found, |line| line.approved.is_none().then_some(line.wanted));
    let done = move |got: Got| said(t::DECIDED, &got);
    button(loader, (t::DECIDE, t::DECIDE_HINT), rows, grants(t::APPROVED), sender::<DecidePartsPlanLines>(), done)
}

/// Makes requisitions for what headquarters has.
fn send(loader: Loader<PlanConsolidation>, found: &PlanConsolidation) -> AnyView {
    let rows = rows(found, |line| (!line.to_send.is_zero()).then_some(line.to_send));
    let done = move |got: Got| said(t::SENT, &got);
    let fields = grants(t::QUANTITY);
    button(loader, (t::SEND, t::SEND_HINT), rows, fields, sender::<RequisitionPartsPlanLines>(), done)
}

fn said(words: Label, got: &Got) {
    let count = got.json().get("items").and_then(Value::as_array).map_or(0, Vec::len);
    toast::success(words.with("count", count));
}

/// Drafts a purchase order for what is short.
fn order(loader: Loader<PlanConsolidation>, found: &PlanConsolidation) -> AnyView {
    let short = found.items.iter().filter(|part| !part.to_order.is_zero());
    let row = |part: &PartDemand| {
        json!({
            "product_id": part.product_id, "product": part.product_name, "quantity": part.to_order,
            "unit_price": part.last_price,
        })
    };
    let line = vec![
        Field::hidden("product_id"),
        Field::shown("product", stock::PRODUCT),
        field!(ShortageOrderLine.quantity, t::QUANTITY),
        field!(ShortageOrderLine.unit_price, t::UNIT_PRICE),
    ];
    let fields = vec![
        field!(ShortageOrderDraft.month, t::MONTH).control(Control::Hidden),
        field!(ShortageOrderDraft.party_id, t::SUPPLIER).pick(suppliers()),
        field!(ShortageOrderDraft.warehouse_id, t::WAREHOUSE).pick(warehouses("kind=good&is_active=true")),
        field!(ShortageOrderDraft.expected_on, t::ARRIVES_ON),
        Field::given_lines("lines", stock::LINES, line),
    ];
    let done = move |got: Got| {
        let made = got.json();
        let named = |key: &str| made.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        toast::success(t::DRAFTED_ORDER.with("number", named("number")));
        nav::go(&format!("/trade/purchase-orders/{}", named("id")));
    };
    let rows: Vec<Value> = short.map(row).collect();
    button(loader, (t::ORDER, t::ORDER_HINT), rows, fields, sender::<OrderPlanShortage>(), done)
}

/// A button that asks for the quantities of some rows, and is not there without any.
fn button(
    loader: Loader<PlanConsolidation>,
    (label, hint): (Label, Label),
    mut rows: Vec<Value>,
    fields: Vec<Field>,
    send: Sender,
    done: impl Fn(Got) + Copy + Send + Sync + 'static,
) -> AnyView {
    let count = rows.len();
    if count == 0 {
        return ().into_any();
    }
    rows.truncate(ROWS);
    let month = loader.data.with_untracked(|found| found.as_ref().map(|found| found.month));
    let record = json!({ "lines": rows, "month": month });
    let open = RwSignal::new(false);
    let title = Signal::derive(move || label.with("count", count).to_string());
    let content = move || {
        let worked = move |got: Got| {
            open.set(false);
            done(got);
            loader.reload();
        };
        // somebody else was faster: what is shown is read again
        let failed = move |error: ApiError| {
            let is_moved = error.status() == Some(409);
            if is_moved {
                open.set(false);
                error_toast(&error);
                loader.reload();
            }
            is_moved
        };
        view! {
            <p class="hint">{hint}</p>
            <InlineForm fields=fields.clone() send=send.clone() id="" version=None record=Some(record.clone()) label=title
                done=worked cancel=move |()| open.set(false) failed=Callback::new(failed) />
        }
    };
    view! {
        <Button label=title look=Look::Plain on_press=move |()| open.set(true) />
        <Dialog open=open title=title broad=true>{content()}</Dialog>
    }
    .into_any()
}
