//! Opening, in, out and closing between two days (收发存), with the kinds of documents behind it; each figure opens its
//! entries beside the page.

use super::account::{ACCOUNT, IN, OUT, of_kind};
use super::entries::{self, Behind, Between, amount};
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
    let (open, behind) = (RwSignal::new(false), RwSignal::new(None));
    provide_context(Opener { open, behind });
    let again = Callback::new(move |()| {
        open.set(false);
        loader.reload();
    });
    view! {
        <PageHead title=t::TURNOVER>{export_report::<GetStockTurnover>(t::TURNOVER, query, EXPORTED.to_vec())}</PageHead>
        <section class="card">
            <div class="form-grid">
                {pick_time(t::FROM_DAY, "date", from)}{pick_time(t::TO_DAY, "date", to)}{by_station(station)}{by_warehouse(warehouse)}{by_product(product)}
            </div>
            {loaded(loader, draw)}
        </section>
        {entries::sheet(open, behind, again)}
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

/// The sheet that shows what is behind a figure.
#[derive(Clone, Copy)]
struct Opener {
    open: RwSignal<bool>,
    behind: RwSignal<Option<Behind>>,
}

impl Opener {
    /// Opens the entries of a row that make the figure with this key.
    fn show(self, row: &TurnoverRow, between: Between, key: &str) {
        self.behind.set(Some(Behind { row: row.clone(), between, key: key.to_owned() }));
        self.open.set(true);
    }
}

/// A figure that opens its entries.
fn opens(row: &TurnoverRow, key: String, class: &'static str, content: AnyView) -> AnyView {
    let (opener, between, row) = (expect_context::<Opener>(), expect_context::<Between>(), row.clone());
    let press = move |_| opener.show(&row, between, &key);
    view! { <button type="button" class=class aria-haspopup="dialog" on:click=press>{content}</button> }.into_any()
}

/// Quantity above value, with what made them behind it.
fn figure(row: &TurnoverRow, key: &str, quantity: Quantity, value: Option<Money>) -> AnyView {
    let content = amount(quantity, value);
    if quantity.is_zero() && value.is_none_or(Money::is_zero) {
        return content;
    }
    opens(row, key.to_owned(), "link-button figure-link", content)
}

/// What came in or went out, in all and by kind of document.
fn sides(row: &TurnoverRow, is_in: bool) -> AnyView {
    let key = if is_in { IN } else { OUT };
    let (quantity, value) = if is_in { (row.incoming, row.incoming_value) } else { (row.outgoing, row.outgoing_value) };
    let side =
        move |m: &TurnoverMoves| if is_in { (m.incoming, m.incoming_value) } else { (m.outgoing, m.outgoing_value) };
    let touched = |m: &&TurnoverMoves| {
        let (quantity, value) = side(m);
        !quantity.is_zero() || value.is_some_and(|value| !value.is_zero())
    };
    let kind = |m: &TurnoverMoves| {
        let (kind, quantity) = (m.kind, side(m).0);
        let content = view! { <span>{move || text::choice(kind)} " " {cell::quantity(quantity)}</span> }.into_any();
        opens(row, of_kind(key, kind), "link-button", content)
    };
    let kinds = row.moves.iter().filter(touched).map(kind).collect_view();
    view! { <span class="stack end">{figure(row, key, quantity, value)}{kinds}</span> }.into_any()
}

/// The product, which opens all entries of its row.
fn product(row: &TurnoverRow) -> AnyView {
    let name = cell::text(&*row.product_name);
    let name = opens(row, ACCOUNT.to_owned(), "link-button row-link", name);
    view! { <span class="stack">{name}{cell::code(&*row.product_code)}</span> }.into_any()
}

fn draw(turnover: Turnover) -> AnyView {
    let (between, opener) = (Between(turnover.from, turnover.to), expect_context::<Opener>());
    provide_context(between);
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
            (t::OPENING, Align::Right, |r| figure(r, ACCOUNT, r.opening, r.opening_value)),
            (t::INCOMING, Align::Right, |r| sides(r, true)),
            (t::OUTGOING, Align::Right, |r| sides(r, false)),
            (t::CLOSING, Align::Right, |r| figure(r, ACCOUNT, r.closing, r.closing_value)),
        ],
    );
    for (label, value) in totals {
        if let Some(value) = value {
            lines = lines.total(label, cell::money(value));
        }
    }
    let rows = turnover.items;
    let open = move |index: usize| {
        if let Some(row) = rows.get(index) {
            opener.show(row, between, ACCOUNT);
        }
    };
    view! { {capped}{lines.on_open(open).draw()} }.into_any()
}
