//! Drafts: what is typed is kept on this device until it is saved or thrown away.

use super::Form;
use crate::text::{self, documents};
use crate::ui::{Button, Notice, Question, ask, storage};
use leptos::ev;
use leptos::prelude::*;
use openapi::Timestamp;
use openapi::choice::Tone;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use wasm_bindgen::JsCast;

#[derive(Serialize, Deserialize)]
struct Draft {
    at: Timestamp,
    texts: Value,
}

/// Keeps the form's texts under `key`, offers an older draft, and asks before the page is left. Draw what it returns
/// above the form.
pub fn keep(form: Form, key: String) -> AnyView {
    let offered = RwSignal::new(storage::get_json::<Draft>(&key).map(|draft| (draft.at, draft.texts)));
    let store = key.clone();
    let pending = StoredValue::new(0_u32);
    Effect::new(move || {
        let texts = form.texts();
        if !form.dirty.get() {
            return;
        }
        let turn = pending.get_value().wrapping_add(1);
        pending.set_value(turn);
        let store = store.clone();
        let write = move || {
            let is_due = pending.try_get_value() == Some(turn) && form.dirty.get_untracked();
            if is_due {
                storage::put_json(&store, &Draft { at: text::now(), texts: texts.clone() });
            }
        };
        set_timeout(write, Duration::from_millis(400));
    });
    // what was typed in the last moment before the page goes
    let last = key.clone();
    let going = window_event_listener_untyped("pagehide", move |_| {
        if form.dirty.get_untracked() {
            storage::put_json(&last, &Draft { at: text::now(), texts: untrack(|| form.texts()) });
        }
    });
    on_cleanup(move || going.remove());
    guard(form);
    let forget = key;
    view! {
        {move || offered.get().map(|(at, texts)| {
            let forget = forget.clone();
            view! {
                <Notice tone=Tone::Info text=Signal::derive(move || String::from(documents::DRAFT_FOUND.with("time", text::time(at))))>
                    <Button label=documents::DRAFT_RESTORE on_press=move |()| { form.restore(texts.clone()); offered.set(None); } />
                    <Button label=documents::DRAFT_DISCARD on_press=move |()| { storage::remove(&forget); offered.set(None); } />
                </Notice>
            }
        })}
    }
    .into_any()
}

/// Asks before a page with unsaved input is left: by a link, by closing the window, or by reloading.
fn guard(form: Form) {
    let closing = window_event_listener(ev::beforeunload, move |ev| {
        if form.dirty.get_untracked() {
            ev.prevent_default();
        }
    });
    let click = move |ev: web_sys::MouseEvent| {
        if !form.dirty.get_untracked() || ev.ctrl_key() || ev.meta_key() {
            return;
        }
        let element = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|e| e.closest("a[href]").ok().flatten());
        let Some(href) = link.filter(|l| l.get_attribute("target").is_none()).and_then(|l| l.get_attribute("href"))
        else {
            return;
        };
        ev.prevent_default();
        ev.stop_propagation();
        leptos::task::spawn_local(async move {
            if may_leave().await {
                form.dirty.set(false);
                crate::nav::go(&href);
            }
        });
    };
    let listener = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::MouseEvent)>::new(click);
    let function: js_sys::Function = listener.as_ref().unchecked_ref::<js_sys::Function>().clone();
    // in the capture phase, before the router sees the click
    document().add_event_listener_with_callback_and_bool("click", &function, true).ok();
    let kept = StoredValue::new_local((listener, function));
    on_cleanup(move || {
        closing.remove();
        kept.try_with_value(|(_, function)| {
            document().remove_event_listener_with_callback_and_bool("click", function, true).ok();
        });
    });
}

/// Asks whether to leave unsaved input behind.
pub async fn may_leave() -> bool {
    let question = Question {
        title: documents::LEAVE_TITLE.get().to_owned(),
        text: documents::LEAVE_TEXT.get().to_owned(),
        confirm: documents::LEAVE.get().to_owned(),
        cancel: documents::STAY.get().to_owned(),
        ..Question::default()
    };
    ask(question).await.is_some()
}

/// A word for the head of the form: the draft is kept.
pub fn kept_mark(form: Form) -> AnyView {
    view! { <Show when=move || form.dirty.get()><span class="hint">{documents::DRAFT_KEPT}</span></Show> }.into_any()
}
