//! `aftercare audit`

use super::{Ended, Options, say};
use openapi::Lang;
use openapi::choice::Choice;
use openapi::system::seal::{AuditFinding, AuditVerdict};
use platform::seal::{Kept, roots, seal_all, verify};
use platform::{Actor, App, Context};
use std::process::ExitCode;
use std::str::FromStr;
use uuid::Uuid;

#[derive(clap::Args)]
pub(super) struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Hold the audit log against its seals; names the first row that was changed, removed or added, and ends with 1 then
    Verify {
        /// A root that was kept elsewhere, as `audit roots` prints it: NUMBER:ROOT; may be repeated
        #[arg(long, value_name = "NUMBER:ROOT")]
        root: Vec<Root>,
        /// Findings printed at most
        #[arg(long, default_value_t = 20)]
        show: usize,
    },
    /// Print the root of every seal, to be kept elsewhere: number:root, time, rows
    Roots {
        /// Only those after this number
        #[arg(long, default_value_t = 0)]
        after: i64,
    },
    /// Seal what waits, which the server does each minute
    Seal,
}

/// A root that was kept elsewhere.
#[derive(Clone)]
struct Root(Kept);

impl FromStr for Root {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (seq, root) = text.split_once(':').ok_or("NUMBER:ROOT, as `audit roots` prints it")?;
        let seq = seq.parse().map_err(|_| "NUMBER is not a number".to_owned())?;
        Ok(Root(Kept { seq, root: root.to_ascii_lowercase() }))
    }
}

impl Audit {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        let waiting = migrations::pending(app.db.maintenance()).await.map_err(|error| error.to_string())?;
        if waiting > 0 {
            return Err(format!("{waiting} migration(s) wait: aftercare migrate"));
        }
        let context = Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "AuditCommand");
        let ended = match self.what {
            What::Verify { root, show } => {
                keyed(&app)?;
                let kept: Vec<Kept> = root.into_iter().map(|root| root.0).collect();
                let verdict = verify(&app, &context, &kept, async |_, _| Ok(())).await.map_err(say)?;
                said(&verdict, show)
            }
            What::Roots { after } => {
                let mut print = |seal: openapi::system::seal::AuditSeal| {
                    println!("{}:{} {} {}", seal.seq, seal.root, seal.created_at, seal.row_count)
                };
                roots(&app, &context, after, &mut print).await.map_err(say)?;
                ExitCode::SUCCESS
            }
            What::Seal => {
                keyed(&app)?;
                println!("{} row(s) sealed", seal_all(&app, &context).await.map_err(say)?);
                ExitCode::SUCCESS
            }
        };
        app.db.close().await.map_err(say)?;
        Ok(ended)
    }
}

/// Seals are keyed.
fn keyed(app: &App) -> Result<(), String> {
    let has_key = app.keys.seal_key().is_some();
    let missing = "the seals are keyed: set AFTERCARE_JWT_SECRET or AFTERCARE_AUDIT_KEY as the server has it";
    if has_key { Ok(()) } else { Err(missing.to_owned()) }
}

fn said(verdict: &AuditVerdict, show: usize) -> ExitCode {
    let AuditVerdict { is_intact, seals, rows, waiting, last, faults, findings } = verdict;
    println!("{seals} seal(s), {rows} sealed row(s), {waiting} waiting for the next seal");
    if let Some(last) = last {
        println!("last seal {}:{} of {}", last.seq, last.root, last.created_at);
    }
    for finding in findings.iter().take(show) {
        println!("FAILED  {}", line(finding));
    }
    if *is_intact {
        println!("the audit log is as it was written");
        return ExitCode::SUCCESS;
    }
    println!("{faults} fault(s); the first is the first in the order of the log");
    ExitCode::FAILURE
}

fn line(finding: &AuditFinding) -> String {
    let AuditFinding { fault, row, seal, at, operation } = finding;
    let mut said = fault.label(Lang::En).to_owned();
    for (what, value) in [
        ("row", row.map(|id| id.to_string())),
        ("seal", seal.map(|seq| seq.to_string())),
        ("of", at.map(|at| at.to_string())),
        ("operation", operation.clone()),
    ] {
        if let Some(value) = value {
            said.push_str(&format!(", {what} {value}"));
        }
    }
    said
}
