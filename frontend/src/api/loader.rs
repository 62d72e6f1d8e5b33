//! Something that a page shows and the server holds.

use super::ApiError;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
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
        let data = RwSignal::new(None);
        let keep = move |value| -> Keep { Box::new(move || data.set(Some(value))) };
        let ask: Ask = Box::new(move || fetch().map(move |answer| answer.map(keep)).boxed_local());
        let Asking { error, busy, again } = asking(ask);
        Loader { data, error, busy, again }
    }

    /// Loads again.
    pub fn reload(self) {
        self.again.update(|n| *n = n.wrapping_add(1));
    }
}

/// Stores a value where it belongs.
type Keep = Box<dyn FnOnce()>;
type Ask = Box<dyn Fn() -> LocalBoxFuture<'static, Result<Keep, ApiError>>>;

/// What loading has in common, whatever is loaded.
struct Asking {
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    again: RwSignal<u32>,
}

fn asking(ask: Ask) -> Asking {
    let asking = Asking { error: RwSignal::new(None), busy: RwSignal::new(true), again: RwSignal::new(0) };
    let Asking { error, busy, again } = asking;
    let latest = StoredValue::new(0_u32);
    Effect::new(move || {
        again.track();
        let turn = latest.get_value().wrapping_add(1);
        latest.set_value(turn);
        let answer = ask();
        busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            if latest.try_get_value() == Some(turn) {
                busy.set(false);
                match answer {
                    Ok(keep) => {
                        error.set(None);
                        keep();
                    }
                    Err(refused) => error.set(Some(refused)),
                }
            }
        });
    });
    asking
}
