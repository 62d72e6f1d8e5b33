//! The one box of the intake, and what it finds.

use crate::api::call;
use crate::doc::problem::error_toast;
use crate::doc::{Form, cell};
use crate::pages::service::ticket::{href, mark};
use crate::text::{self, ticket as t};
use crate::ui::{Bind, Button, FieldBox, Icon, Input, InputKind, Notice, Tag, Task, composing, icon};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::Tone;
use openapi::service::intake::{IntakeCustomer, IntakeLookup, IntakeQuery, IntakeUnit};
use openapi::service::ticket::{LookUpIntake, TicketRow};
use openapi::{Nothing, Phone, Plain, Serial};
use serde_json::{Value, json};

/// What was found, and the question behind it.
#[derive(Clone, Copy)]
pub struct Found {
    lookup: RwSignal<Option<IntakeLookup>>,
    asked: RwSignal<(Option<Phone>, Option<Serial>)>,
    task: Task,
}

impl Found {
    /// Nothing yet. A draft that is taken up again finds what it was about.
    pub fn new(form: Form) -> Self {
        let found = Found { lookup: RwSignal::new(None), asked: RwSignal::new((None, None)), task: Task::new() };
        Effect::new(move || {
            let unit = form.value("/unit");
            let serial = unit.get("serial").and_then(Value::as_str).and_then(|s| s.parse::<Serial>().ok());
            if let Some(serial) = serial
                && found.lookup.with_untracked(Option::is_none)
                && !found.task.busy.get_untracked()
            {
                found.asked.update_untracked(|(_, asked)| *asked = Some(serial));
                found.task.run(async move { found.ask(form, false).await });
            }
        });
        found
    }

    /// Forgets everything, for the next unit.
    pub fn clear(self) {
        self.lookup.set(None);
        self.asked.set((None, None));
    }

    async fn ask(self, form: Form, fill: bool) {
        let (phone, serial) = self.asked.get_untracked();
        let query = Plain(IntakeQuery { phone: phone.clone(), serial: serial.clone() });
        match call::<LookUpIntake>(Nothing, query, Nothing).await {
            Ok(lookup) => {
                if fill {
                    take(form, &lookup, phone, serial);
                }
                self.lookup.try_set(Some(lookup));
                if fill {
                    request_animation_frame(move || untrack(|| go_on(form)));
                }
            }
            Err(error) => {
                error_toast(&error);
                crate::ui::focus("#find");
            }
        }
    }
}

/// A telephone number is short and made of digits; everything else is a serial. An IMEI has 15 digits.
fn read(typed: &str) -> (Option<Phone>, Option<Serial>) {
    let bare: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
    let is_phone = (7..=13).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    if is_phone { (typed.parse().ok(), None) } else { (None, typed.parse().ok()) }
}

/// Fills the form with what was found.
fn take(form: Form, lookup: &IntakeLookup, phone: Option<Phone>, serial: Option<Serial>) {
    if let Some(unit) = &lookup.unit {
        form.set_value("/unit", json!(unit));
        form.set("/sold_on", unit.sold_on.map(|d| d.to_string()).unwrap_or_default());
    } else if let Some(serial) = serial {
        form.set_value("/unit", Value::Null);
        form.set("/serial", serial.to_string());
    }
    if let Some(state) = lookup.warranty_state_id {
        form.set("/warranty_state_id", state.to_string());
    }
    let chosen = untrack(|| form.value("/customer")).is_object();
    match lookup.customers.as_slice() {
        [one] if !chosen => form.set_value("/customer", json!(one)),
        [] if !chosen => {
            if let Some(phone) = phone {
                form.set("/new_customer/phone", phone.to_string());
            }
        }
        // several customers: the owner of the unit stands first, but the choice is the reader's
        _ => {}
    }
}

/// Puts the focus where the next thing is missing.
fn go_on(form: Form) {
    let (customer, unit) = (form.value("/customer").is_object(), form.value("/unit").is_object());
    let (phone, name) = (form.text("/new_customer/phone"), form.text("/new_customer/name"));
    let serial = !form.text("/serial").is_empty();
    let choosing = document().query_selector("#candidates button").ok().flatten().is_some();
    let at = if !customer && choosing {
        "#candidates button"
    } else if (!unit && !serial) || (!customer && phone.is_empty()) {
        "#find"
    } else if !customer && name.is_empty() {
        "#f-new_customer-name"
    } else if !unit && form.text("/product_id").is_empty() {
        "#f-product_id"
    } else {
        "#f-fault_ids"
    };
    crate::ui::focus(at);
}

/// The box.
pub fn head(form: Form, found: Found) -> AnyView {
    let typed = Bind::new(Memo::new(move |_| form.text("/find")), move |text| form.set("/find", text));
    let wrong = RwSignal::new(None::<String>);
    let look = move || {
        let text = untrack(|| form.text("/find"));
        if text.trim().is_empty() {
            return untrack(|| go_on(form));
        }
        let (phone, serial) = read(&text);
        if phone.is_none() && serial.is_none() {
            let issue = text.parse::<Serial>().err().map(|issue| issue.code.message(text::lang(), &issue.params));
            return wrong.set(issue);
        }
        wrong.set(None);
        found.asked.update(|(known_phone, known_serial)| {
            *known_phone = phone.or(known_phone.take());
            *known_serial = serial.or(known_serial.take());
        });
        form.set("/find", String::new());
        found.task.run(async move { found.ask(form, true).await });
    };
    let keys = move |ev: web_sys::KeyboardEvent| {
        if ev.key() == "Enter" && !composing(&ev) && !ev.ctrl_key() && !ev.meta_key() {
            ev.prevent_default();
            look();
        }
    };
    let placeholder = Signal::derive(move || {
        let (customer, unit) = (form.value("/customer").is_object(), form.value("/unit").is_object());
        let label = match (customer, unit) {
            (true, false) => t::FIND_SERIAL,
            (false, true) => t::FIND_PHONE,
            _ => t::FIND_EITHER,
        };
        Some(label.get().to_owned())
    });
    let invalid = Signal::derive(move || wrong.with(Option::is_some));
    view! {
        <section class="card find">
            <FieldBox id="find" label=t::FIND error=wrong wide=true>
                <div class="find-line" on:keydown=keys>
                    <Input id="find" bind=typed placeholder=placeholder kind=InputKind::Code autofocus=true invalid=invalid />
                    <Button label=t::LOOK_UP icon=Icon::Search busy=found.task.busy on_press=move |()| look() />
                </div>
            </FieldBox>
            {move || found.lookup.with(|lookup| lookup.as_ref().map(warnings))}
        </section>
    }
    .into_any()
}

/// What the desk must know before it goes on.
fn warnings(lookup: &IntakeLookup) -> AnyView {
    let wrong_imei =
        (lookup.is_imei_sound == Some(false)).then(|| view! { <Notice tone=Tone::Warning text=t::IMEI_WRONG /> });
    let unknown = lookup.is_unknown_serial.then(|| view! { <Notice tone=Tone::Warning text=t::SERIAL_UNKNOWN /> });
    let open = (!lookup.duplicates.is_empty()).then(|| {
        let others = rows(&lookup.duplicates);
        view! { <Notice tone=Tone::Danger text=t::OPEN_TICKET_EXISTS>{others}</Notice> }
    });
    let history = (!lookup.history.is_empty()).then(|| {
        let count = lookup.history.len();
        let earlier: Vec<_> = lookup.history.iter().map(earlier).collect();
        view! {
            <details class="history">
                <summary>{move || String::from(t::HISTORY.with("count", count))}</summary>
                <ul class="plain-list">{earlier}</ul>
            </details>
        }
    });
    view! { {open} {wrong_imei} {unknown} {history} }.into_any()
}

fn rows(tickets: &[TicketRow]) -> AnyView {
    let one = |row: &TicketRow| {
        let (state, number) = (row.state, row.number.clone());
        view! { <A href=href(row.id) attr:class="button">{number} " · " {move || text::choice(state)}</A> }
    };
    tickets.iter().map(one).collect_view().into_any()
}

fn earlier(row: &TicketRow) -> AnyView {
    view! {
        <li class="row">{cell::link(row.number.clone(), href(row.id))} {cell::tag(row.state)} <span>{row.fault_summary.clone()}</span>
            <span class="faint">{text::time(row.created_at)}</span> {mark::row_alarms(row)}</li>
    }
    .into_any()
}

/// The customer that was chosen, or those to choose from.
pub fn customer(form: Form, found: Found) -> AnyView {
    let chosen = Memo::new(move |_| openapi::read::value::<IntakeCustomer>(&form.value("/customer")).ok());
    let change = move || {
        form.set_value("/customer", Value::Null);
        crate::ui::focus("#find");
    };
    let choose = move |customer: IntakeCustomer| {
        let label = format!("{} · {}", customer.name, text::phone(&customer.phone));
        let press = move |()| {
            form.set_value("/customer", json!(customer));
            request_animation_frame(move || untrack(|| go_on(form)));
        };
        view! { <Button label=label icon=Icon::User on_press=press /> }
    };
    let body = move || {
        if let Some(customer) = chosen.get() {
            let place = [customer.region.as_deref(), customer.address.as_deref()];
            let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
            return view! {
                <div class="picked">
                    {icon(Icon::User)}
                    <div class="grow"><strong>{customer.name.to_string()}</strong> " " {cell::phone_text(&customer.phone)}<div class="faint">{place}</div></div>
                    <Button label=t::CHANGE_CHOICE on_press=move |()| change() />
                </div>
            }
            .into_any();
        }
        let candidates = found.lookup.with(|lookup| lookup.as_ref().map(|l| l.customers.clone()).unwrap_or_default());
        if candidates.is_empty() {
            return ().into_any();
        }
        let buttons = candidates.into_iter().map(choose).collect_view();
        view! { <p class="hint">{t::CHOOSE_CUSTOMER}</p><div class="row candidates" id="candidates">{buttons}</div> }
            .into_any()
    };
    body.into_any()
}

/// The unit that was found, with its warranty explained.
pub fn unit(form: Form, found: Found) -> AnyView {
    let chosen = Memo::new(move |_| openapi::read::value::<IntakeUnit>(&form.value("/unit")).ok());
    let change = move || {
        form.set_value("/unit", Value::Null);
        found.lookup.update(|lookup| {
            if let Some(lookup) = lookup {
                lookup.unit = None;
            }
        });
        crate::ui::focus("#find");
    };
    let body = move || {
        let Some(unit) = chosen.get() else { return ().into_any() };
        let (label, tone) =
            if unit.is_in_warranty { (t::IN_WARRANTY, Tone::Success) } else { (t::OUT_OF_WARRANTY, Tone::Warning) };
        let until = unit.warranty_until.map(|on| view! { <span class="faint">{t::UNTIL} " " {text::date(on)}</span> });
        let reasons = unit.warranty_reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
        view! {
            <div class="picked">
                {icon(Icon::Device)}
                <div class="grow">
                    <strong>{unit.product_name.clone()}</strong> " " <span class="code faint">{unit.serial.to_string()}</span>
                    <div class="marks"><Tag label=label tone=tone /> {until}</div>
                    <ul class="reasons">{reasons}</ul>
                </div>
                <Button label=t::CHANGE_CHOICE on_press=move |()| change() />
            </div>
        }
        .into_any()
    };
    body.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_phones_and_long_ones_serials() {
        assert!(matches!(read("138 0013 8000"), (Some(_), None)));
        assert!(matches!(read("0571-88888888"), (Some(_), None)));
        assert!(matches!(read("490154203237518"), (None, Some(_))));
        assert!(matches!(read("SN-0001"), (None, Some(_))));
        assert!(matches!(read("?"), (None, None)));
    }
}
