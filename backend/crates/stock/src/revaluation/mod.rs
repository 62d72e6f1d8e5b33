//! Revaluations: the market price of goods has changed, and with it what those in the warehouses of a station cost.
//! Nothing moves but value. Somebody else than the writer approves, and the quantities are those of that moment.

mod commands;
pub(crate) mod entity;
mod goods;
mod model;
mod queries;
mod slip;

use openapi::document::DocKind;
use openapi::stock::revaluation::{
    ApproveRevaluation, CreateRevaluation, GetRevaluation, ListRevaluations, RejectRevaluation, ReverseRevaluation,
    SubmitRevaluation, UpdateRevaluation, VoidRevaluation,
};
use openapi::stock::{REVALUATION_EDIT, REVALUATION_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListRevaluations>(api, queries::list);
    read::<GetRevaluation>(api, queries::get);
    printed::<GetRevaluation>(api, &[DocKind::Revaluation], queries::get, slip::slip);
    write::<CreateRevaluation>(api, commands::create);
    write::<UpdateRevaluation>(api, commands::update);
    write::<SubmitRevaluation>(api, commands::submit);
    write::<ApproveRevaluation>(api, commands::approve);
    write::<RejectRevaluation>(api, commands::reject);
    write::<ReverseRevaluation>(api, commands::reverse);
    write::<VoidRevaluation>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::revaluation::Entity>(REVALUATION_VIEW, REVALUATION_EDIT);
}
