//! People and places: stations, users, roles, teams, sign-ins.

pub mod login;
pub mod role;
pub mod station;
pub mod team;
pub mod user;
