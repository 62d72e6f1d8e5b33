//! One team.

use crate::doc::{DetailPage, Lines, cell, item};
use crate::nav::Params;
use crate::pages::identity::user;
use crate::text::{base, documents, identity as t};
use crate::ui::{Align, Tag};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::identity::team::{GetTeam, TeamMember, UpdateTeam};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What it looks like.
pub fn page() -> DetailPage<GetTeam> {
    DetailPage::<GetTeam>::new()
        .title(|team| team.name.to_string())
        .edit::<UpdateTeam>()
        .group(documents::BASICS, |team| {
            vec![
                item(t::STATION, cell::text(&*team.org_name)),
                item(t::LEADER, cell::text(&*team.leader_name)),
                item(t::TERRITORY, cell::maybe(team.territory.as_ref())),
                item(base::STATE, cell::label(if team.is_active { base::IN_USE } else { base::OUT_OF_USE })),
                item(t::REMARK, cell::note(team.remark.as_deref())).wide(),
                item(documents::UPDATED_AT, cell::time(team.updated_at)),
            ]
        })
        .lines(t::TEAM_MEMBERS, |team| {
            Lines::of(
                &team.members,
                vec![
                    (t::LOGIN, Align::Left, |m: &TeamMember| cell::link(m.login.to_string(), user::href(m.user_id))),
                    (t::PERSON, Align::Left, |m: &TeamMember| cell::text(&*m.name)),
                    (t::LEADER, Align::Left, |m: &TeamMember| {
                        if m.is_leader {
                            view! { <Tag label=t::LEADER tone=Tone::Info /> }.into_any()
                        } else {
                            ().into_any()
                        }
                    }),
                ],
            )
        })
}
