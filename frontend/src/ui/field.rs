//! A label, a control, and what is wrong with it.

use super::Words;
use crate::text::common;
use leptos::prelude::*;

/// Frames a control: label above, hint or error below. The control must carry `id`, and
/// `{id}-note` in its `aria-describedby`.
#[component]
pub fn FieldBox(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: Words,
    /// Whether a value is needed.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it takes the whole width of the form.
    #[prop(optional)]
    wide: bool,
    /// The control.
    children: Children,
) -> AnyView {
    let note = note(&id, hint, error);
    let mark = move || {
        required.get().then(|| {
            view! { <span class="required"><span aria-hidden="true">"*"</span><span class="for-reader">{common::REQUIRED_MARK}</span></span> }
        })
    };
    view! {
        <div class="field" class:wide=wide class:wrong=move || error.with(Option::is_some)>
            <label for=id>{move || label.get()} {mark}</label>
            {children()}
            {note}
        </div>
    }
    .into_any()
}

/// Frames a tick, whose label stands beside it: hint or error below.
#[component]
pub fn TickBox(
    /// Id of the tick.
    #[prop(into)]
    id: String,
    /// What to know before ticking.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it takes the whole width of the form.
    #[prop(optional)]
    wide: bool,
    /// The tick, with its label.
    children: Children,
) -> AnyView {
    let note = note(&id, hint, error);
    view! {
        <div class="field tick-field" class:wide=wide class:wrong=move || error.with(Option::is_some)>
            {children()}
            {note}
        </div>
    }
    .into_any()
}

/// What is wrong with a control, else what to know about it.
fn note(id: &str, hint: Signal<Option<String>>, error: Signal<Option<String>>) -> AnyView {
    let said = move || match (error.get(), hint.get()) {
        (Some(error), _) => Some(view! { <span class="error" role="alert">{error}</span> }.into_any()),
        (None, Some(hint)) => Some(view! { <span class="hint">{hint}</span> }.into_any()),
        (None, None) => None,
    };
    view! { <div class="note" id=format!("{id}-note")>{said}</div> }.into_any()
}
