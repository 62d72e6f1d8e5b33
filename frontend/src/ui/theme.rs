//! Light, dark, or as the system has it.

use super::storage;
use leptos::prelude::*;

/// The chosen appearance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

const KEY: &str = "aftercare.theme";

thread_local! {
    static THEME: ArcRwSignal<Theme> = ArcRwSignal::new(Theme::System);
}

/// The chosen appearance; reactive.
pub fn theme() -> Theme {
    super::read(&THEME.with(Clone::clone))
}

/// Changes the appearance and remembers it on this device.
pub fn set_theme(theme: Theme) {
    storage::put(KEY, theme.name());
    apply(theme);
}

/// Takes the remembered appearance.
pub fn start_theme() {
    apply(match storage::get(KEY).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    });
}

fn apply(theme: Theme) {
    THEME.with(|signal| signal.set(theme));
    if let Some(root) = document().document_element() {
        root.set_attribute("data-theme", theme.name()).ok();
    }
}

/// Whether the page is dark now; reactive to the choice, not to the system.
pub fn is_dark() -> bool {
    match theme() {
        Theme::Light => false,
        Theme::Dark => true,
        Theme::System => {
            window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
        }
    }
}
