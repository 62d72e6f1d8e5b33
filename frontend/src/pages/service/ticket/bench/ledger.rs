//! What the ticket did to the two ledgers: its stock and money documents, and the entries behind each.

use crate::doc::cell;
use crate::nav;
use crate::text::{self, ticket as t};
use crate::ui::Tag;
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::service::closing::TicketDocument;
use openapi::service::ticket::Ticket;
use std::sync::Arc;

/// The card.
pub fn card(ticket: &Arc<Ticket>) -> AnyView {
    let body = if ticket.documents.is_empty() {
        view! { <p class="hint">{t::NO_DOCUMENTS}</p> }.into_any()
    } else {
        view! { <ul class="documents">{ticket.documents.iter().map(document).collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" id="ledger"><h2 class="card-title">{t::LEDGER}</h2>{body}</section> }.into_any()
}

fn document(document: &TicketDocument) -> AnyView {
    let kind = document.kind;
    let path = format!("{}/{}", nav::document_path(kind), document.id);
    // a link only where there is a page that this reader may open
    let open = nav::find(&path).is_some_and(|(page, _)| untrack(|| page.is_allowed()));
    let number = if open { cell::link(document.number.clone(), path) } else { cell::code(document.number.clone()) };
    let reversed = document.is_reversed.then(|| view! { <Tag label=t::REVERSED tone=Tone::Warning /> });
    view! {
        <li><span class="grow">{move || text::choice(kind)} " " {number} " " {reversed}</span> <span class="faint">{text::time(document.posted_at)}</span></li>
    }
    .into_any()
}
