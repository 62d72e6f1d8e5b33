//! Old parts by station: what is owed and late, what came back, and what was kept back for it.

use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, ReportColumn, cell, export_report, fields_of, report_lines};
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::pages::stock::requisition::all_stations;
use crate::text::{self, Label, part_return as t, stock};
use crate::ui::{Align, Bind, Chart, Combo, FieldBox, Icon, Input, InputKind, StatePanel, unique};
use leptos::prelude::*;
use openapi::service::owed_part::{GetOwedPartSummary, OwedPartCount as Row, OwedPartQuery, OwedPartSummary};
use openapi::{Money, Nothing, Plain, Quantity};
use serde_json::json;

/// The most stations that the chart shows.
const CHARTED: usize = 12;

/// The page.
pub fn page(_: &Params) -> AnyView {
    let [station, from, until] = [(); 3].map(|()| RwSignal::new(String::new()));
    let query = move || {
        Plain(OwedPartQuery {
            org_id: station.get().parse().ok(),
            finished_from: from.get().parse().ok(),
            finished_until: until.get().parse().ok(),
        })
    };
    let loader = Loader::new(move || call::<GetOwedPartSummary>(Nothing, query(), Nothing));
    let id = unique("station");
    view! {
        <PageHead title=t::SUMMARY>{export_report::<GetOwedPartSummary>(t::SUMMARY, query, fields_of(COLUMNS))}</PageHead>
        <section class="card">
            <div class="form-grid">
                <FieldBox id=id.clone() label=stock::STATION>
                    <Combo id=id name=stock::STATION source=all_stations() bind=Bind::signal(station) />
                </FieldBox>
                {day(t::FINISHED_FROM, from)}{day(t::FINISHED_UNTIL, until)}
            </div>
        </section>
        {loaded(loader, draw)}
    }
    .into_any()
}

fn day(label: Label, value: RwSignal<String>) -> AnyView {
    let id = unique("day");
    view! { <FieldBox id=id.clone() label=label><Input id=id kind=InputKind::Date bind=Bind::signal(value) /></FieldBox> }
        .into_any()
}

const COLUMNS: &[ReportColumn<Row>] = &[
    ("org_name", stock::STATION, Align::Left, |r| {
        cell::link(&*r.org_name, format!("/stock/owed-parts?org_id={}", r.org_id))
    }),
    ("open", t::OPEN, Align::Right, |r| of(r, r.open, "state=open")),
    ("due_soon", t::DUE_SOON, Align::Right, |r| of(r, r.due_soon, "is_due_soon=true")),
    ("overdue", t::OVERDUE, Align::Right, |r| of(r, r.overdue, "is_overdue=true")),
    ("under_way", t::UNDER_WAY, Align::Right, |r| of(r, r.under_way, "state=under_way")),
    ("returned", t::RETURNED, Align::Right, |r| of(r, r.returned, "state=matched,mismatched,misdeclared")),
    ("different", t::DIFFERENT, Align::Right, |r| of(r, r.different, "state=mismatched,misdeclared,short")),
    ("waived", t::WAIVED, Align::Right, |r| of(r, r.waived, "state=waived")),
    ("deduction", t::DEDUCTION, Align::Right, |r| cell::some_money(r.deduction)),
];

/// A number that leads to the parts that it counts.
fn of(row: &Row, quantity: Quantity, filter: &str) -> AnyView {
    if quantity.is_zero() {
        return cell::none();
    }
    cell::link(text::quantity(quantity), format!("/stock/owed-parts?org_id={}&{filter}", row.org_id))
}

fn draw(found: OwedPartSummary) -> AnyView {
    if found.items.is_empty() {
        return view! { <section class="card"><StatePanel glyph=Icon::Success title=t::NOTHING_OWED hint=t::NOTHING_OWED_HINT /></section> }
            .into_any();
    }
    let sum = |of: fn(&Row) -> Quantity| found.items.iter().map(of).sum::<Quantity>();
    let kept: Money = found.items.iter().map(|row| row.deduction).sum();
    let all = vec![
        (t::OPEN, text::quantity(sum(|row| row.open))),
        (t::DUE_SOON, text::quantity(sum(|row| row.due_soon))),
        (t::OVERDUE, text::quantity(sum(|row| row.overdue))),
        (t::UNDER_WAY, text::quantity(sum(|row| row.under_way))),
        (t::RETURNED, text::quantity(sum(|row| row.returned))),
        (t::DEDUCTION, text::money(kept)),
    ];
    let lines: Lines = report_lines(&found.items, COLUMNS);
    let chart = (found.items.len() > 1).then(|| chart(found.items));
    view! {
        <section class="card">{cell::figures(all)}{chart}</section>
        <section class="card"><h2 class="card-title">{t::BY_STATION}</h2>{lines.draw()}</section>
    }
    .into_any()
}

/// What the stations owe, in three colours: late, due soon, in time.
fn chart(mut rows: Vec<Row>) -> AnyView {
    rows.retain(|row| !row.open.is_zero());
    rows.truncate(CHARTED);
    let rows = StoredValue::new(rows);
    let options = Signal::derive(move || {
        let names: Vec<String> = rows.with_value(|rows| rows.iter().map(|row| row.org_name.to_string()).collect());
        let bar = |label: Label, colour: &str, of: fn(&Row) -> Quantity| {
            let data: Vec<String> = rows.with_value(|rows| rows.iter().map(|row| of(row).to_string()).collect());
            json!({ "type": "bar", "stack": "open", "name": label.get(), "data": data, "barMaxWidth": 36,
                "itemStyle": { "color": colour } })
        };
        json!({
            "legend": { "bottom": 0, "itemHeight": 10 },
            "tooltip": { "trigger": "axis" },
            "xAxis": { "type": "category", "data": names, "axisTick": { "show": false } },
            "yAxis": { "type": "value", "splitNumber": 3, "minInterval": 1 },
            "grid": { "left": 8, "right": 8, "top": 16, "bottom": 32, "containLabel": true },
            "series": [
                bar(t::OVERDUE, "#d64545", |row| row.overdue),
                bar(t::DUE_SOON, "#e0a030", |row| row.due_soon),
                bar(t::IN_TIME, "#3f8f6b", |row| row.open - row.overdue - row.due_soon),
            ],
        })
    });
    let summary = Signal::derive(move || {
        let one = |row: &Row| format!("{} {}", &*row.org_name, text::quantity(row.open));
        let all = rows.with_value(|rows| rows.iter().map(one).collect::<Vec<_>>().join(", "));
        format!("{}: {all}", t::OPEN.get())
    });
    if rows.with_value(Vec::is_empty) {
        return ().into_any();
    }
    view! { <Chart summary=summary options=options height="240px" /> }.into_any()
}
