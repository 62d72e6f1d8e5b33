//! The page of rules in numbers: what holds now, what held before, and a form that sets others from now on.

use super::detail::{Lines, draw_items, item};
use super::form::{Control, Field, InlineForm};
use super::head::PageHead;
use super::problem::error_panel;
use super::send::{Got, Sender, allowed, permission, sender};
use super::{cell, no_permission};
use crate::api::{DataOf, Loader, Options};
use crate::text::{Label, documents};
use crate::ui::{Align, Button, Delayed, Dialog, Icon, InputKind, Look, Skeleton, toast};
use leptos::prelude::*;
use openapi::{Endpoint, Permission, Timestamp};
use serde_json::Value;

/// The page of the rules that `G` reads and `S` sets, for contracts made with `openapi::rules!`. `fields` are the numbers,
/// each with its label, and a remark.
pub fn rules_page<G: Endpoint, S: Endpoint>(title: Label, hint: Label, fields: fn() -> Vec<Field>) -> AnyView
where
    DataOf<G>: Send + Sync,
    DataOf<S>: Send + Sync,
{
    let parts = Parts { title, hint, fields, needs: permission::<G>(), may_set: permission::<S>() };
    parts.draw(sender::<G>(), sender::<S>())
}

#[derive(Clone, Copy)]
struct Parts {
    title: Label,
    hint: Label,
    fields: fn() -> Vec<Field>,
    needs: Option<Permission>,
    may_set: Option<Permission>,
}

impl Parts {
    fn draw(self, get: Sender, set: Sender) -> AnyView {
        if !untrack(|| allowed(self.needs)) {
            return no_permission(self.needs);
        }
        let Parts { title, hint, fields, .. } = self;
        let loader = Loader::new(move || get(String::new(), String::new(), Vec::new(), Options::default()));
        let (open, set) = (RwSignal::new(false), StoredValue::new(set));
        let form = move || {
            let record = loader.data.get().map(|got: Got| numbers(fields(), &got.json()));
            let done = move |_: Got| {
                open.set(false);
                loader.reload();
                toast::success(documents::RULES_DONE.get());
            };
            view! {
                <InlineForm fields=fields() send=set.get_value() id="" version=None record=record label=documents::RULES_SET
                    done=done cancel=move |()| open.set(false) />
            }
        };
        let body = move || match (loader.data.get(), loader.error.get()) {
            (Some(got), _) => drawn(fields(), &got.json()),
            (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
            (None, None) => view! { <Delayed when=loader.busy><Skeleton rows=4 /></Delayed> }.into_any(),
        };
        let edit = move || {
            allowed(self.may_set).then(|| {
                view! {
                    <Button label=documents::RULES_SET look=Look::Primary icon=Icon::Settings on_press=move |()| open.set(true) />
                }
            })
        };
        view! {
            <PageHead title=title>{edit}</PageHead>
            <section class="card rules"><p class="hint">{hint}</p>{body}</section>
            <Dialog open=open title=documents::RULES_SET broad=true>{form}</Dialog>
        }
        .into_any()
    }
}

/// The fields that hold a number; a remark belongs to one change alone.
fn is_number(field: &Field) -> bool {
    matches!(field.control, Control::Input(_)) && field.required
}

/// What holds now, to begin the form with.
fn numbers(fields: Vec<Field>, now: &Value) -> Value {
    let known = fields.iter().filter(|field| is_number(field));
    known.map(|field| (field.key.to_owned(), now.get(field.key).cloned().unwrap_or_default())).collect()
}

/// A number of the rules, as its field is read.
fn number(value: &Value, field: &Field) -> AnyView {
    let is_rate = matches!(field.control, Control::Input(InputKind::Percent));
    match value.get(field.key).and_then(Value::as_u64).and_then(|rate| u16::try_from(rate).ok()) {
        Some(rate) if is_rate => cell::percent(rate),
        _ => shown(value, field.key),
    }
}

fn shown(value: &Value, key: &str) -> AnyView {
    let text = match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return cell::none(),
    };
    cell::text(text)
}

fn drawn(fields: Vec<Field>, rules: &Value) -> AnyView {
    let known: Vec<&Field> = fields.iter().filter(|field| is_number(field)).collect();
    let now = known.iter().map(|field| item(field.label, number(rules, field))).collect();
    let changes = rules.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    if changes.is_empty() {
        return view! { {draw_items(now)} <p class="hint">{documents::RULES_PRESET}</p> }.into_any();
    }
    let mut head = vec![(documents::RULES_SET_AT, Align::Left), (documents::RULES_SET_BY, Align::Left)];
    head.extend(known.iter().map(|field| (field.label, Align::Right)));
    head.push((documents::RULES_REMARK, Align::Left));
    let keys: Vec<Field> = known.into_iter().cloned().collect();
    let count = changes.len();
    let row = move |index: usize| {
        let Some(change) = changes.get(index) else { return Vec::new() };
        let at = change.get("created_at").and_then(Value::as_str).and_then(|at| at.parse::<Timestamp>().ok());
        let mut cells = vec![cell::maybe_time(at), shown(change, "created_by_name")];
        cells.extend(keys.iter().map(|field| number(change, field)));
        cells.push(shown(change, "remark"));
        cells
    };
    view! { {draw_items(now)} {Lines::rows(head, count, row).draw()} }.into_any()
}
