//! Roles: the list, one role with its rights, and the form with the matrix.

mod detail;
mod form;
mod list;
mod matrix;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::{identity as t, lang};
use crate::ui::{Icon, Pick, PickSource};
use openapi::Lang;
use openapi::identity::role::{GetRole, ListRoles, RoleDetail, RoleRow};
use openapi::identity::{ROLE_EDIT, ROLE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/roles", t::ROLES_TITLE, list::list).needs(ROLE_VIEW).menu(Group::System, Icon::Lock),
    Page::new("/system/roles/new", t::ROLE_NEW, form::form).needs(ROLE_EDIT),
    Page::new("/system/roles/:id", t::ROLE_DETAIL, detail::detail).needs(ROLE_VIEW),
    Page::new("/system/roles/:id/edit", t::ROLE_EDIT, form::form).needs(ROLE_EDIT),
];

/// The page of a role.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/system/roles/{id}")
}

/// Picks a role.
pub fn roles() -> PickSource {
    let row = |r: &RoleRow| pick(r.id.to_string(), &r.name_zh, &r.name_en, &r.code);
    let one = |r: &RoleDetail| pick(r.id.to_string(), &r.name_zh, &r.name_en, &r.code);
    picker::<ListRoles, GetRole>("", row, one)
}

fn pick(value: String, zh: &str, en: &str, code: &str) -> Pick {
    Pick { value, label: in_language(zh, en), detail: code.to_owned() }
}

/// The name in the chosen language.
fn in_language(zh: &str, en: &str) -> String {
    if lang() == Lang::Zh { zh.to_owned() } else { en.to_owned() }
}
