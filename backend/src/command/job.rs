//! `aftercare job`

use super::{Ended, Options, say};
use openapi::choice::Choice;
use openapi::{Lang, system::operation::OperationState};
use platform::{Actor, App, Context, Tx};
use std::process::ExitCode;
use uuid::Uuid;

#[derive(clap::Args)]
pub(super) struct Job {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// List the latest jobs and the kinds that can be run
    List {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u64,
    },
    /// Queue a job of a kind, and do what is due in this process
    Run {
        /// The kind, for example tidy.answers
        kind: String,
        /// What it needs, as JSON
        #[arg(long, default_value = "{}")]
        payload: String,
    },
    /// Queue a failed or cancelled job again, and do what is due in this process
    Retry {
        /// Its id
        id: Uuid,
    },
}

impl Job {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        let ended = match self.what {
            What::List { limit } => list(&app, limit).await,
            What::Run { kind, payload } => {
                if !app.jobs.kinds().contains(&kind.as_str()) {
                    return Err(format!("no job of kind {kind}; there are: {}", app.jobs.kinds().join(", ")));
                }
                let payload: serde_json::Value = serde_json::from_str(&payload).map_err(|e| format!("payload: {e}"))?;
                let work = async |tx: &Tx| tx.enqueue(&kind, &payload).await;
                platform::http::run::write(&app, &context(&app), work).await.map_err(say)?;
                work_off(&app).await
            }
            What::Retry { id } => {
                let work = async |tx: &Tx| tx.retry_job(id).await;
                platform::http::run::write(&app, &context(&app), work).await.map_err(say)?;
                work_off(&app).await
            }
        }?;
        app.db.close().await.map_err(say)?;
        Ok(ended)
    }
}

fn context(app: &App) -> Context {
    Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "JobCommand")
}

async fn work_off(app: &App) -> Ended {
    let (_stopper, stop) = platform::stop::stop();
    let runner = crate::schedule::runner();
    while platform::job::one(app, &runner, &stop).await.map_err(say)? {}
    list(app, 5).await
}

async fn list(app: &App, limit: u64) -> Ended {
    for operation in platform::job::recent(app, limit).await.map_err(say)? {
        let (state, at) = (operation.state.label(Lang::En), operation.created_at);
        let steps = format!("{}/{}", operation.progress, operation.total);
        let outcome = operation.error.or(operation.result).unwrap_or_default();
        println!("{}  {at}  {state:<10} {:<24} {steps:>12}  {outcome}", operation.id, operation.kind);
        if operation.state == OperationState::Failed {
            println!("    aftercare job retry {}", operation.id);
        }
    }
    println!("kinds: {}", app.jobs.kinds().join(", "));
    Ok(ExitCode::SUCCESS)
}
