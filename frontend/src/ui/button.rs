//! Buttons.

use super::{Icon, Words, icon};
use leptos::prelude::*;
use leptos_router::components::A;

/// How a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// One of several.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Destroys something.
    Danger,
    /// Without a border until it is pointed at.
    Quiet,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Look::Plain => "button",
            Look::Primary => "button primary",
            Look::Danger => "button danger",
            Look::Quiet => "button quiet",
        }
    }
}

/// A button. While it is busy, and when it is disabled, a press does nothing; a disabled button says why.
#[component]
pub fn Button(
    /// What stands on it.
    #[prop(into)]
    label: Words,
    /// How it stands out.
    #[prop(optional)]
    look: Look,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be pressed now; nothing when it can.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Whether it sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Keys that do the same, for example `Ctrl S`.
    #[prop(optional)]
    keys: &'static str,
    /// What a press does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> AnyView {
    let last = StoredValue::new(0_i64);
    let press = move |ev: web_sys::MouseEvent| {
        let now = super::now_ms();
        // a form guards itself: while it is sent its button is busy
        let is_double = !submit && now - last.get_value() < 300;
        if busy.get_untracked() || disabled.with_untracked(Option::is_some) || is_double {
            ev.prevent_default();
            return;
        }
        last.set_value(now);
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let glyph = move || {
        if busy.get() {
            view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
        } else {
            icon.map(super::icon).into_any()
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            title=move || disabled.get()
            aria-disabled=move || (busy.get() || disabled.with(Option::is_some)).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {glyph}
            <span>{move || label.get()}</span>
            {(!keys.is_empty()).then(|| view! { <kbd aria-hidden="true">{keys}</kbd> })}
        </button>
    }
    .into_any()
}

/// A button that is an icon; the label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: Words,
    /// The icon.
    icon: Icon,
    /// Whether it is switched on, for a toggle.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Whether it is at work.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    /// A class beside the usual one.
    #[prop(optional)]
    class: &'static str,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
) -> AnyView {
    let is_busy = move || busy.is_some_and(|busy| busy.get());
    let face = move || match is_busy() {
        true => view! { <span class="spinner" aria-hidden="true"></span> }.into_any(),
        false => super::icon(icon).into_any(),
    };
    view! {
        <button
            type="button"
            aria-busy=move || is_busy().then_some("true")
            class=format!("icon-button {class}")
            title=move || label.get()
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|p| if p.get() { "true" } else { "false" })
            on:click=move |_| on_press.run(())
        >
            {face}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// What stands on it.
    #[prop(into)]
    label: Words,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How it stands out.
    #[prop(optional)]
    look: Look,
    /// An icon before the label.
    #[prop(optional, into)]
    glyph: Option<Icon>,
    /// Keys that do the same.
    #[prop(optional)]
    keys: &'static str,
) -> AnyView {
    view! {
        <A href=href attr:class=look.class()>
            {glyph.map(icon)}
            <span>{move || label.get()}</span>
            {(!keys.is_empty()).then(|| view! { <kbd aria-hidden="true">{keys}</kbd> })}
        </A>
    }
    .into_any()
}
