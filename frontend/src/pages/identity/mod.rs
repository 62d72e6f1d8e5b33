//! People and places: stations, users, roles, sign-ins.

pub mod login;
pub mod role;
pub mod station;
pub mod user;
