//! The `aftercare` binary: see `aftercare --help`.

use backend::command::Cli;
use clap::Parser;
use std::process::ExitCode;

/// Requests make many small objects on many threads; this one gives memory back after a load, and threads do not wait for
/// each other.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What is logged unless `RUST_LOG` says otherwise: what we say ourselves, and what others warn of.
const QUIET: &str = "info,actix_server=warn,sea_orm_migration=warn,tokio_cron_scheduler=warn";

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or(QUIET)).format_timestamp_millis().init();
    match cli.run().await {
        Ok(code) => code,
        Err(message) => {
            eprintln!("aftercare: {message}");
            ExitCode::FAILURE
        }
    }
}
