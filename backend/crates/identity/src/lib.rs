//! People and places: stations, users, roles, teams, sessions.

pub mod api;
mod authority;
mod install;
mod people;
mod role;
mod session;
mod station;
mod team;
mod user;

pub use install::{FIRST_LOGIN, install};
pub use people::People;

use openapi::problem::field;
use platform::Constraint;
use platform::http::Api;

/// What violated constraints of this domain mean.
pub const CONSTRAINTS: &[Constraint] = &[
    Constraint { name: "uq_org_code", columns: "org.code", code: field::TAKEN, pointer: "/code" },
    Constraint { name: "uq_org_path", columns: "org.path", code: field::TAKEN, pointer: "/code" },
    Constraint { name: "uq_app_user_login", columns: "app_user.login", code: field::TAKEN, pointer: "/login" },
    Constraint { name: "uq_team_name", columns: "team.org_id, team.name", code: field::TAKEN, pointer: "/name" },
    Constraint { name: "uq_role_code", columns: "role.code", code: field::TAKEN, pointer: "/code" },
];

/// Mounts the endpoints of this domain.
pub fn mount(api: &mut Api) {
    session::mount(api);
    station::mount(api);
    user::mount(api);
    role::mount(api);
    team::mount(api);
}
