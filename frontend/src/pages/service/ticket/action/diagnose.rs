//! What the engineer found, and what will be done about it.

use super::sheet::{Case, shaped};
use crate::doc::{Field, Form, draw_fields};
use crate::field;
use crate::pages::service::ticket::pick::dictionary;
use crate::text::ticket as t;
use leptos::prelude::*;
use openapi::master::dictionary::DictionaryKind;
use openapi::service::ticket::DiagnoseTicket;
use openapi::service::work::{Diagnosis, MethodDraft};
use serde_json::{Value, json};

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let ticket = case.ticket.clone();
    let faults = Field::picks("fault_ids", t::FAULTS_FOUND, dictionary(DictionaryKind::Fault), 20).required();
    // a ticket may be diagnosed before the method is known: an empty row is no error
    let mut method = field!(MethodDraft.method_id, t::METHOD).pick(dictionary(DictionaryKind::RepairMethod));
    method.required = false;
    let methods = vec![
        method,
        field!(MethodDraft.level_id, t::LEVEL).pick(dictionary(DictionaryKind::RepairLevel)).hint(t::LEVEL_HINT),
    ];
    let form = Form::new(vec![
        faults,
        field!(Diagnosis.cause_id, t::CAUSE).pick(dictionary(DictionaryKind::Cause)),
        field!(Diagnosis.findings, t::FINDINGS),
        Field::lines("methods", t::METHODS, t::ADD_METHOD, 20, methods.clone()),
    ]);
    let confirmed = ticket.faults.iter().any(|f| f.is_confirmed);
    let shown = ticket.faults.iter().filter(|f| f.is_confirmed || !confirmed);
    form.load(&json!({
        "fault_ids": shown.map(|f| f.fault_id).collect::<Vec<_>>(),
        "cause_id": ticket.cause_id,
        "findings": ticket.findings,
        "methods": ticket.methods.iter().map(|m| json!({ "method_id": m.method_id, "level_id": m.level_id })).collect::<Vec<_>>(),
    }));
    if ticket.methods.is_empty() {
        form.add_row("/methods", &methods);
        form.dirty.set(false);
    }
    let inner = draw_fields(form, &form.fields(), "");
    shaped::<DiagnoseTicket>(case, form, body, inner)
}

/// A row of methods that nobody filled in is left out.
fn body(mut typed: Value) -> Value {
    if let Some(Value::Array(methods)) = typed.get_mut("methods") {
        methods.retain(|m| m.get("method_id").is_some_and(Value::is_string));
    }
    typed
}
