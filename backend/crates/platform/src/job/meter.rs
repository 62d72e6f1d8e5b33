//! How far the jobs of this process are, while their one long transaction keeps the database from knowing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Done and total of each running job.
#[derive(Default)]
pub struct Meters(Mutex<HashMap<Uuid, (i64, i64)>>);

impl Meters {
    /// Notes how far a job is.
    pub(super) fn set(&self, job: Uuid, done: i64, total: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job, (done, total));
    }

    /// How far a job is, if it runs in this process.
    pub(super) fn of(&self, job: Uuid) -> Option<(i64, i64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&job).copied()
    }

    /// Forgets a job that ended here.
    pub(super) fn forget(&self, job: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&job);
    }
}
