//! The moves of a part, of a serial, of a warehouse.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{Group, Page, Params};
use crate::pages::master::{product, warehouse};
use crate::pages::stock::{document, place};
use crate::text::stock as t;
use crate::ui::Icon;
use leptos::prelude::AnyView;
use openapi::document::DocKind;
use openapi::stock::movement::{ListStockMoves, StockMove};
use openapi::stock::{Condition, Owner, STOCK_VIEW};

/// The pages.
pub const PAGES: &[Page] =
    &[Page::new("/stock/moves", t::MOVES, list).needs(STOCK_VIEW).menu(Group::Stock, Icon::Refresh)];

/// The list; a row opens its document.
fn list(_: &Params) -> AnyView {
    ListPage::<ListStockMoves>::new("stock-moves", t::MOVES)
        .search_hint(t::SERIAL_SEARCH)
        .filter(Filter::pick("product_id", t::PRODUCT, product::products("")))
        .filter(Filter::text("serial", t::SERIAL))
        .filter(Filter::pick("warehouse_id", t::WAREHOUSE, warehouse::warehouses("")))
        .filter(Filter::choices::<DocKind>("document_kind", t::KIND))
        .filter(Filter::choices::<Condition>("condition", t::CONDITION))
        .filter(Filter::choices::<Owner>("owner", t::OWNER))
        .filter(Filter::days("effective_at", t::DATES))
        .column(Column::new("effective_at", t::EFFECTIVE_AT, |r: &StockMove| cell::time(r.effective_at)))
        .column(
            Column::new("document", t::NUMBER, |r: &StockMove| cell::code(r.document.number.clone()))
                .field("document/number"),
        )
        .column(Column::new("kind", t::KIND, |r: &StockMove| cell::choice(r.document_kind)).field("document_kind"))
        .column(
            Column::new("product", t::PRODUCT, |r: &StockMove| cell::text(&*r.product_name))
                .field("product_name")
                .also("product_code", t::CODE)
                .width("12em"),
        )
        .column(Column::new("serial", t::SERIAL, |r: &StockMove| cell::maybe(r.serial.as_ref())))
        .column(Column::new("condition", t::CONDITION, |r: &StockMove| cell::tag(r.condition)))
        .column(
            Column::new("from", t::FROM, |r: &StockMove| place(&r.from))
                .field("from/name")
                .also("from/kind", t::FROM_KIND),
        )
        .column(Column::new("to", t::TO, |r: &StockMove| place(&r.to)).field("to/name").also("to/kind", t::TO_KIND))
        .column(Column::new("quantity", t::QUANTITY, |r: &StockMove| cell::quantity(r.quantity)).right())
        .column(Column::new("value", t::VALUE, |r: &StockMove| r.value.map_or_else(cell::none, cell::money)).right())
        .column(
            Column::new("seq", t::RECORDED_AT, |r: &StockMove| cell::time(r.recorded_at)).field("recorded_at").hidden(),
        )
        .open(|r| document::href(r.document.id))
        .view()
}
