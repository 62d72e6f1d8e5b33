//! The list.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::pages::master::dictionary::entries;
use crate::pages::master::product::products;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::unit::{CreateUnit, ListUnits, UnitRow, UnitStatus};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListUnits>::new("units", t::UNITS)
        .search_hint(t::UNIT_SEARCH)
        .filter(Filter::text("serial", t::SERIAL))
        .filter(Filter::pick("brand_id", t::BRAND, entries("kind=brand")))
        .filter(Filter::pick("product_id", t::PRODUCT, products("kind=unit")))
        .filter(Filter::pick("customer_id", t::OWNER, customers()))
        .filter(Filter::choices::<UnitStatus>("status", t::STATE))
        .filter(Filter::dates("sold_on", t::SOLD_ON))
        .filter(Filter::flag("is_abnormal", t::ABNORMAL))
        .preset(t::ABNORMAL_ONLY, "is_abnormal=true")
        .column(Column::new("serial", t::SERIAL, |r: &UnitRow| cell::code(&*r.serial)).width("11em"))
        .column(Column::new("product", t::PRODUCT, |r: &UnitRow| cell::text(&*r.product_name)).field("product_name"))
        .column(Column::new("brand", t::BRAND, |r: &UnitRow| cell::text(&*r.brand_name)).field("brand_name").hidden())
        .column(
            Column::new("customer", t::OWNER, |r: &UnitRow| cell::maybe(r.customer_name.as_ref()))
                .field("customer_name"),
        )
        .column(
            Column::new("phone", t::OWNER_PHONE, |r: &UnitRow| {
                r.customer_phone.as_deref().map_or_else(cell::none, cell::phone_text)
            })
            .field("customer_phone"),
        )
        .column(
            Column::new("warranty", t::WARRANTY, |r: &UnitRow| cell::tag(r.warranty_verdict)).field("warranty_verdict"),
        )
        .column(
            Column::new("ends", t::WARRANTY_ENDS, |r: &UnitRow| cell::maybe_date(r.warranty_ends_on))
                .field("warranty_ends_on"),
        )
        .column(Column::new("status", t::STATE, |r: &UnitRow| cell::tag(r.status)))
        .column(
            Column::new(
                "abnormal",
                t::ABNORMAL,
                |r: &UnitRow| if r.is_abnormal { cell::yes_no(true) } else { cell::none() },
            )
            .field("is_abnormal"),
        )
        .column(Column::new("sold_on", t::SOLD_ON, |r: &UnitRow| cell::maybe_date(r.sold_on)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &UnitRow| cell::time(r.updated_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &UnitRow| cell::time(r.created_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateUnit>(t::UNIT_NEW, "/master/units/new")
        .view()
}
