//! What this device remembers. A browser may refuse to store anything; then nothing is remembered and nothing breaks.

use leptos::prelude::window;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Reads a value.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers a value; whether it worked.
pub fn put(key: &str, value: &str) -> bool {
    storage().is_some_and(|s| s.set_item(key, value).is_ok())
}

/// Forgets a value.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        storage.remove_item(key).ok();
    }
}

/// Reads a value that was stored as JSON.
pub fn get_json<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    openapi::read::json(get(key)?.as_bytes()).ok()
}

/// Remembers a value as JSON.
pub fn put_json<T: serde::Serialize>(key: &str, value: &T) {
    if let Ok(json) = serde_json::to_string(value) {
        put(key, &json);
    }
}
