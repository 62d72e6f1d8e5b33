//! One user.

use crate::doc::{Act, Control, DetailPage, cell, item};
use crate::field;
use crate::nav::Params;
use crate::pages::identity::{role, station};
use crate::text::{documents, identity as t};
use crate::ui::{InputKind, Tag};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::identity::user::{
    DisableUser, EnableUser, GetUser, PasswordReset, ResetPassword, UnlockUser, User, UserAction,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a user looks like.
pub fn page() -> DetailPage<GetUser> {
    DetailPage::<GetUser>::new()
        .title(|u| format!("{} {}", u.login, u.name))
        .mark(|u| cell::tag(u.state))
        .mark(marks)
        .actions(
            |u| u.allowed.clone(),
            vec![
                (UserAction::Edit, Act::go(|u: &User| format!("{}/edit", super::href(u.id)))),
                (UserAction::ResetPassword, Act::form::<ResetPassword>(|_| vec![one_time()])),
                (UserAction::Unlock, Act::post::<UnlockUser>()),
                (UserAction::Disable, Act::reason::<DisableUser>("reason", 500)),
                (UserAction::Enable, Act::post::<EnableUser>()),
            ],
        )
        .group(documents::BASICS, |u| {
            vec![
                item(t::LOGIN, cell::code(&*u.login)),
                item(t::PERSON, cell::text(&*u.name)),
                item(t::STATION, cell::link(u.org_name.clone(), station::href(u.org_id))),
                item(t::POSITION, cell::maybe(u.position.as_ref())),
                item(t::PHONE, u.phone.as_deref().map_or_else(cell::none, cell::phone)),
                item(t::EMAIL, cell::maybe(u.email.as_ref())),
            ]
        })
        .group(t::ACCESS, |u| {
            vec![
                item(t::LAST_LOGIN, cell::maybe_time(u.last_login_at)),
                item(t::LOGIN_COUNT, cell::text(u.login_count.to_string())),
                item(t::LOCKED_UNTIL, cell::maybe_time(u.locked_until)),
                item(documents::CREATED_AT, cell::time(u.created_at)),
                item(documents::UPDATED_AT, cell::time(u.updated_at)),
            ]
        })
        .side(t::ROLES, roles)
}

fn one_time() -> crate::doc::Field {
    field!(PasswordReset.password, t::FIRST_PASSWORD)
        .control(Control::Input(InputKind::Code))
        .initial(super::one_time_password())
        .hint(t::FIRST_PASSWORD_HINT)
}

fn marks(user: &User) -> AnyView {
    let (locked, fresh) = (user.locked_until.is_some(), user.must_change_password);
    view! {
        {locked.then(|| view! { <Tag label=t::LOCKED tone=Tone::Danger /> })}
        {fresh.then(|| view! { <Tag label=t::MUST_CHANGE tone=Tone::Warning /> })}
    }
    .into_any()
}

fn roles(user: &User) -> AnyView {
    if user.roles.is_empty() {
        return cell::none();
    }
    let one = |role: &openapi::identity::user::RoleName| {
        view! { <li>{cell::link(role.name.clone(), role::href(role.id))}</li> }
    };
    view! { <ul class="plain-list">{user.roles.iter().map(one).collect_view()}</ul> }.into_any()
}
