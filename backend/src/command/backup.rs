//! `aftercare backup`

use super::{Ended, Options, say};
use platform::{Dialect, Failure, Result};
use sea_orm::ConnectionTrait;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct Backup {
    /// Folder for the copy; made when it is missing, must be empty
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
}

const POSTGRES: &str = "The database is PostgreSQL: its own tools copy it while the product runs.
    pg_dump --format=custom --file=aftercare.dump \"$AFTERCARE_DATABASE\"
    pg_restore --clean --if-exists --dbname=\"$AFTERCARE_DATABASE\" aftercare.dump
For a copy to the second use continuous archiving (pg_basebackup and the write-ahead log).
Take the attachments afterwards: the folder `attachments` below the data folder, or the bucket.";

impl Backup {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        if app.db.dialect() == Dialect::Postgres {
            println!("{POSTGRES}");
            return Ok(ExitCode::SUCCESS);
        }
        prepare(&self.to).map_err(|error| format!("{}: {error}", self.to.display()))?;
        let database = self.to.join("aftercare.db");
        // a transactionally consistent copy, taken by the database itself beside its writers
        let statement = sea_orm::Statement::from_sql_and_values(
            sea_orm::DbBackend::Sqlite,
            "VACUUM INTO $1",
            [database.display().to_string().into()],
        );
        app.db.maintenance().execute_raw(statement).await.map_err(|error| say(Failure::Db(error)))?;
        // after the database: every attachment that the copy knows is there, because files are written before their row
        let files = copy_folder(&app.config.data.join("attachments"), &self.to.join("attachments")).map_err(say)?;
        app.db.close().await.map_err(say)?;
        println!("copied the database and {files} attachment file(s) to {}", self.to.display());
        println!("to restore, stop the server and start it with  --data {}", self.to.display());
        if !app.config.storage.bucket.is_empty() {
            println!(
                "the attachments are in the bucket {}: copy that with the tools of its provider",
                app.config.storage.bucket
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn prepare(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    match std::fs::read_dir(folder)?.next() {
        Some(_) => Err(std::io::Error::other("the folder is not empty")),
        None => Ok(()),
    }
}

/// Copies a folder with everything in it, and counts the files.
fn copy_folder(from: &Path, to: &Path) -> Result<usize> {
    let failed = |path: &Path, error: std::io::Error| Failure::Internal(format!("{}: {error}", path.display()));
    if !from.exists() {
        return Ok(0);
    }
    std::fs::create_dir_all(to).map_err(|error| failed(to, error))?;
    let mut copied = 0;
    for entry in std::fs::read_dir(from).map_err(|error| failed(from, error))? {
        let entry = entry.map_err(|error| failed(from, error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copied += copy_folder(&source, &target)?;
        } else {
            std::fs::copy(&source, &target).map_err(|error| failed(&source, error))?;
            copied += 1;
        }
    }
    Ok(copied)
}
