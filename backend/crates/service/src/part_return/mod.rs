//! Old parts that go back to headquarters: what a finished repair leaves behind and somebody other than the customer paid
//! for is owed until a day; a return takes it along by a transfer; headquarters says of each what it found, and what is
//! missing, wrong or late is kept back from the station by rules that the company sets.

mod commands;
pub(crate) mod entity;
pub(crate) mod invariant;
mod model;
mod owe;
mod owed_queries;
mod queries;
mod slip;
mod summary;

pub(crate) use owe::{cancel, note};

use openapi::document::DocKind;
use openapi::service::owed_part::{
    GetOwedPart, GetOwedPartSummary, GetPartReturnPolicy, ListOwedParts, RestoreOwedPart, SetPartReturnPolicy,
    WaiveOwedPart,
};
use openapi::service::part_return::{
    CreatePartReturn, ExaminePartReturn, GetPartReturn, ListPartReturns, RecallPartReturn, ReopenPartReturn,
    ShipPartReturn, UpdatePartReturn, VoidPartReturn,
};
use openapi::service::{OWED_PART_VIEW, PART_RETURN_EDIT};
use platform::http::{Api, read, report, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListOwedParts>(api, owed_queries::list);
    report::<GetOwedPartSummary>(api, summary::summary);
    read::<GetOwedPart>(api, owed_queries::get);
    printed::<GetOwedPart>(api, &[DocKind::OwedPart], owed_queries::get, slip::label);
    write::<WaiveOwedPart>(api, owe::waive);
    write::<RestoreOwedPart>(api, owe::restore);
    read::<GetPartReturnPolicy>(api, owe::rules_now);
    write::<SetPartReturnPolicy>(api, owe::set_rules);
    read::<ListPartReturns>(api, queries::list);
    read::<GetPartReturn>(api, queries::get);
    printed::<GetPartReturn>(api, &[DocKind::PartReturn], queries::get, slip::list);
    write::<CreatePartReturn>(api, commands::create);
    write::<UpdatePartReturn>(api, commands::update);
    write::<ShipPartReturn>(api, commands::ship);
    write::<ExaminePartReturn>(api, commands::examine);
    write::<RecallPartReturn>(api, commands::recall);
    write::<ReopenPartReturn>(api, commands::reopen);
    write::<VoidPartReturn>(api, commands::void);
}

pub(crate) fn listen(bus: &mut platform::Bus) {
    bus.on(|tx, event: &stock::api::OldPartsLeaving| Box::pin(owe::keep(tx, event)));
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::owed::Entity>(OWED_PART_VIEW, PART_RETURN_EDIT);
    subjects.head::<entity::back::Entity>(OWED_PART_VIEW, PART_RETURN_EDIT);
}
