//! Picks files, straight from the camera on a phone.

use super::{Icon, Words, icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// A file that was picked.
#[derive(Clone, Debug)]
pub struct PickedFile {
    /// Its name.
    pub name: String,
    /// Its media type as the browser guesses it.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A button that picks files.
#[component]
pub fn PhotoInput(
    /// What it says.
    #[prop(into)]
    label: Words,
    /// Whether it opens the camera of a phone and takes only images.
    #[prop(optional)]
    camera: bool,
    /// Which files, as in `accept`; all when empty.
    #[prop(optional)]
    accept: &'static str,
    /// The largest file in bytes; larger ones are reported to `refused` by name.
    #[prop(default = 10_485_760)]
    largest: u32,
    /// Takes each file.
    #[prop(into)]
    picked: Callback<PickedFile>,
    /// Told the name of a file that is too large.
    #[prop(into)]
    refused: Callback<String>,
) -> AnyView {
    let node = NodeRef::<leptos::html::Input>::new();
    let change = move |_| {
        let Some(input) = node.get_untracked() else { return };
        let files = input.files();
        let count = files.as_ref().map_or(0, web_sys::FileList::length);
        for file in (0..count).filter_map(|i| files.as_ref()?.get(i)) {
            if file.size() > f64::from(largest) {
                refused.run(file.name());
                continue;
            }
            spawn_local(async move {
                if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
                    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
                    picked.run(PickedFile { name: file.name(), media_type: file.type_(), bytes });
                }
            });
        }
        input.set_value("");
    };
    let accept = if accept.is_empty() && camera { "image/*" } else { accept };
    view! {
        <label class="button file">
            {icon(if camera { Icon::Camera } else { Icon::Upload })}
            <span>{move || label.get()}</span>
            <input node_ref=node type="file" class="for-reader" multiple accept=accept
                capture=camera.then_some("environment") on:change=change />
        </label>
    }
    .into_any()
}
