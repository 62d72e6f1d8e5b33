//! The revaluations.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, revaluation as t, stock};
use leptos::prelude::AnyView;
use openapi::stock::revaluation::{CreateRevaluation, ListRevaluations, RevaluationRow, RevaluationState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRevaluations>::new("revaluations", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<RevaluationState>("state", stock::STATE))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::created())
        .preset(t::TO_APPROVE, "state=submitted")
        .column(Column::new("number", stock::NUMBER, |r: &RevaluationRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &RevaluationRow| cell::tag(r.state)))
        .column(Column::new("org_name", stock::STATION, |r: &RevaluationRow| cell::text(&*r.org_name)))
        .column(Column::new("reason", t::WHY, |r: &RevaluationRow| cell::text(&*r.reason)))
        .column(
            Column::new("difference", t::DIFFERENCE, |r: &RevaluationRow| {
                r.difference.map_or_else(cell::none, cell::money)
            })
            .right(),
        )
        .column(Column::new("posted_at", stock::POSTED_AT, |r: &RevaluationRow| cell::maybe_time(r.posted_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &RevaluationRow| cell::time(r.created_at)))
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &RevaluationRow| cell::time(r.updated_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateRevaluation>(t::NEW, "/stock/revaluations/new")
        .view()
}
