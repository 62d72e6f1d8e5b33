//! Correcting what was taken in, while the repair goes on.

use super::intake::{accessories, accessory_rows, promised, ticked};
use super::{href, pick};
use crate::api::{self, ApiError, Loader, Options, call, session};
use crate::doc::form::{keep_draft, kept_mark};
use crate::doc::problem::{error_panel, form_notice};
use crate::doc::send::ActionKey;
use crate::doc::{Field, Form, PageHead, draw_fields};
use crate::field;
use crate::nav::{self, Params};
use crate::text::{Label, common, documents, ticket as t};
use crate::ui::{Button, Delayed, Look, Skeleton, Task, storage, toast};
use leptos::prelude::*;
use openapi::master::dictionary::DictionaryKind;
use openapi::service::intake::TicketEdit;
use openapi::service::state::Channel;
use openapi::service::ticket::{GetTicket, Ticket, TicketId, UpdateTicket};
use openapi::{ById, Nothing, problem};
use serde_json::{Value, json};

fn sections() -> Vec<(Label, Vec<Field>)> {
    vec![
        (
            t::FAULT,
            vec![
                Field::picks("fault_ids", t::FAULTS, pick::dictionary(DictionaryKind::Fault), 20),
                field!(TicketEdit.fault_text, t::FAULT_TEXT),
            ],
        ),
        (
            t::WARRANTY,
            vec![
                field!(TicketEdit.warranty_state_id, t::WARRANTY).pick(pick::dictionary(DictionaryKind::WarrantyState)),
                field!(TicketEdit.sold_on, t::SOLD_ON),
            ],
        ),
        (
            t::ACCESSORIES_AND_LOOKS,
            vec![Field::own("accessories", t::ACCESSORIES, accessories), field!(TicketEdit.appearance, t::APPEARANCE)],
        ),
        (
            t::PROMISE,
            vec![
                promised(),
                field!(TicketEdit.priority, t::PRIORITY),
                field!(TicketEdit.channel, t::CHANNEL),
                field!(TicketEdit.inbound_courier, t::INBOUND_COURIER)
                    .when(|form| form.text("/channel") == Channel::Courier.to_string()),
                field!(TicketEdit.remark, t::REMARK),
            ],
        ),
    ]
}

/// The page.
pub fn edit(params: &Params) -> AnyView {
    let Some(id) = params.get("id").and_then(|id| id.parse::<TicketId>().ok()) else {
        return error_panel(&ApiError::not_found(), None);
    };
    let loader = Loader::new(move || call::<GetTicket>(ById { id }, Nothing, Nothing));
    let body = move || match (loader.data.get(), loader.error.get()) {
        (Some(ticket), _) => draw(ticket),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
    };
    body.into_any()
}

fn record(ticket: &Ticket) -> Value {
    let mut record = serde_json::to_value(ticket).unwrap_or_default();
    if let Value::Object(record) = &mut record {
        record.insert("fault_ids".to_owned(), ticket.faults.iter().map(|f| json!(f.fault_id)).collect());
        record.insert("accessories".to_owned(), accessory_rows(&ticket.accessories));
    }
    record
}

fn draw(ticket: Ticket) -> AnyView {
    let parts = sections();
    let form = Form::new(parts.iter().flat_map(|(_, fields)| fields.clone()).collect());
    form.load(&record(&ticket));
    let (task, failed) = (Task::new(), RwSignal::new(None::<(ApiError, Vec<String>)>));
    let key = StoredValue::new(ActionKey::default());
    let (id, version, number) = (ticket.id, ticket.version, ticket.number.clone());
    let person = untrack(session::me).map(|me| me.login).unwrap_or_default();
    let draft_key = format!("aftercare.draft.{person}.ticket.{id}");
    let kept = StoredValue::new(draft_key.clone());
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        failed.set(None);
        if !form.check_all() {
            toast::error(documents::ALL_NEEDED.get());
            return request_animation_frame(|| crate::ui::focus("main [aria-invalid=true]"));
        }
        let mut body = form.body();
        if let Value::Object(body) = &mut body {
            let left = body.get("accessories").map(ticked).unwrap_or_else(|| json!([]));
            body.insert("accessories".to_owned(), left);
        }
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let key = key.try_update_value(|k| k.for_body(&bytes)).unwrap_or_default();
        task.run(async move {
            let options = Options { if_match: Some(version), key: Some(key) };
            match api::send_json::<UpdateTicket>(&id.to_string(), bytes, options).await {
                Ok(saved) => {
                    form.dirty.set(false);
                    storage::remove(&kept.get_value());
                    toast::success(documents::SAVED.with("name", saved.number));
                    nav::replace(&href(id));
                }
                Err(error) => {
                    let mut more = form.blame_all(error.fields());
                    if error.is(problem::STALE) {
                        more.push(documents::STALE_TEXT.get().to_owned());
                    }
                    failed.set(Some((error, more)));
                }
            }
        });
    };
    let section = |(title, fields): &(Label, Vec<Field>)| {
        let title = *title;
        view! { <section class="card"><h2 class="card-title">{title}</h2>{draw_fields(form, fields, "")}</section> }
    };
    view! {
        <PageHead title=Signal::derive(move || format!("{} {number}", t::EDIT.get()))>{kept_mark(form)}</PageHead>
        <form class="form-page" novalidate on:submit=submit
            on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
            {keep_draft(form, draft_key)}
            {move || failed.get().map(|(error, more)| form_notice(&error, &more))}
            {parts.iter().map(section).collect_view()}
            <footer class="form-foot">
                <a class="button" href=href(id)>{common::CANCEL}</a>
                <Button label=common::SAVE look=Look::Primary submit=true busy=task.busy />
            </footer>
        </form>
    }
    .into_any()
}
