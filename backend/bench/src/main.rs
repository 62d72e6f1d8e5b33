//! Measuring. Starts a private database and the release binary, lets clients work over loopback as people do, and puts
//! beside each figure, in turn within the same run, what the machine could do: the same statements sent by a loop that
//! does nothing else, and a bare endpoint of the same framework. Machines change their speed; only such ratios count.

mod bare;
mod database;
mod goals;
mod measure;
mod ops;
mod replay;
mod report;
mod server;
mod wire;

use clap::Parser;
use database::Kind;
use std::path::PathBuf;

/// What went wrong, as a sentence.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Measures Aftercare by ratio.
#[derive(Parser)]
#[command(name = "bench")]
enum Cli {
    /// Measure the operations of a scenario
    Run(Box<Run>),
    /// The smallest server that the framework allows (used by `run`)
    Bare {
        /// Address
        #[arg(long)]
        listen: String,
    },
}

/// What is measured, and for how long.
#[derive(clap::Args, Clone)]
pub struct Run {
    /// The release binary
    #[arg(long, default_value = "target/release/aftercare")]
    binary: PathBuf,
    /// Another release binary to put beside it instead of the limits
    #[arg(long)]
    base: Option<PathBuf>,
    /// Scenario: operations, clients, rounds, seconds, as data
    #[arg(long, default_value = "backend/bench/scenarios/standard.json")]
    scenario: PathBuf,
    /// Databases
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    databases: Vec<Kind>,
    /// Data set: d10k, d100k or d1m
    #[arg(long, default_value = "d10k")]
    scale: String,
    /// Clients instead of the scenario's
    #[arg(long, value_delimiter = ',')]
    clients: Vec<usize>,
    /// Seconds of one turn instead of the scenario's
    #[arg(long)]
    seconds: Option<f64>,
    /// Rounds instead of the scenario's
    #[arg(long)]
    rounds: Option<usize>,
    /// Operations instead of the scenario's
    #[arg(long, value_delimiter = ',')]
    ops: Vec<String>,
    /// An earlier result (bench.json) of a smaller data set: how much slower everything has become since
    #[arg(long)]
    smaller: Option<PathBuf>,
    /// Folder for databases and results
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
}

fn main() -> std::process::ExitCode {
    let done = match Cli::parse() {
        Cli::Bare { listen } => bare::serve(&listen),
        Cli::Run(run) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(Failed::from)
            .and_then(|runtime| runtime.block_on(measure::run(&run))),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
