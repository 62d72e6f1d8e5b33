//! Claiming, delivering, trying again.

use super::Message;
use super::entity::{Column, Entity, Model, State};
use crate::http::run;
use crate::stop::Stop;
use crate::{Actor, App, Context, Failure, Result, Tx};
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Condition, LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Messages taken at once.
const BATCH: u64 = 50;
/// How long a claim holds when its dispatcher dies.
const CLAIM_SECONDS: i64 = 60;
/// Time that one sink has.
const SINK_SECONDS: u64 = 20;
/// Attempts before a message is given up: with the pauses below more than a day.
const ATTEMPTS: i32 = 30;

/// Delivers until told to stop. Run it once per process.
pub async fn dispatch(app: App, runner: String, stop: Stop) {
    while !stop.is_told() {
        match deliver(&app, &runner).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(failure) => log::warn!("outbox: {failure}"),
        }
        tokio::select! {
            () = stop.told() => {}
            () = app.bells.outbox.notified() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(5)) => {}
        }
    }
}

/// Claims what is due and delivers it; says how many messages it took.
pub async fn deliver(app: &App, runner: &str) -> Result<usize> {
    // a look without a lock first: most looks find nothing
    if Entity::find().filter(due(app.clock.now())).limit(1).count(app.db.reader()).await? == 0 {
        return Ok(0);
    }
    let claimed = run::write(app, &clerk(app), async |tx: &Tx| claim(tx, runner).await).await?;
    let count = claimed.len();
    for row in claimed {
        let message = Message {
            id: row.id,
            topic: row.topic.clone(),
            created_at: row.created_at,
            feed_seq: row.feed_seq.unwrap_or_default(),
            payload: row.payload.clone(),
        };
        let outcome = hand_over(app, &message).await;
        run::write(app, &clerk(app), async |tx: &Tx| settle(tx, runner, row.clone(), &outcome).await).await?;
    }
    Ok(count)
}

fn clerk(app: &App) -> Context {
    Context::internal(Actor::system(Uuid::nil(), ""), app.clock.now(), "Outbox")
}

fn due(now: DateTime<Utc>) -> Condition {
    let waits = Condition::all().add(Column::State.eq(State::PENDING)).add(Column::NextAttemptAt.lte(now));
    let abandoned = Condition::all().add(Column::State.eq(State::CLAIMED)).add(Column::ClaimedUntil.lt(now));
    Condition::any().add(waits).add(abandoned)
}

async fn claim(tx: &Tx, runner: &str) -> Result<Vec<Model>> {
    let mut next = Entity::find().filter(due(tx.now())).order_by_asc(Column::Id).limit(BATCH);
    if tx.dialect().locks_rows() {
        next = next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let mut claimed = Vec::new();
    for mut row in next.all(tx.conn()).await? {
        if row.feed_seq.is_none() {
            row.feed_seq = Some(tx.next_in("outbox.feed").await?);
        }
        row.state = State::CLAIMED.to_owned();
        row.attempts += 1;
        row.claimed_by = Some(runner.to_owned());
        row.claimed_until = Some(tx.now() + Duration::seconds(CLAIM_SECONDS));
        put(tx, row.clone()).await?;
        claimed.push(row);
    }
    Ok(claimed)
}

async fn put(tx: &Tx, row: Model) -> Result<()> {
    let id = row.id;
    Entity::update_many().set(row.into_active_model().reset_all()).filter(Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

async fn hand_over(app: &App, message: &Message) -> Result<()> {
    for sink in app.sinks.0.get(message.topic.as_str()).into_iter().flatten() {
        let limit = std::time::Duration::from_secs(SINK_SECONDS);
        let late = |_| Failure::Internal(format!("{} took more than {SINK_SECONDS} s", message.topic));
        tokio::time::timeout(limit, sink(app, message)).await.map_err(late)??;
    }
    Ok(())
}

/// Notes the outcome, unless the claim ran out and somebody else has the message now.
async fn settle(tx: &Tx, runner: &str, claimed: Model, outcome: &Result<()>) -> Result<()> {
    let held = Entity::find_by_id(claimed.id)
        .filter(Column::State.eq(State::CLAIMED))
        .filter(Column::ClaimedBy.eq(runner))
        .filter(Column::Attempts.eq(claimed.attempts));
    let held = if tx.dialect().locks_rows() { held.lock_exclusive() } else { held };
    let Some(row) = held.one(tx.conn()).await? else { return Ok(()) };
    let row = Model { claimed_by: None, claimed_until: None, ..row };
    let row = match outcome {
        Ok(()) => Model { state: State::DONE.to_owned(), done_at: Some(tx.now()), error: None, ..row },
        Err(failure) => {
            log::warn!("outbox {} {}, attempt {}: {failure}", row.id, row.topic, row.attempts);
            let state = if row.attempts >= ATTEMPTS { State::FAILED } else { State::PENDING };
            let next_attempt_at = tx.now() + pause(row.attempts);
            Model { state: state.to_owned(), next_attempt_at, error: Some(failure.to_string()), ..row }
        }
    };
    put(tx, row).await
}

/// Five seconds, doubled at each attempt up to an hour, and up to a quarter more so that not all come back at once.
fn pause(attempts: i32) -> Duration {
    let seconds = (5_i64 << attempts.clamp(1, 10).saturating_sub(1)).min(3600);
    Duration::milliseconds(seconds * 1000 + seconds * i64::from(rand::random::<u8>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        assert!((5..=7).contains(&pause(1).num_seconds()));
        assert!((10..=13).contains(&pause(2).num_seconds()));
        assert!((2560..=3300).contains(&pause(10).num_seconds()));
        assert!((2560..=4600).contains(&pause(1000).num_seconds()));
    }
}
