//! Watching the statements of a process: how many there were, and on demand what they were.

use sea_orm::sea_query::Value;
use sea_orm::{DatabaseConnection, Statement};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Under this name every statement is logged with its values when the level `trace` is asked for: for measuring, on a
/// database that holds nobody's data.
const TARGET: &str = "aftercare::sql";

/// Statements that were sent so far.
#[derive(Clone, Default)]
pub struct Statements(Arc<AtomicU64>);

impl Statements {
    /// How many.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts what goes over a connection.
    pub(super) fn watch(&self, connection: &mut DatabaseConnection) {
        let counter = Arc::clone(&self.0);
        connection.set_metric_callback(move |info| {
            counter.fetch_add(1, Ordering::Relaxed);
            if is_asked_for() {
                said(&json!({"sql": info.statement.sql, "values": values(info.statement)}));
            }
        });
    }
}

fn is_asked_for() -> bool {
    log::log_enabled!(target: TARGET, log::Level::Trace)
}

/// Notes that a transaction begins.
pub(crate) fn begins(kind: &str) {
    if is_asked_for() {
        said(&json!({"begin": kind}));
    }
}

/// Notes that a transaction ended well.
pub(crate) fn commits() {
    if is_asked_for() {
        said(&json!({"commit": true}));
    }
}

/// The thread stands before it, so that the work of requests can be told from that of the background.
fn said(what: &serde_json::Value) {
    let thread = std::thread::current();
    log::trace!(target: TARGET, "{} {what}", thread.name().unwrap_or("-").replace(' ', "-"));
}

/// The values of a statement, each with a letter for its type.
fn values(statement: &Statement) -> Vec<(char, serde_json::Value)> {
    let values = statement.values.iter().flat_map(|values| &values.0);
    values
        .map(|value| match value {
            Value::Bool(v) => ('b', json!(v)),
            Value::SmallInt(v) => ('h', json!(v)),
            Value::Int(v) => ('i', json!(v)),
            Value::BigInt(v) => ('l', json!(v)),
            Value::BigUnsigned(v) => ('l', json!(v)),
            Value::String(v) => ('s', json!(v)),
            Value::Uuid(v) => ('u', json!(v)),
            Value::ChronoDateTimeUtc(v) => ('t', json!(v)),
            Value::ChronoDate(v) => ('d', json!(v)),
            Value::Bytes(v) => ('y', json!(v.as_deref().map(String::from_utf8_lossy))),
            other => ('?', json!(format!("{other:?}"))),
        })
        .collect()
}
