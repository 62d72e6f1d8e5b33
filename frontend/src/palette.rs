//! Ctrl K: go to a page, create something, find a record by number, phone or serial.

use crate::api::session::may;
use crate::nav;
use crate::text::{Label, common, shell};
use crate::ui::{Icon, composing, icon};
use futures::future::{LocalBoxFuture, join_all};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::Permission;
use std::time::Duration;
use web_sys::KeyboardEvent;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is called.
    pub label: String,
    /// What tells it from others.
    pub detail: String,
    /// Where it is.
    pub href: String,
}

/// A kind of record that can be found. A domain lists its own in `pages/<domain>/mod.rs`.
pub struct Finder {
    /// What it finds.
    pub label: Label,
    /// Who may.
    pub needs: Permission,
    /// Finds at most a handful by words.
    pub find: fn(String) -> LocalBoxFuture<'static, Vec<Hit>>,
}

#[derive(Clone)]
struct Entry {
    group: String,
    glyph: Icon,
    hit: Hit,
}

#[derive(Clone, Copy)]
struct State {
    open: RwSignal<bool>,
    words: RwSignal<String>,
    found: RwSignal<Vec<Entry>>,
    busy: RwSignal<bool>,
    active: RwSignal<usize>,
    turn: StoredValue<u32>,
}

/// The palette.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let state = State {
        open,
        words: RwSignal::new(String::new()),
        found: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        active: RwSignal::new(0),
        turn: StoredValue::new(0),
    };
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            state.words.set(String::new());
            state.found.set(Vec::new());
            state.active.set(0);
            dialog.show_modal().ok();
            request_animation_frame(|| crate::ui::focus("#palette"));
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let on_backdrop = move |ev: web_sys::MouseEvent| {
        if event_target::<web_sys::Element>(&ev).tag_name() == "DIALOG" {
            open.set(false);
        }
    };
    view! {
        <dialog node_ref=node class="dialog palette" aria-label=shell::PALETTE on:close=move |_| open.set(false)
            on:click=on_backdrop>
            <Show when=move || open.get()>{content(state)}</Show>
        </dialog>
    }
    .into_any()
}

fn content(state: State) -> AnyView {
    let entries = Memo::new(move |_| EntriesKey(entries(state)));
    let input = move |ev: web_sys::Event| {
        state.words.set(event_target_value(&ev));
        state.active.set(0);
        search(state);
    };
    let row = move |(index, entry): (usize, Entry)| {
        let href = entry.hit.href.clone();
        view! {
            <li id=format!("palette-{index}") role="option" class="option"
                aria-selected=move || if state.active.get() == index { "true" } else { "false" }
                on:pointermove=move |_| if state.active.get_untracked() != index { state.active.set(index) }
                on:click=move |_| leave(state, &href)>
                {icon(entry.glyph)}
                <span class="option-label grow">{entry.hit.label}</span>
                <span class="option-detail">{entry.hit.detail}</span>
                <span class="tag">{entry.group}</span>
            </li>
        }
    };
    view! {
        <div class="palette-head">
            {icon(Icon::Search)}
            <input id="palette" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-expanded="true"
                aria-controls="palette-list" aria-activedescendant=move || format!("palette-{}", state.active.get())
                aria-label=shell::PALETTE placeholder=shell::SEARCH_ANYTHING
                prop:value=move || state.words.get() on:input=input on:keydown=move |ev| key(&ev, state, entries) />
        </div>
        <ul id="palette-list" class="palette-list" role="listbox" aria-label=shell::PALETTE>
            {move || entries.get().0.into_iter().enumerate().map(row).collect_view()}
            {move || (entries.with(|e| e.0.is_empty())).then(|| {
                let label = if state.busy.get() { common::LOADING } else { common::NO_RESULTS };
                view! { <li class="option-note" role="option" aria-disabled="true" aria-selected="false">{label}</li> }
            })}
        </ul>
        <div class="palette-foot">{shell::PALETTE_HINT}</div>
    }
    .into_any()
}

#[derive(Clone)]
struct EntriesKey(Vec<Entry>);
impl PartialEq for EntriesKey {
    fn eq(&self, other: &Self) -> bool {
        let key = |e: &Entry| (e.hit.clone(), e.group.clone());
        self.0.iter().map(key).eq(other.0.iter().map(key))
    }
}

/// Pages whose name, in either language, contains the words; then what was found.
fn entries(state: State) -> Vec<Entry> {
    let words = state.words.get().trim().to_lowercase();
    let fits = |label: Label| words.is_empty() || label.zh.contains(&words) || label.en.to_lowercase().contains(&words);
    let pages = nav::pages().filter(|page| !page.path.contains(':') && page.is_allowed() && fits(page.title));
    let entry = |page: &nav::Place| {
        let (group, glyph) = if page.is_create() {
            (shell::CREATE, Icon::Plus)
        } else {
            (shell::GO_TO, page.menu.map_or(Icon::Right, |(_, g)| g))
        };
        let hit = Hit { label: page.title.get().to_owned(), detail: String::new(), href: page.path.to_owned() };
        Entry { group: group.get().to_owned(), glyph, hit }
    };
    let mut all: Vec<Entry> = state.found.get();
    all.extend(pages.map(entry));
    all
}

/// Asks every finder after a short rest in typing.
fn search(state: State) {
    let turn = state.turn.get_value().wrapping_add(1);
    state.turn.set_value(turn);
    let words = state.words.get_untracked().trim().to_owned();
    if words.chars().count() < 2 {
        state.found.set(Vec::new());
        state.busy.set(false);
        return;
    }
    state.busy.set(true);
    let current = move || state.turn.try_get_value() == Some(turn);
    let start = move || {
        if !current() {
            return;
        }
        let finders = crate::pages::FINDERS.iter().copied().flatten().filter(|f| untrack(|| may(f.needs)));
        let asked: Vec<_> = finders
            .map(|f| {
                let (label, answer) = (f.label, (f.find)(words.clone()));
                async move { (label, answer.await) }
            })
            .collect();
        spawn_local(async move {
            let answers = join_all(asked).await;
            if current() {
                let entry = |label: Label, hit| Entry { group: label.get().to_owned(), glyph: Icon::Document, hit };
                state.found.set(
                    answers
                        .into_iter()
                        .flat_map(|(label, hits)| hits.into_iter().map(move |hit| entry(label, hit)))
                        .collect(),
                );
                state.busy.set(false);
            }
        });
    };
    set_timeout(start, Duration::from_millis(200));
}

fn leave(state: State, href: &str) {
    state.open.set(false);
    nav::go(href);
}

fn key(ev: &KeyboardEvent, state: State, entries: Memo<EntriesKey>) {
    if composing(ev) {
        return;
    }
    let last = entries.with_untracked(|e| e.0.len()).saturating_sub(1);
    match ev.key().as_str() {
        "ArrowDown" => state.active.update(|i| *i = if *i >= last { 0 } else { *i + 1 }),
        "ArrowUp" => state.active.update(|i| *i = i.checked_sub(1).unwrap_or(last)),
        "Enter" => {
            if let Some(href) =
                entries.with_untracked(|e| e.0.get(state.active.get_untracked()).map(|e| e.hit.href.clone()))
            {
                leave(state, &href);
            }
        }
        _ => return,
    }
    ev.prevent_default();
}
