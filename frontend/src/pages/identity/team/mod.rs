//! Teams: the list, one team, and the form.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::identity as t;
use crate::ui::Icon;
use openapi::identity::{TEAM_EDIT, TEAM_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/teams", t::TEAMS, list::list).needs(TEAM_VIEW).menu(Group::System, Icon::Users),
    Page::new("/system/teams/new", t::TEAM_NEW, form::form).needs(TEAM_EDIT),
    Page::new("/system/teams/:id", t::TEAM, detail::detail).needs(TEAM_VIEW),
    Page::new("/system/teams/:id/edit", t::TEAM_EDIT, form::form).needs(TEAM_EDIT),
];

/// The page of a team.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/system/teams/{id}")
}
