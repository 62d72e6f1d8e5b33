//! Something that a page shows and the server holds.

use super::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// Loads a value, again whenever a signal that the loading function reads has changed, and keeps the old value meanwhile.
/// Only the answer to the latest question counts.
pub struct Loader<T: Send + Sync + 'static> {
    /// The value, once it is there.
    pub data: RwSignal<Option<T>>,
    /// Why the last attempt failed.
    pub error: RwSignal<Option<ApiError>>,
    /// Whether a request is under way.
    pub busy: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Send + Sync + 'static> Loader<T> {
    /// Starts loading. `fetch` runs in a reactive context until its first `await`.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let loader = Loader {
            data: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(true),
            again: RwSignal::new(0),
        };
        let latest = StoredValue::new(0_u32);
        Effect::new(move || {
            loader.again.track();
            let turn = latest.get_value().wrapping_add(1);
            latest.set_value(turn);
            let answer = fetch();
            loader.busy.set(true);
            spawn_local(async move {
                let answer = answer.await;
                if latest.try_get_value() == Some(turn) {
                    loader.busy.set(false);
                    match answer {
                        Ok(value) => {
                            loader.error.set(None);
                            loader.data.set(Some(value));
                        }
                        Err(error) => loader.error.set(Some(error)),
                    }
                }
            });
        });
        loader
    }

    /// Loads again.
    pub fn reload(self) {
        self.again.update(|n| *n = n.wrapping_add(1));
    }
}
