//! Repair tickets: intake, list, board, and the workbench that every role opens.

mod action;
mod bench;
mod board;
mod edit;
mod intake;
mod list;
mod mark;
mod pick;
mod slip;

use crate::api;
use crate::nav::{Group, Page};
use crate::palette::{Finder, Hit};
use crate::text::{self, ticket as t};
use crate::ui::Icon;
use openapi::service::ticket::{ListTickets, TicketFilter, TicketId};
use openapi::service::{TICKET_INTAKE, TICKET_VIEW};
use openapi::{Listing, Nothing, PageQuery};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/service/intake/new", t::INTAKE, intake::intake).needs(TICKET_INTAKE).menu(Group::Service, Icon::Plus),
    Page::new("/service/tickets", t::TITLE, list::list).needs(TICKET_VIEW).menu(Group::Service, Icon::Wrench),
    Page::new("/service/board", t::BOARD, board::board).needs(TICKET_VIEW).menu(Group::Service, Icon::Board),
    Page::new("/service/tickets/:id", t::DETAIL, bench::bench).needs(TICKET_VIEW),
    Page::new("/service/tickets/:id/edit", t::EDIT, edit::edit).needs(TICKET_INTAKE),
    Page::new("/service/tickets/:id/slip", t::SLIP, slip::slip).needs(TICKET_VIEW),
];

/// Ctrl K finds tickets by number, phone, serial, customer and fault.
pub const FINDERS: &[Finder] = &[Finder { label: t::TITLE, needs: TICKET_VIEW, find: |words| Box::pin(find(words)) }];

/// The page of a ticket.
pub fn href(id: TicketId) -> String {
    format!("/service/tickets/{id}")
}

async fn find(words: String) -> Vec<Hit> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(6), ..PageQuery::default() };
    let query = Listing { page, filter: TicketFilter::default() };
    let found = api::call::<ListTickets>(Nothing, query, Nothing).await.map(|page| page.items).unwrap_or_default();
    let hit = |row: &openapi::service::ticket::TicketRow| Hit {
        label: format!("{} · {}", row.number, row.customer_name),
        detail: format!("{} · {}", row.product_name, text::choice(row.state)),
        href: href(row.id),
    };
    found.iter().map(hit).collect()
}
