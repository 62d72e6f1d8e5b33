//! Products: whole units, boards, parts, accessories and services that are stocked, sold or used in repairs.
//! What a thing costs is shown only to those who may see it.

mod commands;
pub(crate) mod entity;
pub(crate) mod model;
pub(crate) mod queries;

use openapi::master::product::{
    ActivateProduct, CreateProduct, DeactivateProduct, GetProduct, ListProducts, PutProduct, UpdateProduct,
};
use openapi::master::{PRODUCT_EDIT, PRODUCT_VIEW};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListProducts>(api, queries::list);
    read::<GetProduct>(api, queries::get);
    write::<CreateProduct>(api, commands::create);
    write::<UpdateProduct>(api, commands::update);
    write::<PutProduct>(api, commands::put);
    write::<DeactivateProduct>(api, commands::deactivate);
    write::<ActivateProduct>(api, commands::activate);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::product::Entity>(PRODUCT_VIEW, PRODUCT_EDIT);
}
