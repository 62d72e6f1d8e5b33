//! Units: every machine in the field, known by its serial number or IMEI, with its owner, its warranty and its history.
//! A serial that nobody knows does not stop the intake: the unit is recorded and marked abnormal until it is verified.

mod commands;
pub(crate) mod entity;
pub(crate) mod history;
mod model;
pub(crate) mod queries;
pub(crate) mod resale;
pub(crate) mod warranty;

use openapi::master::unit::{
    CreateUnit, GetSerialHistory, GetUnit, ListUnits, LookUpUnit, PutUnit, UpdateUnit, VerifyUnit,
};
use openapi::master::{UNIT_EDIT, UNIT_VIEW};
use platform::http::{Api, read, write};

pub use commands::{AtIntake, HandedIn, Intake};
pub(crate) use commands::{add, at_intake, chosen_in, confirm, handed_in, set_status};

pub(crate) fn mount(api: &mut Api) {
    read::<ListUnits>(api, queries::list);
    read::<LookUpUnit>(api, queries::look_up);
    read::<GetSerialHistory>(api, history::of_serial);
    read::<GetUnit>(api, queries::get);
    write::<CreateUnit>(api, commands::create);
    write::<UpdateUnit>(api, commands::update);
    write::<PutUnit>(api, commands::put);
    write::<VerifyUnit>(api, commands::verify);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::unit::Entity>(UNIT_VIEW, UNIT_EDIT);
}
