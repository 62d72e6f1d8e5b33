//! The refurbishments; a dealer finds its own.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::parties;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, refurb as t, stock};
use leptos::prelude::AnyView;
use openapi::stock::refurb::{CreateRefurb, ListRefurbs, RefurbRow, RefurbState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRefurbs>::new("refurbs", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<RefurbState>("state", stock::STATE))
        .filter(Filter::text("serial", stock::SERIAL))
        .filter(Filter::pick("agent_id", t::AGENT, parties("role=dealer")))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::created())
        .preset(t::TO_APPROVE, "state=submitted")
        .preset(t::UNDER_WAY, "state=working")
        .column(Column::new("number", stock::NUMBER, |r: &RefurbRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &RefurbRow| cell::tag(r.state)))
        .column(Column::new("reason", t::WHY, |r: &RefurbRow| cell::text(&*r.reason)))
        .column(Column::new("units", t::UNIT_COUNT, |r: &RefurbRow| cell::text(r.units.to_string())).right())
        .column(Column::new("graded", t::GRADED, |r: &RefurbRow| cell::text(r.graded.to_string())).right())
        .column(Column::new("estimate", t::ESTIMATE, |r: &RefurbRow| cell::money(r.estimate)).right())
        .column(Column::new("agent_name", t::AGENT, |r: &RefurbRow| cell::maybe(r.agent_name.as_ref())))
        .column(Column::new("org_name", stock::STATION, |r: &RefurbRow| cell::text(&*r.org_name)))
        .column(Column::new("started_at", t::STARTED_AT, |r: &RefurbRow| cell::maybe_time(r.started_at)))
        .column(Column::new("finished_at", t::FINISHED_AT, |r: &RefurbRow| cell::maybe_time(r.finished_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &RefurbRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &RefurbRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateRefurb>(t::NEW, "/stock/refurbs/new")
        .view()
}
