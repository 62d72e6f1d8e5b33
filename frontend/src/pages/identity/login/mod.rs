//! Sign-ins: who was here, who is here now, and every attempt.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{Group, Page, Params};
use crate::pages::identity::{station, user};
use crate::text::{self, identity as t};
use crate::ui::{Icon, Tag};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::identity::LOGIN_VIEW;
use openapi::identity::login::{ListLoginEvents, ListLogins, LoginEvent, LoginOutcome, LoginRow};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/logins", t::LOGINS, overview).needs(LOGIN_VIEW).menu(Group::System, Icon::User),
    Page::new("/system/login-events", t::LOGIN_LOG, events).needs(LOGIN_VIEW).menu(Group::System, Icon::Document),
];

/// Person by person.
fn overview(_: &Params) -> AnyView {
    ListPage::<ListLogins>::new("logins", t::LOGINS)
        .filter(Filter::pick("org_id", t::STATION, station::stations()))
        .filter(Filter::flag("is_online", t::ONLINE))
        .filter(Filter::flag("never", t::NEVER))
        .preset(t::ONLINE, "is_online=true")
        .preset(t::NEVER, "never=true")
        .column(Column::new("login", t::LOGIN, |r: &LoginRow| cell::code(&*r.login)).width("7em"))
        .column(Column::new("name", t::PERSON, |r: &LoginRow| cell::text(&*r.name)))
        .column(Column::new("org", t::STATION, |r: &LoginRow| cell::text(r.org_name.clone())).field("org_name"))
        .column(Column::new("online", t::STATE, presence).field("is_online"))
        .column(
            Column::new("last", t::LAST_LOGIN, |r: &LoginRow| cell::maybe_time(r.last_login_at)).field("last_login_at"),
        )
        .column(Column::new("ip", t::IP, |r: &LoginRow| cell::maybe(r.last_login_ip.as_ref())).field("last_login_ip"))
        .column(
            Column::new("count", t::LOGIN_COUNT, |r: &LoginRow| cell::text(r.login_count.to_string()))
                .field("login_count")
                .right(),
        )
        .column(
            Column::new("failures", t::FAILURES, |r: &LoginRow| cell::text(r.failure_count.to_string()))
                .field("failure_count")
                .right(),
        )
        .column(
            Column::new("agent", t::BROWSER, |r: &LoginRow| cell::maybe(r.last_login_agent.as_ref()))
                .field("last_login_agent")
                .hidden(),
        )
        .open(|r| user::href(r.id))
        .view()
}

fn presence(row: &LoginRow) -> AnyView {
    if row.locked_until.is_some() {
        view! { <Tag label=t::LOCKED tone=Tone::Danger /> }.into_any()
    } else if row.is_online {
        view! { <Tag label=t::ONLINE tone=Tone::Success /> }.into_any()
    } else {
        cell::none()
    }
}

/// Attempt by attempt.
fn events(_: &Params) -> AnyView {
    ListPage::<ListLoginEvents>::new("login-events", t::LOGIN_LOG)
        .filter(Filter::choices::<LoginOutcome>("outcome", t::OUTCOME))
        .filter(Filter::pick("user_id", t::PERSON, user::users()))
        .filter(Filter::created())
        .column(Column::new("created_at", t::WHEN, |r: &LoginEvent| cell::time(r.created_at)))
        .column(Column::new("login", t::LOGIN, |r: &LoginEvent| cell::code(r.login.clone())))
        .column(Column::new("outcome", t::OUTCOME, |r: &LoginEvent| cell::tag(r.outcome)))
        .column(Column::new("ip", t::IP, |r: &LoginEvent| cell::text(r.ip.clone())))
        .column(
            Column::new("agent", t::BROWSER, |r: &LoginEvent| cell::text(text::browser(&r.user_agent)))
                .field("user_agent"),
        )
        .view()
}
