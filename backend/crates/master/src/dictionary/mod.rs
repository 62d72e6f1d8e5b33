//! Dictionaries: the short lists that documents choose from, such as faults, repair methods and warranty states.
//! All lists are one document; which attributes an entry carries is data of the contract. An entry is never
//! removed, because documents keep pointing at it; it is taken out of use.

mod commands;
pub(crate) mod entity;
mod model;
pub(crate) mod preset;
pub(crate) mod queries;

use openapi::master::dictionary::{
    ActivateDictionaryEntry, CreateDictionaryEntry, DeactivateDictionaryEntry, GetDictionaryEntry,
    ListDictionaryEntries, UpdateDictionaryEntry,
};
use platform::http::{Api, read, write};

pub(crate) use commands::add;

pub(crate) fn mount(api: &mut Api) {
    read::<ListDictionaryEntries>(api, queries::list);
    read::<GetDictionaryEntry>(api, queries::get);
    write::<CreateDictionaryEntry>(api, commands::create);
    write::<UpdateDictionaryEntry>(api, commands::update);
    write::<DeactivateDictionaryEntry>(api, commands::deactivate);
    write::<ActivateDictionaryEntry>(api, commands::activate);
}
