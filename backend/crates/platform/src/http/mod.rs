//! From the wire to a command and back: one path for every endpoint row.

pub(crate) mod answer;
pub mod call;
pub mod gate;
pub mod health;
pub mod idempotency;
pub(crate) mod incoming;
pub mod lists;
pub mod mount;
pub mod respond;
pub(crate) mod routes;
pub mod run;
pub mod server;
pub(crate) mod work;

pub use mount::{Api, free, read, report, staged, write};
