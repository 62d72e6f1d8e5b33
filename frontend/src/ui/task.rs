//! One thing at a time.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// Work that must not be started twice: while it runs, `busy` is true and another start is ignored.
#[derive(Clone, Copy)]
pub struct Task {
    /// Whether it runs.
    pub busy: RwSignal<bool>,
}

impl Default for Task {
    fn default() -> Self {
        Task { busy: RwSignal::new(false) }
    }
}

impl Task {
    /// Nothing runs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts the work unless it runs already.
    pub fn run(self, work: impl Future<Output = ()> + 'static) {
        self.start(work.boxed_local());
    }

    fn start(self, work: LocalBoxFuture<'static, ()>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            work.await;
            self.busy.try_set(false);
        });
    }
}
