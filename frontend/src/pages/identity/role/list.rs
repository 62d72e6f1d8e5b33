//! The roles.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{documents, identity as t};
use leptos::prelude::*;
use openapi::identity::role::{CreateRole, ListRoles, RoleRow};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListRoles>::new("roles", t::ROLES_TITLE)
        .filter(Filter::flag("is_preset", t::PRESET))
        .column(Column::new("name_zh", t::NAME, |r: &RoleRow| {
            let (zh, en) = (r.name_zh.to_string(), r.name_en.to_string());
            view! { {move || super::in_language(&zh, &en)} }.into_any()
        }))
        .column(Column::new("code", t::CODE, |r: &RoleRow| cell::code(r.code.clone())))
        .column(Column::new("preset", t::PRESET, |r: &RoleRow| cell::yes_no(r.is_preset)).field("is_preset"))
        .column(
            Column::new("station", t::STATION_ROLE, |r: &RoleRow| cell::yes_no(r.is_station_role))
                .field("is_station_role"),
        )
        .column(
            Column::new("members", t::MEMBERS, |r: &RoleRow| cell::text(r.member_count.to_string()))
                .field("member_count")
                .right(),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &RoleRow| cell::time(r.updated_at)))
        .open(|r| super::href(r.id))
        .create::<CreateRole>(t::ROLE_NEW, "/system/roles/new")
        .view()
}
