//! Accessories left with the unit: a list to tick, with quantity and condition of what is ticked.

use crate::api::Loader;
use crate::doc::Form;
use crate::doc::form::{choice_options, control_id};
use crate::doc::problem::error_panel;
use crate::pages::service::ticket::pick::{entries, entry_name};
use crate::text::{common, ticket as t};
use crate::ui::{Bind, Input, InputKind, Select};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::master::dictionary::{DictionaryEntry, DictionaryKind};
use openapi::service::state::ItemCondition;
use openapi::service::ticket::TicketAccessory;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The name under which an accessory that is not on the list is kept.
const OTHER: &str = "other";

/// The list. At `pointer` the form holds an object: by accessory, what was typed about it.
pub fn accessories(form: Form, pointer: String) -> AnyView {
    if !untrack(|| form.value(&pointer)).is_object() {
        let dirty = form.dirty.get_untracked();
        form.set_value(&pointer, json!({}));
        form.dirty.set(dirty);
    }
    let loader: Loader<Arc<Vec<DictionaryEntry>>> = Loader::new(|| entries(DictionaryKind::Accessory));
    let list = move || match (loader.data.get(), loader.error.get()) {
        (Some(all), _) => {
            let rows = all
                .iter()
                .enumerate()
                .map(|(index, entry)| tick(form, &pointer, index, &entry.id.to_string(), entry_name(entry)));
            let other = tick(form, &pointer, all.len(), OTHER, t::OTHER_ACCESSORY.get().to_owned());
            view! { {rows.collect_view()} {other} }.into_any()
        }
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
        (None, None) => view! { <p class="hint">{common::LOADING}</p> }.into_any(),
    };
    view! { <div class="choice-list ticks">{list}</div> }.into_any()
}

fn tick(form: Form, pointer: &str, index: usize, key: &str, name: String) -> AnyView {
    let at = format!("{pointer}/{key}");
    let (read, write, label) = (at.clone(), at.clone(), name.clone());
    let ticked = Memo::new(move |_| form.value(&read).is_object());
    let is_other = key == OTHER;
    let name = if is_other { String::new() } else { name };
    let fresh = json!({ "name": name, "quantity": "1", "condition": ItemCondition::Good.as_str() });
    let toggle = move |_| form.set_value(&write, if ticked.get_untracked() { Value::Null } else { fresh.clone() });
    let id = if index == 0 { control_id(pointer) } else { format!("{}-{index}", control_id(pointer)) };
    let base = id.clone();
    let more = move || {
        let bind = |name: &str| {
            let (read, write) = (format!("{at}/{name}"), format!("{at}/{name}"));
            Bind::new(Memo::new(move |_| form.text(&read)), move |text| form.set(&write, text))
        };
        let named = is_other.then(|| view! { <Input id=format!("{base}-name") bind=bind("name") name=t::ACCESSORY placeholder=t::ACCESSORY /> });
        view! {
            <span class="tick-more">
                {named}
                <Input id=format!("{base}-quantity") bind=bind("quantity") kind=InputKind::Decimal name=t::QUANTITY />
                <Select id=format!("{base}-condition") bind=bind("condition") name=t::CONDITION options=Signal::derive(choice_options::<ItemCondition>) />
            </span>
        }
        .into_any()
    };
    view! {
        <div class="choice-row" class:on=move || ticked.get()>
            <label class="check grow"><input type="checkbox" id=id prop:checked=move || ticked.get() on:change=toggle /><span>{label}</span></label>
            {move || ticked.get().then(&more)}
        </div>
    }
    .into_any()
}

/// What is ticked, as the contract wants it.
pub fn ticked(value: &Value) -> Value {
    let one = |(key, typed): (&String, &Value)| {
        let typed = typed.as_object()?;
        let text = |name: &str| typed.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
        let mut row = Map::new();
        if key.starts_with(OTHER) {
            row.insert("name".to_owned(), json!(text("name")));
        } else {
            row.insert("accessory_id".to_owned(), json!(key));
        }
        row.insert("quantity".to_owned(), json!(text("quantity").unwrap_or("1")));
        row.insert("condition".to_owned(), json!(text("condition")));
        row.insert("remark".to_owned(), json!(text("remark")));
        Some(Value::Object(row))
    };
    value.as_object().into_iter().flatten().filter_map(one).collect()
}

/// What is on a ticket, as the list shows it. A second accessory of its own kind keeps its place under another key.
pub fn accessory_rows(all: &[TicketAccessory]) -> Value {
    let one = |(index, accessory): (usize, &TicketAccessory)| {
        let own = || if index == 0 { OTHER.to_owned() } else { format!("{OTHER}-{index}") };
        let key = accessory.accessory_id.map_or_else(own, |id| id.to_string());
        let typed = json!({
            "name": accessory.name, "quantity": accessory.quantity, "condition": accessory.condition, "remark": accessory.remark,
        });
        (key, typed)
    };
    let (listed, own): (Vec<_>, Vec<_>) = all.iter().partition(|a| a.accessory_id.is_some());
    let own = own.into_iter().enumerate().map(one);
    Value::Object(listed.into_iter().enumerate().map(one).chain(own).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ticked_is_sent() {
        let typed = json!({
            "0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f": { "name": "充电器", "quantity": "2", "condition": "worn" },
            "0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e1f": null,
            "other": { "name": " 保护壳 ", "quantity": "1", "condition": "good" },
        });
        let sent = ticked(&typed);
        assert_eq!(sent.as_array().map(Vec::len), Some(2));
        assert_eq!(sent.pointer("/0/accessory_id"), Some(&json!("0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f")));
        assert_eq!(sent.pointer("/0/quantity"), Some(&json!("2")));
        assert_eq!(sent.pointer("/1/name"), Some(&json!("保护壳")));
    }
}
