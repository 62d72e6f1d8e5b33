//! Tags: a short word with a tone.

use super::Words;
use crate::text;
use leptos::prelude::*;
use openapi::choice::{Choice, Tone};

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "tag",
        Tone::Info => "tag info",
        Tone::Success => "tag success",
        Tone::Warning => "tag warning",
        Tone::Danger => "tag danger",
    }
}

/// A word with a tone.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    label: Words,
    /// Its tone.
    tone: Tone,
) -> AnyView {
    view! { <span class=class(tone)>{move || label.get()}</span> }.into_any()
}

/// The tag of a choice: label and tone come from the contract.
pub fn tag<C: Choice + Send + Sync>(value: C) -> AnyView {
    view! { <span class=class(value.tone())>{move || text::choice(value)}</span> }.into_any()
}
