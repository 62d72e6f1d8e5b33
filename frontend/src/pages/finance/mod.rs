//! Money: receipts, settlements, journal entries, and what follows from them.

pub mod ledger;
pub mod payment;
pub mod receipt;
pub mod report;
pub mod settlement;
pub mod vat;

use crate::doc::cell;
use crate::nav;
use crate::text::finance as t;
use leptos::prelude::AnyView;
use openapi::document::DocKind;
use openapi::finance::PartyId;

/// A link to a document by its number.
fn document(kind: DocKind, id: impl std::fmt::Display, number: &str) -> AnyView {
    cell::link(number, format!("{}/{id}", nav::document_path(kind)))
}

/// A link to the ticket that a document belongs to.
fn origin(id: Option<openapi::system::SubjectId>, number: Option<&String>) -> AnyView {
    match (id, number) {
        (Some(id), Some(number)) => document(DocKind::Ticket, id, number),
        _ => cell::none(),
    }
}

/// A link to the ledger of a customer.
fn party(id: PartyId, name: &str) -> AnyView {
    cell::link(name, format!("/master/customers/{id}"))
}

/// A link to the record itself, when there is one.
fn other<T: std::fmt::Display>(id: Option<T>, path: &str) -> AnyView {
    id.map_or_else(cell::none, |id| cell::link(t::OPEN_DOCUMENT.get(), format!("{path}/{id}")))
}
