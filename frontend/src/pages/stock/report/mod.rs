//! What follows from the moves: stock of an earlier day, opening, in, out and closing, and what engineers hold.

mod account;
mod age;
mod analysis;
mod as_of;
mod availability;
mod entries;
mod held;
mod turnover;

use crate::nav::{Group, Page};
use crate::pages::identity::station;
use crate::pages::master::{product, warehouse};
use crate::text::{Label, insight, stock as t};
use crate::ui::{Bind, Combo, FieldBox, Icon, PickSource};
use leptos::prelude::*;
use openapi::service::TICKET_PARTS;
use openapi::stock::{STOCK_ANALYSIS, STOCK_AVAILABILITY, STOCK_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/availability", t::AVAILABILITY, availability::page)
        .needs(STOCK_AVAILABILITY)
        .menu(Group::Stock, Icon::Search),
    Page::new("/stock/held-parts", t::HELD, held::page).needs(TICKET_PARTS).menu(Group::Stock, Icon::Wrench),
    Page::new("/stock/analysis", insight::ANALYSIS, analysis::page)
        .needs(STOCK_ANALYSIS)
        .menu(Group::Stock, Icon::Columns),
    Page::new("/stock/age", insight::AGE, age::page).needs(STOCK_VIEW).menu(Group::Stock, Icon::Clock),
    Page::new("/stock/turnover", t::TURNOVER, turnover::page).needs(STOCK_VIEW).menu(Group::Stock, Icon::Columns),
    Page::new("/stock/as-of", t::AS_OF, as_of::page).needs(STOCK_VIEW).menu(Group::Stock, Icon::Clock),
];

/// A picker that narrows what is shown.
fn narrow(label: Label, source: PickSource, value: RwSignal<String>) -> AnyView {
    let id = crate::ui::unique("narrow");
    view! { <FieldBox id=id.clone() label=label><Combo id=id name=label source=source bind=Bind::signal(value) /></FieldBox> }
        .into_any()
}

fn by_station(value: RwSignal<String>) -> AnyView {
    narrow(t::STATION, station::stations(), value)
}

fn by_warehouse(value: RwSignal<String>) -> AnyView {
    narrow(t::WAREHOUSE, warehouse::warehouses(""), value)
}

fn by_product(value: RwSignal<String>) -> AnyView {
    narrow(t::PRODUCT, product::products(""), value)
}
