//! What others are told after the transaction: messages wait in a table that commits with the effect, and a dispatcher
//! in each process delivers them.
//!
//! Rows are claimed by their state, never by "newer than the last one seen": a transaction that commits late would be
//! overlooked. The order in which consumers see messages (`feed_seq`) is therefore given by the dispatcher, under a lock
//! that it holds until it commits. Delivery is at least once; the id of the message tells a repetition.

mod dispatch;
mod entity;

pub use dispatch::{deliver, dispatch};
pub(crate) use entity::{Entity, Model};

use crate::{App, Result, Tx, new_id};
use chrono::{DateTime, Utc};
use entity::{Column, State};
use futures::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use uuid::Uuid;

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Message {
    /// The same at every attempt.
    pub id: Uuid,
    /// What it is about.
    pub topic: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Its place in the feed.
    pub feed_seq: i64,
    /// The content, JSON.
    pub payload: String,
}

impl Message {
    /// Reads the content.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

type Sink = Box<dyn for<'a> Fn(&'a App, &'a Message) -> LocalBoxFuture<'a, Result<()>> + Send + Sync>;

/// Who gets which topic.
#[derive(Default)]
pub struct Sinks(HashMap<&'static str, Vec<Sink>>);

impl Sinks {
    /// Adds a sink. It may get a message again: after a failure, after a crash, or because another sink of the topic failed.
    pub fn on<F>(&mut self, topic: &'static str, sink: F)
    where
        F: for<'a> Fn(&'a App, &'a Message) -> LocalBoxFuture<'a, Result<()>> + Send + Sync + 'static,
    {
        self.0.entry(topic).or_default().push(Box::new(sink));
    }
}

impl Tx {
    /// Leaves a message for after the transaction.
    pub fn outbox(&self, topic: &str, payload: &impl Serialize) -> Result<()> {
        self.post(Model {
            id: new_id(),
            created_at: self.now(),
            topic: topic.to_owned(),
            payload: serde_json::to_string(payload)?,
            state: State::PENDING.to_owned(),
            attempts: 0,
            next_attempt_at: self.now(),
            claimed_until: None,
            claimed_by: None,
            done_at: None,
            feed_seq: None,
            error: None,
        });
        Ok(())
    }
}

/// How many messages wait.
pub async fn depth(app: &App) -> Result<u64> {
    let open = Entity::find().filter(Column::State.is_in([State::PENDING, State::CLAIMED]));
    Ok(open.count(app.db.reader()).await?)
}

/// Removes what was delivered before `limit`.
pub(crate) async fn forget(tx: &Tx, limit: DateTime<Utc>) -> Result<u64> {
    let old = Entity::delete_many().filter(Column::State.eq(State::DONE)).filter(Column::DoneAt.lt(limit));
    Ok(old.exec(tx.conn()).await?.rows_affected)
}
