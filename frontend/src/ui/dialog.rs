//! Dialogs and drawers over the native `<dialog>`: the browser keeps the focus inside and closes them on Esc.

use super::{Icon, IconButton, Words};
use crate::text::common;
use leptos::prelude::*;

fn native(open: RwSignal<bool>, title: Words, class: &'static str, children: ChildrenFn) -> AnyView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let title_id = super::unique("dialog");
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            dialog.show_modal().ok();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let heading = title_id.clone();
    view! {
        <dialog node_ref=node class=class aria-labelledby=title_id
            on:close=move |_| open.set(false)
            on:keydown=move |ev| if ev.key() == "Escape" && super::composing(&ev) { ev.prevent_default() }>
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=heading.clone()>{move || title.get()}</h2>
                    <IconButton label=common::CLOSE icon=Icon::Close on_press=move |()| open.set(false) />
                </header>
                <div class="dialog-body">{children()}</div>
            </Show>
        </dialog>
    }
    .into_any()
}

/// A dialog in the middle. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; the dialog sets it when it is closed.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Words,
    /// Whether it is broad.
    #[prop(optional)]
    broad: bool,
    /// Its content.
    children: ChildrenFn,
) -> AnyView {
    native(open, title, if broad { "dialog broad" } else { "dialog" }, children)
}

/// A panel from the right edge, for a look at something without leaving the page.
#[component]
pub fn Drawer(
    /// Whether it is open; the drawer sets it when it is closed.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Words,
    /// Whether it is broad.
    #[prop(optional)]
    broad: bool,
    /// Its content.
    children: ChildrenFn,
) -> AnyView {
    native(open, title, if broad { "dialog drawer wide" } else { "dialog drawer" }, children)
}
