//! Teams: people of one station who work together. A right that reaches as far as the team shows a member what any of
//! the team does at that station.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::identity::team::{CreateTeam, GetTeam, ListTeams, UpdateTeam};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListTeams>(api, queries::list);
    read::<GetTeam>(api, queries::get);
    write::<CreateTeam>(api, commands::create);
    write::<UpdateTeam>(api, commands::update);
}
