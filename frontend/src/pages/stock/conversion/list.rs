//! The conversions.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{conversion as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::stock::conversion::{ConversionRow, ConversionState, ConversionWay, CreateConversion, ListConversions};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListConversions>::new("conversions", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<ConversionState>("state", stock::STATE))
        .filter(Filter::choices::<ConversionWay>("way", t::WAY))
        .filter(Filter::pick("product_id", t::MODEL, products("kind=unit")))
        .filter(Filter::created())
        .preset(t::DRAFTS, "state=draft")
        .column(Column::new("number", stock::NUMBER, |r: &ConversionRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &ConversionRow| cell::tag(r.state)))
        .column(Column::new("way", t::WAY, |r: &ConversionRow| cell::tag(r.way)))
        .column(Column::new("product_name", t::UNIT, |r: &ConversionRow| cell::text(&*r.product_name)))
        .column(Column::new("serial", stock::SERIAL, |r: &ConversionRow| cell::maybe(r.serial.as_ref())))
        .column(Column::new("org_name", stock::STATION, |r: &ConversionRow| cell::text(&*r.org_name)))
        .column(Column::new("warehouse_name", stock::WAREHOUSE, |r: &ConversionRow| cell::text(&*r.warehouse_name)))
        .column(Column::new("posted_at", stock::POSTED_AT, |r: &ConversionRow| cell::maybe_time(r.posted_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &ConversionRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &ConversionRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateConversion>(t::NEW, "/stock/conversions/new")
        .view()
}
