//! The document kit: list page, form page and detail page as data.
//!
//! # How to add the pages of a document
//!
//! 1. Texts: `text/area/<document>.rs` with one [`texts!`](crate::texts) list; one line in `text/area/mod.rs` and one in
//!    the `pub use area::{…}` of `text/mod.rs`.
//! 2. Pages: `pages/<domain>/<document>/{mod,list,form,detail}.rs`. Each page is a function `fn(&Params) -> AnyView`.
//!    [`crate::pages::master::customer`] is the model to copy.
//! 3. Register: the rows of `PAGES` in the document's `mod.rs`, and one line in `pages/mod.rs`. Menu, permission,
//!    breadcrumb, palette (everything that ends with `/new` is offered under "Create") come from those rows.
//!    The list that the line stands in decides with which part of the app the pages are loaded, see [`crate::part`].
//!
//! ```text
//! pub fn list(_: &Params) -> AnyView {
//!     ListPage::<ListCustomers>::new("customers", t::TITLE)
//!         .search_hint(t::SEARCH_HINT)
//!         .filter(Filter::choices::<CustomerKind>("kind", t::KIND))     // the endpoint's parameter; it lives in the address
//!         .filter(Filter::created())
//!         .column(Column::new("name", t::NAME, |r: &CustomerRow| cell::text(&*r.name)))   // first column: link of the row
//!         .column(Column::new("kind", t::KIND, |r| cell::tag(r.kind)))
//!         .open(|r| format!("/master/customers/{}", r.id))
//!         .create::<CreateCustomer>(t::NEW, "/master/customers/new")    // shown to those who may call CreateCustomer
//!         .view()
//! }
//!
//! pub fn form(params: &Params) -> AnyView {                             // for …/new and …/:id/edit
//!     FormPage::new("customer", t::NEW, t::EDIT, "/master/customers")
//!         .section(documents::BASICS, vec![
//!             field!(CustomerDraft.name, t::NAME),                      // control, check, need: from the contract's type
//!             field!(CustomerDraft.owner_id, t::OWNER).pick(users()),   // another record, see `picker`
//!             Field::lines("contacts", t::CONTACTS, t::ADD_CONTACT, 20, vec![field!(ContactDraft.name, t::NAME)]),
//!         ])
//!         .create::<CreateCustomer>(saved)
//!         .edit::<GetCustomer, UpdateCustomer>(saved)
//!         .view(params)
//! }
//!
//! pub fn detail(params: &Params) -> AnyView {
//!     DetailPage::<GetTicket>::new()
//!         .title(|t| t.number.to_string()).mark(|t| cell::tag(t.state))
//!         .actions(|t| t.allowed.clone(), vec![
//!             (TicketAction::Accept, Act::post::<AcceptTicket>()),
//!             (TicketAction::Cancel, Act::reason::<CancelTicket>("reason", 500)),
//!             (TicketAction::Assign, Act::form::<AssignTicket>(|_| vec![field!(Assignment.engineer_id, t::ENGINEER).pick(engineers())])),
//!         ])
//!         .group(documents::BASICS, |t| vec![item(t::PHONE, cell::phone(&t.phone))])
//!         .lines(t::PARTS, |t| Lines::of(&t.parts, vec![(t::PART, Align::Left, |l| cell::text(&*l.name))]))
//!         .journal::<TicketLifecycle>()
//!         .printed(|_| DocKind::Ticket)                                  // a button to the page that prints it
//!         .attachments("ticket", "appearance", may(TICKET_EDIT))
//!         .view(params)
//! }
//! ```
//!
//! What comes by itself: drafts on this device, unsaved-input guard, errors of the server at their fields, If-Match and the
//! dialog for a stale version, one idempotency key per action, every state of a list (empty, no match, no permission, offline,
//! error with request id), saved views, columns, density, sorting, keyboard, toasts that name the record, both languages.
//!
//! A page that fits none of the three is free to use `api::call`, [`form::Form`] with [`form::draw_fields`], and `ui`.

pub mod cell;
pub mod detail;
pub mod form;
mod head;
pub mod list;
mod pick;
mod print;
pub mod problem;
mod report;
mod rules;
pub mod send;

pub use detail::{
    Act, Attachments, DetailPage, Item, Journal, JournalWords, LineColumn, Lines, Picture, Record, Thumbnail,
    draw_items, item,
};
pub use form::{Control, Field, Form, FormPage, InlineForm, Saved, draw_fields};
pub use head::PageHead;
pub use list::{Column, Filter, ListPage};
pub use pick::picker;
pub use print::PrintDesk;
pub use report::{ReportColumn, export_report, fields_of, report_lines};
pub use rules::rules_page;

use crate::api::session;
use crate::text::common;
use crate::ui::{Icon, StatePanel};
use leptos::prelude::*;
use openapi::Permission;

/// In place of a page that the reader may not see.
pub fn no_permission(permission: Option<Permission>) -> AnyView {
    let hint = Signal::derive(move || {
        Some(permission.map_or_else(|| common::NO_PERMISSION_HINT.get().to_owned(), session::missing))
    });
    view! { <div data-state="forbidden"><StatePanel glyph=Icon::Lock title=common::NO_PERMISSION hint=hint /></div> }
        .into_any()
}
