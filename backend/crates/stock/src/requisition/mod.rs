//! Requisitions: a station asks another one, usually headquarters, for goods; that one approves the whole or a part, and
//! transfers fulfil it. Both stations see it. Nothing moves by a requisition itself.

mod commands;
pub(crate) mod entity;
pub(crate) mod fulfilment;
mod model;
pub(crate) mod planned;
mod queries;
mod slip;

pub(crate) use queries::{lost_product, of_plan_lines, open_lines, plan_lines, waiting_at};

use openapi::document::DocKind;
use openapi::stock::requisition::{
    ApproveRequisition, CloseRequisition, CreateRequisition, GetRequisition, ListRequisitions, RejectRequisition,
    SubmitRequisition, UpdateRequisition, VoidRequisition,
};
use openapi::stock::{REQUISITION_EDIT, REQUISITION_VIEW};
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) fn mount(api: &mut Api) {
    read::<ListRequisitions>(api, queries::list);
    read::<GetRequisition>(api, queries::get);
    printed::<GetRequisition>(api, &[DocKind::Requisition], queries::get, slip::slip);
    write::<CreateRequisition>(api, commands::create);
    write::<UpdateRequisition>(api, commands::update);
    write::<SubmitRequisition>(api, commands::submit);
    write::<ApproveRequisition>(api, commands::approve);
    write::<RejectRequisition>(api, commands::reject);
    write::<CloseRequisition>(api, commands::close);
    write::<VoidRequisition>(api, commands::void);
}

pub(crate) fn subjects(subjects: &mut platform::Subjects) {
    subjects.head::<entity::requisition::Entity>(REQUISITION_VIEW, REQUISITION_EDIT);
}
