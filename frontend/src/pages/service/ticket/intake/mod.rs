//! Taking a unit in: one screen, the keyboard alone. Type a phone or a serial, Enter; the rest fills itself.

mod accessory;
mod find;
mod photo;
mod promise;
mod save;

pub use accessory::{accessories, accessory_rows, ticked};
pub use promise::promised;

use crate::api::session;
use crate::doc::form::{keep_draft, kept_mark};
use crate::doc::problem::form_notice;
use crate::doc::{Field, Form, PageHead, draw_fields};
use crate::field;
use crate::nav::Params;
use crate::pages::service::ticket::pick;
use crate::text::{customer, ticket as t};
use crate::ui::{Button, Icon, Look, composing};
use find::Found;
use leptos::ev;
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::master::customer::CustomerDraft;
use openapi::master::dictionary::DictionaryKind;
use openapi::service::TICKET_ASSIGN;
use openapi::service::intake::IntakeDraft;
use openapi::service::state::{Channel, Priority};
use openapi::service::work::PartDraft;
use save::Saver;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Everything that is typed on the screen, by section.
struct Sections {
    customer: Vec<Field>,
    unit: Vec<Field>,
    fault: Vec<Field>,
    left: Vec<Field>,
    parts: Vec<Field>,
    promise: Vec<Field>,
}

fn has(form: Form, pointer: &str) -> bool {
    form.value(pointer).is_object()
}

fn sections() -> Sections {
    let mut promise = vec![
        promised(),
        field!(IntakeDraft.priority, t::PRIORITY).initial(Priority::Normal.as_str()),
        field!(IntakeDraft.channel, t::CHANNEL).initial(Channel::Counter.as_str()),
        field!(IntakeDraft.inbound_courier, t::INBOUND_COURIER)
            .when(|form| form.text("/channel") == Channel::Courier.as_str())
            .hint(t::COURIER_HINT),
        field!(IntakeDraft.remark, t::REMARK),
    ];
    if let Some(me) = untrack(session::me).filter(|_| untrack(|| session::may(TICKET_ASSIGN))) {
        let engineer = field!(IntakeDraft.engineer_id, t::ENGINEER).pick(pick::engineers_at(me.org_id));
        promise.push(engineer.hint(t::ENGINEER_AT_INTAKE_HINT));
    }
    let new_customer = vec![
        field!(CustomerDraft.name, customer::NAME),
        field!(CustomerDraft.phone, customer::PHONE),
        field!(CustomerDraft.region, customer::REGION),
        field!(CustomerDraft.address, customer::ADDRESS),
    ];
    Sections {
        customer: vec![
            Field::object("new_customer", t::NEW_CUSTOMER, new_customer).when(|form| !has(form, "/customer")),
        ],
        unit: vec![
            field!(IntakeDraft.serial, t::SERIAL).when(|form| !has(form, "/unit")),
            field!(IntakeDraft.product_id, t::MODEL).pick(pick::models()).required().when(|form| !has(form, "/unit")),
            field!(IntakeDraft.sold_on, t::SOLD_ON),
            field!(IntakeDraft.warranty_state_id, t::WARRANTY)
                .pick(pick::dictionary(DictionaryKind::WarrantyState))
                .hint(t::WARRANTY_HINT),
        ],
        fault: vec![
            Field::picks("fault_ids", t::FAULTS, pick::dictionary(DictionaryKind::Fault), 20).hint(t::FAULTS_HINT),
            field!(IntakeDraft.fault_text, t::FAULT_TEXT),
        ],
        left: vec![
            Field::own("accessories", t::ACCESSORIES, accessories).hint(t::ACCESSORIES_HINT),
            field!(IntakeDraft.appearance, t::APPEARANCE),
        ],
        parts: vec![Field::lines("parts", t::PLANNED_PARTS, t::ADD_PLANNED, 50, planned_part())],
        promise,
    }
}

/// A part that will probably be replaced, with what the own station has of it.
fn planned_part() -> Vec<Field> {
    let station = untrack(session::me).map(|me| me.org_id);
    vec![
        field!(PartDraft.product_id, t::PART).pick(pick::parts(station)),
        field!(PartDraft.quantity, t::QUANTITY).initial("1"),
    ]
}

/// The page.
pub fn intake(_: &Params) -> AnyView {
    let parts = sections();
    let mut fields = vec![Field::hidden("find"), Field::hidden("customer"), Field::hidden("unit")];
    for section in [&parts.customer, &parts.unit, &parts.fault, &parts.left, &parts.parts, &parts.promise] {
        fields.extend(section.iter().cloned());
    }
    let form = Form::new(fields);
    let found = Found::new(form);
    let photos = photo::Photos::new();
    let person = untrack(session::me).map(|me| me.login).unwrap_or_default();
    let saver = Saver::new(form, found, photos, format!("aftercare.draft.{person}.intake"));
    listen(saver);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        saver.save(true);
    };
    let fields = move |fields: &[Field]| draw_fields(form, fields, "");
    view! {
        <PageHead title=t::INTAKE>{kept_mark(form)}</PageHead>
        <form class="form-page intake" novalidate on:submit=submit on:keydown=advance>
            {keep_draft(form, saver.draft_key())}
            {move || saver.problem.get().map(|(error, more)| form_notice(&error, &more))}
            {find::head(form, found)}
            <div class="intake-columns">
                <div>
                    <section class="card"><h2 class="card-title">{t::CUSTOMER}</h2>{find::customer(form, found)}{fields(&parts.customer)}</section>
                    <section class="card"><h2 class="card-title">{t::UNIT}</h2>{find::unit(form, found)}{fields(&parts.unit)}</section>
                    <section class="card"><h2 class="card-title">{t::FAULT}</h2>{fields(&parts.fault)}</section>
                </div>
                <div>
                    <section class="card"><h2 class="card-title">{t::ACCESSORIES_AND_LOOKS}</h2>{fields(&parts.left)}{photos.view()}</section>
                    <section class="card"><h2 class="card-title">{t::PLANNED_PARTS}</h2><p class="hint">{t::PLANNED_HINT}</p>{fields(&parts.parts)}</section>
                    <section class="card"><h2 class="card-title">{t::PROMISE}</h2>{fields(&parts.promise)}</section>
                </div>
            </div>
            <footer class="form-foot">
                <span class="hint grow not-phone">{t::KEYS_HINT}</span>
                <Button label=t::SAVE_DRAFT busy=saver.task.busy keys="Ctrl S" on_press=move |()| saver.save(false) />
                <Button label=t::ACCEPT_AND_PRINT look=Look::Primary icon=Icon::Print busy=saver.task.busy keys="Ctrl Enter"
                    on_press=move |()| saver.save(true) />
            </footer>
        </form>
    }
    .into_any()
}

/// Ctrl Enter accepts and prints, Ctrl S lets the ticket wait.
fn listen(saver: Saver) {
    let keys = window_event_listener(ev::keydown, move |ev| {
        let command = (ev.ctrl_key() || ev.meta_key()) && !composing(&ev);
        let is_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
        match ev.key().as_str() {
            "Enter" if command && !is_dialog => saver.save(true),
            "s" | "S" if command && !is_dialog => saver.save(false),
            _ => return,
        }
        ev.prevent_default();
    });
    on_cleanup(move || keys.remove());
}

const STOPS: &str =
    "form.intake input:not([type=file]), form.intake select, form.intake textarea, form.intake .form-foot .primary";

/// Enter moves to the next control, as at a till; a text of several lines keeps it for itself.
fn advance(ev: KeyboardEvent) {
    if ev.key() != "Enter"
        || composing(&ev)
        || ev.default_prevented()
        || ev.ctrl_key()
        || ev.meta_key()
        || ev.shift_key()
    {
        return;
    }
    let Some(now) = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
    if !matches!(now.tag_name().as_str(), "INPUT" | "SELECT") {
        return;
    }
    ev.prevent_default();
    let Ok(all) = document().query_selector_all(STOPS) else { return };
    let group = now.closest(".choice-list, .radios").ok().flatten();
    let mut passed = false;
    for element in (0..all.length()).filter_map(|i| all.get(i)?.dyn_into::<HtmlElement>().ok()) {
        let inside = group.as_ref().is_some_and(|group| group.contains(Some(&element)));
        let is_now = element.is_same_node(Some(&now));
        if passed && !inside && !is_now && element.offset_width() > 0 {
            element.focus().ok();
            return;
        }
        passed = passed || is_now;
    }
}
