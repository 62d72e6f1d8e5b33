//! The repair slip on the screen and on paper.

use super::href;
use crate::api::{Loader, call};
use crate::doc::PrintDesk;
use crate::doc::problem::error_panel;
use crate::nav::{self, Params};
use crate::text::ticket as t;
use crate::ui::{Icon, LinkButton, Look};
use leptos::prelude::*;
use openapi::document::DocKind;
use openapi::service::TICKET_INTAKE;
use openapi::service::ticket::{GetTicket, TicketId};
use openapi::{ById, Nothing};

/// The page. `?from=intake` prints at once and offers the next intake.
pub fn slip(params: &Params) -> AnyView {
    let Some(id) = params.get("id").and_then(|id| id.parse::<TicketId>().ok()) else {
        return error_panel(&crate::api::ApiError::not_found(), None);
    };
    let fresh = nav::query_value("from").is_some_and(|from| from == "intake");
    let number =
        Loader::new(move || async move { call::<GetTicket>(ById { id }, Nothing, Nothing).await.map(|t| t.number) });
    let next = (fresh && untrack(|| crate::api::session::may(TICKET_INTAKE))).then(|| {
        view! { <span id="next-intake"><LinkButton label=t::NEXT_INTAKE href="/service/intake/new" look=Look::Primary glyph=Icon::Plus keys="Enter" /></span> }
    });
    PrintDesk {
        kind: DocKind::Ticket,
        id: id.uuid().into(),
        title: Signal::derive(move || format!("{} {}", t::SLIP.get(), number.data.get().unwrap_or_default())),
        at_once: fresh.then_some("#next-intake a"),
        buttons: view! { <LinkButton label=t::OPEN_TICKET href=href(id) /> {next} }.into_any(),
    }
    .view()
}
