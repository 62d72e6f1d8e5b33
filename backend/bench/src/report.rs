//! The result: one table as text, the same as a page with charts, and as JSON for whoever compares.

use crate::Failed;
use crate::goals::{self, Earlier, Endured, SlowDisk};
use crate::measure::Turn;
use hdrhistogram::Histogram;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// One operation with so many clients.
#[derive(Serialize)]
pub struct Cell {
    /// Database.
    pub database: String,
    /// Operation.
    pub op: String,
    /// Clients.
    pub clients: usize,
    /// Operations per second, round by round.
    pub rates: Vec<f64>,
    /// The limit beside it: the replayed statements, or the other binary.
    pub raw: Vec<f64>,
    /// The bare endpoint beside it.
    pub bare: Vec<f64>,
    /// Milliseconds: p50, p95, p99.
    pub latency: [f64; 3],
    /// Operations that were refused.
    pub failed: u64,
    reason: Option<String>,
}

/// What one operation costs, one client alone.
#[derive(Serialize)]
pub struct Cost {
    /// Operation.
    pub op: String,
    /// Statements without begin and commit.
    pub statements: f64,
    /// Transactions, those that read included.
    pub transactions: f64,
    /// Processor time of the server in milliseconds.
    pub cpu_ms: f64,
    /// Bytes of write-ahead log; not known for SQLite.
    pub wal: Option<f64>,
    /// Bytes that the server itself gave to the disk.
    pub written: f64,
    /// New connections to the database per 1,000 operations.
    pub connections: Option<f64>,
}

/// What the process uses.
#[derive(Serialize)]
pub struct Process {
    /// Database.
    pub database: String,
    /// From its start on an existing database until it answered.
    pub ready_ms: f64,
    /// Resident and proportional MiB, idle and after the load.
    pub idle: (f64, f64),
    loaded: (f64, f64),
}

impl Process {
    /// Figures of one server.
    pub fn new(database: &str, ready: Duration, idle: (f64, f64), loaded: (f64, f64)) -> Self {
        Process { database: database.to_owned(), ready_ms: ready.as_secs_f64() * 1000.0, idle, loaded }
    }
}

/// Lowest, median and highest.
pub fn spread(values: impl Iterator<Item = f64>) -> Option<[f64; 3]> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied();
    Some([at(0)?, at(values.len() / 2)?, *values.last()?])
}

fn shown(ratio: Option<[f64; 3]>) -> String {
    ratio.map_or_else(|| format!("{:>17}", "-"), |[low, mid, high]| format!("{low:>5.2} {mid:>5.2} {high:>5.2}"))
}

impl Cell {
    /// Nothing measured yet.
    pub fn new(database: &str, op: &str, clients: usize) -> Self {
        Cell {
            database: database.to_owned(),
            op: op.to_owned(),
            clients,
            rates: Vec::new(),
            raw: Vec::new(),
            bare: Vec::new(),
            latency: [0.0; 3],
            failed: 0,
            reason: None,
        }
    }

    /// Takes a turn in.
    pub fn note(&mut self, turn: Turn) {
        self.rates.push(turn.rate);
        self.failed += turn.failed.0;
        self.reason = self.reason.take().or(turn.failed.1);
    }

    /// Takes the latencies of all turns in.
    pub fn spread(&mut self, latency: &Histogram<u64>) {
        let at = |quantile: f64| {
            let micros = u32::try_from(latency.value_at_quantile(quantile)).unwrap_or(u32::MAX);
            f64::from(micros) / 1000.0
        };
        self.latency = [at(0.5), at(0.95), at(0.99)];
    }

    /// Lowest, median and highest ratio to what stands beside it.
    pub fn to(&self, other: &[f64]) -> Option<[f64; 3]> {
        spread(self.rates.iter().zip(other).map(|(ours, other)| ours / other))
    }

    /// Its line of the table.
    pub fn line(&self, peer: &BTreeMap<String, f64>) -> String {
        let rate = spread(self.rates.iter().copied()).unwrap_or_default();
        let [p50, p95, p99] = self.latency;
        let peer = peer.get(&self.op).map_or_else(|| "-".to_owned(), |peer| format!("{:.1}x", rate[0] / peer));
        let mut line = format!(
            "{:<9} {:<10} {:>3} {:>8.1} {p50:>8.2} {p95:>8.2} {p99:>8.2}  {}  {}  {peer:>7} {:>5}",
            self.database,
            self.op,
            self.clients,
            rate[1],
            shown(self.to(&self.raw)),
            self.to(&self.bare).map_or_else(|| "     -".to_owned(), |[_, mid, _]| format!("{mid:>6.3}")),
            self.failed
        );
        if let Some(reason) = &self.reason {
            let reason: String = reason.chars().take(160).collect();
            line.push_str(&format!("\n          {reason}"));
        }
        line
    }
}

/// Everything of one run.
#[derive(Serialize)]
pub struct Report {
    at: String,
    pub scale: String,
    processors: usize,
    /// Whether another binary stands beside it.
    pub is_comparison: bool,
    /// Figures.
    pub cells: Vec<Cell>,
    /// What operations cost, by database.
    pub costs: Vec<(String, Cost)>,
    /// Processes.
    pub processes: Vec<Process>,
    /// Size of the binary.
    pub binary_mib: f64,
    /// What many clients met on SQLite.
    pub endured: Option<Endured>,
    /// Many clients on a slow disk, on SQLite.
    pub slow_disk: Option<SlowDisk>,
    /// The result of a smaller data set.
    #[serde(skip)]
    pub smaller: Option<Earlier>,
}

impl Report {
    /// An empty one.
    pub fn new(scale: &str, is_comparison: bool) -> Self {
        Report {
            at: chrono::Utc::now().format("%Y-%m-%d %H:%M UTC").to_string(),
            scale: scale.to_owned(),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            is_comparison,
            cells: Vec::new(),
            costs: Vec::new(),
            processes: Vec::new(),
            binary_mib: 0.0,
            endured: None,
            slow_disk: None,
            smaller: None,
        }
    }

    /// What stands above the table.
    pub fn header(&self) -> String {
        let limit = if self.is_comparison { "to the base" } else { "to the statements" };
        format!(
            "{}, {}, {} processors; driver, server and database share them\n{:<9} {:<10} {:>3} {:>8} {:>8} {:>8} {:>8}  {limit:<17}  {:>6}  {:>7} {:>5}\n{:<9} {:<10} {:>3} {:>8} {:>8} {:>8} {:>8}  {:>5} {:>5} {:>5}",
            self.at,
            self.scale,
            self.processors,
            "database",
            "op",
            "n",
            "op/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "bare",
            "peer",
            "fail",
            "",
            "",
            "",
            "median",
            "",
            "",
            "",
            "low",
            "mid",
            "high"
        )
    }

    fn text(&self, peer: &BTreeMap<String, f64>) -> Result<String, Failed> {
        let mut out = self.header();
        for cell in &self.cells {
            write!(out, "\n{}", cell.line(peer))?;
        }
        if !self.costs.is_empty() {
            writeln!(
                out,
                "\n\n{:<9} {:<10} {:>10} {:>5} {:>8} {:>10} {:>12} {:>10}",
                "database", "op", "statements", "tx", "cpu ms", "wal bytes", "disk bytes", "conn/1000"
            )?;
        }
        let known = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
        for (database, cost) in &self.costs {
            let Cost { op, statements, transactions, cpu_ms, wal, written, connections } = cost;
            writeln!(
                out,
                "{database:<9} {op:<10} {statements:>10.1} {transactions:>5.1} {cpu_ms:>8.2} {:>10} {written:>12.0} {:>10}",
                known(*wal),
                known(*connections)
            )?;
        }
        for Process { database, ready_ms, idle, loaded } in &self.processes {
            writeln!(
                out,
                "\n{database}: ready in {ready_ms:.0} ms; resident {:.0} MiB idle, {:.0} MiB after the load (proportional {:.0}, {:.0})",
                idle.0, loaded.0, idle.1, loaded.1
            )?;
        }
        if let Some(endured) = &self.endured {
            writeln!(out, "\n{endured}")?;
        }
        if let Some(slow) = &self.slow_disk {
            writeln!(out, "\n{slow}")?;
        }
        writeln!(out, "\n{}", goals::table(self))?;
        Ok(out)
    }

    fn page(&self, table: &str, peer: &BTreeMap<String, f64>) -> Result<String, Failed> {
        let mut charts = String::new();
        let mut groups: BTreeMap<(&str, &str), Vec<&Cell>> = BTreeMap::new();
        for cell in &self.cells {
            groups.entry((&cell.database, &cell.op)).or_default().push(cell);
        }
        for ((database, op), cells) in groups {
            chart(&mut charts, &format!("{database} · {op}"), &cells, self.is_comparison, peer.get(op).copied())?;
        }
        let escaped = table.replace('&', "&amp;").replace('<', "&lt;");
        Ok(format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Aftercare, measured</title><style>\
             body{{font:14px/1.45 system-ui,sans-serif;margin:2rem;max-width:75rem}}pre{{overflow-x:auto;background:#f4f5f7;padding:1rem}}\
             .charts{{display:grid;grid-template-columns:repeat(auto-fill,minmax(21rem,1fr));gap:1rem}}figure{{margin:0;border:1px solid #dde;padding:.6rem}}\
             figcaption{{font-weight:600}}svg{{width:100%}}</style><h1>Aftercare, measured</h1><p>{}: data set {}, {} processors shared by driver, \
             server and database. Bars: operations per second, median of the rounds; the line spans lowest to highest. Compare within \
             a chart only: machines change their speed.</p><div class=charts>{charts}</div><h2>Table</h2><pre>{escaped}</pre></html>",
            self.at, self.scale, self.processors
        ))
    }

    /// Writes `bench.txt`, `bench.html` and `bench.json`.
    pub fn write(&self, folder: &Path, peer: &BTreeMap<String, f64>) -> Result<(), Failed> {
        let table = self.text(peer)?;
        println!("\n{table}");
        std::fs::write(folder.join("bench.txt"), &table)?;
        std::fs::write(folder.join("bench.html"), self.page(&table, peer)?)?;
        std::fs::write(folder.join("bench.json"), serde_json::to_vec_pretty(self)?)?;
        println!("written to {}", folder.display());
        Ok(())
    }
}

/// Bars of one operation: ours, what stands beside it, and the peer.
fn chart(out: &mut String, title: &str, cells: &[&Cell], compares: bool, peer: Option<f64>) -> Result<(), Failed> {
    const WIDTH: f64 = 320.0;
    let mut bars: Vec<(String, [f64; 3], &str)> = Vec::new();
    for cell in cells {
        let mut add = |label: &str, values: &[f64], colour| {
            if let Some(values) = spread(values.iter().copied()) {
                bars.push((format!("{} × {label}", cell.clients), values, colour));
            }
        };
        add("Aftercare", &cell.rates, "#2f6fde");
        add(if compares { "base" } else { "statements" }, &cell.raw, "#9aa7bd");
    }
    if let Some(peer) = peer {
        bars.push(("peer".to_owned(), [peer; 3], "#d98b2b"));
    }
    let most = bars.iter().map(|(_, values, _)| values[2]).fold(1e-9, f64::max);
    let height = bars.len() * 22 + 4;
    write!(
        out,
        "<figure><figcaption>{title}</figcaption><svg viewBox='0 0 480 {height}' role=img aria-label='{title}'>"
    )?;
    for (row, (label, [low, mid, high], colour)) in bars.iter().enumerate() {
        let (y, x) = (row * 22 + 4, |value: f64| 110.0 + value / most * WIDTH);
        write!(
            out,
            "<text x=104 y={} text-anchor=end font-size=11>{label}</text><rect x=110 y={y} width={:.1} height=16 fill='{colour}'/>\
             <line x1={:.1} x2={:.1} y1={} y2={} stroke='#222'/><text x={:.1} y={} font-size=11>{mid:.0}</text>",
            y + 12,
            x(*mid) - 110.0,
            x(*low),
            x(*high),
            y + 8,
            y + 8,
            x(*high) + 4.0,
            y + 12
        )?;
    }
    write!(out, "</svg></figure>")?;
    Ok(())
}
