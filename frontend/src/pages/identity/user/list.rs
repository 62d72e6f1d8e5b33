//! The users.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::identity::{role, station};
use crate::text::{documents, identity as t};
use crate::ui::Tag;
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::identity::user::{CreateUser, ListUsers, UserRow, UserState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListUsers>::new("users", t::USERS)
        .search_hint(t::USER_SEARCH)
        .filter(Filter::choices::<UserState>("state", t::STATE))
        .filter(Filter::pick("org_id", t::STATION, station::stations()))
        .filter(Filter::pick("role_id", t::ROLE, role::roles()))
        .filter(Filter::text("login", t::LOGIN))
        .preset(t::ACTIVE_ONLY, "state=active")
        .column(Column::new("login", t::LOGIN, |r: &UserRow| cell::code(&*r.login)).width("7em"))
        .column(Column::new("name", t::PERSON, |r: &UserRow| cell::text(&*r.name)))
        .column(Column::new("org", t::STATION, |r: &UserRow| cell::text(r.org_name.clone())).field("org_name"))
        .column(Column::new("roles", t::ROLES, |r: &UserRow| cell::text(role_names(r))).field("roles/*/name"))
        .column(Column::new("phone", t::PHONE, |r: &UserRow| {
            r.phone.as_deref().map_or_else(cell::none, cell::phone_text)
        }))
        .column(Column::new("position", t::POSITION, |r: &UserRow| cell::maybe(r.position.as_ref())))
        .column(Column::new("state", t::STATE, state).also("is_locked", t::LOCKED))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &UserRow| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &UserRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateUser>(t::USER_NEW, "/system/users/new")
        .view()
}

fn role_names(row: &UserRow) -> String {
    row.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join("、")
}

fn state(row: &UserRow) -> AnyView {
    if row.is_locked { view! { <Tag label=t::LOCKED tone=Tone::Danger /> }.into_any() } else { cell::tag(row.state) }
}
