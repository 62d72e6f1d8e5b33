//! What engineers hold, ticket by ticket.

use crate::api::{Loader, call};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::Params;
use crate::pages::finance::report::loaded;
use crate::text::stock as t;
use crate::ui::{Align, Icon, Notice, StatePanel};
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::service::custody::{CustodyQuery, HeldPart, HeldParts, ListHeldParts};
use openapi::{Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<ListHeldParts>(Nothing, Plain(CustodyQuery::default()), Nothing));
    view! {
        <PageHead title=t::HELD />
        <section class="card"><p class="hint">{t::HELD_HINT}</p>{loaded(loader, draw)}</section>
    }
    .into_any()
}

fn ticket(part: &HeldPart) -> AnyView {
    match (&part.ticket_id, &part.ticket_number) {
        (Some(id), Some(number)) => cell::link(number.clone(), format!("/service/tickets/{id}")),
        _ => view! { <span class="faint">{t::WITHOUT_TICKET}</span> }.into_any(),
    }
}

fn product(part: &HeldPart) -> AnyView {
    let code = view! { <span class="code faint">{part.product_code.to_string()}</span> };
    view! { <span class="stack"><span>{part.product_name.to_string()}</span>{code}</span> }.into_any()
}

fn draw(held: HeldParts) -> AnyView {
    if held.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Success title=t::NOTHING_HELD hint=t::NOTHING_HELD_HINT /> }.into_any();
    }
    let capped = held.is_capped.then(|| view! { <Notice tone=Tone::Warning text=t::CAPPED /> });
    let lines = Lines::of(
        &held.items,
        vec![
            (t::ENGINEER, Align::Left, |p: &HeldPart| cell::text(p.engineer_name.clone())),
            (t::TICKET, Align::Left, ticket),
            (t::PRODUCT, Align::Left, product),
            (t::ISSUED, Align::Right, |p| cell::quantity(p.issued)),
            (t::RETURNED, Align::Right, |p| cell::quantity(p.returned)),
            (t::FITTED, Align::Right, |p| cell::quantity(p.fitted)),
            (t::HELD_NOW, Align::Right, |p| cell::quantity(p.held)),
            (t::LOOSE, Align::Right, |p| cell::quantity(p.loose)),
        ],
    );
    view! { {capped}{lines.draw()} }.into_any()
}
