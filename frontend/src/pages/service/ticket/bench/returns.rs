//! What was left with the unit and goes back with it, and what the customer said afterwards.

use crate::doc::Lines;
use crate::doc::{Thumbnail, cell, draw_items, item};
use crate::text::{self, ticket as t};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::service::closing::CallbackAnswer;
use openapi::service::ticket::{Ticket, TicketAccessory};
use std::sync::Arc;

/// Accessories, appearance, and the handing over.
pub fn accessories(ticket: &Arc<Ticket>) -> AnyView {
    let lines = if ticket.accessories.is_empty() {
        view! { <p class="hint">{t::NO_ACCESSORIES}</p> }.into_any()
    } else {
        Lines::of(
            &ticket.accessories,
            vec![
                (t::ACCESSORY, Align::Left, |a: &TicketAccessory| cell::text(&*a.name)),
                (t::QUANTITY, Align::Right, |a| cell::quantity(a.quantity)),
                (t::CONDITION, Align::Left, |a| cell::tag(a.condition)),
                (t::REMARK, Align::Left, |a| cell::maybe(a.remark.as_ref())),
                (t::GIVEN_BACK, Align::Left, |a| cell::yes_no(a.is_returned)),
            ],
        )
        .draw()
    };
    let handed = ticket.completed_at.map(|at| {
        let signature = ticket.signature_id.map_or_else(cell::none, |id| {
            view! { <span class="signed"><Thumbnail id=id name=t::SIGNATURE.get() /></span> }.into_any()
        });
        draw_items(vec![
            item(t::COMPLETED_AT, cell::time(at)),
            item(
                t::RECEIVED_BY,
                cell::text(
                    ticket.received_by.as_ref().map_or_else(|| ticket.customer_name.clone(), ToString::to_string),
                ),
            ),
            item(t::OUTBOUND_COURIER, cell::maybe(ticket.outbound_courier.as_ref())),
            item(t::SIGNATURE, signature),
        ])
    });
    view! { <section class="card"><h2 class="card-title">{t::ACCESSORIES}</h2>{lines}{handed}</section> }.into_any()
}

/// The callback.
pub fn callback(ticket: &Arc<Ticket>) -> AnyView {
    let Some(callback) = &ticket.callback else { return ().into_any() };
    let stars = callback.score.map_or_else(cell::none, |score| {
        let text: String = (1..=5).map(|n| if n <= score { '★' } else { '☆' }).collect();
        view! { <span class="star-line" role="img" aria-label=score.to_string()>{text}</span> }.into_any()
    });
    let answer = |a: &CallbackAnswer| view! { <li><span class="faint">{a.question.to_string()}</span>" "{a.answer.to_string()}</li> };
    let items = vec![
        item(t::NUMBER, cell::code(callback.number.clone())),
        item(t::OUTCOME, cell::tag(callback.outcome)),
        item(t::SCORE, stars),
        item(t::CALLED_BY, cell::text(format!("{} · {}", callback.by_name, text::time(callback.at)))),
        item(t::FOLLOW_UP, cell::note(callback.follow_up.as_deref())).wide(),
    ];
    view! {
        <section class="card"><h2 class="card-title">{t::CALLBACK}</h2>
            {draw_items(items)}
            <ul class="plain-list">{callback.answers.iter().map(answer).collect_view()}</ul>
        </section>
    }
    .into_any()
}
