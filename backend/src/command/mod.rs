//! The commands of the binary, one file each. `serve` runs the product; the others look after it.

mod audit;
mod backup;
mod demo;
mod doctor;
mod import;
mod job;
mod migrate;
mod serve;

use clap::{Args, Parser, Subcommand};
use platform::{App, Config};
use std::path::PathBuf;
use std::process::ExitCode;

/// Aftercare: after-sales service management in one binary.
///
/// Settings come from aftercare.toml (or --config FILE) and from the environment (AFTERCARE_LISTEN, AFTERCARE_DATABASE,
/// AFTERCARE_JWT_SECRET, ...); the environment wins over the file, an option over both.
#[derive(Parser)]
#[command(name = "aftercare", version)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Args, Clone)]
struct Options {
    /// Settings file (TOML) instead of aftercare.toml in the working folder
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Folder of the SQLite database, attachments and generated keys [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application, the API and its reference; migrates the database first
    Serve(serve::Serve),
    /// Bring the database schema up to date and stop
    Migrate,
    /// Load believable demo data, made by the same commands as real use
    Demo(demo::Demo),
    /// Check the database and the books; exit code 1 when something is wrong
    Doctor(doctor::Doctor),
    /// Verify and seal the audit log
    Audit(audit::Audit),
    /// Import a workbook: customers, products, units and so on
    Import(import::Import),
    /// List, run or repeat background jobs
    Job(job::Job),
    /// Print the OpenAPI document
    Openapi,
    /// Copy database and attachments while the product runs (SQLite; for PostgreSQL it says what to do)
    Backup(backup::Backup),
}

/// What a command ends with: an exit code, or a sentence that says what went wrong.
type Ended = Result<ExitCode, String>;

impl Cli {
    /// Does what the command line asks for.
    pub async fn run(self) -> Ended {
        let Cli { options, command } = self;
        match command {
            Command::Serve(serve) => serve.run(&options).await,
            Command::Migrate => migrate::run(&options).await,
            Command::Demo(demo) => demo.run(&options).await,
            Command::Doctor(doctor) => doctor.run(&options).await,
            Command::Audit(audit) => audit.run(&options).await,
            Command::Import(import) => import.run(&options).await,
            Command::Job(job) => job.run(&options).await,
            Command::Backup(backup) => backup.run(&options).await,
            Command::Openapi => {
                println!("{}", crate::reference::TEXT.trim_end());
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Options {
    /// The settings, with the options applied.
    fn settings(&self) -> Result<Config, String> {
        let mut config = Config::load(self.config.as_deref()).map_err(|error| format!("settings: {error}"))?;
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        Ok(config)
    }

    /// The process for a command that serves nobody: it needs the database, not the secret of the access tokens.
    async fn workshop(&self) -> Result<App, String> {
        let mut config = self.settings()?;
        config.known_secret();
        let mut enough = config.clone();
        if config.jwt_secret.is_empty() {
            enough.jwt_secret = platform::config::Secret::new(platform::auth::token::random_token());
        }
        usable(&enough)?;
        crate::app::connect(config, std::sync::Arc::new(platform::clock::SystemClock)).await.map_err(say)
    }
}

/// Refuses settings that cannot work.
fn usable(config: &Config) -> Result<(), String> {
    let faults = config.faults();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n           ")) }
}

/// A failure as a sentence.
fn say(failure: platform::Failure) -> String {
    failure.to_string()
}
