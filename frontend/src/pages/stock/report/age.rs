//! How old stock is, and what it was worth month by month.

use super::{by_product, by_station, by_warehouse};
use crate::api::{Loader, call};
use crate::doc::{PageHead, ReportColumn, cell, export_report, fields_of, report_lines};
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::pages::stock::place;
use crate::text::{self, insight as t, stock};
use crate::ui::{Align, Chart, Icon, Notice, StatePanel};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::stock::analysis::{
    AgeQuery, GetStockAge, GetStockHistory, StockAge, StockAgeRow, StockHistory, StockWorth,
};
use openapi::{Nothing, Plain};
use serde_json::json;

/// The page.
pub fn page(_: &Params) -> AnyView {
    let [station, warehouse, product] = [(); 3].map(|()| RwSignal::new(String::new()));
    let query = move || {
        Plain(AgeQuery {
            org_id: station.get().parse().ok(),
            include_below: Some(true),
            warehouse_id: warehouse.get().parse().ok(),
            product_id: product.get().parse().ok(),
        })
    };
    let history = Loader::new(move || call::<GetStockHistory>(Nothing, query(), Nothing));
    let ages = Loader::new(move || call::<GetStockAge>(Nothing, query(), Nothing));
    view! {
        <PageHead title=t::AGE>{export_report::<GetStockAge>(t::AGE, query, fields_of(COLUMNS))}</PageHead>
        <section class="card"><div class="form-grid">{by_station(station)}{by_warehouse(warehouse)}{by_product(product)}</div></section>
        <section class="card"><h2 class="card-title">{t::HISTORY}</h2>{loaded(history, draw_history)}</section>
        <section class="card"><h2 class="card-title">{t::AGE}</h2><p class="hint">{t::AGE_HINT}</p>{loaded(ages, draw)}</section>
    }
    .into_any()
}

const COLUMNS: &[ReportColumn<StockAgeRow>] = &[
    ("product_name", stock::PRODUCT, Align::Left, |r| cell::text(&*r.product_name)),
    ("product_code", stock::CODE, Align::Left, |r| {
        cell::link(&*r.product_code, format!("/stock/moves?product_id={}&place_id={}", r.product_id, r.place.id))
    }),
    ("org_name", stock::STATION, Align::Left, |r| cell::text(&*r.org_name)),
    ("place/name", stock::PLACE, Align::Left, |r| place(&r.place)),
    ("condition", stock::CONDITION, Align::Left, |r| cell::tag(r.condition)),
    ("owner", stock::OWNER, Align::Left, |r| cell::choice(r.owner)),
    ("quantity", stock::ON_HAND, Align::Right, |r| cell::quantity(r.quantity)),
    ("to_30", t::TO_30, Align::Right, |r| cell::some_quantity(r.to_30)),
    ("to_90", t::TO_90, Align::Right, |r| cell::some_quantity(r.to_90)),
    ("to_180", t::TO_180, Align::Right, |r| cell::some_quantity(r.to_180)),
    ("to_365", t::TO_365, Align::Right, |r| cell::some_quantity(r.to_365)),
    ("older", t::OLDER, Align::Right, |r| cell::some_quantity(r.older)),
    ("value", stock::VALUE, Align::Right, |r| r.value.map_or_else(cell::none, cell::money)),
];

fn draw(found: StockAge) -> AnyView {
    if found.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Box title=t::NO_STOCK hint=stock::NOTHING_THERE_HINT /> }.into_any();
    }
    let capped = found.is_capped.then(|| view! { <Notice tone=Tone::Warning text=stock::CAPPED /> });
    view! { {capped}{report_lines(&found.items, COLUMNS).draw()} }.into_any()
}

/// Value where it may be seen, else how many goods there are.
fn draw_history(history: StockHistory) -> AnyView {
    if history.items.iter().all(|worth| worth.cells == 0) {
        return view! { <p class="hint">{t::NO_STOCK}</p> }.into_any();
    }
    let rows = StoredValue::new(history.items);
    let shown = |worth: &StockWorth| worth.value.map_or_else(|| worth.quantity.to_string(), |value| value.to_string());
    let options = Signal::derive(move || {
        let days: Vec<_> = rows.with_value(|rows| rows.iter().map(|worth| text::date(worth.on)).collect());
        let amounts: Vec<_> = rows.with_value(|rows| rows.iter().map(shown).collect());
        json!({
            "xAxis": { "type": "category", "data": days, "boundaryGap": false },
            "yAxis": { "type": "value", "splitNumber": 3 },
            "grid": { "left": 8, "right": 24, "top": 16, "bottom": 4, "containLabel": true },
            "series": [{ "type": "line", "data": amounts, "areaStyle": { "opacity": 0.12 }, "symbolSize": 6 }],
        })
    });
    let summary = Signal::derive(move || {
        let one = |worth: &StockWorth| format!("{} {}", text::date(worth.on), shown(worth));
        let all = rows.with_value(|rows| rows.iter().map(one).collect::<Vec<_>>().join(", "));
        format!("{}: {all}", t::HISTORY.get())
    });
    view! { <Chart summary=summary options=options height="240px" /> }.into_any()
}
