//! Who I am, what I may do, where I am signed in.

use super::devices::Devices;
use crate::api::session;
use crate::doc::{PageHead, cell, item};
use crate::nav::{self, Params};
use crate::shell::PasswordForm;
use crate::text::{self, account as t, shell};
use crate::ui::{Icon, LinkButton};
use leptos::prelude::*;
use openapi::identity::session::{HeldPermission, Me};

/// The profile.
pub fn profile(_: &Params) -> AnyView {
    let body = move || session::me().map(mine);
    view! {
        <PageHead title=shell::PROFILE>
            <LinkButton label=shell::CHANGE_PASSWORD href="/account/password" glyph=Icon::Lock />
        </PageHead>
        <div class="detail split">
            <div class="detail-main">{body}</div>
            <div class="detail-side"><Devices /></div>
        </div>
    }
    .into_any()
}

fn mine(me: Me) -> AnyView {
    let items = vec![
        item(t::NAME, cell::text(me.name)),
        item(t::LOGIN, cell::code(me.login)),
        item(t::STATION, cell::text(me.org_name)),
        item(t::ROLES, cell::text(me.roles.join("、"))),
    ];
    let permission = |held: HeldPermission| {
        let known = openapi::registry::permissions().find(|p| p.code == held.code);
        let code = held.code;
        let label = move || known.map_or_else(|| code.clone(), |p| text::permission_label(p).to_owned());
        view! { <li><span class="grow">{label}</span>{cell::tag(held.scope)}</li> }
    };
    view! {
        <section class="card"><h2 class="card-title">{t::MY_DATA}</h2>{crate::doc::draw_items(items)}</section>
        <section class="card"><h2 class="card-title">{t::PERMISSIONS}</h2>
            <ul class="rights">{me.permissions.into_iter().map(permission).collect_view()}</ul></section>
    }
    .into_any()
}

/// The change of the own password.
pub fn password(_: &Params) -> AnyView {
    view! {
        <PageHead title=shell::CHANGE_PASSWORD />
        <section class="card narrow"><PasswordForm done=|()| nav::go("/account") /></section>
    }
    .into_any()
}
