//! The run itself: recordings first, then turns, A B C, C B A, A B C, for every operation and number of clients.

mod arms;

use crate::database::{Database, Kind};
use crate::goals::{Endured, SlowDisk};
use crate::ops::{Op, Worker};
use crate::replay::{self, Recording, Replayer, Step};
use crate::report::{Cell, Cost, Process, Report};
use crate::server::Server;
use crate::wire::Wire;
use crate::{Failed, Run};
pub use arms::Turn;
use arms::{Arm, bare, histogram, mib, raw, share};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A scenario file.
#[derive(Clone, Debug, Deserialize)]
pub struct Scenario {
    /// Operations.
    pub ops: Vec<Op>,
    /// Numbers of clients.
    pub clients: Vec<usize>,
    /// Rounds of turns.
    pub rounds: usize,
    /// Seconds of one turn.
    pub seconds: f64,
    /// Operations that one turn replays, by operation; so many times the rounds and numbers of clients are recorded.
    pub replayed: BTreeMap<String, usize>,
    /// Operations per second offered, whatever comes back (open loop); as fast as answers come where it is absent.
    #[serde(default)]
    pub offered: Option<f64>,
    /// Seconds for which 32 clients write without a pause.
    #[serde(default)]
    pub endured: f64,
    /// Operations per second of the peer on a machine of this class, by operation.
    #[serde(default)]
    pub peer: BTreeMap<String, f64>,
}

impl Scenario {
    fn of(run: &Run) -> Result<Self, Failed> {
        let text = std::fs::read_to_string(&run.scenario).map_err(|e| format!("{}: {e}", run.scenario.display()))?;
        let mut scenario: Scenario = serde_json::from_str(&text)?;
        if !run.clients.is_empty() {
            scenario.clients.clone_from(&run.clients);
        }
        if !run.ops.is_empty() {
            scenario.ops.retain(|op| run.ops.contains(&op.name()));
        }
        scenario.seconds = run.seconds.unwrap_or(scenario.seconds);
        scenario.rounds = run.rounds.unwrap_or(scenario.rounds);
        Ok(scenario)
    }

    fn replayed(&self, op: Op) -> usize {
        self.replayed.get(&op.name()).copied().unwrap_or(50)
    }
}

/// Recordings by operation.
type Recordings = BTreeMap<String, Vec<Recording>>;

/// Does every operation so often that every turn has its own to replay; what had to be there before comes second.
async fn record(run: &Run, scenario: &Scenario, database: &Database) -> Result<(Recordings, Recordings), Failed> {
    let mut arm = Arm::start(&run.binary, database, 1, true).await?;
    let (mut recordings, mut prepared) = (Recordings::new(), Recordings::new());
    for op in &scenario.ops {
        let count = scenario.replayed(*op) * scenario.rounds * scenario.clients.len();
        let log = arm.server.log.clone();
        arm.stay_signed_in().await?;
        let worker = arm.workers.first_mut().ok_or("no client")?;
        for _ in 0..count {
            let before = replay::mark(&log)?;
            worker.prepare(*op).await?;
            let from = replay::mark(&log)?;
            prepared.entry(op.name()).or_default().push(replay::between(&log, before, from)?);
            worker.run(*op).await.map_err(|error| format!("{}: {error}", op.name()))?;
            recordings.entry(op.name()).or_default().push(replay::between(&log, from, replay::mark(&log)?)?);
        }
    }
    Ok((recordings, prepared))
}

/// What one operation costs, one client alone.
async fn cost(arm: &mut Arm, database: &Database, op: Op, recordings: &[Recording]) -> Result<Cost, Failed> {
    const BATCHES: usize = 10;
    const SIZE: usize = 8;
    arm.stay_signed_in().await?;
    let (mut cpu, mut wal, mut written, mut connections) = (Duration::ZERO, None, 0, None);
    for _ in 0..BATCHES {
        let worker = arm.workers.first_mut().ok_or("no client")?;
        worker.prepare(op).await?;
        let before = (arm.server.cpu(), arm.server.written(), database.counters().await?);
        for _ in 0..SIZE {
            worker.run(op).await.map_err(|error| format!("{}: {error}", op.name()))?;
        }
        let after = (arm.server.cpu(), arm.server.written(), database.counters().await?);
        cpu += after.0.saturating_sub(before.0);
        written += after.1.saturating_sub(before.1);
        if let (Some((wal_before, made_before)), Some((wal_after, made_after))) = (before.2, after.2) {
            wal = Some(wal.unwrap_or(0) + wal_after.saturating_sub(wal_before));
            // the look itself is a connection to another database of the cluster
            connections = Some(connections.unwrap_or(0) + made_after.saturating_sub(made_before));
        }
    }
    let operations = f64::from(u32::try_from(BATCHES * SIZE)?);
    let count = |of: fn(&Step) -> bool| {
        let all: usize = recordings.iter().map(|steps| steps.iter().filter(|step| of(step)).count()).sum();
        f64::from(u32::try_from(all).unwrap_or(u32::MAX))
            / f64::from(u32::try_from(recordings.len().max(1)).unwrap_or(1))
    };
    Ok(Cost {
        op: op.name(),
        statements: count(|step| matches!(step, Step::Statement(..))),
        transactions: count(|step| matches!(step, Step::Commit)),
        cpu_ms: cpu.as_secs_f64() * 1000.0 / operations,
        wal: wal.map(|bytes| share(bytes) / operations),
        written: share(written) / operations,
        connections: connections.map(|made| share(made) / operations * 1000.0),
    })
}

/// Everything on one database.
async fn on(run: &Run, scenario: &Scenario, kind: Kind, report: &mut Report) -> Result<(), Failed> {
    let folder = run.out.join(format!("{kind:?}").to_lowercase());
    std::fs::remove_dir_all(&folder).ok();
    let database = Database::make(kind, &folder, &run.binary, &run.scale).await?;
    let most = scenario.clients.iter().copied().max().unwrap_or(1);
    let (mut recordings, mut prepared) = record(run, scenario, &database).await?;
    let mut arm = Arm::start(&run.binary, &database, most, false).await?;
    let bare_server = Server::bare(&folder).await?;
    let mut replayers = Replayer::connect(&database.copy_url(), most).await?;
    let name = format!("{kind:?}").to_lowercase();
    for op in &scenario.ops {
        let of_op = recordings.remove(&op.name()).unwrap_or_default();
        report.costs.push((name.clone(), cost(&mut arm, &database, *op, &of_op).await?));
        for before in prepared.remove(&op.name()).unwrap_or_default() {
            replayers.first_mut().ok_or("no client")?.play(&before).await?;
        }
        let mut parts = of_op.chunks(scenario.replayed(*op)).map(<[Recording]>::to_vec).collect::<Vec<_>>().into_iter();
        for clients in &scenario.clients {
            let mut cell = Cell::new(&name, &op.name(), *clients);
            let mut latency = histogram()?;
            for round in 0..scenario.rounds {
                // A B C, C B A, A B C: nobody always goes first
                let order = if round % 2 == 0 { [0, 1, 2] } else { [2, 1, 0] };
                for turn in order {
                    match turn {
                        0 => {
                            let turn = arm.turn(*op, *clients, scenario).await?;
                            latency.add(&turn.latency)?;
                            cell.note(turn);
                        }
                        1 => cell.raw.push(raw(&mut replayers, *clients, parts.next().unwrap_or_default()).await?),
                        _ => cell.bare.push(bare(&bare_server.host, *clients, scenario.seconds / 4.0).await?),
                    }
                }
            }
            cell.spread(&latency);
            println!("{}", cell.line(&scenario.peer));
            report.cells.push(cell);
        }
    }
    report.processes.push(Process::new(&name, arm.server.ready, arm.idle, arm.server.memory()));
    if kind == Kind::Sqlite && scenario.endured > 0.0 {
        report.endured = Some(endured(&mut arm, scenario).await?);
        drop(arm);
        report.slow_disk = Some(on_a_slow_disk(run, scenario, &database, &folder).await?);
    }
    Ok(())
}

/// Whether everybody is served while 32 clients write without a pause.
async fn endured(arm: &mut Arm, scenario: &Scenario) -> Result<Endured, Failed> {
    let scenario = Scenario { seconds: scenario.endured, offered: None, ..scenario.clone() };
    while arm.workers.len() < CROWD {
        let number = u64::try_from(arm.workers.len())?;
        let wire = Wire::connect(&arm.server.host).await?;
        arm.workers.push(Worker::new(wire, Arc::new(arm.world.clone()), StdRng::seed_from_u64(number)));
    }
    let turn = arm.turn(Op::Create, CROWD, &scenario).await?;
    let endured = Endured::new(scenario.seconds, &turn);
    println!("{endured}");
    Ok(endured)
}

/// Clients that are many.
const CROWD: usize = 32;

/// How much more many clients write than one where a disk takes five milliseconds to make something durable.
async fn on_a_slow_disk(
    run: &Run,
    scenario: &Scenario,
    database: &Database,
    folder: &std::path::Path,
) -> Result<SlowDisk, Failed> {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("shim/slow_disk.c");
    let library = std::path::absolute(folder)?.join("slow_disk.so");
    let done = std::process::Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).status()?;
    if !done.success() {
        return Err("the slow disk could not be compiled".into());
    }
    let server = Server::with(&run.binary, &database.data(), &database.url(), false, Some(&library)).await?;
    let mut arm = Arm::on(server, CROWD).await?;
    let scenario = Scenario { seconds: scenario.seconds.max(2.0), offered: None, ..scenario.clone() };
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for _ in 0..scenario.rounds {
        one.push(arm.turn(Op::Create, 1, &scenario).await?.rate);
        many.push(arm.turn(Op::Create, CROWD, &scenario).await?.rate);
    }
    let slow = SlowDisk { one, many };
    println!("{slow}");
    Ok(slow)
}

/// Two binaries, each on a database of its own, in turn.
async fn beside(
    run: &Run,
    base: &std::path::Path,
    scenario: &Scenario,
    kind: Kind,
    report: &mut Report,
) -> Result<(), Failed> {
    let name = format!("{kind:?}").to_lowercase();
    let folders = ["this", "base"].map(|which| run.out.join(format!("{name}-{which}")));
    let mut arms = Vec::new();
    let mut databases = Vec::new();
    let most = scenario.clients.iter().copied().max().unwrap_or(1);
    for (folder, binary) in folders.iter().zip([run.binary.as_path(), base]) {
        std::fs::remove_dir_all(folder).ok();
        // the data set of this revision for both, so that a base that cannot make it is measured on the same
        let database = Database::make(kind, folder, &run.binary, &run.scale).await?;
        arms.push(Arm::start(binary, &database, most, false).await?);
        databases.push(database);
    }
    for op in &scenario.ops {
        for clients in &scenario.clients {
            let mut cell = Cell::new(&name, &op.name(), *clients);
            let mut latency = histogram()?;
            for round in 0..scenario.rounds {
                let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
                for which in order {
                    let turn = arms.get_mut(which).ok_or("no server")?.turn(*op, *clients, scenario).await?;
                    if which == 0 {
                        latency.add(&turn.latency)?;
                        cell.note(turn);
                    } else {
                        cell.raw.push(turn.rate);
                    }
                }
            }
            cell.spread(&latency);
            println!("{}", cell.line(&scenario.peer));
            report.cells.push(cell);
        }
    }
    Ok(())
}

/// Measures what the command line asks for and writes the report.
pub async fn run(run: &Run) -> Result<(), Failed> {
    let scenario = Scenario::of(run)?;
    std::fs::create_dir_all(&run.out)?;
    let mut report = Report::new(&run.scale, run.base.is_some());
    report.binary_mib = mib(std::fs::metadata(&run.binary)?.len());
    if let Some(smaller) = &run.smaller {
        report.smaller = Some(serde_json::from_slice(&std::fs::read(smaller)?)?);
    }
    println!("{}", report.header());
    for kind in &run.databases {
        match &run.base {
            Some(base) => beside(run, base, &scenario, *kind, &mut report).await?,
            None => on(run, &scenario, *kind, &mut report).await?,
        }
    }
    report.write(&run.out, &scenario.peer)
}
