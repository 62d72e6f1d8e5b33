//! The teams.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::identity::{station, user};
use crate::text::{base, documents, identity as t};
use leptos::prelude::AnyView;
use openapi::identity::team::{CreateTeam, ListTeams, TeamRow};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListTeams>::new("teams", t::TEAMS)
        .search_hint(t::TEAM_SEARCH)
        .filter(Filter::pick("org_id", t::STATION, station::stations()))
        .filter(Filter::pick("user_id", t::PERSON, user::colleagues(None)))
        .filter(Filter::flag("is_active", base::IS_ACTIVE))
        .column(Column::new("name", t::NAME, |r: &TeamRow| cell::text(&*r.name)))
        .column(Column::new("org", t::STATION, |r: &TeamRow| cell::text(&*r.org_name)).field("org_name"))
        .column(Column::new("leader", t::LEADER, |r: &TeamRow| cell::text(&*r.leader_name)).field("leader_name"))
        .column(
            Column::new("members", t::MEMBERS, |r: &TeamRow| cell::text(r.member_count.to_string()))
                .field("member_count")
                .right(),
        )
        .column(Column::new("territory", t::TERRITORY, |r: &TeamRow| cell::maybe(r.territory.as_ref())))
        .column(
            Column::new("is_active", base::STATE, |r: &TeamRow| {
                cell::label(if r.is_active { base::IN_USE } else { base::OUT_OF_USE })
            })
            .words(&[("true", base::IN_USE), ("false", base::OUT_OF_USE)]),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &TeamRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateTeam>(t::TEAM_NEW, "/system/teams/new")
        .view()
}
