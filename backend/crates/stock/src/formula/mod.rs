//! Formulas: which parts a model comes apart into, with the share of its cost that each carries. Headquarters keeps
//! them for every station. A document that uses one takes its parts over, so that a later change leaves it as it was.

mod commands;
pub(crate) mod entity;
mod model;
mod queries;

pub(crate) use model::shares;
pub(crate) use queries::{editions, usable};

use openapi::stock::formula::{CreateFormula, GetFormula, ListFormulas, UpdateFormula};
use platform::http::{Api, read, write};

pub(crate) fn mount(api: &mut Api) {
    read::<ListFormulas>(api, queries::list);
    read::<GetFormula>(api, queries::get);
    write::<CreateFormula>(api, commands::create);
    write::<UpdateFormula>(api, commands::update);
}
