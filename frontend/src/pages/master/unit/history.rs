//! One box: everything the system knows about a serial number, in time order.

use crate::api::{self, ApiError};
use crate::doc::{Lines, PageHead, cell};
use crate::nav::{self, Params};
use crate::text::base as t;
use crate::ui::{Align, Bind, Button, FieldBox, Icon, Input, InputKind, Look, Notice, StatePanel, Task};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::master::unit::{GetSerialHistory, ImeiHint, SerialHistory, SerialQuery, UnitEvent, UnitRow};
use openapi::{Nothing, Plain, Serial};

/// The page.
pub fn history(_: &Params) -> AnyView {
    let typed = RwSignal::new(nav::query_value("serial").unwrap_or_default());
    let found = RwSignal::new(None::<Result<SerialHistory, ApiError>>);
    let task = Task::new();
    let look_up = move || {
        let Ok(serial) = typed.get_untracked().parse::<Serial>() else { return };
        nav::replace(&format!("/master/history?serial={serial}"));
        task.run(async move {
            let query = Plain(SerialQuery { serial });
            found.set(Some(api::call::<GetSerialHistory>(Nothing, query, Nothing).await));
        });
    };
    if !typed.get_untracked().is_empty() {
        look_up();
    }
    let problem = move || {
        let text = typed.get();
        let issue = text.parse::<Serial>().err().filter(|_| text.trim().len() > 3)?;
        Some(issue.code.message(crate::text::lang(), &issue.params))
    };
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        look_up();
    };
    view! {
        <PageHead title=t::HISTORY />
        <form class="card inline-form" on:submit=submit>
            <FieldBox id="serial" label=t::SERIAL hint=Signal::derive(|| Some(t::HISTORY_HINT.get().to_owned())) error=Signal::derive(problem)>
                <Input id="serial" bind=Bind::signal(typed) kind=InputKind::Code autofocus=true />
            </FieldBox>
            <Button label=t::LOOK_UP look=Look::Primary icon=Icon::Search busy=task.busy submit=true />
        </form>
        {move || found.get().map(|answer| match answer {
            Ok(history) => shown(history),
            Err(error) => crate::doc::problem::error_panel(&error, Some(Callback::new(move |()| look_up()))),
        })}
    }
    .into_any()
}

fn shown(history: SerialHistory) -> AnyView {
    let hint = (history.imei == ImeiHint::WrongCheckDigit)
        .then(|| view! { <Notice tone=history.imei.tone() text=Signal::derive(move || crate::text::choice(history.imei).to_owned()) /> });
    if history.units.is_empty() && history.events.is_empty() {
        return view! { {hint} <StatePanel glyph=Icon::Search title=t::HISTORY_UNKNOWN hint=Signal::derive(|| Some(t::HISTORY_UNKNOWN_HINT.get().to_owned())) /> }.into_any();
    }
    let units = Lines::of(
        &history.units,
        vec![
            (t::SERIAL, Align::Left, |u: &UnitRow| cell::link(&*u.serial, super::href(u.id))),
            (t::PRODUCT, Align::Left, |u| cell::text(&*u.product_name)),
            (t::OWNER, Align::Left, |u| cell::maybe(u.customer_name.as_ref())),
            (t::STATE, Align::Left, |u| cell::tag(u.status)),
            (t::WARRANTY, Align::Left, |u| cell::tag(u.warranty_verdict)),
            (t::WARRANTY_ENDS, Align::Left, |u| cell::maybe_date(u.warranty_ends_on)),
        ],
    );
    let events = Lines::of(
        &history.events,
        vec![
            (t::EVENT_AT, Align::Left, |e: &UnitEvent| cell::time(e.at)),
            (t::EVENT, Align::Left, |e| cell::tag(e.kind)),
            (t::DOCUMENT, Align::Left, document),
            (t::BY, Align::Left, |e| cell::text(e.by_name.clone())),
            (t::EXPLANATION, Align::Left, |e| cell::maybe(e.note.as_ref())),
        ],
    );
    view! {
        {hint}
        <section class="card"><h2>{t::UNITS}</h2>{units.draw()}</section>
        <section class="card"><h2>{t::EVENTS}</h2>{events.draw()}</section>
    }
    .into_any()
}

fn document(event: &UnitEvent) -> AnyView {
    match &event.document {
        Some(link) => cell::link(link.number.clone(), format!("{}/{}", nav::document_path(link.kind), link.id)),
        None => cell::none(),
    }
}
