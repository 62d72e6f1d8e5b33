//! What a process does besides answering: jobs, the outbox, the timetable.

use actix_web::rt;
use platform::job::Running;
use platform::job::cron::Entry;
use platform::stop::{Stopper, stop};
use platform::{App, Result, Tx};
use std::sync::Arc;
use std::time::Duration;

/// What is done when: second, minute, hour, day, month, weekday, in UTC. One process is elected for each slot.
pub const TIMETABLE: &[Entry] = &[
    Entry { job: platform::seal::SEAL, at: "0 * * * * *" },
    Entry { job: "tidy.answers", at: "0 15 * * * *" },
    Entry { job: "tidy.plans", at: "0 20 * * * *" },
    Entry { job: "tidy.sessions", at: "0 25 * * * *" },
    Entry { job: "transfer.sign", at: "0 35 * * * *" },
    Entry { job: "shortage.allocate", at: "0 5/10 * * * *" },
    // 03:45 in China
    Entry { job: "tidy.work", at: "0 45 19 * * *" },
];

/// Removes sessions that ended long ago.
pub async fn tidy_sessions(running: Running) -> Result<()> {
    platform::http::run::write(running.app(), &running.context(), async |tx: &Tx| {
        let removed = identity::api::forget_sessions(tx).await?;
        running.complete(tx, &serde_json::json!({ "removed": removed }), None).await
    })
    .await
}

/// The background work of one process.
pub struct Background {
    stopper: Stopper,
    tasks: Vec<rt::task::JoinHandle<()>>,
}

impl Background {
    /// Starts it.
    pub fn start(app: &App) -> Self {
        let (stopper, stop) = stop();
        let name = runner();
        let app = || Arc::clone(app);
        let tasks = vec![
            rt::spawn(platform::job::work(app(), name.clone(), stop.clone())),
            rt::spawn(platform::outbox::dispatch(app(), name.clone(), stop.clone())),
            rt::spawn(platform::job::cron::tick(app(), name, TIMETABLE, stop)),
        ];
        Background { stopper, tasks }
    }

    /// Tells it to stop and waits until jobs are released and messages in flight are settled, at most ten seconds.
    pub async fn stop(self) {
        self.stopper.stop();
        let all = futures::future::join_all(self.tasks);
        if tokio::time::timeout(Duration::from_secs(10), all).await.is_err() {
            log::warn!("background work did not end in time; its leases run out by themselves");
        }
    }
}

/// The name of this process, for leases and elections.
pub fn runner() -> String {
    let host = std::env::var("HOSTNAME").unwrap_or_else(|_| "local".to_owned());
    format!("{host}:{}:{}", std::process::id(), platform::new_id().simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_timetable_has_a_time_and_a_handler() {
        let kinds = crate::modules::jobs().kinds();
        for entry in TIMETABLE {
            assert!(
                platform::job::cron::slot_of(entry.at, "2026-11-21T00:00:00Z".parse().unwrap()).is_ok(),
                "{}",
                entry.at
            );
            assert!(kinds.contains(&entry.job), "{} has no handler", entry.job);
        }
    }
}
