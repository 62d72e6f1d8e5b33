//! What is measured in turn: the product with its clients, the bare endpoint, the statements alone.

use super::Scenario;
use crate::Failed;
use crate::database::Database;
use crate::ops::{Op, Worker, World, sign_in};
use crate::replay::{Recording, Replayer};
use crate::server::Server;
use crate::wire::{Ask, Wire};
use hdrhistogram::Histogram;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What one turn gave.
pub struct Turn {
    /// Operations per second.
    pub rate: f64,
    /// Latencies in microseconds.
    pub latency: Histogram<u64>,
    /// Operations that were refused, and the first reason.
    pub failed: (u64, Option<String>),
}

pub(super) fn histogram() -> Result<Histogram<u64>, Failed> {
    Ok(Histogram::new_with_bounds(1, 120_000_000, 3)?)
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

pub(super) fn mib(bytes: u64) -> f64 {
    share(bytes / 1024) / 1024.0
}

pub(super) fn share(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The product with its clients.
pub(super) struct Arm {
    pub(super) server: Server,
    /// Memory before the first request.
    pub(super) idle: (f64, f64),
    pub(super) workers: Vec<Worker>,
    pub(super) world: World,
    pub(super) signed_in: Instant,
}

impl Arm {
    pub(super) async fn start(
        binary: &std::path::Path,
        database: &Database,
        clients: usize,
        records: bool,
    ) -> Result<Self, Failed> {
        let server = Server::start(binary, &database.data(), &database.url(), records).await?;
        Self::on(server, clients).await
    }

    pub(super) async fn on(server: Server, clients: usize) -> Result<Self, Failed> {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let idle = server.memory();
        let world = World::discover(&mut Wire::connect(&server.host).await?).await?;
        let mut arm = Arm { server, idle, workers: Vec::new(), world, signed_in: Instant::now() };
        for number in 0..clients {
            let wire = Wire::connect(&arm.server.host).await?;
            let dice = StdRng::seed_from_u64(u64::try_from(number)?);
            arm.workers.push(Worker::new(wire, Arc::new(arm.world.clone()), dice));
        }
        Ok(arm)
    }

    /// Access tokens live ten minutes.
    pub(super) async fn stay_signed_in(&mut self) -> Result<(), Failed> {
        if self.signed_in.elapsed() > Duration::from_secs(240) {
            let mut wire = Wire::connect(&self.server.host).await?;
            self.world.manager = sign_in(&mut wire, "hz01-zz1").await?;
            self.world.engineer = sign_in(&mut wire, "hz01-gc3").await?;
            self.world.keeper = sign_in(&mut wire, "hz01-kg6").await?;
            let world = Arc::new(self.world.clone());
            self.workers.iter_mut().for_each(|worker| worker.world = Arc::clone(&world));
            self.signed_in = Instant::now();
        }
        Ok(())
    }

    /// So many clients do an operation for some time.
    pub(super) async fn turn(&mut self, op: Op, clients: usize, scenario: &Scenario) -> Result<Turn, Failed> {
        self.stay_signed_in().await?;
        let until = Instant::now() + Duration::from_secs_f64(scenario.seconds);
        let mut pace =
            scenario.offered.map(|rate| Duration::from_secs_f64(f64::from(u32::try_from(clients).unwrap_or(1)) / rate));
        if matches!(op, Op::Consume | Op::Hot) {
            pace = None;
        }
        let busy: Vec<Worker> = self.workers.drain(..clients.min(self.workers.len())).collect();
        let tasks: Vec<_> = busy.into_iter().map(|worker| tokio::spawn(work(worker, op, until, pace))).collect();
        let (mut latency, mut failed, mut time) = (histogram()?, (0, None), Duration::ZERO);
        for task in tasks {
            let done = task.await??;
            latency.add(&done.latency)?;
            failed = (failed.0 + done.failed.0, failed.1.or(done.failed.1));
            time += done.time;
            self.workers.push(done.worker);
        }
        let per_client = share(latency.len()) / time.as_secs_f64().max(1e-9);
        Ok(Turn { rate: per_client * f64::from(u32::try_from(clients)?), latency, failed })
    }
}

struct Done {
    worker: Worker,
    latency: Histogram<u64>,
    failed: (u64, Option<String>),
    time: Duration,
}

async fn work(mut worker: Worker, op: Op, until: Instant, pace: Option<Duration>) -> Result<Done, Failed> {
    let (mut latency, mut failed, mut time) = (histogram()?, (0, None), Duration::ZERO);
    let mut due = Instant::now();
    while Instant::now() < until {
        worker.prepare(op).await?;
        let mut began = Instant::now();
        if let Some(pace) = pace {
            // in an open loop an answer that is late makes the next ones late too, and that counts
            due += pace;
            tokio::time::sleep_until(due.into()).await;
            began = due;
        }
        let done = worker.run(op).await;
        let took = began.elapsed();
        time += took;
        match done {
            Ok(()) => latency.record(micros(took))?,
            Err(error) => failed = (failed.0 + 1, failed.1.or(Some(error.to_string()))),
        }
    }
    Ok(Done { worker, latency, failed, time })
}

/// Clients ask the bare endpoint.
pub(super) async fn bare(host: &str, clients: usize, seconds: f64) -> Result<f64, Failed> {
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let mut wire = Wire::connect(host).await?;
        tasks.push(tokio::spawn(async move {
            let (mut count, began) = (0_u64, Instant::now());
            while Instant::now() < until {
                wire.ask(Ask { method: "GET", path: "/", ..Ask::default() }).await?;
                count += 1;
            }
            Ok::<_, Failed>(share(count) / began.elapsed().as_secs_f64())
        }));
    }
    let mut rate = 0.0;
    for task in tasks {
        rate += task.await??;
    }
    Ok(rate)
}

/// Clients replay recordings, each once.
pub(super) async fn raw(replayers: &mut Vec<Replayer>, clients: usize, part: Vec<Recording>) -> Result<f64, Failed> {
    let part = Arc::new(part);
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let busy: Vec<Replayer> = replayers.drain(..clients.min(replayers.len())).collect();
    let tasks: Vec<_> = busy
        .into_iter()
        .map(|mut replayer| {
            let (part, next) = (Arc::clone(&part), Arc::clone(&next));
            tokio::spawn(async move {
                let mut done = 0_usize;
                while let Some(recording) = part.get(next.fetch_add(1, Ordering::Relaxed)) {
                    done += usize::from(replayer.play(recording).await?);
                }
                Ok::<_, Failed>((replayer, done))
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        let (replayer, count) = task.await??;
        replayers.push(replayer);
        done += count;
    }
    Ok(f64::from(u32::try_from(done)?) / began.elapsed().as_secs_f64())
}
