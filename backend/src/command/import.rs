//! `aftercare import`

use super::{Ended, Options, say};
use openapi::system::operation::OperationState;
use platform::job::ImportFile;
use platform::{Actor, Context, Tx};
use std::path::PathBuf;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(clap::Args)]
pub(super) struct Import {
    /// What the workbook holds, for example customer; a wrong one lists what there is
    kind: String,
    /// The workbook (.xlsx), filled in from the template that the page of that list offers
    file: PathBuf,
    /// Check every cell and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        let kind = format!("import.{}", self.kind);
        let kinds = app.jobs.kinds();
        let known: Vec<&str> = kinds.iter().filter_map(|kind| kind.strip_prefix("import.")).collect();
        if !kinds.contains(&kind.as_str()) {
            return Err(format!("{} cannot be imported; there are: {}", self.kind, known.join(", ")));
        }
        let bytes = std::fs::read(&self.file).map_err(|error| format!("{}: {error}", self.file.display()))?;
        let file_name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let object = platform::attachment::keep(&app, bytes).await.map_err(say)?;
        let payload = ImportFile { object, file_name, is_dry_run: self.dry_run };
        let (org, path) = identity::api::headquarters(&app).await.map_err(say)?;
        let context = Context::internal(Actor::system(org, &path), app.clock.now(), "ImportCommand");
        let queue = async |tx: &Tx| tx.enqueue(&kind, &payload).await;
        let id: Uuid = platform::http::run::write(&app, &context, queue).await.map_err(say)?.id.uuid();
        let (_stopper, stop) = platform::stop::stop();
        while platform::job::one(&app, &crate::schedule::runner(), &stop).await.map_err(say)? {}
        let ended = platform::job::find(&app, id).await.map_err(say)?;
        app.db.close().await.map_err(say)?;
        let outcome = ended.error.or(ended.result).unwrap_or_default();
        println!("{} rows, {}: {outcome}", ended.total, ended.state);
        Ok(if ended.state == OperationState::Done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
