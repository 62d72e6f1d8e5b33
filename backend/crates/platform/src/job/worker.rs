//! Taking jobs, holding their lease, ending them.

use super::asker::Asker;
use super::commands::put;
use super::entity::job::{Column, Entity, Model};
use super::{ATTEMPTS, LEASE_SECONDS};
use crate::http::run;
use crate::stop::Stop;
use crate::{Actor, App, Context, Failure, Result, Tx};
use chrono::Duration;
use futures::FutureExt;
use openapi::choice::Choice;
use openapi::problem;
use openapi::problem::Params;
use openapi::system::operation::OperationState as State;
use sea_orm::sea_query::{Condition, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::AssertUnwindSafe;
use uuid::Uuid;

/// A job in the hands of this process.
#[derive(Clone)]
pub struct Running {
    app: App,
    context: Context,
    id: Uuid,
    attempt: i32,
    runner: String,
    payload: String,
}

impl Running {
    /// The process.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The context of the person who asked, with the present time; for `run::read` and `run::write`.
    pub fn context(&self) -> Context {
        Context { now: self.app.clock.now(), ..self.context.clone() }
    }

    /// Id of the operation.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// What is to be done.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.payload)?)
    }

    /// Notes how far the work is and renews the lease. Fails when the job was cancelled or taken away: let it fall
    /// through. Call it between transactions, not inside one.
    pub async fn progress(&self, done: i64, total: i64) -> Result<()> {
        let course = self.renew(Some((done, total))).await?;
        if course == Course::On { Ok(()) } else { Err(Failure::new(problem::BUSY)) }
    }

    /// Says how far the work is from inside a transaction. Whoever asks this process sees it at once, the others when the
    /// lease is renewed.
    pub fn reached(&self, done: usize, total: usize) {
        let counted = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.app.meters.set(self.id, counted(done), counted(total));
    }

    /// Ends the job inside the transaction of its last effect. A process that lost its lease, or a job that was
    /// cancelled meanwhile, is refused here, and so the whole transaction.
    pub async fn complete(&self, tx: &Tx, result: &impl Serialize, link: Option<&str>) -> Result<()> {
        let row = self.mine(tx).await?.ok_or_else(|| Failure::new(problem::BUSY))?;
        if row.is_cancelling {
            return Err(Failure::new(problem::BUSY));
        }
        let (result, link) = (Some(serde_json::to_string(result)?), link.map(str::to_owned));
        put(tx, Model { result, result_link: link, ..ended(row, State::Done) }).await?;
        Ok(())
    }

    /// Makes sure, inside a transaction, that this process still holds the job, and keeps it from being taken away until
    /// the transaction ends.
    pub async fn hold(&self, tx: &Tx) -> Result<()> {
        self.mine(tx).await?.map(|_| ()).ok_or_else(|| Failure::new(problem::BUSY))
    }

    /// Ends the job and forgets it: for work by the clock that nobody asked for and that leaves nothing to tell.
    pub async fn vanish(&self, tx: &Tx) -> Result<()> {
        self.hold(tx).await?;
        Entity::delete_by_id(self.id).exec(tx.conn()).await?;
        Ok(())
    }

    /// The row, locked, while this process holds it.
    async fn mine(&self, tx: &Tx) -> Result<Option<Model>> {
        let held = Entity::find_by_id(self.id)
            .filter(Column::State.eq(State::Running.as_str()))
            .filter(Column::LeaseBy.eq(&self.runner))
            .filter(Column::Attempts.eq(self.attempt));
        Ok(locked(tx, held).one(tx.conn()).await?)
    }

    async fn renew(&self, progress: Option<(i64, i64)>) -> Result<Course> {
        run::write(&self.app, &clerk(&self.app), async |tx: &Tx| {
            let Some(row) = self.mine(tx).await? else { return Ok(Course::Lost) };
            if row.is_cancelling {
                return Ok(Course::Cancelled);
            }
            let known = progress.or_else(|| self.app.meters.of(self.id));
            let (done, total) = known.unwrap_or((row.progress, row.total));
            let lease_until = Some(tx.now() + Duration::seconds(LEASE_SECONDS));
            put(tx, Model { progress: done.max(0), total: total.max(0), lease_until, ..row }).await?;
            Ok(Course::On)
        })
        .await
    }

    /// Renews the lease until there is a reason to stop.
    async fn heartbeat(&self) -> Course {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(10)).await;
            match self.renew(None).await {
                Ok(Course::On) => {}
                Ok(course) => return course,
                // the work may hold the only writer just now; the lease outlives several beats
                Err(failure) => log::info!("job {}: lease not renewed: {failure}", self.id),
            }
        }
    }
}

/// Whether the work goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    On,
    Cancelled,
    Lost,
}

/// How a turn ended.
enum End {
    Finished(Result<()>),
    Interrupted,
    Course(Course),
}

/// The context of the bookkeeping.
fn clerk(app: &App) -> Context {
    Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "Jobs")
}

/// Whoever ends a job waits for its heartbeat.
fn locked(tx: &Tx, held: Select<Entity>) -> Select<Entity> {
    if tx.dialect().locks_rows() { held.lock_exclusive() } else { held }
}

/// Whoever looks for a job takes the next one that nobody else is taking.
fn free(tx: &Tx, next: Select<Entity>) -> Select<Entity> {
    if tx.dialect().locks_rows() { next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked) } else { next }
}

/// A row without lease in a final state.
fn ended(row: Model, state: State) -> Model {
    let progress = if state == State::Done { row.progress.max(row.total) } else { row.progress };
    Model { state: state.as_str().to_owned(), progress, lease_by: None, lease_until: None, ..row }
}

/// Takes jobs until told to stop. Run it once per process.
pub async fn work(app: App, runner: String, stop: Stop) {
    while !stop.is_told() {
        match one(&app, &runner, &stop).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(failure) => log::warn!("jobs: {failure}"),
        }
        tokio::select! {
            () = stop.told() => {}
            () = app.bells.jobs.notified() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(2)) => {}
        }
    }
}

/// Does one job, if one is due. A job that is running when stop is said goes back into the queue.
pub async fn one(app: &App, runner: &str, stop: &Stop) -> Result<bool> {
    let Some(row) = take(app, runner).await? else { return Ok(false) };
    let Some((kind, handler)) = app.jobs.handlers.get_key_value(row.kind.as_str()) else {
        // another version may know it: leave it to the next attempt, and in the end say what was missing
        let missing = Failure::Internal(format!("no handler for jobs of kind {}", row.kind));
        end(app, runner, &row, End::Finished(Err(missing))).await?;
        return Ok(true);
    };
    let running = Running {
        app: app.clone(),
        context: Asker::context(&row.asked_by, kind, app.clock.now())?,
        id: row.id,
        attempt: row.attempts,
        runner: runner.to_owned(),
        payload: row.payload.clone(),
    };
    log::info!("job {} {kind}: attempt {}", row.id, row.attempts);
    let course = tokio::select! {
        done = AssertUnwindSafe(handler(running.clone())).catch_unwind() => {
            End::Finished(done.unwrap_or_else(|_| Err(Failure::Internal(format!("job {kind} panicked")))))
        }
        course = running.heartbeat() => End::Course(course),
        () = stop.told() => End::Interrupted,
    };
    app.meters.forget(row.id);
    end(app, runner, &row, course).await?;
    Ok(true)
}

fn due(now: chrono::DateTime<chrono::Utc>) -> Condition {
    let waits = Condition::all().add(Column::State.eq(State::Queued.as_str())).add(Column::RunAfter.lte(now));
    let abandoned = Condition::all().add(Column::State.eq(State::Running.as_str())).add(Column::LeaseUntil.lt(now));
    Condition::any().add(waits).add(abandoned)
}

/// Takes the next job that is due.
async fn take(app: &App, runner: &str) -> Result<Option<Model>> {
    // a look without a lock first: most looks find nothing
    if Entity::find().filter(due(app.clock.now())).limit(1).count(app.db.reader()).await? == 0 {
        return Ok(None);
    }
    run::write(app, &clerk(app), async |tx: &Tx| {
        loop {
            let next =
                Entity::find().filter(due(tx.now())).order_by_asc(Column::RunAfter).order_by_asc(Column::Id).limit(1);
            let Some(row) = free(tx, next).one(tx.conn()).await? else { return Ok(None) };
            if row.is_cancelling {
                put(tx, ended(row, State::Cancelled)).await?;
            } else if row.attempts >= ATTEMPTS {
                let text = "interrupted too often".to_owned();
                let code = Some(problem::INTERNAL.code.to_owned());
                put(tx, Model { error_code: code, error: Some(text), ..ended(row, State::Failed) }).await?;
            } else {
                let taken = Model {
                    state: State::Running.as_str().to_owned(),
                    attempts: row.attempts + 1,
                    lease_by: Some(runner.to_owned()),
                    lease_until: Some(tx.now() + Duration::seconds(LEASE_SECONDS)),
                    ..row
                };
                return Ok(Some(put(tx, taken).await?));
            }
        }
    })
    .await
}

/// Notes how a turn ended, unless the job was completed or taken away meanwhile.
async fn end(app: &App, runner: &str, taken: &Model, end: End) -> Result<()> {
    run::write(app, &clerk(app), async |tx: &Tx| {
        let held = Entity::find_by_id(taken.id)
            .filter(Column::State.eq(State::Running.as_str()))
            .filter(Column::LeaseBy.eq(runner))
            .filter(Column::Attempts.eq(taken.attempts));
        let Some(row) = locked(tx, held).one(tx.conn()).await? else { return Ok(()) };
        let id = row.id;
        let after = match &end {
            _ if row.is_cancelling => ended(row, State::Cancelled),
            End::Finished(Ok(())) => ended(row, State::Done),
            End::Finished(Err(failure)) => after_failure(tx, row, failure)?,
            // not the job's fault: it keeps its attempts
            End::Interrupted => again(Model { attempts: row.attempts - 1, ..row }, tx.now()),
            End::Course(Course::Cancelled) => ended(row, State::Cancelled),
            End::Course(Course::On | Course::Lost) => return Ok(()),
        };
        log::info!("job {id}: {}", after.state);
        put(tx, after).await?;
        Ok(())
    })
    .await
}

/// Back into the queue.
fn again(row: Model, run_after: chrono::DateTime<chrono::Utc>) -> Model {
    Model { state: State::Queued.as_str().to_owned(), lease_by: None, lease_until: None, run_after, ..row }
}

/// What may pass is tried again later; what will not pass has failed.
fn after_failure(tx: &Tx, row: Model, failure: &Failure) -> Result<Model> {
    log::warn!("job {} {}: {failure}", row.id, row.kind);
    tx.app().metrics.refused(failure.codes());
    let code = failure.code();
    let may_pass = code.status >= 500 || code == problem::BUSY;
    if may_pass && row.attempts < ATTEMPTS {
        let pause = Duration::seconds(5 << row.attempts.clamp(0, 8));
        return Ok(again(row, tx.now() + pause));
    }
    let lang = Asker::context(&row.asked_by, "Jobs", tx.now())?.lang;
    let text = match failure {
        Failure::Refused { params, .. } => code.message(lang, params),
        _ => code.message(lang, &Params::new()),
    };
    Ok(Model { error_code: Some(code.code.to_owned()), error: Some(text), ..ended(row, State::Failed) })
}
