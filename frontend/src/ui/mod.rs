//! The design kit: native elements with our own style. No file in here knows a word of the business;
//! whatever a page wants to say comes in as text.

mod button;
mod chart;
mod combo;
mod combos;
mod dialog;
mod field;
mod icon;
mod input;
mod menu;
mod photo;
mod question;
mod signature;
mod state;
pub mod storage;
mod table;
mod tabs;
mod tag;
mod task;
pub mod theme;
pub mod toast;

pub use button::{Button, IconButton, LinkButton, Look};
pub use chart::Chart;
pub use combo::{Combo, Pick, PickSource};
pub use combos::Combos;
pub use dialog::{Dialog, Drawer};
pub use field::{FieldBox, TickBox};
pub use icon::{Icon, icon};
pub use input::{Bind, CheckBox, Input, InputKind, RadioGroup, Select, SelectOption, TextArea};
pub use menu::{Menu, MenuItem, MultiSelect};
pub use photo::{PhotoInput, PickedFile};
pub use question::{Question, Questions, ask, choose};
pub use signature::SignaturePad;
pub use state::{Delayed, Notice, Skeleton, StatePanel};
pub use table::{Align, Table, TableColumn, TableRow};
pub(crate) use table::{is_plain_click, move_row};
pub use tabs::Tabs;
pub use tag::{Tag, tag};
pub use task::Task;

use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Words in a view that may change with the language: a `Label`, a `String`, or a closure.
pub type Words = Signal<String>;

/// Reads a signal of the whole app: reactive where something listens, plain elsewhere.
pub fn read<T: Clone + 'static>(signal: &ArcRwSignal<T>) -> T
where
    ArcRwSignal<T>: Get<Value = T> + GetUntracked<Value = T>,
{
    if leptos::reactive::graph::Observer::get().is_some() { signal.get() } else { signal.get_untracked() }
}

/// An id that no other element of the page has.
pub fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A whole number out of one of JavaScript's.
pub fn whole(number: f64) -> i64 {
    format!("{number:.0}").parse().unwrap_or_default()
}

/// Milliseconds since 1970, by the clock of this device.
pub fn now_ms() -> i64 {
    whole(js_sys::Date::now())
}

/// Waits without blocking.
pub async fn pause(ms: u64) {
    let (done, waiting) = futures::channel::oneshot::channel::<()>();
    set_timeout(
        move || {
            done.send(()).ok();
        },
        Duration::from_millis(ms),
    );
    waiting.await.ok();
}

/// Whether an input method is composing: then no key is a shortcut and Enter submits nothing.
pub fn composing(ev: &web_sys::KeyboardEvent) -> bool {
    ev.is_composing() || ev.key_code() == 229
}

/// Puts the focus on the first element that matches, if there is one.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        element.focus().ok();
    }
}

/// Scrolls as little as is needed to show an element.
pub fn reveal(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Hands bytes to the reader as a file to save.
pub fn save_file(name: &str, media_type: &str, bytes: &[u8]) {
    let Some(url) = blob_url(media_type, bytes) else { return };
    let anchor = document().create_element("a").ok().and_then(|a| a.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    set_timeout(
        move || {
            web_sys::Url::revoke_object_url(&url).ok();
        },
        Duration::from_secs(60),
    );
}

/// A URL for bytes in memory. Revoke it when it is no longer shown.
pub fn blob_url(media_type: &str, bytes: &[u8]) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}
