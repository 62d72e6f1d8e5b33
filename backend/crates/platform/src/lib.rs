//! How Aftercare does things: transactions, requests, tokens, numbers, journals, lists. Knows no business word.

pub mod attachment;
pub mod auth;
pub mod clock;
pub mod config;
pub mod contract;
pub mod db;
pub mod doc;
pub mod event;
pub mod export;
pub mod failure;
pub mod http;
pub mod job;
pub mod memory;
pub mod metrics;
pub mod notification;
pub mod outbox;
pub mod print;
pub mod seal;
pub mod sheet;
pub mod stop;

pub use auth::actor::{Actor, Reach};
pub use clock::Clock;
pub use config::Config;
pub use contract::Contract;
pub use db::record::{Head, Stamp};
pub use db::tx::{ReadTx, Tx};
pub use db::{Db, Dialect};
pub use doc::subject::Subjects;
pub use event::Bus;
pub use failure::{Constraint, Failure, Result};
pub use http::call::{Call, Context};
pub use job::Jobs;
pub use outbox::Sinks;

use std::sync::Arc;

/// Everything that a request needs besides itself. One per process.
pub struct Platform {
    /// The database.
    pub db: Db,
    /// The only source of the present time.
    pub clock: Arc<dyn Clock>,
    /// The settings.
    pub config: Config,
    /// The published contract.
    pub contract: Contract,
    /// Signs and checks access tokens and cursors.
    pub keys: auth::token::Keys,
    /// Who a token stands for.
    pub directory: Arc<dyn auth::actor::Directory>,
    /// Who listens to which event.
    pub bus: Bus,
    /// Which violated constraint means what.
    pub constraints: Vec<Constraint>,
    /// Who may see and change what files and timelines belong to.
    pub subjects: Subjects,
    /// What is done for each kind of job.
    pub jobs: Jobs,
    /// Who gets which message of the outbox.
    pub sinks: Sinks,
    /// Where the content of attachments lies.
    pub store: attachment::Store,
    /// How many requests one address may send.
    pub gate: http::gate::Gate,
    /// What this process remembers.
    pub memory: memory::Memory,
    /// What it keeps of base data.
    pub lasting: db::Lasting,
    /// Figures for those who watch.
    pub metrics: metrics::Metrics,
    /// Whether the process has been told to stop.
    pub is_stopping: std::sync::atomic::AtomicBool,
    /// How far the jobs of this process are.
    pub meters: job::Meters,
    /// Rings when there is work.
    pub bells: stop::Bells,
}

/// A shared [`Platform`].
pub type App = Arc<Platform>;

/// A new id: UUID version 7, so that ids sort by time.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
