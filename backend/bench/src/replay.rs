//! The raw limit: the statements of an operation, as the product sent them, sent again by a loop that does nothing else.
//! They run on a copy of the database as it was before the recording, in the same order, each once.

use crate::Failed;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::Value;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use uuid::Uuid;

/// One thing that the product asked of the database.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Said {
    /// A transaction begins: `read` or `write`.
    Begin { begin: String },
    /// It ends well.
    Commit { commit: bool },
    /// A statement with its values: a type and what it is, or null.
    Statement { sql: String, values: Vec<(char, Value)> },
}

/// What one operation asked.
pub type Recording = Vec<Step>;

/// One step of a recording.
#[derive(Clone, Debug)]
pub enum Step {
    /// A transaction begins; whether it writes.
    Begin(bool),
    /// It ends.
    Commit,
    /// A statement.
    Statement(&'static str, Vec<Bound>),
}

/// A value.
#[derive(Clone, Debug)]
pub enum Bound {
    Flag(Option<bool>),
    Small(Option<i16>),
    Int(Option<i32>),
    Long(Option<i64>),
    Text(Option<String>),
    Uuid(Option<Uuid>),
    Time(Option<DateTime<Utc>>),
    Day(Option<NaiveDate>),
    Bytes(Option<Vec<u8>>),
}

/// Texts of statements, kept for good: there are a few hundred.
fn kept(sql: String) -> &'static str {
    static KNOWN: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.entry(sql).or_insert_with_key(|sql| Box::leak(sql.clone().into_boxed_str()))
}

impl Bound {
    fn of((kind, value): (char, Value)) -> Result<Self, Failed> {
        let text = || value.as_str().map(str::to_owned);
        let number = || value.as_i64();
        Ok(match kind {
            'b' => Bound::Flag(value.as_bool()),
            'h' => Bound::Small(number().map(TryInto::try_into).transpose()?),
            'i' => Bound::Int(number().map(TryInto::try_into).transpose()?),
            'l' => Bound::Long(number()),
            's' => Bound::Text(text()),
            'u' => Bound::Uuid(text().map(|t| t.parse()).transpose()?),
            't' => Bound::Time(text().map(|t| t.parse()).transpose()?),
            'd' => Bound::Day(text().map(|t| t.parse()).transpose()?),
            'y' => Bound::Bytes(text().map(|t| t.into_bytes())),
            other => return Err(format!("a value of unknown type {other}").into()),
        })
    }
}

/// The length of a log so far.
pub fn mark(log: &Path) -> Result<u64, Failed> {
    Ok(std::fs::metadata(log)?.len())
}

/// What was asked between two marks by the threads that answer requests.
pub fn between(log: &Path, from: u64, to: u64) -> Result<Recording, Failed> {
    let mut file = std::fs::File::open(log)?;
    file.seek(SeekFrom::Start(from))?;
    let mut text = String::new();
    file.take(to - from).read_to_string(&mut text)?;
    let mut steps = Vec::new();
    for line in text.lines().filter_map(|line| line.split_once("aftercare::sql] ").map(|(_, said)| said)) {
        let Some((thread, said)) = line.split_once(' ') else { continue };
        // requests are answered by the arbiters; what happens in the background is not the operation
        if !thread.contains("arbiter") {
            continue;
        }
        steps.push(match serde_json::from_str(said)? {
            Said::Begin { begin } => Step::Begin(begin == "write"),
            Said::Commit { commit: true } => Step::Commit,
            Said::Commit { commit: false } => continue,
            Said::Statement { sql, values } => {
                Step::Statement(kept(sql), values.into_iter().map(Bound::of).collect::<Result<_, _>>()?)
            }
        });
    }
    Ok(steps)
}

/// Whether a replay has failed.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// A connection that replays.
pub enum Replayer {
    /// PostgreSQL: one connection for each client.
    Postgres(Box<PgConnection>),
    /// SQLite: the one that writes is shared, and whoever writes next waits; each client reads for itself.
    Sqlite { write: Arc<tokio::sync::Mutex<SqliteConnection>>, read: Box<SqliteConnection> },
}

async fn lite(url: &str) -> Result<SqliteConnection, Failed> {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
    let options: SqliteConnectOptions = url.parse()?;
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .statement_cache_capacity(1000)
        .busy_timeout(std::time::Duration::from_secs(30));
    Ok(SqliteConnection::connect_with(&options).await?)
}

impl Replayer {
    /// Connections for so many clients.
    pub async fn connect(url: &str, clients: usize) -> Result<Vec<Self>, Failed> {
        let mut all = Vec::with_capacity(clients);
        if url.starts_with("postgres") {
            for _ in 0..clients {
                all.push(Replayer::Postgres(Box::new(PgConnection::connect(url).await?)));
            }
            return Ok(all);
        }
        let write = Arc::new(tokio::sync::Mutex::new(lite(url).await?));
        for _ in 0..clients {
            all.push(Replayer::Sqlite { write: Arc::clone(&write), read: Box::new(lite(url).await?) });
        }
        Ok(all)
    }

    /// Replays one operation; says whether it went through. Where clients wait for each other in a circle the database
    /// ends one of them.
    pub async fn play(&mut self, recording: &Recording) -> Result<bool, Failed> {
        match self.tried(recording).await {
            Ok(()) => return Ok(true),
            // once: the others will say the same
            Err(error) if !HAS_FAILED.swap(true, Ordering::Relaxed) => eprintln!("a replay failed: {error}"),
            Err(_) => {}
        }
        match self {
            Replayer::Postgres(conn) => conn.execute("ROLLBACK").await.map(|_| ())?,
            Replayer::Sqlite { write, read } => {
                write.lock().await.execute("ROLLBACK").await.ok();
                read.execute("ROLLBACK").await.ok();
            }
        }
        Ok(false)
    }

    async fn tried(&mut self, recording: &Recording) -> Result<(), Failed> {
        match self {
            Replayer::Postgres(conn) => {
                for step in recording {
                    let read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                    play_postgres(conn, step, read, "BEGIN").await?;
                }
            }
            Replayer::Sqlite { write, read } => {
                let mut writing = None;
                for step in recording {
                    if matches!(step, Step::Begin(true)) {
                        writing = Some(write.lock().await);
                    }
                    match &mut writing {
                        Some(conn) => play_sqlite(conn, step, "BEGIN", "BEGIN IMMEDIATE").await?,
                        None => play_sqlite(read, step, "BEGIN", "BEGIN IMMEDIATE").await?,
                    }
                    if matches!(step, Step::Commit) {
                        writing = None;
                    }
                }
            }
        }
        Ok(())
    }
}

macro_rules! plays { ($($name:ident on $connection:ty;)+) => { $(
    async fn $name(conn: &mut $connection, step: &Step, read: &'static str, write: &'static str) -> Result<(), Failed> {
        match step {
            Step::Begin(writes) => conn.execute(if *writes { write } else { read }).await.map(|_| ())?,
            Step::Commit => conn.execute("COMMIT").await.map(|_| ())?,
            Step::Statement(sql, values) => {
                let mut query = sqlx::query(*sql);
                for value in values.clone() {
                    query = match value {
                        Bound::Flag(v) => query.bind(v),
                        Bound::Small(v) => query.bind(v),
                        Bound::Int(v) => query.bind(v),
                        Bound::Long(v) => query.bind(v),
                        Bound::Text(v) => query.bind(v),
                        Bound::Uuid(v) => query.bind(v),
                        Bound::Time(v) => query.bind(v),
                        Bound::Day(v) => query.bind(v),
                        Bound::Bytes(v) => query.bind(v),
                    };
                }
                conn.fetch_all(query).await.map(|_| ())?;
            }
        }
        Ok(())
    }
)+ } }
plays! {
    play_postgres on PgConnection;
    play_sqlite on SqliteConnection;
}
