//! The bar at the top: search, language, appearance, the reader.

use super::bell::Bell;
use super::frame::Frame;
use crate::api::session;
use crate::nav;
use crate::text::{lang, set_lang, shell};
use crate::ui::theme::{Theme, set_theme, theme};
use crate::ui::{Icon, IconButton, Menu, MenuItem, icon};
use leptos::prelude::*;
use openapi::Lang;

/// The bar.
#[component]
pub(super) fn TopBar(frame: Frame) -> AnyView {
    let me = Memo::new(|_| session::me());
    let name = move || me.get().map(|me| me.name).unwrap_or_default();
    let initial = move || name().chars().next().map(String::from).unwrap_or_default();
    let person = move || {
        view! { <span class="avatar" aria-hidden="true" data-initial=initial></span><span class="person">{name}</span> }
    };
    let user_label = Signal::derive(move || format!("{} · {}", name(), shell::USER_MENU.get()));
    view! {
        <header class="bar">
            <IconButton label=shell::OPEN_MENU icon=Icon::Menu class="only-phone" on_press=move |()| frame.out.set(true) />
            <button type="button" class="bar-search" aria-keyshortcuts="Control+K" on:click=move |_| frame.palette.set(true)>
                {icon(Icon::Search)}<span class="grow clip">{shell::SEARCH_ANYTHING}</span><kbd aria-hidden="true">"Ctrl K"</kbd>
            </button>
            <div class="grow"></div>
            <IconButton label=shell::KEYS icon=Icon::Keyboard class="not-phone" on_press=move |()| frame.help.set(true) />
            <Bell />
            <Menu label=shell::LANGUAGE class="icon-button" right=true face=|| icon(Icon::Globe) items=languages() />
            <Menu label=shell::THEME class="icon-button" right=true face=theme_face items=themes() />
            <Menu label=user_label class="user-button" right=true face=person items=person_items() />
        </header>
    }
    .into_any()
}

fn theme_face() -> AnyView {
    (move || icon(if crate::ui::theme::is_dark() { Icon::Moon } else { Icon::Sun })).into_any()
}

/// The languages.
pub(super) fn languages() -> Signal<Vec<MenuItem>> {
    let item = |name: &'static str, value: Lang| {
        MenuItem::new(name, None, move || set_lang(value)).chosen(Signal::derive(move || lang() == value))
    };
    Signal::derive(move || vec![item("简体中文", Lang::Zh), item("English", Lang::En)])
}

/// The appearances.
pub(super) fn themes() -> Signal<Vec<MenuItem>> {
    let item = |name, glyph, value: Theme| {
        let name: crate::text::Label = name;
        MenuItem::new(name, Some(glyph), move || set_theme(value)).chosen(Signal::derive(move || theme() == value))
    };
    Signal::derive(move || {
        vec![
            item(shell::LIGHT, Icon::Sun, Theme::Light),
            item(shell::DARK, Icon::Moon, Theme::Dark),
            item(shell::SYSTEM, Icon::Settings, Theme::System),
        ]
    })
}

fn person_items() -> Signal<Vec<MenuItem>> {
    Signal::derive(|| {
        vec![
            MenuItem::new(shell::PROFILE, Some(Icon::User), || nav::go("/account")),
            MenuItem::new(shell::CHANGE_PASSWORD, Some(Icon::Lock), || nav::go("/account/password")),
            MenuItem::new(shell::ABOUT, Some(Icon::Info), || nav::go("/about")),
            MenuItem::new(shell::SIGN_OUT, Some(Icon::Exit), || leptos::task::spawn_local(session::sign_out())),
        ]
    })
}
