//! The databases: a private PostgreSQL cluster or a SQLite file, the data set in it, and a copy for the replay.

use crate::Failed;
use sqlx::{Connection, PgConnection};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A cluster of its own with default durability.
    Postgres,
}

/// A database with the data set, and a copy of it as it was before anything was measured.
pub struct Database {
    folder: PathBuf,
    cluster: Option<String>,
}

fn run(command: &mut Command) -> Result<String, Failed> {
    let done = command.output()?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(format!("{command:?}: {} {said}", done.status).into());
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// The script that starts and stops clusters.
fn harness() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/postgres.sh")
}

impl Database {
    /// Makes one and loads the data set with the product's own command; `doctor` must be content afterwards.
    pub async fn make(kind: Kind, folder: &Path, binary: &Path, scale: &str) -> Result<Self, Failed> {
        std::fs::create_dir_all(folder.join("data"))?;
        let cluster = match kind {
            Kind::Sqlite => None,
            Kind::Postgres => {
                let cluster = std::env::temp_dir().join(format!("aftercare-bench-{}", std::process::id()));
                Some(run(Command::new(harness()).env("AFTERCARE_PG_DURABLE", "1").arg("start").arg(&cluster))?)
            }
        };
        let database = Database { folder: folder.to_path_buf(), cluster };
        if let Some(mut admin) = database.admin().await? {
            sqlx::query("CREATE DATABASE bench").execute(&mut admin).await?;
        }
        let began = std::time::Instant::now();
        database.aftercare(binary, &["demo", "--scale", scale])?;
        println!("{kind:?}: {scale} loaded in {:.0} s", began.elapsed().as_secs_f64());
        let verdict = database.aftercare(binary, &["doctor"])?;
        println!("{kind:?}: doctor: {}", verdict.lines().last().unwrap_or_default());
        database.copy().await?;
        Ok(database)
    }

    fn aftercare(&self, binary: &Path, arguments: &[&str]) -> Result<String, Failed> {
        let mut command = Command::new(binary);
        command.args(arguments).arg("--data").arg(self.data()).env("AFTERCARE_DATABASE", self.url());
        run(command.env("RUST_LOG", "warn"))
    }

    async fn admin(&self) -> Result<Option<PgConnection>, Failed> {
        match &self.cluster {
            Some(url) => Ok(Some(PgConnection::connect(url).await?)),
            None => Ok(None),
        }
    }

    fn named(&self, name: &str) -> String {
        match &self.cluster {
            Some(url) => format!("{}/{name}", url.rsplit_once('/').map_or("", |(server, _)| server)),
            None => format!("sqlite:{}", self.folder.join(name).join("aftercare.db").display()),
        }
    }

    /// The folder of the product.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What the product works on.
    pub fn url(&self) -> String {
        self.named(if self.cluster.is_some() { "bench" } else { "data" })
    }

    /// What recordings are replayed on.
    pub fn copy_url(&self) -> String {
        self.named("replay")
    }

    async fn copy(&self) -> Result<(), Failed> {
        if let Some(mut admin) = self.admin().await? {
            sqlx::query("CREATE DATABASE replay TEMPLATE bench").execute(&mut admin).await?;
            // statistics as autovacuum would have gathered them by now
            for url in [self.url(), self.copy_url()] {
                sqlx::query("VACUUM ANALYZE").execute(&mut PgConnection::connect(&url).await?).await?;
            }
            return Ok(());
        }
        let to = self.folder.join("replay");
        std::fs::create_dir_all(&to)?;
        for file in ["aftercare.db", "aftercare.db-wal"] {
            if self.data().join(file).exists() {
                std::fs::copy(self.data().join(file), to.join(file))?;
            }
        }
        Ok(())
    }

    /// Bytes of write-ahead log so far, and connections that were ever made; `None` for SQLite.
    pub async fn counters(&self) -> Result<Option<(u64, u64)>, Failed> {
        let Some(mut admin) = self.admin().await? else { return Ok(None) };
        let wal = "SELECT (pg_current_wal_insert_lsn() - '0/0')::BIGINT";
        let (wal,): (i64,) = sqlx::query_as(wal).fetch_one(&mut admin).await?;
        let sessions = "SELECT COALESCE(sessions, 0) FROM pg_stat_database WHERE datname = 'bench'";
        let (sessions,): (i64,) = sqlx::query_as(sessions).fetch_one(&mut admin).await?;
        Ok(Some((u64::try_from(wal)?, u64::try_from(sessions)?)))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.cluster.is_some() {
            let cluster = std::env::temp_dir().join(format!("aftercare-bench-{}", std::process::id()));
            if let Err(error) = run(Command::new(harness()).arg("stop").arg(cluster)) {
                eprintln!("{error}");
            }
        }
    }
}
