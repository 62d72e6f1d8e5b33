//! The purchase orders.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::pages::master::product::products;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, purchase as t, stock};
use leptos::prelude::*;
use openapi::trade::purchase::order::{CreatePurchaseOrder, ListPurchaseOrders, PurchaseOrderRow, PurchaseState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListPurchaseOrders>::new("purchase-orders", t::ORDERS)
        .search_hint(t::ORDER_SEARCH)
        .filter(Filter::choices::<PurchaseState>("state", stock::STATE))
        .filter(Filter::pick("party_id", t::SUPPLIER, suppliers()))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::pick("org_id", t::STATION, all_stations()))
        .filter(Filter::created())
        .preset(t::TO_APPROVE, "state=submitted")
        .preset(t::TO_COME, "state=placed,partly_received")
        .column(Column::new("number", stock::NUMBER, |r: &PurchaseOrderRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &PurchaseOrderRow| cell::tag(r.state)))
        .column(Column::new("party_name", t::SUPPLIER, |r: &PurchaseOrderRow| cell::text(&*r.party_name)))
        .column(Column::new("expected_on", t::EXPECTED_ON, expected))
        .column(
            Column::new("total_quantity", t::ORDERED, |r: &PurchaseOrderRow| cell::quantity(r.total_quantity)).right(),
        )
        .column(
            Column::new("received_quantity", t::RECEIVED, |r: &PurchaseOrderRow| cell::quantity(r.received_quantity))
                .right(),
        )
        .column(
            Column::new("total_amount", t::TOTAL_AMOUNT, |r: &PurchaseOrderRow| cell::money(r.total_amount)).right(),
        )
        .column(Column::new("warehouse_name", t::WAREHOUSE, |r: &PurchaseOrderRow| cell::text(&*r.warehouse_name)))
        .column(Column::new("org_name", t::STATION, |r: &PurchaseOrderRow| cell::text(&*r.org_name)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &PurchaseOrderRow| cell::time(r.created_at)))
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &PurchaseOrderRow| cell::time(r.updated_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreatePurchaseOrder>(t::ORDER_NEW, "/trade/purchase-orders/new")
        .view()
}

fn expected(row: &PurchaseOrderRow) -> AnyView {
    let day = cell::maybe_date(row.expected_on);
    if row.is_overdue {
        return view! { <span>{day} " " <span class="tag danger">{t::OVERDUE}</span></span> }.into_any();
    }
    day
}
