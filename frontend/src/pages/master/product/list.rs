//! The list.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::dictionary::entries;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::product::{CreateProduct, ListProducts, ProductKind, ProductRow};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListProducts>::new("products", t::PRODUCTS)
        .search_hint(t::PRODUCT_SEARCH)
        .filter(Filter::choices::<ProductKind>("kind", t::KIND))
        .filter(Filter::pick("brand_id", t::BRAND, entries("kind=brand")))
        .filter(Filter::pick("category_id", t::CATEGORY, entries("kind=product_category")))
        .filter(Filter::text("fits_model", t::FITS_MODEL))
        .filter(Filter::flag("is_active", t::IS_ACTIVE))
        .preset(t::UNITS_ONLY, "kind=unit")
        .preset(t::PARTS_ONLY, "kind=part")
        .column(Column::new("code", t::CODE, |r: &ProductRow| cell::code(&*r.code)).width("8em"))
        .column(Column::new("name", t::NAME, |r: &ProductRow| cell::text(&*r.name)).width("12em"))
        .column(Column::new("kind", t::KIND, |r: &ProductRow| cell::tag(r.kind)))
        .column(Column::new("brand", t::BRAND, |r: &ProductRow| cell::maybe(r.brand_name.as_ref())).field("brand_name"))
        .column(Column::new("model", t::MODEL, |r: &ProductRow| cell::maybe(r.model.as_ref())))
        .column(Column::new("retail_price", t::RETAIL_PRICE, |r: &ProductRow| cell::price(r.retail_price)).right())
        .column(
            Column::new("standard_cost", t::COST, |r: &ProductRow| {
                r.standard_cost.map_or_else(cell::none, cell::price)
            })
            .right()
            .hidden(),
        )
        .column(
            Column::new("warranty_months", t::WARRANTY_MONTHS, |r: &ProductRow| {
                cell::text(r.warranty_months.to_string())
            })
            .right(),
        )
        .column(
            Column::new("is_active", t::STATE, |r: &ProductRow| {
                cell::label(if r.is_active { t::IN_USE } else { t::OUT_OF_USE })
            })
            .words(&[("true", t::IN_USE), ("false", t::OUT_OF_USE)]),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &ProductRow| cell::time(r.updated_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &ProductRow| cell::time(r.created_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateProduct>(t::PRODUCT_NEW, "/master/products/new")
        .view()
}
