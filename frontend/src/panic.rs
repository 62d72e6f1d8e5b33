//! A panic must not leave a dead page: it shows a screen of its own, made without the framework. Drafts are on the device already.

use crate::text::{common, shell};
use leptos::prelude::document;
use std::cell::Cell;

thread_local! {
    static SHOWN: Cell<bool> = const { Cell::new(false) };
}

/// Installs the panic screen.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        if !SHOWN.replace(true) {
            show(&info.to_string());
        }
    }));
}

fn show(message: &str) -> Option<()> {
    let element = |name: &str, class: &str, text: &str| {
        let element = document().create_element(name).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let screen = element("div", "panic", "")?;
    screen.set_attribute("role", "alertdialog").ok()?;
    screen.append_child(&element("h1", "", shell::PANIC_TITLE.get())?.into()).ok()?;
    screen.append_child(&element("p", "", shell::PANIC_TEXT.get())?.into()).ok()?;
    let reload = element("a", "button primary", common::RELOAD.get())?;
    reload.set_attribute("href", &leptos::prelude::window().location().href().ok()?).ok()?;
    reload.set_attribute("rel", "external").ok()?;
    screen.append_child(&reload.into()).ok()?;
    screen.append_child(&element("pre", "", message)?.into()).ok()?;
    document().body()?.append_child(&screen.into()).ok()?;
    Some(())
}
