//! Warehouses: where a station keeps its good parts, bad parts, whole units and loaners, and who answers for them.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod queries;

use openapi::master::warehouse::{
    ActivateWarehouse, CreateWarehouse, DeactivateWarehouse, GetWarehouse, ListWarehouses, UpdateWarehouse,
};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListWarehouses>(api, queries::list);
    read::<GetWarehouse>(api, queries::get);
    write::<CreateWarehouse>(api, commands::create);
    write::<UpdateWarehouse>(api, commands::update);
    write::<DeactivateWarehouse>(api, commands::deactivate);
    write::<ActivateWarehouse>(api, commands::activate);
}
