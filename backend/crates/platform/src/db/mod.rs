//! The database: one way to get a write transaction, one way to get a snapshot to read from.

pub mod dialect;
pub mod list;
pub mod record;
pub mod tx;

use crate::{Config, Failure, Result};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::time::Duration;

pub use dialect::Dialect;

/// The database connections of one process.
///
/// SQLite: one connection writes (its queue is fair, so nobody sees "busy"), a pool reads snapshots.
/// PostgreSQL: one pool; reads may go to a replica.
pub struct Db {
    write: DatabaseConnection,
    read: DatabaseConnection,
    dialect: Dialect,
}

impl Db {
    /// Connects as the settings say, creating the SQLite file when there is none.
    pub async fn connect(config: &Config) -> Result<Self> {
        let url = config.database.reveal();
        if url.starts_with("postgres") {
            let write = Database::connect(postgres(url, config)).await?;
            let read = match &config.read_database {
                Some(replica) => Database::connect(postgres(replica.reveal(), config)).await?,
                None => write.clone(),
            };
            return Ok(Db { write, read, dialect: Dialect::Postgres });
        }
        let file = match url.strip_prefix("sqlite:") {
            Some(path) => std::path::PathBuf::from(path),
            None => config.data.join("aftercare.db"),
        };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Failure::Internal(format!("{}: {e}", folder.display())))?;
        }
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let write = Database::connect(sqlite(&url, 1, true)).await?;
        let read = Database::connect(sqlite(&url, config.connections, false)).await?;
        Ok(Db { write, read, dialect: Dialect::Sqlite })
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The connection that migrations and maintenance use.
    pub fn maintenance(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Begins a write transaction. Commands never call this; see [`crate::http`].
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Begins a snapshot to read from.
    pub async fn begin_read(&self) -> Result<DatabaseTransaction> {
        let options = match self.dialect {
            Dialect::Sqlite => TransactionOptions::default(),
            Dialect::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(self.read.begin_with_options(options).await?)
    }

    /// A connection for one read statement that needs no snapshot.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// A connection for one read statement that must see what was committed last, so never a replica.
    pub fn latest(&self) -> &DatabaseConnection {
        match self.dialect {
            Dialect::Sqlite => &self.read,
            Dialect::Postgres => &self.write,
        }
    }

    /// Name, size and idle connections of each pool.
    pub fn pools(&self) -> Vec<(&'static str, u32, usize)> {
        match self.dialect {
            Dialect::Sqlite => [("write", &self.write), ("read", &self.read)]
                .map(|(name, db)| (name, db.get_sqlite_connection_pool()))
                .map(|(name, pool)| (name, pool.size(), pool.num_idle()))
                .to_vec(),
            Dialect::Postgres => [("write", &self.write), ("read", &self.read)]
                .map(|(name, db)| (name, db.get_postgres_connection_pool()))
                .map(|(name, pool)| (name, pool.size(), pool.num_idle()))
                .to_vec(),
        }
    }

    /// Trades durability for speed on these connections, for filling a new database that can be filled again.
    pub async fn relax(&self) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            self.write.execute_unprepared("PRAGMA synchronous = OFF").await?;
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
        if self.dialect == Dialect::Sqlite {
            self.read.clone().close().await?;
        }
        Ok(())
    }
}

fn postgres(url: &str, config: &Config) -> ConnectOptions {
    let seconds = config.statement_seconds;
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(config.connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(seconds))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_postgres_opts(move |o| {
            o.options([
                ("statement_timeout", format!("{seconds}s")),
                // a little earlier: whoever waits for a lock is told so, and not that the database is away
                ("lock_timeout", format!("{}ms", seconds * 800)),
                ("idle_in_transaction_session_timeout", format!("{}s", seconds * 6)),
            ])
        });
    options
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
        .map_sqlx_sqlite_opts(move |o| {
            let o = o
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(30));
            if writes { o } else { o.pragma("query_only", "ON") }
        });
    options
}

/// The backend of a connection, as a dialect.
pub(crate) fn dialect_of(backend: DbBackend) -> Dialect {
    if backend == DbBackend::Sqlite { Dialect::Sqlite } else { Dialect::Postgres }
}
