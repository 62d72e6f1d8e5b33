//! `aftercare doctor`

use super::{Ended, Options, say};
use chrono::{DateTime, Utc};
use openapi::Timestamp;
use openapi::system::seal::AuditSealing;
use platform::{Actor, App, Context, Dialect, Result};
use sea_orm::ConnectionTrait;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(clap::Args)]
pub(super) struct Doctor {
    /// Violations printed for each rule
    #[arg(long, default_value_t = 20)]
    show: usize,
}

impl Doctor {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let app = options.workshop().await?;
        let mut is_well = integrity(&app).await.map_err(say)?;
        let waiting = migrations::pending(app.db.maintenance()).await.map_err(|error| error.to_string())?;
        verdict(waiting == 0, "schema", &format!("{waiting} migration(s) waiting"));
        if waiting > 0 {
            println!("the books are checked when the schema is up to date: aftercare migrate");
            return Ok(ExitCode::FAILURE);
        }
        let context = Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "Doctor");
        let report = platform::http::run::read(&app, &context, crate::invariants::check).await.map_err(say)?;
        for check in &report.checks {
            let found = check.violations.len();
            verdict(
                found == 0,
                &check.code,
                &format!("{} ({} checked, {found} violation(s))", check.rule, check.checked),
            );
            check.violations.iter().take(self.show).for_each(|line| println!("        {line}"));
        }
        is_well &= report.is_clean;
        let sealing = platform::http::run::read(&app, &context, platform::seal::state).await.map_err(say)?;
        verdict(true, "audit", &sealed(&sealing, app.clock.now()));
        app.db.close().await.map_err(say)?;
        println!("{}", if is_well { "all is well" } else { "something is wrong" });
        Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What the database says of its own file. PostgreSQL checks its pages itself (`initdb --data-checksums`).
async fn integrity(app: &App) -> Result<bool> {
    if app.db.dialect() == Dialect::Postgres {
        return Ok(true);
    }
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "PRAGMA integrity_check(20)");
    let rows = app.db.reader().query_all_raw(statement).await?;
    let said = rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect::<std::result::Result<Vec<_>, _>>()?;
    let is_sound = said == ["ok"];
    verdict(is_sound, "database", &format!("integrity check: {}", said.join("; ")));
    Ok(is_sound)
}

/// How old the last seal of the audit log is, and what waits for the next.
fn sealed(sealing: &AuditSealing, now: DateTime<Utc>) -> String {
    let minutes = |at: Timestamp| (now - DateTime::<Utc>::from(at)).num_minutes();
    let last = sealing.last.as_ref().map_or_else(
        || "no seal yet".to_owned(),
        |last| {
            format!("seal {} is {} minute(s) old, {} rows are sealed", last.seq, minutes(last.created_at), last.total)
        },
    );
    let waits = sealing.waiting_since.map_or_else(
        || "nothing waits".to_owned(),
        |since| format!("{} row(s) wait, the oldest for {} minute(s)", sealing.waiting, minutes(since)),
    );
    format!("{last}, {waits}; aftercare audit verify checks them")
}

fn verdict(good: bool, what: &str, text: &str) {
    println!("{}  {what}: {text}", if good { "ok    " } else { "FAILED" });
}
