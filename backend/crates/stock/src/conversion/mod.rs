//! Conversions: an old unit comes apart into a board and parts that repairs can use, or parts become a unit that can be
//! sold. Value neither appears nor is lost: parts share the value of the unit by the shares of the formula, a unit is worth
//! the sum of its parts.

mod commands;
pub(crate) mod entity;
mod model;
mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::stock::conversion::{
    CreateConversion, GetConversion, ListConversions, PostConversion, ReverseConversion, UpdateConversion,
    VoidConversion,
};
use openapi::stock::{CONVERSION_EDIT, CONVERSION_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListConversions>(api, queries::list);
    read::<GetConversion>(api, queries::get);
    printed::<GetConversion>(api, &[DocKind::Conversion], queries::get, slip::slip);
    write::<CreateConversion>(api, commands::create);
    write::<UpdateConversion>(api, commands::update);
    write::<PostConversion>(api, commands::post);
    write::<ReverseConversion>(api, commands::reverse);
    write::<VoidConversion>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::conversion::Entity>(CONVERSION_VIEW, CONVERSION_EDIT);
}
