//! The sales returns.

use crate::api::session::may;
use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::parties;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, stock, wholesale as t};
use leptos::prelude::*;
use openapi::master::CUSTOMER_VIEW;
use openapi::trade::wholesale::back::{ListSalesReturns, SalesReturnRow as Row, SalesReturnState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    let mut page = ListPage::<ListSalesReturns>::new("sales-returns", t::RETURNS)
        .search_hint(t::RETURN_SEARCH)
        .preset(t::TO_ACCEPT, "state=asked")
        .preset(t::TO_TAKE_IN, "state=approved")
        .filter(Filter::choices::<SalesReturnState>("state", stock::STATE));
    if untrack(|| may(CUSTOMER_VIEW)) {
        page = page
            .filter(Filter::pick("party_id", t::CUSTOMER, parties("role=dealer,customer")))
            .filter(Filter::pick("org_id", t::STATION, all_stations()));
    }
    page.filter(Filter::created())
        .column(Column::new("number", stock::NUMBER, |r: &Row| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &Row| cell::tag(r.state)))
        .column(Column::new("shipment_number", t::SHIPMENTS, |r: &Row| cell::code(r.shipment_number.clone())))
        .column(Column::new("party_name", t::CUSTOMER, |r: &Row| cell::text(&*r.party_name)))
        .column(Column::new("effective_at", t::RETURNED_AT, |r: &Row| cell::time(r.effective_at)))
        .column(Column::new("total_quantity", stock::QUANTITY, |r: &Row| cell::quantity(r.total_quantity)).right())
        .column(Column::new("credit", t::CREDITED, |r: &Row| cell::money(r.credit)).right())
        .column(Column::new("remark", t::RETURN_REASON, |r: &Row| cell::text(&*r.remark)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Row| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Row| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .view()
}
