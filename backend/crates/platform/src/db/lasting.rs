//! Base data that seldom changes (products, warehouses, lists of choices, stations, rates, number rules) is kept by the
//! process beyond a transaction.
//!
//! It cannot go stale. Triggers on those tables count every change, whoever makes it, in the transaction of the change
//! (`base_change`); the statement that finds out who asks reads the count, and what is kept counts only for requests that
//! read the same count. So a request sees every change that was committed before it began, by whichever process. A
//! transaction that changes base data itself neither uses nor fills what is kept.

use crate::{Failure, ReadTx, Result};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// Values that are kept for one count; beyond that it begins again.
const MOST: usize = 50_000;

/// A row by its id, or something that was worked out, by a name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A row.
    Row(Uuid),
    /// A result.
    Named(String),
}

type Values = HashMap<(TypeId, Key), Arc<dyn Any + Send + Sync>>;

/// The count of changes that a request read, and how often this process had changed base data by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Changes by anybody.
    pub count: i64,
    epoch: u64,
}

/// What is known under one count.
#[derive(Default)]
pub(crate) struct Known {
    count: i64,
    values: RwLock<Values>,
}

/// What this process keeps.
#[derive(Default)]
pub struct Lasting {
    /// Counts the transactions of this process that changed base data.
    epoch: AtomicU64,
    known: RwLock<Arc<Known>>,
}

impl Lasting {
    /// To be asked before the count of changes is read.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// What a request saw.
    pub fn seen(epoch: u64, count: i64) -> Seen {
        Seen { count, epoch }
    }

    /// This process has changed base data.
    pub(super) fn changed(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets everything.
    pub(super) fn forget(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }

    /// What is known under the count that a request read; nothing when this process changed base data since.
    pub(super) fn at(&self, seen: Seen) -> Option<Arc<Known>> {
        if seen.epoch != self.epoch() {
            return None;
        }
        let known = Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner));
        if known.count == seen.count {
            return Some(known);
        }
        let mut latest = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if latest.count < seen.count {
            *latest = Arc::new(Known { count: seen.count, ..Known::default() });
        }
        (latest.count == seen.count).then(|| Arc::clone(&latest))
    }
}

impl Known {
    pub(super) fn get<T: Clone + Send + Sync + 'static>(&self, table: TypeId, key: &Key) -> Option<T> {
        let values = self.values.read().unwrap_or_else(PoisonError::into_inner);
        values.get(&(table, key.clone())).and_then(|value| value.downcast_ref::<T>()).cloned()
    }

    pub(super) fn put<T: Send + Sync + 'static>(&self, table: TypeId, key: Key, value: T) {
        let mut values = self.values.write().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= MOST {
            values.clear();
        }
        values.insert((table, key), Arc::new(value));
    }
}

impl ReadTx {
    /// Something that follows from base data alone, worked out once for each count of its changes. What is read for it
    /// must lie in tables whose changes are counted, and must not depend on who asks.
    pub async fn lasting<T: Clone + Send + Sync + 'static>(
        &self,
        name: String,
        load: impl AsyncFnOnce() -> Result<T, Failure>,
    ) -> Result<T> {
        let key = Key::Named(name);
        let table = TypeId::of::<T>();
        if let Some(known) = self.kept().and_then(|known| known.get(table, &key)) {
            return Ok(known);
        }
        let value = load().await?;
        if let Some(known) = self.kept() {
            known.put(table, key, value.clone());
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_counts_for_those_who_read_the_same_count() {
        let lasting = Lasting::default();
        let (table, key) = (TypeId::of::<i32>(), || Key::Named("a".to_owned()));
        let early = Lasting::seen(lasting.epoch(), 3);
        lasting.at(early).unwrap().put(table, key(), 7);
        assert_eq!(lasting.at(early).unwrap().get::<i32>(table, &key()), Some(7));
        let later = Lasting::seen(lasting.epoch(), 4);
        assert_eq!(lasting.at(later).unwrap().get::<i32>(table, &key()), None);
        assert!(lasting.at(early).is_none(), "one that began before the change reads for itself");
        lasting.changed();
        assert!(lasting.at(later).is_none(), "so does one that began before this process changed something");
        assert!(lasting.at(Lasting::seen(lasting.epoch(), 5)).is_some());
    }
}
