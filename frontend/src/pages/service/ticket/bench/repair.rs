//! What is broken, what was found, and how it is repaired.

use crate::doc::{cell, draw_items, item};
use crate::text::ticket as t;
use crate::ui::{Icon, icon};
use leptos::prelude::*;
use openapi::service::ticket::Ticket;
use std::sync::Arc;

/// Faults, cause, findings, methods.
pub fn diagnosis(ticket: &Arc<Ticket>) -> AnyView {
    let fault = |fault: &openapi::service::ticket::TicketFault| {
        let seen = fault.is_confirmed.then(|| view! { <span title=t::CONFIRMED.get()>{icon(Icon::Check)}</span> });
        view! { <li class="chip" class:good=fault.is_confirmed>{seen}<span>{fault.name.clone()}</span></li> }
    };
    let faults = if ticket.faults.is_empty() {
        cell::none()
    } else {
        view! { <ul class="chips">{ticket.faults.iter().map(fault).collect_view()}</ul> }.into_any()
    };
    let method = |method: &openapi::service::ticket::TicketMethod| {
        let level = method.level_name.clone().map(|level| view! { <span class="faint">" · "{level}</span> });
        view! { <li>{method.name.clone()}{level}</li> }
    };
    let methods = if ticket.methods.is_empty() {
        cell::none()
    } else {
        view! { <ul class="plain-list">{ticket.methods.iter().map(method).collect_view()}</ul> }.into_any()
    };
    let items = vec![
        item(t::FAULTS, faults).wide(),
        item(t::FAULT_TEXT, cell::note(ticket.fault_text.as_deref())).wide(),
        item(t::CAUSE, cell::maybe(ticket.cause_name.as_ref())),
        item(t::METHODS, methods),
        item(t::FINDINGS, cell::note(ticket.findings.as_deref())).wide(),
    ];
    view! { <section class="card"><h2 class="card-title">{t::FAULT_AND_REPAIR}</h2>{draw_items(items)}</section> }
        .into_any()
}
