//! What is aimed at, beside what came out.

use crate::measure::Turn;
use crate::report::{Cell, Report, spread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What many clients met who wrote without a pause.
#[derive(Serialize)]
pub struct Endured {
    seconds: f64,
    rate: f64,
    p99_ms: f64,
    failed: u64,
    reason: Option<String>,
}

impl Endured {
    /// What a turn gave.
    pub fn new(seconds: f64, turn: &Turn) -> Self {
        let micros = u32::try_from(turn.latency.value_at_quantile(0.99)).unwrap_or(u32::MAX);
        let (failed, reason) = turn.failed.clone();
        Endured { seconds, rate: turn.rate, p99_ms: f64::from(micros) / 1000.0, failed, reason }
    }
}

impl fmt::Display for Endured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Endured { seconds, rate, p99_ms, failed, reason } = self;
        write!(f, "sqlite: 32 clients create for {seconds:.0} s: {rate:.0}/s, p99 {p99_ms:.1} ms, {failed} refused")?;
        reason.as_ref().map_or(Ok(()), |reason| write!(f, " ({reason})"))
    }
}

/// One client and many where making something durable takes five milliseconds: operations per second, round by round.
#[derive(Serialize)]
pub struct SlowDisk {
    /// One client.
    pub one: Vec<f64>,
    /// 32 clients.
    pub many: Vec<f64>,
}

impl SlowDisk {
    fn ratio(&self) -> f64 {
        let ratios = spread(self.one.iter().zip(&self.many).map(|(one, many)| many / one));
        ratios.map_or(0.0, |[_, mid, _]| mid)
    }
}

impl fmt::Display for SlowDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mid = |rates: &[f64]| spread(rates.iter().copied()).map_or(0.0, |[_, mid, _]| mid);
        let (one, many) = (mid(&self.one), mid(&self.many));
        write!(
            f,
            "sqlite where an fsync takes 5 ms: create by 1 client {one:.0}/s, by 32 {many:.0}/s ({:.1}x)",
            self.ratio()
        )
    }
}

/// What is looked at of an earlier result.
#[derive(Deserialize)]
pub struct Earlier {
    scale: String,
    cells: Vec<EarlierCell>,
}

#[derive(Deserialize)]
struct EarlierCell {
    database: String,
    op: String,
    clients: usize,
    latency: [f64; 3],
}

/// A goal.
struct Goal {
    database: String,
    what: String,
    goal: String,
    measured: String,
    is_met: bool,
}

fn at_most(database: &str, what: &str, unit: &str, goal: f64, measured: f64) -> Goal {
    let shown = |value: f64| format!("{value:.digits$}{unit}", digits = if goal < 10.0 { 2 } else { 0 });
    Goal {
        database: database.to_owned(),
        what: what.to_owned(),
        goal: format!("at most {}", shown(goal)),
        measured: shown(measured),
        is_met: measured <= goal,
    }
}

fn at_least(database: &str, what: &str, goal: f64, measured: f64) -> Goal {
    Goal {
        database: database.to_owned(),
        what: what.to_owned(),
        goal: format!("at least {goal:.2}"),
        measured: format!("{measured:.2}"),
        is_met: measured >= goal,
    }
}

/// Statements of an operation without begin and commit; a move is two requests, a lifecycle seven.
const STATEMENTS: [(&str, f64); 5] =
    [("list50", 2.0), ("read1", 4.0), ("create", 8.0), ("move", 7.0), ("lifecycle", 30.0)];
/// Share of the rate of the replayed statements, by operation: on PostgreSQL, on SQLite.
const SHARES: [(&str, f64, Option<f64>); 4] =
    [("list50", 0.6, None), ("read1", 0.6, None), ("create", 0.7, Some(0.6)), ("move", 0.7, Some(0.6))];

fn costs(report: &Report, goals: &mut Vec<Goal>) {
    for (database, cost) in &report.costs {
        if let Some((_, goal)) = STATEMENTS.iter().find(|(op, _)| *op == cost.op) {
            goals.push(at_most(database, &format!("statements of {}", cost.op), "", *goal, cost.statements));
        }
        if let (Some(wal), "create" | "move") = (cost.wal, cost.op.as_str()) {
            goals.push(at_most(database, &format!("write-ahead log of {}", cost.op), " B", 3072.0, wal));
        }
    }
    let mut made: BTreeMap<&str, f64> = BTreeMap::new();
    for (database, cost) in &report.costs {
        if let Some(connections) = cost.connections {
            *made.entry(database.as_str()).or_default() += connections;
        }
    }
    for (database, connections) in made {
        goals.push(at_most(database, "new connections to the database", "", 0.0, connections));
    }
}

fn shares(report: &Report, goals: &mut Vec<Goal>) {
    for cell in report.cells.iter().filter(|cell| cell.clients == 8) {
        let Some((_, postgres, sqlite)) = SHARES.iter().find(|(op, ..)| *op == cell.op) else { continue };
        let goal = if cell.database == "postgres" { Some(*postgres) } else { *sqlite };
        if let (Some(goal), Some([_, mid, _])) = (goal, cell.to(&cell.raw)) {
            goals.push(at_least(&cell.database, &format!("{} by 8 clients / statements", cell.op), goal, mid));
        }
    }
}

/// How much slower an operation may be on a data set than on the smallest one. A report is as long as what happened in the month
/// that it is about, and is judged by nothing here.
fn growth_of(op: &str, scale: &str) -> Option<f64> {
    let is_largest = scale == "d1m";
    match op {
        "report" => None,
        "search" => Some(if is_largest { 10.0 } else { 3.0 }),
        _ => Some(if is_largest { 1.6 } else { 1.3 }),
    }
}

fn growth(report: &Report, goals: &mut Vec<Goal>) {
    let Some(earlier) = &report.smaller else { return };
    for cell in report.cells.iter().filter(|cell| cell.clients == 1) {
        let same = |other: &&EarlierCell| (&other.database, &other.op, other.clients) == (&cell.database, &cell.op, 1);
        let Some(before) = earlier.cells.iter().find(same) else { continue };
        let Some(goal) = growth_of(&cell.op, &report.scale) else { continue };
        let what = format!("p50 of {} by 1 client / on {}", cell.op, earlier.scale);
        goals.push(at_most(&cell.database, &what, "", goal, cell.latency[0] / before.latency[0].max(1e-9)));
    }
}

fn all(report: &Report) -> Vec<Goal> {
    let mut goals = Vec::new();
    costs(report, &mut goals);
    shares(report, &mut goals);
    for process in &report.processes {
        goals.push(at_most(&process.database, "resident memory, idle", " MiB", 60.0, process.idle.0));
        goals.push(at_most(&process.database, "ready on an existing database", " ms", 500.0, process.ready_ms));
    }
    if let Some(Endured { seconds, p99_ms, failed, .. }) = &report.endured {
        let crowd = format!("by 32 clients for {seconds:.0} s");
        let failed = f64::from(u32::try_from(*failed).unwrap_or(u32::MAX));
        goals.push(at_most("sqlite", &format!("refused {crowd}"), "", 0.0, failed));
        goals.push(at_most("sqlite", &format!("p99 of create {crowd}"), " ms", 60.0, *p99_ms));
    }
    if let Some(slow) = &report.slow_disk {
        goals.push(at_least("sqlite", "create by 32 / by 1, fsync 5 ms", 5.0, slow.ratio()));
    }
    growth(report, &mut goals);
    // 60 MB
    goals.push(at_most("both", "binary", " MiB", 57.2, report.binary_mib));
    let failed: u64 = report.cells.iter().map(|cell: &Cell| cell.failed).sum();
    let failed = f64::from(u32::try_from(failed).unwrap_or(u32::MAX));
    goals.push(at_most("both", "operations that were refused", "", 0.0, failed));
    goals
}

/// The goals as a table; empty when another binary stands beside, which has none.
pub fn table(report: &Report) -> String {
    if report.is_comparison {
        return String::new();
    }
    let line = |goal: Goal| {
        let Goal { database, what, goal, measured, is_met } = goal;
        format!("{:<9} {what:<40} {goal:>18} {measured:>12}  {}", database, if is_met { "met" } else { "NOT MET" })
    };
    let goals = all(report).into_iter().map(line).collect::<Vec<_>>().join("\n");
    format!("{:<9} {:<40} {:>18} {:>12}\n{goals}", "database", "goal", "", "measured")
}
