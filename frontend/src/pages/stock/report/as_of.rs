//! What lay where at the end of a day.

use super::{by_product, by_station, by_warehouse};
use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell, export_report};
use crate::nav::Params;
use crate::pages::finance::report::{loaded, pick_time};
use crate::pages::stock::place;
use crate::text::{self, Label, stock as t};
use crate::ui::{Align, Icon, Notice, StatePanel};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::stock::balance::{AsOfQuery, GetStockAsOf, StockAsOf, StockAsOfRow};
use openapi::{Money, Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let on = RwSignal::new(text::today().to_string());
    let [station, warehouse, product] = [(); 3].map(|()| RwSignal::new(String::new()));
    let query = move || {
        let on = on.get().parse().unwrap_or_else(|_| text::today());
        Plain(AsOfQuery {
            on,
            org_id: station.get().parse().ok(),
            include_below: Some(true),
            warehouse_id: warehouse.get().parse().ok(),
            product_id: product.get().parse().ok(),
        })
    };
    let loader = Loader::new(move || call::<GetStockAsOf>(Nothing, query(), Nothing));
    view! {
        <PageHead title=t::AS_OF>{export_report::<GetStockAsOf>(t::AS_OF, query, EXPORTED.to_vec())}</PageHead>
        <section class="card">
            <div class="form-grid">{pick_time(t::ON_DAY, "date", on)}{by_station(station)}{by_warehouse(warehouse)}{by_product(product)}</div>
            {loaded(loader, draw)}
        </section>
    }
    .into_any()
}

/// What a workbook shows.
const EXPORTED: &[(&str, Label)] = &[
    ("product_code", t::CODE),
    ("product_name", t::PRODUCT),
    ("org_name", t::STATION),
    ("place/name", t::PLACE),
    ("place/kind", t::PLACE_KIND),
    ("condition", t::CONDITION),
    ("owner", t::OWNER),
    ("quantity", t::QUANTITY),
    ("value", t::VALUE),
];

fn draw(stock: StockAsOf) -> AnyView {
    let items: Vec<StockAsOfRow> = stock.items.into_iter().filter(|row| !row.quantity.is_zero()).collect();
    if items.is_empty() {
        return view! { <StatePanel glyph=Icon::Box title=t::NOTHING_THERE hint=t::NOTHING_THERE_HINT /> }.into_any();
    }
    let value: Option<Money> = items.iter().map(|row| row.value).sum();
    let capped = stock.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::CAPPED /> });
    let mut lines = Lines::of(
        &items,
        vec![
            (t::PRODUCT, Align::Left, |r: &StockAsOfRow| cell::text(&*r.product_name)),
            (t::CODE, Align::Left, |r| {
                cell::link(&*r.product_code, format!("/stock/moves?product_id={}", r.product_id))
            }),
            (t::STATION, Align::Left, |r| cell::text(&*r.org_name)),
            (t::PLACE, Align::Left, |r| place(&r.place)),
            (t::CONDITION, Align::Left, |r| cell::tag(r.condition)),
            (t::OWNER, Align::Left, |r| cell::choice(r.owner)),
            (t::QUANTITY, Align::Right, |r| cell::quantity(r.quantity)),
            (t::VALUE, Align::Right, |r| r.value.map_or_else(cell::none, cell::money)),
        ],
    );
    if let Some(value) = value {
        lines = lines.total(t::TOTAL_VALUE, cell::money(value));
    }
    view! { {capped}{lines.draw()} }.into_any()
}
