//! Users: the people who work with the system, known by their employee number. They belong to a station and have
//! roles; a station manager looks after those of the own stations and gives nothing that is not the manager's to give.

pub(crate) mod commands;
pub(crate) mod credential;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::identity::user::{
    CreateUser, DisableUser, EnableUser, GetUser, ListColleagues, ListUsers, ResetPassword, UnlockUser, UpdateUser,
};
use platform::http::{Api, read, staged, write};

pub(crate) fn mount(api: &mut Api) {
    read::<ListUsers>(api, queries::list);
    read::<GetUser>(api, queries::get);
    read::<ListColleagues>(api, queries::colleagues);
    staged::<CreateUser, _>(api, commands::first_hash, commands::create);
    write::<UpdateUser>(api, commands::update);
    write::<DisableUser>(api, commands::disable);
    write::<EnableUser>(api, commands::enable);
    write::<UnlockUser>(api, commands::unlock);
    staged::<ResetPassword, _>(api, commands::reset_hash, commands::reset_password);
}
