//! A text in both languages, and the language that is chosen now.

use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::{Lang, Permission};
use std::fmt::Display;

/// A text of the interface in both languages. In a view it follows the chosen language by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Declares the texts of an area: `NAME = "中文", "English";`. `{x}` stands for a parameter, see [`Label::with`].
#[macro_export]
macro_rules! texts {
    ($($name:ident = $zh:literal, $en:literal;)+) => {
        $(#[doc = $zh] pub const $name: $crate::text::Label = $crate::text::Label { zh: $zh, en: $en };)+
    };
}

impl Label {
    /// The text in the chosen language; reactive.
    pub fn get(self) -> &'static str {
        lang().pick(self.zh, self.en)
    }

    /// The text with one parameter filled in; chain [`Filled::with`] for more.
    pub fn with(self, name: &str, value: impl Display) -> Filled {
        Filled(self.get().to_owned()).with(name, value)
    }
}

/// A text whose parameters are being filled in.
pub struct Filled(String);

impl Filled {
    /// Fills in another parameter.
    pub fn with(self, name: &str, value: impl Display) -> Filled {
        Filled(self.0.replace(&format!("{{{name}}}"), &value.to_string()))
    }
}
impl From<Filled> for String {
    fn from(filled: Filled) -> String {
        filled.0
    }
}
impl Display for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a label turns into inside a view.
type Live = Box<dyn Fn() -> &'static str + Send>;

impl IntoRender for Label {
    type Output = Live;
    fn into_render(self) -> Live {
        Box::new(move || self.get())
    }
}
impl leptos::tachys::html::attribute::IntoAttributeValue for Label {
    type Output = Live;
    fn into_attribute_value(self) -> Live {
        Box::new(move || self.get())
    }
}
impl From<Label> for Signal<String> {
    fn from(label: Label) -> Self {
        Signal::derive(move || label.get().to_owned())
    }
}
impl From<Label> for Signal<Option<String>> {
    fn from(label: Label) -> Self {
        Signal::derive(move || Some(label.get().to_owned()))
    }
}

thread_local! {
    static LANG: ArcRwSignal<Lang> = ArcRwSignal::new(Lang::Zh);
}
const KEY: &str = "aftercare.language";

/// The chosen language; reactive.
pub fn lang() -> Lang {
    crate::ui::read(&LANG.with(Clone::clone))
}

/// Changes the language at once and remembers it on this device.
pub fn set_lang(lang: Lang) {
    crate::ui::storage::put(KEY, lang.tag());
    apply(lang);
}

/// Takes the language of a person who has chosen none on this device, where the browser speaks neither of ours.
pub fn prefer_language(lang: Lang) {
    if crate::ui::storage::get(KEY).is_none() && of_browser().is_none() {
        apply(lang);
    }
}

/// Takes the remembered language; the first time that of the browser, or Chinese.
pub fn start_language() {
    apply(match crate::ui::storage::get(KEY).as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => of_browser().unwrap_or(Lang::Zh),
    });
}

/// The first of the browser's languages that the app speaks.
fn of_browser() -> Option<Lang> {
    let spoken = |tag: String| match tag.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("zh") => Some(Lang::Zh),
        Some("en") => Some(Lang::En),
        _ => None,
    };
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).find_map(spoken)
}

fn apply(lang: Lang) {
    LANG.with(|signal| signal.set(lang));
    if let Some(root) = document().document_element() {
        root.set_attribute("lang", lang.tag()).ok();
    }
}

/// The label of a choice in the chosen language; reactive.
pub fn choice<C: Choice>(value: C) -> &'static str {
    value.label(lang())
}

/// The label of a permission in the chosen language; reactive.
pub fn permission_label(permission: Permission) -> &'static str {
    lang().pick(permission.zh, permission.en)
}
