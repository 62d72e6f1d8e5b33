//! The purchase returns.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, purchase, purchase_return as t, stock};
use leptos::prelude::*;
use openapi::trade::purchase::back::{ListPurchaseReturns, PurchaseReturnRow as Row, PurchaseReturnState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListPurchaseReturns>::new("purchase-returns", t::RETURNS)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<PurchaseReturnState>("state", stock::STATE))
        .filter(Filter::pick("party_id", purchase::SUPPLIER, suppliers()))
        .filter(Filter::pick("org_id", purchase::STATION, all_stations()))
        .filter(Filter::created())
        .preset(purchase::TO_APPROVE, "state=submitted")
        .preset(t::TO_SEND, "state=approved")
        .column(Column::new("number", stock::NUMBER, |r: &Row| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &Row| cell::tag(r.state)))
        .column(Column::new("receipt_number", purchase::RECEIPTS, |r: &Row| cell::code(r.receipt_number.clone())))
        .column(Column::new("party_name", purchase::SUPPLIER, |r: &Row| cell::text(&*r.party_name)))
        .column(Column::new("total_quantity", stock::QUANTITY, |r: &Row| cell::quantity(r.total_quantity)).right())
        .column(Column::new("accrued", t::ACCRUED, |r: &Row| cell::money(r.accrued)).right())
        .column(Column::new("credit", t::CREDIT, |r: &Row| cell::money(r.credit)).right())
        .column(Column::new("effective_at", t::SENT_AT, |r: &Row| cell::maybe_time(r.effective_at)))
        .column(Column::new("reason", t::REASON, |r: &Row| cell::text(&*r.reason)))
        .column(Column::new("warehouse_name", t::WAREHOUSE, |r: &Row| cell::text(&*r.warehouse_name)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Row| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Row| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .view()
}
