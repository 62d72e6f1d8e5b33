//! Who owes whom how many, and every swap in history.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::pages::master::product::products;
use crate::pages::stock::requisition::all_stations;
use crate::text::{stock, swap as t};
use leptos::prelude::*;
use openapi::stock::swap::{CreateSwap, ListSwapBalances, ListSwapEntries, SwapBalance, SwapEntry, SwapSide, SwapWay};

/// What is owed. A row leads to the swap that settles it.
pub fn balances(_: &Params) -> AnyView {
    ListPage::<ListSwapBalances>::new("swap-balances", t::BALANCES)
        .filter(Filter::choices::<SwapSide>("side", t::SIDE))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::flag("include_settled", t::SETTLED_TOO))
        .preset(t::WE_OWE, "side=we_owe")
        .preset(t::FACTORY_OWES, "side=factory_owes")
        .column(Column::new("party_name", t::PARTY, |r: &SwapBalance| cell::text(&*r.party_name)))
        .column(Column::new("side", t::SIDE, |r: &SwapBalance| cell::tag(r.side)))
        .column(Column::new("product_name", stock::PRODUCT, |r: &SwapBalance| cell::text(&*r.product_name)))
        .column(Column::new("product_code", stock::CODE, |r: &SwapBalance| cell::code(&*r.product_code)))
        .column(Column::new("open", t::OPEN, |r: &SwapBalance| cell::quantity(r.open)).right())
        .column(Column::new("taken", t::TAKEN, |r: &SwapBalance| cell::quantity(r.taken)).right())
        .column(Column::new("given", t::GIVEN, |r: &SwapBalance| cell::quantity(r.given)).right())
        .column(Column::new("org_name", stock::STATION, |r: &SwapBalance| cell::text(&*r.org_name)))
        .column(Column::new("updated_at", t::AT, |r: &SwapBalance| cell::time(r.updated_at)))
        .open(|r| format!("/stock/swap-entries?party_id={}&product_id={}", r.party_id, r.product_id))
        .create::<CreateSwap>(t::NEW, "/stock/swaps/new")
        .view()
}

/// Every swap in history.
pub fn entries(_: &Params) -> AnyView {
    ListPage::<ListSwapEntries>::new("swap-entries", t::LEDGER)
        .search_hint(t::LEDGER_SEARCH)
        .filter(Filter::choices::<SwapWay>("way", t::WAY))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::created())
        .column(Column::new("created_at", t::AT, |r: &SwapEntry| cell::time(r.created_at)))
        .column(Column::new("way", t::WAY, way).also("is_reversal", t::MIRROR))
        .column(Column::new("party_name", t::PARTY, |r: &SwapEntry| cell::text(&*r.party_name)))
        .column(Column::new("product_name", stock::PRODUCT, |r: &SwapEntry| cell::text(&*r.product_name)))
        .column(Column::new("product_code", stock::CODE, |r: &SwapEntry| cell::code(&*r.product_code)))
        .column(Column::new("serial", stock::SERIAL, |r: &SwapEntry| cell::maybe(r.serial.as_ref())))
        .column(Column::new("quantity", stock::QUANTITY, |r: &SwapEntry| cell::quantity(r.quantity)).right())
        .column(Column::new("open", t::OPEN_AFTER, |r: &SwapEntry| cell::quantity(r.open)).right())
        .column(Column::new("side", t::SIDE, |r: &SwapEntry| cell::tag(r.way.side())).field("way"))
        .column(Column::new("swap_number", stock::NUMBER, |r: &SwapEntry| {
            cell::link(r.swap_number.clone(), super::href(r.swap_id))
        }))
        .open(|r| super::href(r.swap_id))
        .view()
}

fn way(entry: &SwapEntry) -> AnyView {
    let mirror = entry.is_reversal.then(|| cell::label(t::MIRROR));
    view! { <span class="row nowrap">{cell::tag(entry.way)} {mirror}</span> }.into_any()
}
