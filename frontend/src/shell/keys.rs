//! The keys that work everywhere.

use super::frame::Frame;
use crate::text::{Label, shell};
use crate::ui::{Dialog, composing};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Whether keys go into a text now.
fn is_typing() -> bool {
    let active = document().active_element();
    active.is_some_and(|a| a.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some())
}

/// Presses the first element that matches.
fn press(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|e: Element| e.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Listens for as long as the frame is there.
pub(super) fn listen(frame: Frame) {
    let listener = window_event_listener(ev::keydown, move |ev: KeyboardEvent| {
        if composing(&ev) {
            return;
        }
        let control = ev.ctrl_key() || ev.meta_key();
        let key = ev.key();
        if control && key.eq_ignore_ascii_case("k") {
            ev.prevent_default();
            frame.palette.update(|open| *open = !*open);
            return;
        }
        if control || ev.alt_key() || is_typing() || frame.palette.get_untracked() {
            return;
        }
        match key.as_str() {
            "?" => frame.help.set(true),
            "/" => crate::ui::focus("main #filter-q"),
            "n" => press("main .page-actions a.primary"),
            "j" => {
                crate::ui::move_row(true);
            }
            "k" => {
                crate::ui::move_row(false);
            }
            _ => return,
        }
        ev.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

/// The list of keys.
#[component]
pub(super) fn KeyHelp(open: RwSignal<bool>) -> AnyView {
    let keys: &[(&str, Label)] = &[
        ("Ctrl K", shell::KEYS_PALETTE),
        ("?", shell::KEYS_HELP),
        ("/", shell::KEYS_FILTER),
        ("J K ↑ ↓", shell::KEYS_ROWS),
        ("Enter", shell::KEYS_OPEN),
        ("N", shell::KEYS_NEW),
        ("Ctrl S", shell::KEYS_SAVE),
        ("Esc", shell::KEYS_CLOSE),
    ];
    let row = |(keys, label): &(&'static str, Label)| {
        view! { <div class="key-row"><dt>{keys.split(' ').map(|k| view! { <kbd>{k}</kbd> }).collect_view()}</dt><dd>{*label}</dd></div> }
    };
    view! { <Dialog open=open title=shell::KEYS><dl class="keys">{keys.iter().map(row).collect_view()}</dl></Dialog> }
        .into_any()
}
