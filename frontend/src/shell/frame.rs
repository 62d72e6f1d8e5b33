//! Menu at the left, bar at the top, the page in the middle.

use super::bar::TopBar;
use super::keys;
use super::menu::SideMenu;
use crate::nav;
use crate::palette::Palette;
use crate::text::shell;
use crate::ui::storage;
use leptos::prelude::*;

const KEY: &str = "aftercare.menu";

/// What the parts of the frame share.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Whether the menu shows icons only.
    pub narrow: RwSignal<bool>,
    /// Whether the menu is out, on a phone.
    pub out: RwSignal<bool>,
    /// Whether the palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub help: RwSignal<bool>,
}

/// The frame.
#[component]
pub fn Shell(
    /// The page.
    children: Children,
) -> AnyView {
    let frame = Frame {
        narrow: RwSignal::new(storage::get(KEY).as_deref() == Some("narrow")),
        out: RwSignal::new(false),
        palette: RwSignal::new(false),
        help: RwSignal::new(false),
    };
    Effect::new(move || {
        storage::put(KEY, if frame.narrow.get() { "narrow" } else { "wide" });
    });
    // another page: the menu of a phone goes away
    Effect::new(move || {
        nav::address();
        frame.out.set(false);
    });
    keys::listen(frame);
    view! {
        <a class="skip" href="#main" rel="external">{shell::SKIP}</a>
        <div class="shell" class:narrow=frame.narrow class:out=frame.out>
            <SideMenu frame=frame />
            <div class="scrim" on:click=move |_| frame.out.set(false)></div>
            <div class="shell-body">
                <TopBar frame=frame />
                <main id="main" class="main" tabindex="-1">{children()}</main>
            </div>
        </div>
        <Palette open=frame.palette />
        <keys::KeyHelp open=frame.help />
    }
    .into_any()
}
