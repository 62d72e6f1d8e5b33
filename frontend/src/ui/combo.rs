//! A picker that searches as one types (ARIA combobox with a list).

use super::{Icon, Words, icon};
use crate::text::common;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;
use web_sys::KeyboardEvent;

/// Something to pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The value that is stored, usually an id.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// A second line that tells it from others.
    pub detail: String,
}

type Search = Arc<dyn Fn(String) -> LocalBoxFuture<'static, Result<Vec<Pick>, String>> + Send + Sync>;
type Resolve = Arc<dyn Fn(String) -> LocalBoxFuture<'static, Option<Pick>> + Send + Sync>;

/// Where things to pick come from.
#[derive(Clone)]
pub struct PickSource {
    /// Finds by words.
    pub search: Search,
    /// Finds what a stored value is called.
    pub resolve: Resolve,
}

#[derive(Clone, Copy)]
struct State {
    text: RwSignal<String>,
    shown: RwSignal<Option<Pick>>,
    found: RwSignal<Vec<Pick>>,
    failed: RwSignal<Option<String>>,
    active: RwSignal<usize>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl State {
    fn new() -> Self {
        State {
            text: RwSignal::new(String::new()),
            shown: RwSignal::new(None),
            found: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
            active: RwSignal::new(0),
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Searches after a short rest in typing; only the latest search counts.
    fn search(self, source: StoredValue<PickSource>, delay: u64) {
        let mine = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(mine);
        let current = move || self.turn.try_get_value() == Some(mine);
        self.open.set(true);
        self.busy.set(true);
        let start = move || {
            if !current() {
                return;
            }
            let answer = source.with_value(|s| (s.search)(self.text.get_untracked().trim().to_owned()));
            spawn_local(async move {
                let answer = answer.await;
                if current() {
                    self.busy.set(false);
                    self.active.set(0);
                    match answer {
                        Ok(found) => {
                            self.failed.set(None);
                            self.found.set(found);
                        }
                        Err(message) => {
                            self.found.set(Vec::new());
                            self.failed.set(Some(message));
                        }
                    }
                }
            });
        };
        set_timeout(start, Duration::from_millis(delay));
    }
}

/// The picker. Its value is the picked value, empty for none.
#[component]
pub fn Combo(
    /// Where the value lives.
    bind: super::Bind,
    /// Id of the input; the label refers to it.
    #[prop(into)]
    id: String,
    /// Name of the list for screen readers.
    #[prop(into)]
    name: Words,
    /// Where things come from.
    source: PickSource,
    /// Told about the whole pick, not only its value.
    #[prop(optional, into)]
    picked: Option<Callback<Option<Pick>>>,
    /// A hint inside.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Whether the value is wrong.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether a value is needed.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> AnyView {
    let state = State::new();
    let source = StoredValue::new(source);
    follow_value(state, bind, source);
    let choose = move |pick: Option<Pick>| {
        state.open.set(false);
        state.text.set(pick.as_ref().map(|p| p.label.clone()).unwrap_or_default());
        state.shown.set(pick.clone());
        bind.put(pick.as_ref().map(|p| p.value.clone()).unwrap_or_default());
        if let Some(picked) = picked {
            picked.run(pick);
        }
    };
    let leave = move || {
        let Some(shown) = state.shown.try_get_untracked() else { return };
        state.open.set(false);
        // what was typed but not picked is no value: show the picked one again
        state.text.set(shown.map(|p| p.label).unwrap_or_default());
        bind.leave();
    };
    let typed = move |text: String| {
        state.text.set(text);
        // what was found for other words must not be picked by an Enter that comes before the new answer
        state.found.set(Vec::new());
        state.search(source, 200);
    };
    let (list, note) = (format!("{id}-list"), format!("{id}-note"));
    let (controls, option_id) = (list.clone(), id.clone());
    let active_id = move || state.open.get().then(|| format!("{option_id}-{}", state.active.get()));
    let row_id = id.clone();
    let row = move |(index, pick): (usize, Pick)| {
        let chosen = pick.clone();
        view! {
            <li id=format!("{row_id}-{index}") role="option" class="option"
                aria-selected=move || if state.active.get() == index { "true" } else { "false" }
                on:pointerdown=move |ev| { ev.prevent_default(); choose(Some(chosen.clone())); }
                on:pointermove=move |_| if state.active.get_untracked() != index { state.active.set(index) }>
                <span class="option-label">{pick.label}</span><span class="option-detail">{pick.detail}</span>
            </li>
        }
    };
    view! {
        <div class="combo">
            <input id=id class="input" type="text" role="combobox" autocomplete="off" spellcheck="false"
                aria-autocomplete="list" aria-controls=controls aria-describedby=note
                aria-expanded=move || if state.open.get() { "true" } else { "false" }
                aria-activedescendant=active_id
                aria-invalid=move || invalid.get().then_some("true")
                aria-required=move || required.get().then_some("true")
                placeholder=move || placeholder.get().unwrap_or_else(|| common::TYPE_TO_SEARCH.get().to_owned())
                prop:value=move || state.text.get()
                on:input=move |ev| typed(event_target_value(&ev))
                on:click=move |_| if !state.open.get_untracked() { state.text.set(String::new()); state.search(source, 0); }
                on:keydown=move |ev| combo_key(&ev, state, source, choose)
                on:blur=move |_| leave() />
            <Show when=move || bind.value.with(|v| !v.is_empty()) fallback=|| view! { <span class="combo-icon">{icon(Icon::Search)}</span> }>
                <button type="button" class="combo-clear" tabindex="-1" aria-label=common::CLEAR on:click=move |_| choose(None)>{icon(Icon::Close)}</button>
            </Show>
            <ul id=list class="options" role="listbox" aria-label=move || name.get() class:gone=move || !state.open.get()>
                {move || state.found.get().into_iter().enumerate().map(row.clone()).collect_view()}
                {move || combo_note(state)}
            </ul>
        </div>
    }
    .into_any()
}

/// Shows what a value is called that came from elsewhere.
fn follow_value(state: State, bind: super::Bind, source: StoredValue<PickSource>) {
    Effect::new(move || {
        let value = bind.value.get();
        if state.shown.with_untracked(|s| s.as_ref().map_or("", |p| p.value.as_str()) == value) {
            return;
        }
        state.shown.set(None);
        state.text.set(String::new());
        if value.is_empty() {
            return;
        }
        let answer = source.with_value(|s| (s.resolve)(value.clone()));
        spawn_local(async move {
            let pick = answer.await.unwrap_or(Pick { label: value.clone(), value, detail: String::new() });
            let is_current = bind.value.try_get_untracked().is_some_and(|now| now == pick.value);
            if is_current && !state.open.get_untracked() {
                state.text.set(pick.label.clone());
                state.shown.set(Some(pick));
            }
        });
    });
}

fn combo_note(state: State) -> Option<AnyView> {
    let text = if let Some(message) = state.failed.get() {
        message
    } else if state.busy.get() && state.found.with(Vec::is_empty) {
        common::LOADING.get().to_owned()
    } else if state.found.with(Vec::is_empty) {
        common::NO_RESULTS.get().to_owned()
    } else {
        return None;
    };
    Some(
        view! { <li class="option-note" role="option" aria-disabled="true" aria-selected="false">{text}</li> }
            .into_any(),
    )
}

fn combo_key(ev: &KeyboardEvent, state: State, source: StoredValue<PickSource>, choose: impl Fn(Option<Pick>)) {
    if super::composing(ev) {
        return;
    }
    let last = state.found.with_untracked(Vec::len).saturating_sub(1);
    match ev.key().as_str() {
        "ArrowDown" if !state.open.get_untracked() => state.search(source, 0),
        "ArrowDown" => state.active.update(|i| *i = if *i >= last { 0 } else { *i + 1 }),
        "ArrowUp" => state.active.update(|i| *i = i.checked_sub(1).unwrap_or(last)),
        "Enter" if state.open.get_untracked() => {
            if let Some(pick) = state.found.with_untracked(|f| f.get(state.active.get_untracked()).cloned()) {
                choose(Some(pick));
            }
        }
        "Escape" if state.open.get_untracked() => {
            ev.stop_propagation();
            state.open.set(false);
        }
        _ => return,
    }
    ev.prevent_default();
    request_animation_frame(move || {
        if let Some(option) = document().query_selector("[role=option][aria-selected=true]").ok().flatten() {
            super::reveal(&option);
        }
    });
}
