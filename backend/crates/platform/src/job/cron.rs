//! The clock on the wall of every process. All of them tick; for each slot of a timetable one process is elected, by
//! whose row gets into a unique index first, and the same transaction queues the job. Slots are in UTC.

use super::entity::slot;
use crate::http::run;
use crate::stop::Stop;
use crate::{Actor, App, Context, Failure, Result, Tx};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use croner::Cron;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, TryInsertResult};
use tokio::sync::mpsc;
use tokio_cron_scheduler::{Job, JobScheduler};
use uuid::Uuid;

/// One line of the timetable.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The kind of job that is queued.
    pub job: &'static str,
    /// When: second, minute, hour, day, month, weekday; in UTC.
    pub at: &'static str,
}

/// The slot that a moment belongs to: the latest time of the pattern. Half a second of grace lets clocks differ a little.
pub fn slot_of(at: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let unusable = |error: croner::errors::CronError| Failure::Internal(format!("timetable {at:?}: {error}"));
    let pattern: Cron = croner::parser::CronParser::builder()
        .seconds(croner::parser::Seconds::Required)
        .build()
        .parse(at)
        .map_err(unusable)?;
    let moment = (now + Duration::milliseconds(500)).trunc_subsecs(0);
    pattern.find_previous_occurrence(&moment, true).map_err(unusable)
}

/// Tries to be the one who queues the job of a slot.
pub async fn elect(app: &App, runner: &str, entry: Entry) -> Result<bool> {
    let slot = slot_of(entry.at, app.clock.now())?;
    let context = Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "Cron");
    run::write(app, &context, async |tx: &Tx| {
        let row = slot::Model { name: entry.job.to_owned(), slot, elected: runner.to_owned(), elected_at: tx.now() };
        let taken = OnConflict::columns([slot::Column::Name, slot::Column::Slot]).do_nothing().to_owned();
        let insert = slot::Entity::insert(row.into_active_model().reset_all()).on_conflict(taken).try_insert();
        if !matches!(insert.exec_without_returning(tx.conn()).await?, TryInsertResult::Inserted(1)) {
            return Ok(false);
        }
        tx.enqueue_by_clock(entry.job, &serde_json::json!({ "slot": slot })).await?;
        Ok(true)
    })
    .await
}

/// Ticks until told to stop. Run it once per process.
pub async fn tick(app: App, runner: String, timetable: &[Entry], stop: Stop) {
    let (rings, mut heard) = mpsc::unbounded_channel::<Entry>();
    let mut scheduler = match start(timetable, &rings).await {
        Ok(scheduler) => scheduler,
        Err(error) => return log::error!("the timetable does not run: {error}"),
    };
    loop {
        let entry = tokio::select! {
            () = stop.told() => break,
            Some(entry) = heard.recv() => entry,
        };
        match elect(&app, &runner, entry).await {
            Ok(true) => log::debug!("elected for {}", entry.job),
            Ok(false) => {}
            Err(failure) => log::warn!("timetable, {}: {failure}", entry.job),
        }
    }
    if let Err(error) = scheduler.shutdown().await {
        log::debug!("timetable: {error}");
    }
}

async fn start(
    timetable: &[Entry],
    rings: &mpsc::UnboundedSender<Entry>,
) -> std::result::Result<JobScheduler, tokio_cron_scheduler::JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    for entry in timetable.iter().copied() {
        let rings = rings.clone();
        let ring = move |_, _| {
            if rings.send(entry).is_err() {
                log::debug!("{} rang after the end", entry.job);
            }
        };
        scheduler.add(Job::new(entry.at, ring)?).await?;
    }
    scheduler.start().await?;
    Ok(scheduler)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn clocks_that_differ_a_little_name_the_same_slot() {
        let every_minute = "0 * * * * *";
        let slot = at("2026-11-21T10:05:00Z");
        for now in ["2026-11-21T10:04:59.700Z", "2026-11-21T10:05:00Z", "2026-11-21T10:05:31Z"] {
            assert_eq!(slot_of(every_minute, at(now)).unwrap(), slot, "{now}");
        }
        assert_eq!(slot_of("0 30 3 * * *", at("2026-11-21T02:00:00Z")).unwrap(), at("2026-11-20T03:30:00Z"));
        assert!(slot_of("nonsense", slot).is_err());
    }
}
