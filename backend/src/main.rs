//! The `aftercare` binary: see `aftercare --help`.

use backend::command::Cli;
use clap::Parser;
use std::process::ExitCode;

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("info"))
        .format_timestamp_millis()
        .init();
    match cli.run().await {
        Ok(code) => code,
        Err(message) => {
            eprintln!("aftercare: {message}");
            ExitCode::FAILURE
        }
    }
}
