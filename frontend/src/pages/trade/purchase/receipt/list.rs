//! The goods receipts.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, purchase as t, stock};
use leptos::prelude::AnyView;
use openapi::trade::purchase::receipt::{GoodsReceiptRow, GoodsReceiptState, ListGoodsReceipts};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListGoodsReceipts>::new("goods-receipts", t::RECEIPTS)
        .search_hint(t::RECEIPT_SEARCH)
        .filter(Filter::choices::<GoodsReceiptState>("state", stock::STATE))
        .filter(Filter::pick("party_id", t::SUPPLIER, suppliers()))
        .filter(Filter::pick("org_id", t::STATION, all_stations()))
        .filter(Filter::created())
        .column(Column::new("number", stock::NUMBER, |r: &GoodsReceiptRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &GoodsReceiptRow| cell::tag(r.state)))
        .column(Column::new("order_number", t::ORDERS, |r: &GoodsReceiptRow| cell::code(r.order_number.clone())))
        .column(Column::new("party_name", t::SUPPLIER, |r: &GoodsReceiptRow| cell::text(&*r.party_name)))
        .column(Column::new("effective_at", t::RECEIVED_AT, |r: &GoodsReceiptRow| cell::time(r.effective_at)))
        .column(Column::new("reference", t::NOTE_NUMBER, |r: &GoodsReceiptRow| cell::maybe(r.reference.as_ref())))
        .column(
            Column::new("total_quantity", stock::QUANTITY, |r: &GoodsReceiptRow| cell::quantity(r.total_quantity))
                .right(),
        )
        .column(Column::new("total_value", t::NET_VALUE, |r: &GoodsReceiptRow| cell::money(r.total_value)).right())
        .column(Column::new("warehouse_name", t::WAREHOUSE, |r: &GoodsReceiptRow| cell::text(&*r.warehouse_name)))
        .column(
            Column::new("created_at", documents::CREATED_AT, |r: &GoodsReceiptRow| cell::time(r.created_at)).hidden(),
        )
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &GoodsReceiptRow| cell::time(r.updated_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .view()
}
