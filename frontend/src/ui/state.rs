//! What stands in place of content: loading, nothing, an error.

use super::{Icon, Words, icon};
use leptos::prelude::*;
use openapi::choice::Tone;
use std::time::Duration;

/// Shows its children only when `when` has held for 300 ms, so that quick answers do not flicker.
#[component]
pub fn Delayed(
    /// Whether there is something to wait for.
    #[prop(into)]
    when: Signal<bool>,
    /// What to show then.
    children: ChildrenFn,
) -> AnyView {
    let ripe = RwSignal::new(false);
    let turn = StoredValue::new(0_u32);
    Effect::new(move || {
        let mine = turn.get_value().wrapping_add(1);
        turn.set_value(mine);
        if when.get() {
            let ripen = move || {
                if turn.try_get_value() == Some(mine) {
                    ripe.try_set(true);
                }
            };
            set_timeout(ripen, Duration::from_millis(300));
        } else {
            ripe.set(false);
        }
    });
    view! { <Show when=move || ripe.get() && when.get()>{children()}</Show> }.into_any()
}

/// Grey bars where text will be.
#[component]
pub fn Skeleton(
    /// How many bars.
    #[prop(default = 6)]
    rows: usize,
) -> AnyView {
    let bar = |i: usize| {
        let class = if i.is_multiple_of(3) { "bar short" } else { "bar" };
        view! { <div class=class></div> }
    };
    view! { <div class="skeleton" aria-hidden="true">{(0..rows).map(bar).collect_view()}</div> }.into_any()
}

/// A calm panel in place of content: icon, title, hint, and what can be done.
#[component]
pub fn StatePanel(
    /// The icon.
    glyph: Icon,
    /// What is the matter.
    #[prop(into)]
    title: Words,
    /// What to do about it.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    view! {
        <div class="state" role="status">
            <div class="state-icon">{icon(glyph)}</div>
            <p class="state-title">{move || title.get()}</p>
            {move || hint.get().map(|hint| view! { <p class="state-hint">{hint}</p> })}
            <div class="state-actions">{children.map(|c| c())}</div>
        </div>
    }
    .into_any()
}

/// A line of information above content.
#[component]
pub fn Notice(
    /// Its tone.
    tone: Tone,
    /// What it says.
    #[prop(into)]
    text: Words,
    /// Buttons at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let (class, glyph) = match tone {
        Tone::Neutral => ("notice", Icon::Info),
        Tone::Info => ("notice info", Icon::Info),
        Tone::Success => ("notice success", Icon::Success),
        Tone::Warning => ("notice warning", Icon::Warning),
        Tone::Danger => ("notice danger", Icon::Warning),
    };
    view! {
        <div class=class role=if tone == Tone::Danger { "alert" } else { "status" }>
            {icon(glyph)} <span class="grow">{move || text.get()}</span> {children.map(|c| c())}
        </div>
    }
    .into_any()
}
