//! One role.

use crate::api::{Options, send};
use crate::doc::problem::error_toast;
use crate::doc::{Act, DetailPage, Field, cell, item};
use crate::nav::{self, Params};
use crate::pages::identity::user::users;
use crate::text::{documents, identity as t};
use crate::ui::{Look, Notice, Question, Tag, ask, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::{Choice, Tone};
use openapi::identity::role::{AddRoleMembers, DeleteRole, GetRole, RemoveRoleMembers, RoleAction, RoleDetail};
use openapi::{ById, Nothing, Role};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    DetailPage::<GetRole>::new()
        .title(|r| super::in_language(&r.name_zh, &r.name_en))
        .mark(
            |r| if r.is_preset { view! { <Tag label=t::PRESET tone=Tone::Info /> }.into_any() } else { ().into_any() },
        )
        .actions(
            |r| r.allowed.clone(),
            vec![
                (RoleAction::Edit, Act::go(|r: &RoleDetail| format!("{}/edit", super::href(r.id)))),
                (RoleAction::Assign, Act::form::<AddRoleMembers>(|_| vec![people()])),
                (RoleAction::Delete, Act::run(remove)),
            ],
        )
        .group(documents::BASICS, |r| {
            vec![
                item(t::CODE, cell::code(r.code.clone())),
                item(t::NAME_ZH, cell::text(&*r.name_zh)),
                item(t::NAME_EN, cell::text(&*r.name_en)),
                item(t::STATION_ROLE, cell::yes_no(r.is_station_role)),
                item(documents::UPDATED_AT, cell::time(r.updated_at)),
                item(t::REMARK, cell::note(r.remark.as_deref())).wide(),
            ]
        })
        .card(t::GRANTS, rights)
        .side(t::MEMBERS, members)
        .view(params)
}

fn people() -> Field {
    Field::picks("user_ids", t::PERSON, users(), 200).required()
}

fn rights(role: &RoleDetail) -> AnyView {
    let all =
        (role.code == Role::Administrator.as_str()).then(|| view! { <Notice tone=Tone::Info text=t::ALL_RIGHTS /> });
    view! { {all}{super::matrix::show(&role.grants)} }.into_any()
}

fn members(role: &RoleDetail) -> AnyView {
    let (id, count) = (role.id, role.member_count);
    let take = (role.allowed.contains(&RoleAction::Assign) && count > 0)
        .then(|| Act::form::<RemoveRoleMembers>(|_| vec![people()]).button(t::REMOVE_MEMBERS, Look::Plain, role));
    view! {
        <p class="number">{count}</p>
        {cell::link(t::SHOW_PEOPLE.get(), format!("/system/users?role_id={id}"))}
        " "
        {take}
    }
    .into_any()
}

fn remove(role: &RoleDetail) {
    let (id, version, name) = (role.id, role.version, super::in_language(&role.name_zh, &role.name_en));
    spawn_local(async move {
        let question = Question {
            title: name,
            text: t::DELETE_WHAT.get().to_owned(),
            confirm: crate::text::choice(RoleAction::Delete).to_owned(),
            danger: true,
            ..Question::default()
        };
        if ask(question).await.is_none() {
            return;
        }
        match send::<DeleteRole>(ById { id }, Nothing, Nothing, Options::if_match(version)).await {
            Ok(()) => {
                toast::success(t::DELETED.get());
                nav::go("/system/roles");
            }
            Err(error) => error_toast(&error),
        }
    });
}
