//! F7: several processes share a clock that rings every second, and one of them is killed now and then.

use crate::support::{database, report, seed, size};
use chrono::{DateTime, Duration as Span, Utc};
use platform::clock::SystemClock;
use platform::job::cron::{Entry, tick};
use platform::stop::stop;
use platform::{Actor, App, Context, Tx};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{ConnectionTrait, Statement};
use serde::Deserialize;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Names the database to a process that this test starts.
const DATABASE: &str = "AFTERCARE_TEST_CLOCK_DATABASE";
/// The job, and when it is due.
const EVERY_SECOND: &[Entry] = &[Entry { job: "test.tick", at: "* * * * * *" }];

#[derive(Deserialize)]
struct Tick {
    slot: DateTime<Utc>,
}

async fn process(url: &str) -> App {
    let mut app = backend::app::connect(database::at(url), Arc::new(SystemClock)).await.unwrap();
    // takes a while, then has an effect once
    Arc::get_mut(&mut app).unwrap().jobs.on("test.tick", async |running| {
        let Tick { slot } = running.payload()?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        platform::http::run::write(running.app(), &running.context(), async |tx: &Tx| {
            let done = tx.next_in(&format!("tick {}", slot.timestamp())).await?;
            running.complete(tx, &serde_json::json!({ "done": done }), None).await
        })
        .await
    });
    app
}

/// Not a test: one of the processes, until it is killed.
#[actix_web::test]
#[ignore = "a process of another test"]
async fn child_of_the_clock() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let app = process(&url).await;
    let (_stopper, stop) = stop();
    let name = backend::schedule::runner();
    let work = platform::job::work(app.clone(), name.clone(), stop.clone());
    futures::join!(work, tick(app, name, EVERY_SECOND, stop));
}

struct Process(Child);

impl Process {
    fn start(url: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "chaos::clock::child_of_the_clock", "--ignored"]).env(DATABASE, url);
        Process(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[actix_web::test]
async fn every_second_is_done_once_although_processes_are_killed() {
    // SQLite is for one process
    if !database::is_postgres() {
        return;
    }
    let (config, _folder) = database::fresh().await;
    let url = config.database.reveal();
    let (time, between) = (Duration::from_secs(size(16, 600) as u64), Duration::from_secs(size(5, 30) as u64));
    let mut random = StdRng::seed_from_u64(seed());
    let mut processes: Vec<Process> = (0..3).map(|_| Process::start(url)).collect();
    let (begun, mut killed) = (Instant::now(), 0);
    let mut next = begun + between;
    while begun.elapsed() < time {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if Instant::now() >= next {
            let victim = random.random_range(0..processes.len());
            processes[victim] = Process::start(url);
            (killed, next) = (killed + 1, next + between);
        }
    }
    drop(processes);
    // what was left is taken over when its lease has run out, at most a minute later
    let app = process(url).await;
    let (_stopper, stop) = stop();
    let (waits, mut slowest) = (Instant::now(), Duration::ZERO);
    while platform::job::depth(&app).await.unwrap() > 0 {
        assert!(waits.elapsed() < Duration::from_secs(75), "a lease does not run out");
        if platform::job::one(&app, "the last one", &stop).await.unwrap() {
            slowest = waits.elapsed();
        } else {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let context = Context::internal(Actor::system(Uuid::nil(), ""), Utc::now(), "test");
    let rows = platform::http::run::read(&app, &context, async |tx| {
        let sql = "SELECT s.slot, (SELECT value FROM number_counter c WHERE c.scope = 'tick ' || CAST(EXTRACT(EPOCH FROM s.slot) AS BIGINT)) AS done, \
            (SELECT MAX(attempts) FROM job j WHERE j.payload LIKE '%' || to_char(s.slot AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '%') AS attempts \
            FROM cron_slot s WHERE s.name = 'test.tick' ORDER BY s.slot";
        let rows = tx.conn().query_all_raw(Statement::from_string(tx.conn().get_database_backend(), sql)).await?;
        let row = |row: &sea_orm::QueryResult| -> platform::Result<(DateTime<Utc>, Option<i64>, Option<i32>)> {
            Ok((row.try_get("", "slot")?, row.try_get("", "done")?, row.try_get("", "attempts")?))
        };
        rows.iter().map(row).collect::<platform::Result<Vec<_>>>()
    })
    .await
    .unwrap();
    let again = rows.iter().filter(|(_, _, attempts)| attempts.is_some_and(|attempts| attempts > 1)).count();
    let figure = format!(
        "{killed} processes killed, {again} seconds begun again, the last after {:.0} s",
        slowest.as_secs_f64()
    );
    report("F7", rows.len(), begun, &figure);
    let seconds = usize::try_from(time.as_secs()).unwrap();
    assert!(rows.len() + 8 >= seconds, "{} of {seconds}", rows.len());
    for (slot, done, attempts) in &rows {
        assert_eq!(done, &Some(1), "{slot}: {attempts:?}");
        assert!(attempts.is_some_and(|attempts| attempts <= 2), "{slot}: {attempts:?}");
    }
    assert!(rows.windows(2).all(|two| two[1].0 - two[0].0 == Span::seconds(1)), "a second is missing: {rows:?}");
}
