//! Parts plans (配件计划): a station says what it wants for a month or at once, filled from the stock analysis;
//! headquarters consolidates all stations, approves line by line, and lets requisitions supply what it approved. How far
//! the supply of a line is follows from those requisitions and their transfers; the plan itself keeps nothing of it, but ends
//! when all of it has come.

pub(crate) mod arrival;
mod commands;
mod consolidation;
pub(crate) mod entity;
mod grant;
mod model;
mod queries;
mod slip;
mod suggestion;
mod supply;

pub use consolidation::{Held, demands, hold, ordered};

use openapi::document::DocKind;
use openapi::stock::plan::{
    ApprovePartsPlan, CancelPartsPlan, ClosePartsPlan, CreatePartsPlan, DecidePartsPlanLines, GetPartsPlan,
    ListPartsPlans, RequisitionPartsPlanLines, SendBackPartsPlan, SubmitPartsPlan, SuggestPartsPlan, UpdatePartsPlan,
};
use openapi::stock::{PARTS_PLAN_EDIT, PARTS_PLAN_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListPartsPlans>(api, queries::list);
    read::<GetPartsPlan>(api, queries::get);
    printed::<GetPartsPlan>(api, &[DocKind::PartsPlan], queries::get, slip::slip);
    write::<CreatePartsPlan>(api, commands::create);
    write::<UpdatePartsPlan>(api, commands::update);
    write::<SuggestPartsPlan>(api, suggestion::suggest);
    write::<SubmitPartsPlan>(api, commands::submit);
    write::<ApprovePartsPlan>(api, grant::approve);
    write::<SendBackPartsPlan>(api, commands::send_back);
    write::<ClosePartsPlan>(api, commands::close);
    write::<CancelPartsPlan>(api, commands::cancel);
    write::<DecidePartsPlanLines>(api, grant::decide);
    write::<RequisitionPartsPlanLines>(api, grant::requisition);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::plan::Entity>(PARTS_PLAN_VIEW, PARTS_PLAN_EDIT);
}
