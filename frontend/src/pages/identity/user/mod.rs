//! Users: the list, one person, and the form.

mod detail;
mod form;
mod list;

use crate::api::call;
use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::identity as t;
use crate::ui::{Icon, Pick, PickSource};
use futures::FutureExt;
use leptos::prelude::window;
use openapi::identity::user::{Colleague, ColleagueQuery, GetUser, ListColleagues, ListUsers, User, UserRow};
use openapi::identity::{USER_EDIT, USER_VIEW};
use openapi::{Nothing, Plain, Role};
use std::sync::Arc;

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/users", t::USERS, list::list).needs(USER_VIEW).menu(Group::System, Icon::Users),
    Page::new("/system/users/new", t::USER_NEW, form::form).needs(USER_EDIT),
    Page::new("/system/users/:id", t::USER_DETAIL, detail::detail).needs(USER_VIEW),
    Page::new("/system/users/:id/edit", t::USER_EDIT, form::form).needs(USER_EDIT),
];

/// The page of a user.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/system/users/{id}")
}

/// Picks an active user.
pub fn users() -> PickSource {
    let row = |r: &UserRow| pick(r.id.to_string(), &r.name, &r.login, &r.org_name);
    let one = |u: &User| pick(u.id.to_string(), &u.name, &u.login, &u.org_name);
    picker::<ListUsers, GetUser>("state=active", row, one)
}

fn pick(value: String, name: &str, login: &str, station: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: format!("{login} · {station}") }
}

/// Picks an active colleague, whom everybody may know; with a role, one who has it.
pub fn colleagues(role: Option<Role>) -> PickSource {
    let pick = |c: &Colleague| pick(c.id.to_string(), &c.name, &c.login, &c.org_name);
    let found = move |query: ColleagueQuery| call::<ListColleagues>(Nothing, Plain(query), Nothing);
    PickSource {
        search: Arc::new(move |words| {
            let answer = found(ColleagueQuery { q: words.parse().ok(), role, ..ColleagueQuery::default() });
            async move { Ok(answer.await.map_err(|e| e.message())?.items.iter().map(pick).collect()) }.boxed_local()
        }),
        resolve: Arc::new(move |id| {
            let answer = found(ColleagueQuery { id: id.parse().ok(), ..ColleagueQuery::default() });
            async move { answer.await.ok()?.items.first().map(pick) }.boxed_local()
        }),
    }
}

/// A password that is easy to read out: twelve characters of an alphabet without look-alikes.
fn one_time_password() -> String {
    const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 12];
    let random = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if random.is_err() {
        return String::new();
    }
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()));
    let letters: Vec<char> = letters.map(|letter| char::from(*letter)).collect();
    letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
