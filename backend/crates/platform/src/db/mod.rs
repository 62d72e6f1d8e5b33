//! The database: one way to get a write transaction, one way to get a snapshot to read from.

mod conn;
pub mod dialect;
pub mod gather;
mod lasting;
mod later;
pub mod list;
mod memo;
pub mod record;
pub mod tx;
pub(crate) mod watch;
mod writer;

use crate::{Config, Failure, Result};
use sea_orm::sqlx;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, TransactionTrait};
use std::time::Duration;
use writer::{Running, Writer};

pub use conn::Conn;
pub use dialect::Dialect;
pub use lasting::{Lasting, Seen};
pub use later::{Sums, Write};
pub use watch::Statements;

/// The database connections of one process.
///
/// SQLite: one connection writes (its queue is fair, so nobody sees "busy"), a pool reads snapshots.
/// PostgreSQL: one pool; reads may go to a replica.
pub struct Db {
    write: DatabaseConnection,
    /// The queue for the writer of SQLite.
    writer: Option<Writer>,
    read: DatabaseConnection,
    /// Reads what was committed last: not a replica.
    latest: DatabaseConnection,
    /// PostgreSQL only: see [`Db::counter`].
    counter: Option<DatabaseConnection>,
    dialect: Dialect,
    statements: Statements,
}

impl Db {
    /// Connects as the settings say, creating the SQLite file when there is none.
    pub async fn connect(config: &Config) -> Result<Self> {
        let url = config.database.reveal();
        let statements = Statements::default();
        if url.starts_with("postgres") {
            let replica = config.read_database.as_ref().map_or(url, |replica| replica.reveal());
            let mut write = Database::connect(postgres(url, config, Pool::Write)).await?;
            let mut read = Database::connect(postgres(replica, config, Pool::Read)).await?;
            let mut counter = Database::connect(postgres(url, config, Pool::Count)).await?;
            for pool in [&mut write, &mut read, &mut counter] {
                statements.watch(pool);
            }
            let latest = if config.read_database.is_some() { write.clone() } else { read.clone() };
            let counter = Some(counter);
            return Ok(Db { write, writer: None, read, latest, counter, dialect: Dialect::Postgres, statements });
        }
        let file = match url.strip_prefix("sqlite:") {
            Some(path) => std::path::PathBuf::from(path),
            None => config.data.join("aftercare.db"),
        };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Failure::Internal(format!("{}: {e}", folder.display())))?;
        }
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let mut write = Database::connect(sqlite(&url, 1, true)).await?;
        let mut read = Database::connect(sqlite(&url, readers(config.connections), false)).await?;
        statements.watch(&mut write);
        statements.watch(&mut read);
        let writer = Some(Writer::new(write.clone()));
        Ok(Db { latest: read.clone(), write, writer, read, counter: None, dialect: Dialect::Sqlite, statements })
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The statements that this process sent so far; beginning and ending a transaction is not counted.
    pub fn statements(&self) -> u64 {
        self.statements.count()
    }

    /// The commits of this process so far, on SQLite: several commands may share one. None are counted on PostgreSQL.
    pub fn commits(&self) -> u64 {
        self.writer.as_ref().map_or(0, Writer::commits)
    }

    /// How often a transaction that several shared was lost.
    pub(crate) fn losses(&self) -> u64 {
        self.writer.as_ref().map_or(0, Writer::losses)
    }

    /// The connection that migrations and maintenance use.
    pub fn maintenance(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Begins a write transaction; on SQLite it may share its commit with others. Commands never call this; see
    /// [`crate::http`].
    pub(crate) async fn begin_write(&self, shares: bool) -> Result<Conn> {
        let running = match &self.writer {
            Some(writer) => Running::Turn(writer.turn(shares).await?),
            None => Running::Own(self.write.begin().await?),
        };
        watch::begins("write");
        Ok(Conn::new(running, self.write.get_database_backend()))
    }

    /// Begins a snapshot to read from. Connections of the reading pool are read-only and repeat what they read, so that
    /// this is one round trip.
    pub(crate) async fn begin_read(&self) -> Result<Conn> {
        let begun = self.read.begin().await?;
        watch::begins("read");
        Ok(Conn::new(Running::Own(begun), self.read.get_database_backend()))
    }

    /// A connection for one read statement that needs no snapshot.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// A connection for one read statement that must see what was committed last, so never a replica.
    pub fn latest(&self) -> &DatabaseConnection {
        &self.latest
    }

    /// Where a counter is moved on outside of the transaction that needs its value, on PostgreSQL: the row would be locked
    /// until that commits, and nobody else at the station could begin a document of the kind meanwhile, disk and all. What
    /// is counted here is not waited for on the disk: the log keeps its order, so that a commit that uses the value makes
    /// it durable too. A connection of its own, since who waits for it holds one already.
    pub(crate) fn counter(&self) -> Option<&DatabaseConnection> {
        self.counter.as_ref()
    }

    /// Name, size and idle connections of each pool.
    pub fn pools(&self) -> Vec<(&'static str, u32, usize)> {
        match self.dialect {
            Dialect::Sqlite => [("write", &self.write), ("read", &self.read)]
                .map(|(name, db)| (name, db.get_sqlite_connection_pool()))
                .map(|(name, pool)| (name, pool.size(), pool.num_idle()))
                .to_vec(),
            Dialect::Postgres => [("write", Some(&self.write)), ("read", Some(&self.read)), ("count", self.counter())]
                .into_iter()
                .filter_map(|(name, db)| db.map(|db| (name, db.get_postgres_connection_pool())))
                .map(|(name, pool)| (name, pool.size(), pool.num_idle()))
                .collect(),
        }
    }

    /// Trades durability for speed on these connections, for filling a new database that can be filled again.
    pub async fn relax(&self) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            self.write.execute_unprepared("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 16000").await?;
        }
        Ok(())
    }

    /// Ends what [`Db::relax`] began: what is committed goes to where it stays, the disk may not have it yet; and plans
    /// are made by the data that is there now.
    pub async fn settle(&self) -> Result<()> {
        match self.dialect {
            Dialect::Sqlite => {
                self.write.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
                self.sample().await
            }
            Dialect::Postgres => {
                self.write.execute_unprepared("ANALYZE").await?;
                Ok(())
            }
        }
    }

    /// Lets SQLite see how the values in its indexes are spread. It plans by that, and without it prefers an index in
    /// the order of a list to one that leads to a single row. It takes samples of those tables that grew or shrank
    /// tenfold since the last time, or have a new index: some milliseconds. PostgreSQL does so by itself.
    pub async fn sample(&self) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            self.write.execute_unprepared("PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002").await?;
        }
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Closes the connections after what runs has ended.
    pub async fn close(&self) -> Result<()> {
        self.write.clone().close().await?;
        self.read.clone().close().await?;
        if let Some(counter) = &self.counter {
            counter.clone().close().await?;
        }
        Ok(())
    }
}

/// Statements that a connection keeps prepared: lists with their filters make a few hundred different ones, and one that
/// fell out has to be parsed and planned again.
const STATEMENTS: usize = 1000;

/// Whether a connection has ended its transaction. SQLite ends it by itself when a statement meets a full disk, a failed read or write, or
/// an interruption; the `ROLLBACK` that follows is then refused, and the driver goes on counting a transaction that is over. What were
/// written on such a connection later would be a savepoint in nothing, and a savepoint that is rolled back stays open: later commands would
/// be acknowledged and never committed. It is closed, and the pool opens another.
///
/// Asked of a connection that waits in the pool, where every rollback has ended.
fn is_at_rest(connection: &sqlx::SqliteConnection) -> bool {
    use sqlx::Connection;
    !connection.is_in_transaction()
}

/// What a pool of PostgreSQL is for.
#[derive(Clone, Copy)]
enum Pool {
    Write,
    Read,
    Count,
}

/// Pools to write and to read are as large as the settings say; counting takes no time.
fn postgres(url: &str, config: &Config, pool: Pool) -> ConnectOptions {
    let seconds = config.statement_seconds;
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(if matches!(pool, Pool::Count) { 2 } else { config.connections })
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(seconds))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_postgres_opts(move |o| {
            let o = o.statement_cache_capacity(STATEMENTS);
            let o = match pool {
                Pool::Write => o,
                Pool::Read => o.options([
                    ("default_transaction_isolation", "repeatable read"),
                    ("default_transaction_read_only", "on"),
                ]),
                Pool::Count => o.options([("synchronous_commit", "off")]),
            };
            o.options([
                // what is read by an index is mostly in memory or on a disk without a head: lists go by their indexes
                ("random_page_cost", "1.1".to_owned()),
                // statements are short; compiling one would take longer than running it
                ("jit", "off".to_owned()),
                ("statement_timeout", format!("{seconds}s")),
                // a little earlier: whoever waits for a lock is told so, and not that the database is away
                ("lock_timeout", format!("{}ms", seconds * 800)),
                ("idle_in_transaction_session_timeout", format!("{}s", seconds * 6)),
            ])
        });
    options
}

/// Connections that read a file: it waits for nobody, so that more than two for each processor only take memory for pages
/// and prepared statements.
fn readers(most: u32) -> u32 {
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(2 * processors).map_or(most, |useful| useful.min(most))
}

fn sqlite(url: &str, connections: u32, writes: bool) -> ConnectOptions {
    use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_pool_opts(|o| {
            o.before_acquire(|connection, _| Box::pin(std::future::ready(Ok(is_at_rest(connection)))))
        })
        .map_sqlx_sqlite_opts(move |o| {
            let o = o
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .statement_cache_capacity(STATEMENTS)
                .pragma("cache_size", if writes { "-32768" } else { "-4096" })
                .pragma("temp_store", "MEMORY")
                .busy_timeout(Duration::from_secs(30));
            if writes { o } else { o.pragma("query_only", "ON") }
        });
    options
}

/// The backend of a connection, as a dialect.
pub(crate) fn dialect_of(backend: DbBackend) -> Dialect {
    if backend == DbBackend::Sqlite { Dialect::Sqlite } else { Dialect::Postgres }
}
