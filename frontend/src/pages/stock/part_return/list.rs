//! The returns.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::stock::owed_part::kept;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, part_return as t, stock};
use leptos::prelude::AnyView;
use openapi::service::part_return::{CreatePartReturn, ListPartReturns, PartReturnRow as Row, PartReturnState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListPartReturns>::new("part-returns", t::RETURNS)
        .search_hint(t::RETURN_SEARCH)
        .filter(Filter::choices::<PartReturnState>("state", stock::STATE))
        .filter(Filter::pick("org_id", t::SENDER, all_stations()))
        .filter(Filter::flag("has_deduction", t::WITH_DEDUCTION))
        .filter(Filter::created())
        .preset(t::TO_SHIP, "state=draft")
        .preset(t::TO_EXAMINE, "state=shipped")
        .preset(t::WITH_DEDUCTION, "has_deduction=true")
        .column(Column::new("number", stock::NUMBER, |r: &Row| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &Row| cell::tag(r.state)))
        .column(Column::new("org_name", t::SENDER, |r: &Row| cell::text(&*r.org_name)))
        .column(Column::new("to_org_name", t::RECEIVER, |r: &Row| {
            super::detail::receiver(r.maker_name.as_ref(), &r.to_org_name)
        }))
        .column(
            Column::new("total_quantity", stock::TOTAL_QUANTITY, |r: &Row| cell::quantity(r.total_quantity)).right(),
        )
        .column(Column::new("deduction", t::DEDUCTION, |r: &Row| kept(r.deduction)).right())
        .column(Column::new("courier", t::COURIER, |r: &Row| cell::maybe(r.courier.as_ref())))
        .column(Column::new("tracking_number", t::PARCEL, |r: &Row| cell::maybe(r.tracking_number.as_ref())))
        .column(Column::new("shipped_at", t::SHIPPED_AT, |r: &Row| cell::maybe_time(r.shipped_at)))
        .column(Column::new("examined_at", t::EXAMINED_AT, |r: &Row| cell::maybe_time(r.examined_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Row| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Row| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreatePartReturn>(t::RETURN_NEW, "/stock/part-returns/new")
        .view()
}
