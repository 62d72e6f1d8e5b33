//! The swaps.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, stock, swap as t};
use leptos::prelude::AnyView;
use openapi::stock::swap::{CreateSwap, ListSwaps, SwapRow, SwapState, SwapWay};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListSwaps>::new("swaps", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<SwapWay>("way", t::WAY))
        .filter(Filter::choices::<SwapState>("state", stock::STATE))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::created())
        .preset(t::DRAFTS, "state=draft")
        .preset(t::ACCEPTED, "way=accept")
        .preset(t::AT_FACTORY, "way=send")
        .column(Column::new("number", stock::NUMBER, |r: &SwapRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &SwapRow| cell::tag(r.state)))
        .column(Column::new("way", t::WAY, |r: &SwapRow| cell::tag(r.way)))
        .column(Column::new("party_name", t::PARTY, |r: &SwapRow| cell::text(&*r.party_name)))
        .column(Column::new("total_quantity", t::TOTAL, |r: &SwapRow| cell::quantity(r.total_quantity)).right())
        .column(Column::new("warehouse_name", stock::WAREHOUSE, |r: &SwapRow| cell::text(&*r.warehouse_name)))
        .column(Column::new("reference", t::REFERENCE, |r: &SwapRow| cell::maybe(r.reference.as_ref())))
        .column(Column::new("posted_at", stock::POSTED_AT, |r: &SwapRow| cell::maybe_time(r.posted_at)))
        .column(Column::new("org_name", stock::STATION, |r: &SwapRow| cell::text(&*r.org_name)).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &SwapRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &SwapRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateSwap>(t::NEW, "/stock/swaps/new")
        .view()
}
