//! Stock analysis: shortage and overstock, and what to send or ask for, which becomes a draft with one press.

use super::{by_product, by_station, by_warehouse};
use crate::api::{self, Loader, call};
use crate::doc::problem::error_toast;
use crate::doc::send::permission;
use crate::doc::{Lines, PageHead, ReportColumn, cell, export_report, fields_of, report_lines};
use crate::nav::{self, Params};
use crate::pages::finance::report::loaded;
use crate::pages::stock::{requisition, transfer};
use crate::text::{self, insight as t, stock};
use crate::ui::{
    Align, Bind, Button, Chart, FieldBox, Icon, Input, InputKind, Notice, Select, StatePanel, Task, toast,
};
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};
use openapi::query::AnyOf;
use openapi::service::state::Priority;
use openapi::stock::analysis::{
    AbcClass, AnalysisQuery, GetStockAnalysis, GetSupplyAdvice, StockAnalysis, StockNeed, StockVerdict, SupplyAdvice,
    SupplyAdvices,
};
use openapi::stock::requisition::{CreateRequisition, RequisitionDraft, RequisitionLineDraft};
use openapi::stock::transfer::{CreateTransfer, TransferDraft, TransferLineDraft};
use openapi::{Nothing, Plain};
use serde_json::json;

/// The page.
pub fn page(_: &Params) -> AnyView {
    let [station, warehouse, product, verdict] = [(); 4].map(|()| RwSignal::new(String::new()));
    let [cycle, cover, lead] = ["30", "45", "7"].map(|days| RwSignal::new(days.to_owned()));
    let query = move || {
        Plain(AnalysisQuery {
            org_id: station.get().parse().ok(),
            include_below: Some(true),
            warehouse_id: warehouse.get().parse().ok(),
            product_id: product.get().parse().ok(),
            product_kind: None,
            verdict: verdict.get().parse().ok().map(|one| AnyOf(vec![one])),
            cycle_days: cycle.get().parse().ok(),
            cover_days: cover.get().parse().ok(),
            lead_days: lead.get().parse().ok(),
            fill_rate: None,
        })
    };
    let needs = Loader::new(move || call::<GetStockAnalysis>(Nothing, query(), Nothing));
    let advice = Loader::new(move || call::<GetSupplyAdvice>(Nothing, query(), Nothing));
    let verdicts = Signal::derive(crate::doc::form::choice_options::<StockVerdict>);
    let all = Signal::derive(|| Some(text::common::ALL.get().to_owned()));
    view! {
        <PageHead title=t::ANALYSIS>{export_report::<GetStockAnalysis>(t::ANALYSIS, query, fields_of(COLUMNS))}</PageHead>
        <section class="card">
            <div class="form-grid dense">
                {by_station(station)}{by_warehouse(warehouse)}{by_product(product)}
                <FieldBox id="verdict" label=t::VERDICT><Select id="verdict" options=verdicts empty=all bind=Bind::signal(verdict) /></FieldBox>
                {days(t::CYCLE_DAYS, t::CYCLE_HINT, cycle)}{days(t::COVER_DAYS, t::COVER_HINT, cover)}{days(t::LEAD_DAYS, t::LEAD_HINT, lead)}
            </div>
        </section>
        <section class="card"><h2 class="card-title">{t::ADVICE}</h2>{loaded(advice, draw_advice)}</section>
        <section class="card"><h2 class="card-title">{t::NEEDS}</h2>{loaded(needs, draw)}</section>
    }
    .into_any()
}

/// A number of days; it counts when the reader leaves the field.
fn days(label: text::Label, hint: text::Label, value: RwSignal<String>) -> AnyView {
    let id = crate::ui::unique("days");
    let typed = RwSignal::new(value.get_untracked());
    let done = move |_: web_sys::Event| value.set(typed.get_untracked());
    view! {
        <div on:change=done><FieldBox id=id.clone() label=label hint=hint><Input id=id bind=Bind::signal(typed) kind=InputKind::Whole /></FieldBox></div>
    }
    .into_any()
}

const COLUMNS: &[ReportColumn<StockNeed>] = &[
    ("product_name", stock::PRODUCT, Align::Left, |r| cell::text(&*r.product_name)),
    ("product_code", stock::CODE, Align::Left, |r| {
        cell::link(
            &*r.product_code,
            format!("/stock/moves?product_id={}&warehouse_id={}", r.product_id, r.warehouse_id),
        )
    }),
    ("org_name", stock::STATION, Align::Left, |r| cell::text(&*r.org_name)),
    ("warehouse_name", stock::WAREHOUSE, Align::Left, |r| cell::text(&*r.warehouse_name)),
    ("verdict", t::VERDICT, Align::Left, |r| cell::tag(r.verdict)),
    ("abc", t::ABC, Align::Left, |r| cell::choice(r.abc)),
    ("available", stock::AVAILABLE, Align::Right, |r| cell::quantity(r.available)),
    ("incoming", stock::ARRIVING_SHORT, Align::Right, |r| cell::some_quantity(r.incoming)),
    ("ordered", stock::ORDERED_SHORT, Align::Right, |r| cell::some_quantity(r.ordered)),
    ("consumed", t::CONSUMED, Align::Right, |r| cell::quantity(r.consumed)),
    ("forecast", t::FORECAST, Align::Right, |r| cell::quantity(r.forecast)),
    ("method", t::METHOD, Align::Left, |r| cell::choice(r.method)),
    ("pattern", t::PATTERN, Align::Left, |r| cell::choice(r.pattern)),
    ("lasts_days", t::LASTS_DAYS, Align::Right, |r| cell::maybe(r.lasts_days.as_ref())),
    ("target", t::TARGET, Align::Right, |r| cell::quantity(r.target)),
    ("shortage", t::SHORTAGE, Align::Right, |r| cell::some_quantity(r.shortage)),
    ("surplus", t::SURPLUS, Align::Right, |r| cell::some_quantity(r.surplus)),
    ("last_used_on", t::LAST_USED, Align::Left, |r| cell::maybe_date(r.last_used_on)),
    ("value", stock::VALUE, Align::Right, |r| r.value.map_or_else(cell::none, cell::money)),
];

fn draw(found: StockAnalysis) -> AnyView {
    if found.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Box title=t::NOTHING_TO_ANALYSE hint=t::NOTHING_TO_ANALYSE_HINT /> }
            .into_any();
    }
    let capped = found.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::CAPPED /> });
    let between = t::LOOKED_AT.with("from", text::date(found.from));
    let between = format!("{between} {}", text::date(found.to));
    view! { <p class="hint">{between}</p>{capped}{chart(&found.items)}{report_lines(&found.items, COLUMNS).draw()} }
        .into_any()
}

/// How many places are short, well supplied, overstocked and idle, by class.
fn chart(rows: &[StockNeed]) -> AnyView {
    let count = |class: AbcClass, verdict: StockVerdict| {
        rows.iter().filter(|row| row.abc == class && row.verdict == verdict).count()
    };
    let table: Vec<(StockVerdict, Vec<usize>)> = StockVerdict::ALL
        .iter()
        .map(|verdict| (*verdict, AbcClass::ALL.iter().map(|class| count(*class, *verdict)).collect()))
        .collect();
    let table = StoredValue::new(table);
    let options = Signal::derive(move || {
        let one = |(verdict, counts): &(StockVerdict, Vec<usize>)| {
            let name = text::choice(*verdict);
            json!({"type": "bar", "stack": "all", "name": name, "data": counts, "barMaxWidth": 42})
        };
        let classes: Vec<_> = AbcClass::ALL.iter().map(|class| text::choice(*class)).collect();
        json!({
            "legend": { "bottom": 0 },
            "color": ["#e5484d", "#12a594", "#e8930c", "#6e7681"],
            "grid": { "left": 8, "right": 16, "top": 16, "bottom": 36, "containLabel": true },
            "xAxis": { "type": "category", "data": classes },
            "yAxis": { "type": "value", "minInterval": 1 },
            "series": table.with_value(|table| table.iter().map(one).collect::<Vec<_>>()),
        })
    });
    let summary = Signal::derive(move || {
        let one = |(verdict, counts): &(StockVerdict, Vec<usize>)| {
            format!("{} {}", text::choice(*verdict), counts.iter().sum::<usize>())
        };
        table.with_value(|table| table.iter().map(one).collect::<Vec<_>>().join(", "))
    });
    view! { <Chart summary=summary options=options height="220px" /> }.into_any()
}

/// What goes the same way, in one document.
#[derive(Clone, PartialEq)]
struct Way {
    rows: Vec<SupplyAdvice>,
}

fn draw_advice(found: SupplyAdvices) -> AnyView {
    if found.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NO_ADVICE hint=t::NO_ADVICE_HINT /> }.into_any();
    }
    let mut ways: Vec<Way> = Vec::new();
    for row in found.items {
        let same = |way: &&mut Way| {
            way.rows.first().is_some_and(|first| {
                (first.org_id, first.supplier_id, first.warehouse_id) == (row.org_id, row.supplier_id, row.warehouse_id)
            })
        };
        match ways.iter_mut().find(same) {
            Some(way) => way.rows.push(row),
            None => ways.push(Way { rows: vec![row] }),
        }
    }
    ways.into_iter().map(draw_way).collect_view().into_any()
}

fn draw_way(way: Way) -> AnyView {
    let Some(first) = way.rows.first().cloned() else { return ().into_any() };
    let from = first.warehouse_name.as_ref().map_or_else(String::new, |name| format!(" · {}", &**name));
    let title = format!("{}{from} → {}", &*first.supplier_name, &*first.org_name);
    let kind = if first.warehouse_id.is_some() { t::SEND } else { t::ASK };
    let lines = Lines::of(
        &way.rows,
        vec![
            (stock::PRODUCT, Align::Left, |r: &SupplyAdvice| cell::text(&*r.product_name)),
            (stock::CODE, Align::Left, |r| cell::code(&*r.product_code)),
            (stock::QUANTITY, Align::Right, |r| cell::quantity(r.quantity)),
        ],
    );
    view! {
        <section class="advice">
            <header class="advice-head"><span class="tag info">{kind}</span><strong>{title}</strong>{button(way)}</header>
            {lines.draw()}
        </section>
    }
    .into_any()
}

/// The button that writes the draft, for those who may.
fn button(way: Way) -> AnyView {
    let Some(first) = way.rows.first().cloned() else { return ().into_any() };
    let own = api::session::me().map(|me| me.org_id);
    let needs =
        if first.warehouse_id.is_some() { permission::<CreateTransfer>() } else { permission::<CreateRequisition>() };
    // a requisition is written by the station that needs the goods
    let is_ours = first.warehouse_id.is_some() || own == Some(first.org_id);
    if !is_ours || !untrack(|| crate::doc::send::allowed(needs)) {
        return ().into_any();
    }
    let task = Task::new();
    let press = move |()| {
        let (way, first) = (way.clone(), first.clone());
        task.run(async move {
            let made = match first.warehouse_id {
                Some(warehouse) => {
                    let draft = TransferDraft {
                        warehouse_id: warehouse,
                        to_org_id: first.org_id,
                        requisition_id: None,
                        courier: None,
                        tracking_number: None,
                        sign_within_days: None,
                        remark: t::FROM_ANALYSIS.get().parse().ok(),
                        lines: way.rows.iter().map(sent).collect(),
                    };
                    let made = call::<CreateTransfer>(Nothing, Nothing, draft).await;
                    made.map(|doc| (doc.number.to_string(), transfer::href(doc.id)))
                }
                None => {
                    let draft = RequisitionDraft {
                        supplier_id: first.supplier_id,
                        priority: Priority::Normal,
                        needed_on: None,
                        purpose: t::FROM_ANALYSIS.get().parse().ok(),
                        remark: None,
                        lines: way.rows.iter().map(asked).collect(),
                    };
                    let made = call::<CreateRequisition>(Nothing, Nothing, draft).await;
                    made.map(|doc| (doc.number.to_string(), requisition::href(doc.id)))
                }
            };
            match made {
                Ok((number, href)) => {
                    toast::success(t::DRAFTED.with("number", number));
                    nav::go(&href);
                }
                Err(error) => error_toast(&error),
            }
        });
    };
    view! { <Button label=t::MAKE_DRAFT icon=Icon::Plus busy=task.busy on_press=press /> }.into_any()
}

fn sent(row: &SupplyAdvice) -> TransferLineDraft {
    let remark = None;
    TransferLineDraft {
        product_id: row.product_id,
        serial: None,
        quantity: row.quantity,
        requisition_line_id: None,
        remark,
    }
}

fn asked(row: &SupplyAdvice) -> RequisitionLineDraft {
    RequisitionLineDraft { product_id: row.product_id, quantity: row.quantity, remark: None }
}
