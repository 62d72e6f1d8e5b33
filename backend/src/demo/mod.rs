//! Demo data: a believable company, made by the same commands as real use.

mod company;
mod dice;
mod stage;
mod stores;
mod words;
mod year;

use chrono::{DateTime, TimeDelta, Utc};
use dice::Dice;
use platform::clock::ManualClock;
use platform::{App, Clock, Result};
use sea_orm::ConnectionTrait;
use stage::Stage;
use std::sync::Arc;

/// The seed when none is given.
pub const SEED: u64 = 20_261_121;

/// The password of everybody in the demo company.
pub const PASSWORD: &str = "demo-2026";

/// How much data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scale {
    /// A quick look: seconds.
    Small,
    /// A year of six stations: a minute or two.
    Full,
}

impl Scale {
    const fn customers_and_units(self) -> (usize, usize) {
        match self {
            Scale::Small => (60, 100),
            Scale::Full => (500, 900),
        }
    }

    const fn days_and_tickets(self) -> (i64, usize) {
        match self {
            Scale::Small => (45, 90),
            Scale::Full => (365, 1500),
        }
    }
}

/// Whether nobody has worked with this database yet.
pub async fn is_empty(app: &App) -> Result<bool> {
    let row = app.db.reader().query_one_raw(sea_orm::Statement::from_string(
        app.db.reader().get_database_backend(),
        "SELECT id FROM customer LIMIT 1",
    ));
    Ok(row.await?.is_none())
}

/// Fills an empty database. The company works from a year ago until now, on a clock of its own.
pub async fn load(app: &App, seed: u64, scale: Scale) -> Result<()> {
    let now: DateTime<Utc> = app.clock.now();
    let (days, tickets) = scale.days_and_tickets();
    let clock = Arc::new(ManualClock::at(now - TimeDelta::days(days)));
    let ours: Arc<dyn Clock> = clock.clone();
    let working = crate::app::connect(app.config.clone(), ours).await?;
    working.db.relax().await?;
    let mut dice = Dice::new(seed);
    let mut stage = Stage { app: working, clock, api: crate::modules::mount(), people: Vec::new() };
    let company = company::build(&mut stage, &mut dice, scale).await?;
    stores::open(&stage, &mut dice, &company).await?;
    log::info!(
        "demo: {} stations, {} models, {} units",
        company.stations.len(),
        company.models.len(),
        company.units.len()
    );
    year::pass(&stage, &mut dice, &company, now, tickets).await?;
    log::info!("demo: {tickets} tickets in {days} days");
    stage.app.db.close().await
}

/// What is printed when a demo starts: who can sign in.
pub fn welcome() -> String {
    let lines = [
        ("hz01-qt2", "前台", "reception"),
        ("hz01-gc3", "工程师", "engineer"),
        ("hz01-zj5", "质检", "inspector"),
        ("hz01-kg6", "库管/内勤", "storekeeper, clerk"),
        ("hz01-zz1", "站长", "station manager"),
        ("cw01", "财务主管", "accountant"),
        ("kf01", "客服", "customer care"),
        ("zb01", "总部", "headquarters"),
        ("gl01", "管理员", "administrator"),
    ];
    let people = lines.iter().map(|(login, zh, en)| format!("  {login:<10} {zh} ({en})\n")).collect::<String>();
    format!("Demo logins, password {PASSWORD}:\n{people}")
}
