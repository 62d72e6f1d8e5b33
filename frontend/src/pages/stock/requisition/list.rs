//! The requisitions that the station wrote or is asked by.

use super::all_stations;
use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{delivery as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::service::state::Priority;
use openapi::stock::requisition::{CreateRequisition, ListRequisitions, RequisitionRow, RequisitionState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRequisitions>::new("requisitions", t::REQUISITIONS)
        .search_hint(t::REQUISITION_SEARCH)
        .filter(Filter::choices::<RequisitionState>("state", stock::STATE))
        .filter(Filter::choices::<Priority>("priority", t::PRIORITY))
        .filter(Filter::pick("org_id", t::ASKS, all_stations()))
        .filter(Filter::pick("supplier_id", t::GIVES, all_stations()))
        .filter(Filter::created())
        .preset(t::WAITING, "state=submitted")
        .preset(t::TO_SEND, "state=approved")
        .column(Column::new("number", stock::NUMBER, |r: &RequisitionRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &RequisitionRow| cell::tag(r.state)))
        .column(Column::new("org_name", t::ASKS, |r: &RequisitionRow| cell::text(&*r.org_name)))
        .column(Column::new("supplier_name", t::GIVES, |r: &RequisitionRow| cell::text(&*r.supplier_name)))
        .column(Column::new("priority", t::PRIORITY, |r: &RequisitionRow| cell::tag(r.priority)))
        .column(Column::new("needed_on", t::NEEDED_ON, |r: &RequisitionRow| cell::maybe_date(r.needed_on)))
        .column(Column::new("purpose", t::PURPOSE, |r: &RequisitionRow| cell::maybe(r.purpose.as_ref())))
        .column(Column::new("total_quantity", t::TOTAL, |r: &RequisitionRow| cell::quantity(r.total_quantity)).right())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &RequisitionRow| cell::time(r.created_at)))
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &RequisitionRow| cell::time(r.updated_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateRequisition>(t::REQUISITION_NEW, "/stock/requisitions/new")
        .view()
}
