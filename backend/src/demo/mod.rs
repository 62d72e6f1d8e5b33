//! Demo data: a believable company, made by the same commands as real use.

mod again;
mod benches;
mod bulk;
mod company;
mod deliveries;
mod dice;
mod old_parts;
mod partners;
mod plans;
mod purchases;
mod sales;
mod stage;
mod stockroom;
mod stores;
mod waiting;
mod wholesale;
mod words;
mod workbench;
mod year;

use chrono::{DateTime, TimeDelta, Utc};
use dice::Dice;
use platform::clock::ManualClock;
use platform::{Actor, App, Clock, Context, Result, Tx};
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
    /// For measuring: 10,000 tickets, 5,000 customers, 1,000 parts in two depots.
    D10k,
    /// For measuring: ten times as many tickets and customers.
    D100k,
    /// For measuring: a hundred times as many.
    D1m,
}

impl Scale {
    const fn customers_and_units(self) -> (usize, usize) {
        match self {
            Scale::Small | Scale::D10k | Scale::D100k | Scale::D1m => (60, 100),
            Scale::Full => (500, 900),
        }
    }

    const fn days_and_tickets(self) -> (i64, usize) {
        match self {
            Scale::Small => (45, 90),
            Scale::Full => (365, 1500),
            Scale::D10k | Scale::D100k | Scale::D1m => (366, 0),
        }
    }

    /// Tickets that are written in bulk.
    const fn bulk(self) -> Option<usize> {
        match self {
            Scale::Small | Scale::Full => None,
            Scale::D10k => Some(10_000),
            Scale::D100k => Some(100_000),
            Scale::D1m => Some(1_000_000),
        }
    }
}

/// What stands in a database before demo data is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Nobody has worked with it yet.
    Empty,
    /// Demo data was being loaded when the process ended: there is less of it than there should be.
    Half,
    /// It is in use, or holds all of the demo data.
    InUse,
}

/// What is said where demo data was left half loaded.
pub const HALF: &str = "loading the demo data was interrupted and only a part of it is there: remove the database \
    (aftercare.db in the data folder) or name another with --data, and start again";

/// Counters that loading moves on: one as it begins, one as it ends.
const BEGUN: &str = "demo.begun";
const ENDED: &str = "demo.ended";

/// Looks at the database.
pub async fn ground(app: &App) -> Result<Ground> {
    let reader = app.db.latest();
    let ask = |sql: &str| sea_orm::Statement::from_string(reader.get_database_backend(), sql.to_owned());
    let count = async |scope: &str| -> Result<i64> {
        let row =
            reader.query_one_raw(ask(&format!("SELECT value FROM number_counter WHERE scope = '{scope}'"))).await?;
        Ok(row.map(|row| row.try_get("", "value")).transpose()?.unwrap_or_default())
    };
    if count(BEGUN).await? > count(ENDED).await? {
        return Ok(Ground::Half);
    }
    let somebody = reader.query_one_raw(ask("SELECT id FROM customer LIMIT 1")).await?;
    Ok(if somebody.is_none() { Ground::Empty } else { Ground::InUse })
}

/// Notes that loading begins, or has ended.
async fn note(app: &App, scope: &str) -> Result<()> {
    let context = Context::internal(Actor::system(uuid::Uuid::nil(), "/"), app.clock.now(), "Demo");
    platform::http::run::write(app, &context, async |tx: &Tx| tx.next_in(scope).await.map(|_| ())).await
}

/// Fills an empty database. The company works from a year ago until now, on a clock of its own.
pub async fn load(app: &App, seed: u64, scale: Scale) -> Result<()> {
    note(app, BEGUN).await?;
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
    workbench::shelves(&stage, &company).await?;
    old_parts::agree(&stage, &company).await?;
    log::info!(
        "demo: {} stations, {} models, {} units",
        company.stations.len(),
        company.models.len(),
        company.units.len()
    );
    if let Some(count) = scale.bulk() {
        bulk::pass(&stage, &mut dice, &company, now, count).await?;
        stage.clock.set(now);
    } else {
        year::pass(&stage, &mut dice, &company, now, tickets).await?;
        deliveries::today(&stage, &mut dice, &company).await?;
        stockroom::today(&stage, &mut dice, &company).await?;
        purchases::today(&stage, &mut dice, &company).await?;
        sales::some(&stage, &company).await?;
        wholesale::today(&stage, &company).await?;
        workbench::today(&stage, &company).await?;
        benches::today(&stage, &company).await?;
        again::today(&stage, &company).await?;
        old_parts::today(&stage, &company).await?;
        plans::today(&stage, &mut dice, &company).await?;
        waiting::today(&stage, &company).await?;
        log::info!("demo: {tickets} tickets in {days} days");
    }
    stage.app.db.close().await?;
    note(app, ENDED).await?;
    // by the durable connection, which waits for the disk
    app.db.settle().await
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
        ("jx01", "经销商", "dealer"),
        ("gl01", "管理员", "administrator"),
    ];
    let people = lines.iter().map(|(login, zh, en)| format!("  {login:<10} {zh} ({en})\n")).collect::<String>();
    format!("Demo logins, password {PASSWORD}:\n{people}")
}
