//! Handing the unit over: money, accessories, a look at the photos of the intake, signature.

use super::collect::{due, offered};
use super::sheet::{Case, Prepare, prepared};
use crate::api::session::may;
use crate::api::{self, ApiError};
use crate::doc::{Field, Form, cell, draw_fields};
use crate::field;
use crate::pages::service::ticket::bench::gallery;
use crate::text::{self, ticket as t};
use crate::ui::{Button, Notice, SignaturePad, toast};
use futures::FutureExt;
use leptos::prelude::*;
use openapi::choice::Tone;
use openapi::finance::CREDIT_GRANT;
use openapi::service::closing::PickupDraft;
use openapi::service::state::TicketAction;
use openapi::service::ticket::{PickUpTicket, Ticket, TicketAccessory, TicketId};
use openapi::system::{AttachmentId, UploadAttachment, UploadQuery};
use openapi::{Nothing, Plain, Resource};
use serde_json::{Value, json};
use std::sync::Arc;

type Picture = StoredValue<Option<Vec<u8>>>;

/// The sheet.
pub fn fill_in(case: Case) -> AnyView {
    let ticket = case.ticket.clone();
    let open = due(&ticket);
    let owed = open.is_positive();
    let picture: Picture = StoredValue::new(None);
    let uploaded = StoredValue::new(None::<AttachmentId>);
    let mut fields = Vec::new();
    if !ticket.accessories.is_empty() {
        let all = ticket.accessories.clone();
        fields
            .push(Field::own("returned_accessory_ids", t::ACCESSORIES_BACK, move |form, at| tick_off(form, &at, &all)));
    }
    if owed && untrack(|| may(CREDIT_GRANT)) {
        fields.push(field!(PickupDraft.on_credit, t::ON_CREDIT).hint(t::ON_CREDIT_HINT));
    }
    fields.push(Field::own("signature", t::SIGNATURE, move |form, at| sign(form, at, picture, uploaded)).required());
    fields.push(field!(PickupDraft.received_by, t::RECEIVED_BY).hint(t::RECEIVED_BY_HINT));
    fields.push(field!(PickupDraft.outbound_courier, t::OUTBOUND_COURIER).hint(t::COURIER_HINT));
    let form = Form::new(fields);
    let money = if owed {
        let text = Signal::derive(move || String::from(t::OWES.with("amount", text::money(open))));
        let (instead, may) = (case.instead, offered(&ticket).contains(&TicketAction::Collect));
        let collect = may
            .then(|| view! { <Button label=t::COLLECT_NOW on_press=move |()| instead.run(TicketAction::Collect) /> });
        view! { <Notice tone=Tone::Warning text=text>{collect}</Notice> }.into_any()
    } else {
        view! { <Notice tone=Tone::Success text=t::OWES_NOTHING /> }.into_any()
    };
    let inner = view! {
        {money}
        <details class="photo-compare"><summary>{t::PHOTOS_AT_INTAKE}</summary>{gallery(ticket.id, "appearance", ticket.appearance.as_deref())}</details>
        {draw_fields(form, &form.fields(), "")}
    };
    let prepare = upload_first(ticket, picture, uploaded);
    prepared::<PickUpTicket>(case, form, prepare, inner.into_any())
}

fn tick_off(form: Form, pointer: &str, all: &[TicketAccessory]) -> AnyView {
    if untrack(|| form.value(pointer)).as_array().is_none() {
        let back: Vec<_> = all.iter().filter(|a| a.is_returned).map(|a| json!(a.id)).collect();
        form.set_value(pointer, Value::Array(back));
        form.dirty.set(false);
    }
    let first = crate::doc::form::control_id(pointer);
    let one = |(index, accessory): (usize, &TicketAccessory)| {
        let (at, id) = (pointer.to_owned(), json!(accessory.id));
        let (read, mine) = (at.clone(), id.clone());
        let ticked = Memo::new(move |_| form.value(&read).as_array().is_some_and(|all| all.contains(&mine)));
        let toggle = move |_| {
            let mut all = untrack(|| form.value(&at)).as_array().cloned().unwrap_or_default();
            if ticked.get_untracked() {
                all.retain(|a| *a != id)
            } else {
                all.push(id.clone())
            }
            form.set_value(&at, Value::Array(all));
        };
        let control = if index == 0 { first.clone() } else { format!("{first}-{index}") };
        view! {
            <label class="choice-row">
                <input type="checkbox" id=control prop:checked=move || ticked.get() on:change=toggle />
                <span class="grow">{accessory.name.to_string()} " × " {text::quantity(accessory.quantity)}</span>
                {cell::tag(accessory.condition)}
            </label>
        }
    };
    view! { <div class="choice-list">{all.iter().enumerate().map(one).collect_view()}</div> }.into_any()
}

fn sign(form: Form, pointer: String, picture: Picture, uploaded: StoredValue<Option<AttachmentId>>) -> AnyView {
    let signed = Callback::new(move |png: Option<Vec<u8>>| {
        form.set(&pointer, if png.is_some() { "signed".to_owned() } else { String::new() });
        picture.set_value(png);
        uploaded.set_value(None);
    });
    view! { <SignaturePad signed=signed /> }.into_any()
}

/// Uploads the signature, once, and puts its id into the body.
fn upload_first(ticket: Arc<Ticket>, picture: Picture, uploaded: StoredValue<Option<AttachmentId>>) -> Prepare {
    Arc::new(move |mut body| {
        let (id, version) = (ticket.id, ticket.version);
        async move {
            let signature = match uploaded.get_value() {
                Some(known) => known,
                None => {
                    let fresh =
                        upload(id, "signature", "signature.png", picture.get_value().unwrap_or_default()).await?;
                    uploaded.try_set_value(Some(fresh));
                    fresh
                }
            };
            if let Value::Object(body) = &mut body {
                body.remove("signature");
                body.insert("signature_id".to_owned(), json!(signature));
                body.entry("returned_accessory_ids").or_insert_with(|| json!([]));
            }
            Ok((body, version))
        }
        .boxed_local()
    })
}

/// Uploads a file of a ticket.
pub async fn upload(id: TicketId, purpose: &str, name: &str, bytes: Vec<u8>) -> Result<AttachmentId, ApiError> {
    let (Ok(subject_kind), Ok(subject_id), Ok(purpose), Ok(file_name)) =
        (Ticket::NAME.parse(), id.to_string().parse(), purpose.parse(), name.parse())
    else {
        toast::error(t::BAD_FILE_NAME.get());
        return Err(ApiError::not_found());
    };
    let query = Plain(UploadQuery { subject_kind, subject_id, purpose, file_name });
    api::call::<UploadAttachment>(Nothing, query, bytes).await.map(|file| file.id)
}
