//! The plans of the own station; at headquarters, those of all.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::identity::station::stations;
use crate::text::{documents, parts_plan as t, stock};
use leptos::prelude::AnyView;
use openapi::stock::plan::{CreatePartsPlan, ListPartsPlans, PartsPlanKind, PartsPlanRow, PartsPlanState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListPartsPlans>::new("parts-plans", t::TITLE)
        .search_hint(t::SEARCH)
        .filter(Filter::choices::<PartsPlanState>("state", stock::STATE))
        .filter(Filter::choices::<PartsPlanKind>("kind", t::KIND))
        .filter(Filter::month("month", t::MONTH))
        .filter(Filter::pick("org_id", stock::STATION, stations()))
        .filter(Filter::created())
        .preset(t::TO_CONSOLIDATE, "state=submitted")
        .preset(t::IN_SUPPLY, "state=approved")
        .column(Column::new("number", stock::NUMBER, |r: &PartsPlanRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &PartsPlanRow| cell::tag(r.state)))
        .column(Column::new("org_name", stock::STATION, |r: &PartsPlanRow| cell::text(&*r.org_name)))
        .column(Column::new("kind", t::KIND, |r: &PartsPlanRow| cell::tag(r.kind)))
        .column(Column::new("month", t::MONTH, |r: &PartsPlanRow| cell::text(r.month.to_string())))
        .column(Column::new("needed_on", t::NEEDED_ON, |r: &PartsPlanRow| cell::maybe_date(r.needed_on)))
        .column(Column::new("reason", t::REASON, |r: &PartsPlanRow| cell::maybe(r.reason.as_ref())))
        .column(Column::new("total_quantity", t::TOTAL, |r: &PartsPlanRow| cell::quantity(r.total_quantity)).right())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &PartsPlanRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &PartsPlanRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreatePartsPlan>(t::NEW, "/stock/parts-plans/new")
        .view()
}
