//! Stations: the tree from the headquarters over the regions down to the service stations. A station's path names the
//! codes from the root down to it, and the path is what "this station and everything below it" means in every query.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::identity::station::{
    CloseStation, CreateStation, GetStation, GetStationName, GetStationTree, ListStationNames, ListStations,
    ReopenStation, UpdateStation,
};
use platform::http::{Api, read, write};

pub(crate) use commands::open;

pub(crate) fn mount(api: &mut Api) {
    read::<GetStationTree>(api, queries::tree);
    read::<ListStations>(api, queries::list);
    read::<GetStation>(api, queries::get);
    read::<ListStationNames>(api, queries::names);
    read::<GetStationName>(api, queries::name);
    write::<CreateStation>(api, commands::create);
    write::<UpdateStation>(api, commands::update);
    write::<CloseStation>(api, commands::close);
    write::<ReopenStation>(api, commands::reopen);
}
