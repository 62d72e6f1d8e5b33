//! One station.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, cell, item};
use crate::nav::Params;
use crate::text::{documents, identity as t};
use crate::ui::{Icon, LinkButton};
use leptos::prelude::*;
use openapi::identity::station::{CloseStation, GetStation, ReopenStation, Station, StationAction};
use openapi::identity::{STATION_EDIT, USER_VIEW};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    DetailPage::<GetStation>::new()
        .title(|s| s.name.to_string())
        .mark(|s| cell::tag(s.kind))
        .mark(|s| cell::tag(s.state))
        .actions(
            |s| s.allowed.clone(),
            vec![
                (StationAction::Edit, Act::go(|s: &Station| format!("{}/edit", super::href(s.id)))),
                (StationAction::Close, Act::confirm::<CloseStation>(t::CLOSE_WHAT)),
                (StationAction::Reopen, Act::post::<ReopenStation>()),
            ],
        )
        .group(documents::BASICS, |s| {
            vec![
                item(t::CODE, cell::code(&*s.code)),
                item(t::PARENT, parent(s)),
                item(t::PATH, cell::code(s.path.clone())),
                item(t::GRADE, cell::maybe(s.grade.as_ref())),
                item(documents::CREATED_AT, cell::time(s.created_at)),
                item(documents::UPDATED_AT, cell::time(s.updated_at)),
            ]
        })
        .group(t::REACH, |s| {
            vec![
                item(t::CONTACT, cell::maybe(s.contact.as_ref())),
                item(t::PHONE, s.phone.as_deref().map_or_else(cell::none, cell::phone)),
                item(t::REGION, cell::maybe(s.region.as_ref())),
                item(t::ADDRESS, cell::maybe(s.address.as_ref())),
                item(t::REMARK, cell::note(s.remark.as_deref())).wide(),
            ]
        })
        .side(t::PEOPLE, people)
        .view(params)
}

fn parent(station: &Station) -> AnyView {
    match (station.parent_id, &station.parent_name) {
        (Some(id), Some(name)) => cell::link(name.clone(), super::href(id)),
        _ => cell::none(),
    }
}

fn people(station: &Station) -> AnyView {
    let (id, count) = (station.id, station.user_count);
    view! {
        <p class="number">{move || t::PEOPLE_COUNT.with("count", count).to_string()}</p>
        {move || may(USER_VIEW).then(|| {
            view! { <LinkButton label=t::SHOW_PEOPLE glyph=Icon::Users href=format!("/system/users?org_id={id}") /> }
        })}
        " "
        {move || may(STATION_EDIT).then(|| {
            view! { <LinkButton label=t::ADD_BELOW glyph=Icon::Plus href=format!("/system/stations/new?parent_id={id}") /> }
        })}
    }
    .into_any()
}
