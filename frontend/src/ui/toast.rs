//! Short messages in the corner, read out by screen readers.

use super::{Icon, IconButton, icon};
use crate::text::common;
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Success,
    Error,
    Info,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    kind: Kind,
    text: String,
    link: Option<(String, String)>,
}

thread_local! {
    static TOASTS: ArcRwSignal<Vec<Toast>> = ArcRwSignal::new(Vec::new());
    static NEXT: std::cell::Cell<u32> = const { std::cell::Cell::new(1) };
}

fn signal() -> ArcRwSignal<Vec<Toast>> {
    TOASTS.with(Clone::clone)
}

fn show(kind: Kind, text: String, link: Option<(String, String)>) -> u32 {
    let id = NEXT.replace(NEXT.get().wrapping_add(1));
    signal().update(|all| {
        all.retain(|t| t.text != text);
        all.push(Toast { id, kind, text, link });
        let surplus = all.len().saturating_sub(4);
        all.drain(..surplus);
    });
    let seconds = if kind == Kind::Error { 10 } else { 4 };
    set_timeout(move || dismiss(id), Duration::from_secs(seconds));
    id
}

/// Takes a toast away.
pub fn dismiss(id: u32) {
    signal().update(|all| all.retain(|t| t.id != id));
}

/// Something worked. Name what it was.
pub fn success(text: impl Into<String>) {
    show(Kind::Success, text.into(), None);
}

/// Something worked, and there is a place to look at it: label and address.
pub fn success_with_link(text: impl Into<String>, label: impl Into<String>, href: impl Into<String>) {
    show(Kind::Success, text.into(), Some((label.into(), href.into())));
}

/// Something failed.
pub fn error(text: impl Into<String>) {
    show(Kind::Error, text.into(), None);
}

/// Something to know. What comes back takes it away before its time.
pub fn info(text: impl Into<String>) -> u32 {
    show(Kind::Info, text.into(), None)
}

/// Where toasts appear. Once per app.
#[component]
pub fn Toasts() -> AnyView {
    let toasts = signal();
    let one = |toast: Toast| {
        let (class, glyph) = match toast.kind {
            Kind::Success => ("toast success", Icon::Success),
            Kind::Error => ("toast danger", Icon::Warning),
            Kind::Info => ("toast info", Icon::Info),
        };
        let link = toast.link.map(|(label, href)| view! { <A href=href>{label}</A> });
        view! {
            <div class=class role=if toast.kind == Kind::Error { "alert" } else { "status" }>
                {icon(glyph)} <span class="grow">{toast.text}</span> {link}
                <IconButton label=common::CLOSE icon=Icon::Close on_press=move |()| dismiss(toast.id) />
            </div>
        }
    };
    view! {
        <div class="toasts" role="region" aria-label=common::NOTIFICATIONS aria-live="polite">
            <For each=move || toasts.get() key=|t| t.id children=one />
        </div>
    }
    .into_any()
}
