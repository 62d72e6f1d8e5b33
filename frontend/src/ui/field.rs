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
    let note_id = format!("{id}-note");
    let note = move || match (error.get(), hint.get()) {
        (Some(error), _) => Some(view! { <span class="error" role="alert">{error}</span> }.into_any()),
        (None, Some(hint)) => Some(view! { <span class="hint">{hint}</span> }.into_any()),
        (None, None) => None,
    };
    let mark = move || {
        required.get().then(|| {
            view! { <span class="required"><span aria-hidden="true">"*"</span><span class="for-reader">{common::REQUIRED_MARK}</span></span> }
        })
    };
    view! {
        <div class="field" class:wide=wide class:wrong=move || error.with(Option::is_some)>
            <label for=id>{move || label.get()} {mark}</label>
            {children()}
            <div class="note" id=note_id>{note}</div>
        </div>
    }
    .into_any()
}
