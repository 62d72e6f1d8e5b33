//! Forms and changes a team.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::identity::{station, user};
use crate::text::{base, documents, identity as t};
use leptos::prelude::AnyView;
use openapi::identity::team::{CreateTeam, GetTeam, Team, TeamDraft, UpdateTeam};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("team", t::TEAM_NEW, t::TEAM_EDIT, "/system/teams")
        .section(
            documents::BASICS,
            vec![
                field!(TeamDraft.name, t::NAME),
                field!(TeamDraft.org_id, t::STATION).pick(station::stations()).hint(base::ORG_HINT),
                field!(TeamDraft.leader_id, t::LEADER).pick(user::colleagues(None)),
                Field::picks("member_ids", t::TEAM_MEMBERS, user::colleagues(None), 100).hint(t::MEMBERS_HINT),
                field!(TeamDraft.territory, t::TERRITORY).wide(),
                field!(TeamDraft.remark, t::REMARK),
                field!(TeamDraft.is_active, base::IS_ACTIVE).initial("true"),
            ],
        )
        .create::<CreateTeam>(saved)
        .edit::<GetTeam, UpdateTeam>(saved)
        .view(params)
}

fn saved(team: &Team) -> Saved {
    Saved { name: team.name.to_string(), href: super::href(team.id) }
}
