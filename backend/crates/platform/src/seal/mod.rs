//! The audit log cannot be changed unnoticed, not even by somebody who rules the database.
//!
//! Each row carries the hash of its content from the start; once a minute the rows since are sealed (see [`chain`]). What
//! waits for its seal stands in a table of its own that is written with the row: a transaction that commits late brings
//! its rows into the next seal, and an audit row that is neither sealed nor waiting was put there by somebody else.

pub mod chain;
mod entity;
mod queries;
mod sealing;
mod verify;

pub use chain::content as content_hash;
pub use entity::unsealed::Entity as Unsealed;
pub use queries::{Roots, roots, sealing as state};
pub use sealing::{seal, seal_all};
pub use verify::{Kept, run as verify, verification};

use crate::doc::audit;
use crate::http::{Api, read, write};
use crate::{Call, Constraint, Result, Tx};
use openapi::problem;
use openapi::system::operation::Operation;
use openapi::system::seal::{GetAuditSealing, VerifyAudit};

/// The kind of the job that seals.
pub const SEAL: &str = "audit.seal";
/// The kind of the job that verifies.
pub const VERIFY: &str = "audit.verify";

/// What its constraints mean: two processes made the same seal.
pub const CONSTRAINTS: &[Constraint] =
    &[Constraint { name: "audit_seal_pkey", columns: "audit_seal.seq", code: problem::BUSY, pointer: "" }];

/// Mounts the endpoints.
pub fn mount(api: &mut Api) {
    read::<GetAuditSealing>(api, queries::get);
    write::<VerifyAudit>(api, begin);
}

/// Queues a verification.
async fn begin(tx: &Tx, _: Call<VerifyAudit>) -> Result<Operation> {
    tx.enqueue(VERIFY, &serde_json::json!({})).await
}

/// What is to be written beside new audit rows.
pub(crate) fn waiting(rows: &[audit::Model]) -> Vec<entity::unsealed::Model> {
    rows.iter().map(|row| entity::unsealed::Model { audit_id: row.id }).collect()
}
