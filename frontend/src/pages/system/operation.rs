//! Background work: imports, cleaning, what runs by the clock.

use crate::doc::{Act, Column, DetailPage, Filter, ListPage, cell, item};
use crate::nav::Params;
use crate::text::{documents, system as t};
use leptos::prelude::*;
use openapi::system::operation::{
    CancelOperation, GetOperation, ListOperations, Operation, OperationAction, OperationState,
};

/// The list: one's own, or everybody's for those who look after them.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListOperations>::new("operations", t::OPERATIONS)
        .filter(Filter::choices::<OperationState>("state", t::STATE))
        .column(Column::new("kind", t::WORK, |r: &Operation| cell::code(r.kind.clone())))
        .column(Column::new("state", t::STATE, |r: &Operation| cell::tag(r.state)))
        .column(Column::new("progress", t::PROGRESS, |r: &Operation| cell::text(progress(r))).right())
        .column(Column::new("error", t::FAILURE, |r: &Operation| cell::maybe(r.error.as_ref())))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Operation| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Operation| cell::time(r.updated_at)))
        .open(|r| format!("/system/operations/{}", r.id))
        .view()
}

fn progress(operation: &Operation) -> String {
    if operation.total == 0 { "—".to_owned() } else { format!("{} / {}", operation.progress, operation.total) }
}

/// One of them.
pub fn detail(params: &Params) -> AnyView {
    DetailPage::<GetOperation>::new()
        .title(|o| o.kind.clone())
        .mark(|o| cell::tag(o.state))
        .actions(
            |o| if o.state.is_final() || o.is_cancelling { Vec::new() } else { vec![OperationAction::Cancel] },
            vec![(OperationAction::Cancel, Act::confirm::<CancelOperation>(t::CANCEL_WHAT))],
        )
        .group(documents::BASICS, |o| {
            vec![
                item(t::PROGRESS, cell::text(progress(o))),
                item(t::FAILURE, cell::maybe(o.error.as_ref())),
                item(t::CODE, cell::maybe(o.error_code.as_ref())),
                item(documents::CREATED_AT, cell::time(o.created_at)),
                item(documents::UPDATED_AT, cell::time(o.updated_at)),
                item(t::RESULT, cell::note(o.result.as_deref())).wide(),
            ]
        })
        .view(params)
}
