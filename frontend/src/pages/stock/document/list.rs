//! The stock documents.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::warehouse::{people, warehouses};
use crate::text::{documents, stock as t};
use leptos::prelude::AnyView;
use openapi::document::DocKind;
use openapi::stock::document::{CreateStockDoc, ListStockDocs, StockDocRow, StockDocState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListStockDocs>::new("stock-documents", t::DOCS)
        .search_hint(t::DOC_SEARCH)
        .filter(Filter::choices::<DocKind>("kind", t::KIND))
        .filter(Filter::choices::<StockDocState>("state", t::STATE))
        .filter(Filter::pick("warehouse_id", t::WAREHOUSE, warehouses("")))
        .filter(Filter::pick("engineer_id", t::ENGINEER, people()))
        .filter(Filter::created())
        .preset(t::DRAFTS, "state=draft,submitted,approved")
        .column(Column::new("number", t::NUMBER, |r: &StockDocRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("kind", t::KIND, |r: &StockDocRow| cell::choice(r.kind)))
        .column(Column::new("reason", t::REASON, |r: &StockDocRow| cell::choice(r.reason)))
        .column(Column::new("state", t::STATE, |r: &StockDocRow| cell::tag(r.state)))
        .column(
            Column::new("warehouse", t::WAREHOUSE, |r: &StockDocRow| cell::maybe(r.warehouse_name.as_ref()))
                .field("warehouse_name"),
        )
        .column(
            Column::new("engineer", t::ENGINEER, |r: &StockDocRow| cell::maybe(r.engineer_name.as_ref()))
                .field("engineer_name"),
        )
        .column(
            Column::new("total_quantity", t::TOTAL_QUANTITY, |r: &StockDocRow| cell::quantity(r.total_quantity))
                .right(),
        )
        .column(
            Column::new("total_value", t::TOTAL_VALUE, |r: &StockDocRow| {
                r.total_value.map_or_else(cell::none, cell::money)
            })
            .right(),
        )
        .column(Column::new("effective_at", t::EFFECTIVE_AT, |r: &StockDocRow| cell::maybe_time(r.effective_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &StockDocRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &StockDocRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateStockDoc>(t::DOC_NEW, "/stock/documents/new")
        .view()
}
