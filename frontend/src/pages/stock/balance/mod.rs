//! Current stock.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{Group, Page, Params};
use crate::pages::master::warehouse;
use crate::pages::stock::place;
use crate::text::{documents, stock as t};
use crate::ui::Icon;
use leptos::prelude::AnyView;
use openapi::master::product::ProductKind;
use openapi::stock::balance::{ListStock, StockBalance};
use openapi::stock::{Condition, Owner, STOCK_VIEW};

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
        .filter(Filter::flag("include_empty", t::INCLUDE_EMPTY))
        .preset(t::GOOD_ONLY, "condition=good")
        .preset(t::BAD_ONLY, "condition=bad")
        .preset(t::CUSTOMERS_UNITS, "owner=customer")
        .column(
            Column::new("product", t::PRODUCT, |r: &StockBalance| cell::text(&*r.product_name))
                .field("product_name")
                .width("14em"),
        )
        .column(Column::new("code", t::CODE, |r: &StockBalance| cell::code(&*r.product_code)).field("product_code"))
        .column(Column::new("place", t::PLACE, |r: &StockBalance| place(&r.place)).field("place/name"))
        .column(
            Column::new("place_kind", t::PLACE_KIND, |r: &StockBalance| cell::tag(r.place.kind)).field("place/kind"),
        )
        .column(Column::new("condition", t::CONDITION, |r: &StockBalance| cell::tag(r.condition)))
        .column(Column::new("owner", t::OWNER, |r: &StockBalance| cell::choice(r.owner)))
        .column(Column::new("on_hand", t::ON_HAND, |r: &StockBalance| cell::quantity(r.on_hand)).right())
        .column(Column::new("reserved", t::RESERVED, |r: &StockBalance| cell::quantity(r.reserved)).right())
        .column(Column::new("available", t::AVAILABLE, |r: &StockBalance| cell::quantity(r.available)).right())
        .column(Column::new("value", t::VALUE, |r: &StockBalance| r.value.map_or_else(cell::none, cell::money)).right())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &StockBalance| cell::time(r.updated_at)))
        .open(|r| format!("/stock/moves?product_id={}", r.product_id))
        .view()
}
