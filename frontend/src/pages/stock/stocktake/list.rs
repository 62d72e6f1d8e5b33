//! The stocktakes.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, stock, stocktake as t};
use leptos::prelude::AnyView;
use openapi::stock::stocktake::{CreateStocktake, ListStocktakes, StocktakeRow, StocktakeState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListStocktakes>::new("stocktakes", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<StocktakeState>("state", stock::STATE))
        .filter(Filter::pick("warehouse_id", stock::WAREHOUSE, warehouses("")))
        .filter(Filter::created())
        .preset(t::UNDER_WAY, "state=counting,recounting")
        .preset(t::TO_APPROVE, "state=counted")
        .column(Column::new("number", stock::NUMBER, |r: &StocktakeRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &StocktakeRow| cell::tag(r.state)))
        .column(Column::new("org_name", stock::STATION, |r: &StocktakeRow| cell::text(&*r.org_name)))
        .column(Column::new("warehouse_name", stock::WAREHOUSE, |r: &StocktakeRow| cell::text(&*r.warehouse_name)))
        .column(
            Column::new("different_lines", t::DIFFERENT_LINES, |r: &StocktakeRow| {
                r.different_lines.map_or_else(cell::none, |lines| cell::text(lines.to_string()))
            })
            .right(),
        )
        .column(Column::new("frozen_at", t::FROZEN_AT, |r: &StocktakeRow| cell::time(r.frozen_at)))
        .column(Column::new("remark", stock::REMARK, |r: &StocktakeRow| cell::maybe(r.remark.as_ref())))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &StocktakeRow| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &StocktakeRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateStocktake>(t::NEW, "/stock/stocktakes/new")
        .view()
}
