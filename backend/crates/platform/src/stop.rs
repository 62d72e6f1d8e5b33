//! Telling everything that runs in the background to stop, and waking it when there is work.

use tokio::sync::{Notify, watch};

/// Says stop.
pub struct Stopper(watch::Sender<bool>);

/// Hears it. Cheap to clone.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

/// A pair that hangs together; when the [`Stopper`] is dropped, that counts as stop.
pub fn stop() -> (Stopper, Stop) {
    let (says, hears) = watch::channel(false);
    (Stopper(says), Stop(hears))
}

impl Stopper {
    /// Says it.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Whether it was said.
    pub fn is_told(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until it is said.
    pub async fn told(&self) {
        // an error means that nobody is left to say it
        if self.0.clone().wait_for(|told| *told).await.is_err() {
            log::debug!("stopping: the stopper is gone");
        }
    }
}

/// Rings when work was committed, so that nobody has to wait for the next look.
#[derive(Default)]
pub struct Bells {
    /// A row in the outbox.
    pub outbox: Notify,
    /// A queued job.
    pub jobs: Notify,
}
