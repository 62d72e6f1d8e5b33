//! Long work: imports, exports, cleaning. A row in the database says what is to be done; any process may take it.
//!
//! Whoever takes a job holds a lease on it and renews it while it works. When a process dies, its lease runs out and
//! another process begins again. A job that has effects ends with [`Running::complete`] in the transaction of its last
//! effect: either both are there or none, and a process that lost its lease cannot commit.

mod asker;
mod commands;
pub mod cron;
mod entity;
mod meter;
mod queries;
pub mod tidy;
mod worker;

pub use meter::Meters;
pub use queries::{depth, find, last_of, recent};
pub use worker::{Running, one, work};

use crate::Result;
use crate::http::{Api, read, write};
use crate::sheet::Column;
use crate::sheet::import::{Dataset, import};
use futures::future::LocalBoxFuture;
use openapi::system::operation::{CancelOperation, GetOperation, ListOperations};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How often a job is begun before it counts as failed.
pub const ATTEMPTS: i32 = 3;
/// How long a lease lasts without renewal.
pub const LEASE_SECONDS: i64 = 60;

/// What a job of a kind `import.…` gets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportFile {
    /// Key of the workbook in the object store: see `attachment::keep` and `Store::get`.
    pub object: String,
    /// What it is called.
    pub file_name: String,
    /// Whether it is only checked.
    pub is_dry_run: bool,
}

type Handler = Box<dyn Fn(Running) -> LocalBoxFuture<'static, Result<()>> + Send + Sync>;

/// What is done for each kind of job.
#[derive(Default)]
pub struct Jobs {
    handlers: HashMap<&'static str, Handler>,
    columns: HashMap<&'static str, &'static [Column]>,
}

impl Jobs {
    /// Enters a kind. The handler may be dropped at any await and begun again: what it does stands in transactions, the
    /// last of which calls [`Running::complete`].
    pub fn on<F, W>(&mut self, kind: &'static str, handler: F)
    where
        F: Fn(Running) -> W + Send + Sync + 'static,
        W: Future<Output = Result<()>> + 'static,
    {
        self.handlers.insert(kind, Box::new(move |running| Box::pin(handler(running))));
    }

    /// Enters a dataset that can be imported; its kind is `import.` and the name of the dataset.
    pub fn import<D: Dataset>(&mut self, kind: &'static str) {
        self.columns.insert(kind, D::COLUMNS);
        self.on(kind, import::<D>);
    }

    /// The columns of the workbook that a kind of import reads.
    pub fn columns(&self, kind: &str) -> Option<&'static [Column]> {
        self.columns.get(kind).copied()
    }

    /// The kinds, in alphabetical order.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.handlers.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }
}

/// Mounts the endpoints.
pub fn mount(api: &mut Api) {
    read::<ListOperations>(api, queries::list);
    read::<GetOperation>(api, queries::get);
    write::<CancelOperation>(api, commands::cancel);
}
