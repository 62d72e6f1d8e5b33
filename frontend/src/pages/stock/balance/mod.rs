//! Current stock.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{Group, Page, Params};
use crate::pages::master::dictionary::entries;
use crate::pages::master::warehouse;
use crate::pages::stock::place;
use crate::text::{Label, documents, stock as t};
use crate::ui::Icon;
use leptos::prelude::*;
use openapi::master::product::ProductKind;
use openapi::stock::balance::{ListStock, StockBalance, StockSums, SumStock};
use openapi::stock::{Condition, Owner, PlaceKind, STOCK_VIEW};

/// The pages.
pub const PAGES: &[Page] =
    &[Page::new("/stock/balances", t::STOCK, list).needs(STOCK_VIEW).menu(Group::Stock, Icon::Box)];

/// The list; a row opens the moves of its product.
fn list(_: &Params) -> AnyView {
    ListPage::<ListStock>::new("stock-balances", t::STOCK)
        .search_hint(t::STOCK_SEARCH)
        .filter(Filter::pick("warehouse_id", t::WAREHOUSE, warehouse::warehouses("")))
        .filter(Filter::pick("org_id", t::STATION, warehouse::stations()))
        .filter(Filter::choices::<ProductKind>("product_kind", t::PRODUCT_KIND))
        .filter(Filter::choices::<Condition>("condition", t::CONDITION))
        .filter(Filter::choices::<Owner>("owner", t::OWNER))
        .filter(Filter::pick("brand_id", t::BRAND, entries("kind=brand")))
        .filter(Filter::pick("category_id", t::CATEGORY, entries("kind=product_category")))
        .filter(Filter::text("model", t::MODEL))
        .filter(Filter::choices::<PlaceKind>("place_kind", t::PLACE_KIND))
        .filter(Filter::flag("include_below", t::ALSO_BELOW))
        .filter(Filter::flag("include_empty", t::INCLUDE_EMPTY))
        .preset(t::GOOD_ONLY, "condition=good")
        .preset(t::BAD_ONLY, "condition=bad")
        .preset(t::IN_TRANSIT, "place_kind=transit")
        .preset(t::CUSTOMERS_UNITS, "owner=customer")
        .column(
            Column::new("product", t::PRODUCT, |r: &StockBalance| cell::text(&*r.product_name))
                .field("product_name")
                .width("14em"),
        )
        .column(Column::new("code", t::CODE, |r: &StockBalance| cell::code(&*r.product_code)).field("product_code"))
        .column(Column::new("org_name", t::STATION, |r: &StockBalance| cell::text(&*r.org_name)))
        .column(Column::new("place", t::PLACE, |r: &StockBalance| place(&r.place)).field("place/name"))
        .column(
            Column::new("place_kind", t::PLACE_KIND, |r: &StockBalance| cell::tag(r.place.kind)).field("place/kind"),
        )
        .column(Column::new("condition", t::CONDITION, |r: &StockBalance| cell::tag(r.condition)))
        .column(Column::new("product_kind", t::PRODUCT_KIND, |r: &StockBalance| cell::choice(r.product_kind)).hidden())
        .column(Column::new("brand_name", t::BRAND, |r: &StockBalance| cell::maybe(r.brand_name.as_ref())).hidden())
        .column(Column::new("bin", crate::text::bin::CODE, |r: &StockBalance| cell::maybe(r.bin.as_ref())))
        .column(Column::new("model", t::MODEL, |r: &StockBalance| cell::maybe(r.model.as_ref())).hidden())
        .column(Column::new("owner", t::OWNER, |r: &StockBalance| cell::choice(r.owner)))
        .column(Column::new("on_hand", t::ON_HAND, |r: &StockBalance| cell::quantity(r.on_hand)).right())
        .column(Column::new("reserved", t::RESERVED, |r: &StockBalance| cell::quantity(r.reserved)).right())
        .column(Column::new("available", t::AVAILABLE, |r: &StockBalance| cell::quantity(r.available)).right())
        .column(Column::new("incoming", t::ARRIVING_SHORT, |r: &StockBalance| cell::some_quantity(r.incoming)).right())
        .column(Column::new("ordered", t::ORDERED_SHORT, |r: &StockBalance| cell::some_quantity(r.ordered)).right())
        .column(Column::new("value", t::VALUE, |r: &StockBalance| r.value.map_or_else(cell::none, cell::money)).right())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &StockBalance| cell::time(r.updated_at)))
        .open(|r| format!("/stock/moves?product_id={}&place_id={}", r.product_id, r.place.id))
        .sums::<SumStock, StockSums>(sums)
        .view()
}

fn sums(sums: StockSums) -> AnyView {
    let one = |label: Label, value: AnyView| view! { <span><span class="faint">{label}</span>" "{value}</span> };
    let value = sums.value.map(|value| one(t::VALUE, cell::money(value)));
    view! {
        <span class="list-sums">
            <span class="faint">{t::SUMS}</span>
            {one(t::ON_HAND, cell::quantity(sums.on_hand))}{one(t::RESERVED, cell::quantity(sums.reserved))}
            {one(t::AVAILABLE, cell::quantity(sums.available))}{value}
        </span>
    }
    .into_any()
}
