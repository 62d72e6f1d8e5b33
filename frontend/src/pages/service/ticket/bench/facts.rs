//! Whose unit it is, what unit it is, and what was promised.

use crate::doc::{cell, draw_items, item};
use crate::pages::service::ticket::action::Quick;
use crate::pages::service::ticket::mark;
use crate::text::{documents, ticket as t};
use crate::ui::{Button, Notice};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::service::TICKET_INTAKE;
use openapi::service::ticket::{RegisterTicketUnit, Ticket};
use std::sync::Arc;

/// Customer and unit.
pub fn unit(ticket: &Arc<Ticket>, quick: Quick) -> AnyView {
    let customer = cell::link(&ticket.customer_name, format!("/master/customers/{}", ticket.customer_id));
    let serial = match (&ticket.serial, ticket.unit_id) {
        (Some(serial), Some(unit)) => cell::link(serial.to_string(), format!("/master/units/{unit}")),
        (Some(serial), None) => cell::code(serial.to_string()),
        (None, Some(unit)) => cell::link(&ticket.product_name, format!("/master/units/{unit}")),
        (None, None) => cell::none(),
    };
    let items = vec![
        item(t::CUSTOMER, customer),
        item(t::PHONE, cell::phone(&ticket.customer_phone)),
        item(t::MODEL, cell::text(&ticket.product_name)),
        item(t::SERIAL, serial),
        item(
            t::WARRANTY,
            view! { <span class="marks">{cell::text(&ticket.warranty_state_name)} {cell::tag(ticket.payer)}</span> }
                .into_any(),
        ),
        item(t::SOLD_ON, cell::maybe_date(ticket.sold_on)),
        item(t::CHANNEL, cell::choice(ticket.channel)),
        item(t::INBOUND_COURIER, cell::maybe(ticket.inbound_courier.as_ref())),
        item(t::REMARK, cell::note(ticket.remark.as_deref())).wide(),
    ];
    let unknown = (ticket.is_abnormal && ticket.unit_id.is_none()).then(|| {
        let ticket = ticket.clone();
        let may = untrack(|| crate::api::session::may(TICKET_INTAKE));
        let press = move |()| quick.send::<RegisterTicketUnit>(&ticket, &());
        view! {
            <Notice tone=Tone::Warning text=t::ABNORMAL_HINT>
                {may.then(|| view! { <Button label=t::REGISTER_UNIT busy=quick.task.busy on_press=press /> })}
            </Notice>
        }
    });
    view! { <section class="card"><h2 class="card-title">{t::CUSTOMER_AND_UNIT}</h2>{unknown}{draw_items(items)}</section> }.into_any()
}

/// The promise and the people.
pub fn side(ticket: &Arc<Ticket>) -> AnyView {
    let mut items = vec![
        item(t::PROMISED, mark::promise(ticket.promised_at, ticket.state)),
        item(t::STATION, cell::text(&ticket.org_name)),
        item(t::ENGINEER, cell::maybe(ticket.engineer_name.as_ref())),
        item(t::INSPECTOR, cell::maybe(ticket.inspector_name.as_ref())),
        item(documents::CREATED_AT, cell::time(ticket.created_at)),
        item(t::ACCEPTED_AT, cell::maybe_time(ticket.accepted_at)),
        item(t::FINISHED_AT, cell::maybe_time(ticket.finished_at)),
        item(t::COMPLETED_AT, cell::maybe_time(ticket.completed_at)),
    ];
    if let Some(at) = ticket.imported_at {
        items.push(item(t::IMPORTED_AT, cell::time(at)));
        items.extend(ticket.imported_received.map(|money| item(t::IMPORTED_RECEIVED, cell::money(money))));
    }
    view! { <section class="card"><h2 class="card-title">{t::PROGRESS}</h2>{draw_items(items)}</section> }.into_any()
}
