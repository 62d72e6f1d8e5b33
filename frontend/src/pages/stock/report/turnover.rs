//! Opening, in, out and closing between two days (收发存), with the kinds of documents behind it and the way to them.

use super::{by_product, by_station, by_warehouse};
use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell, export_report};
use crate::nav::{self, Params};
use crate::pages::finance::report::{loaded, pick_time};
use crate::pages::stock::place;
use crate::text::{self, Label, stock as t};
use crate::ui::{Align, Icon, Notice, StatePanel};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::Tone;
use openapi::stock::balance::{GetStockTurnover, Turnover, TurnoverMoves, TurnoverQuery, TurnoverRow};
use openapi::{Date, Money, Month, Nothing, Plain, Quantity};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let first = Date::from(Month::of(text::today().naive()).first_day());
    let (from, to) = (RwSignal::new(first.to_string()), RwSignal::new(text::today().to_string()));
    let [station, warehouse, product] = [(); 3].map(|()| RwSignal::new(String::new()));
    let query = move || {
        Plain(TurnoverQuery {
            from: from.get().parse().unwrap_or(first),
            to: to.get().parse().unwrap_or_else(|_| text::today()),
            org_id: station.get().parse().ok(),
            include_below: Some(true),
            warehouse_id: warehouse.get().parse().ok(),
            product_id: product.get().parse().ok(),
        })
    };
    let loader = Loader::new(move || call::<GetStockTurnover>(Nothing, query(), Nothing));
    view! {
        <PageHead title=t::TURNOVER>{export_report::<GetStockTurnover>(t::TURNOVER, query, EXPORTED.to_vec())}</PageHead>
        <section class="card">
            <div class="form-grid">
                {pick_time(t::FROM_DAY, "date", from)}{pick_time(t::TO_DAY, "date", to)}{by_station(station)}{by_warehouse(warehouse)}{by_product(product)}
            </div>
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
    ("opening", t::OPENING),
    ("opening_value", t::OPENING_VALUE),
    ("incoming", t::INCOMING),
    ("incoming_value", t::INCOMING_VALUE),
    ("outgoing", t::OUTGOING),
    ("outgoing_value", t::OUTGOING_VALUE),
    ("closing", t::CLOSING),
    ("closing_value", t::CLOSING_VALUE),
];

/// Quantity above value.
fn amount(quantity: Quantity, value: Option<Money>) -> AnyView {
    let value = value.map(|value| view! { <span class="faint">{cell::money(value)}</span> });
    view! { <span class="stack end">{cell::quantity(quantity)}{value}</span> }.into_any()
}

/// What came in or went out, in all and by kind of document.
fn sides(row: &TurnoverRow, is_in: bool) -> AnyView {
    let between = expect_context::<Between>();
    let (quantity, value) = if is_in { (row.incoming, row.incoming_value) } else { (row.outgoing, row.outgoing_value) };
    let side =
        move |m: &TurnoverMoves| if is_in { (m.incoming, m.incoming_value) } else { (m.outgoing, m.outgoing_value) };
    let touched = |m: &&TurnoverMoves| {
        let (quantity, value) = side(m);
        !quantity.is_zero() || value.is_some_and(|value| !value.is_zero())
    };
    let kind = |m: &TurnoverMoves| {
        let (kind, quantity) = (m.kind, side(m).0);
        let entries = format!("{}&document_kind={kind}", entries(row, between));
        view! { <A href=entries attr:class="faint">{move || text::choice(kind)} " " {cell::quantity(quantity)}</A> }
    };
    let kinds = row.moves.iter().filter(touched).map(kind).collect_view();
    view! { <span class="stack end">{amount(quantity, value)}{kinds}</span> }.into_any()
}

/// First and last day of what is shown, for the links in its cells.
#[derive(Clone, Copy)]
struct Between(Date, Date);

/// The entries behind a row.
fn entries(row: &TurnoverRow, Between(from, to): Between) -> String {
    let instant = |day: Date| text::day_start(day).map(|at| at.to_string()).unwrap_or_default();
    let pair = |key: &str, value: String| (key.to_owned(), value);
    let query = nav::render(&[
        pair("product_id", row.product_id.to_string()),
        pair("place_id", row.place.id.to_string()),
        pair("condition", row.condition.to_string()),
        pair("owner", row.owner.to_string()),
        pair("effective_at[gte]", instant(from)),
        pair("effective_at[lt]", instant(text::next_day(to))),
    ]);
    format!("/stock/moves?{query}")
}

/// The product, and the way to the moves of it.
fn product(row: &TurnoverRow) -> AnyView {
    let moves = entries(row, expect_context::<Between>());
    view! { <span class="stack"><span>{row.product_name.to_string()}</span>{cell::link(&*row.product_code, moves)}</span> }
        .into_any()
}

fn draw(turnover: Turnover) -> AnyView {
    provide_context(Between(turnover.from, turnover.to));
    if turnover.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Box title=t::NOTHING_MOVED hint=t::NOTHING_THERE_HINT /> }.into_any();
    }
    let total = |pick: fn(&TurnoverRow) -> Option<Money>| turnover.items.iter().map(pick).sum::<Option<Money>>();
    let totals = [
        (t::OPENING, total(|r| r.opening_value)),
        (t::INCOMING, total(|r| r.incoming_value)),
        (t::OUTGOING, total(|r| r.outgoing_value)),
        (t::CLOSING, total(|r| r.closing_value)),
    ];
    let capped = turnover.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::CAPPED /> });
    let mut lines = Lines::of(
        &turnover.items,
        vec![
            (t::PRODUCT, Align::Left, product),
            (t::STATION, Align::Left, |r: &TurnoverRow| cell::text(&*r.org_name)),
            (t::PLACE, Align::Left, |r: &TurnoverRow| place(&r.place)),
            (t::CONDITION, Align::Left, |r| cell::tag(r.condition)),
            (t::OWNER, Align::Left, |r| cell::choice(r.owner)),
            (t::OPENING, Align::Right, |r| amount(r.opening, r.opening_value)),
            (t::INCOMING, Align::Right, |r| sides(r, true)),
            (t::OUTGOING, Align::Right, |r| sides(r, false)),
            (t::CLOSING, Align::Right, |r| amount(r.closing, r.closing_value)),
        ],
    );
    for (label, value) in totals {
        if let Some(value) = value {
            lines = lines.total(label, cell::money(value));
        }
    }
    view! { {capped}{lines.draw()} }.into_any()
}
