//! What a transaction read by id is remembered until it ends: a command that asks for the same product in four places
//! asks the database once. Within a snapshot, or under the writes of the transaction itself, it cannot have changed.

use crate::db::lasting::{Key, Known};
use crate::db::record::Head;
use crate::{Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, ModelTrait, QueryFilter, Value};
use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Rows that are remembered; a long export forgets them all and begins again.
const MOST: usize = 5_000;

type Rows = HashMap<(TypeId, Key), Arc<dyn Any + Send + Sync>>;

/// Rows by table and id, what this transaction made itself, and what the process keeps.
#[derive(Default)]
pub(crate) struct Memo(Mutex<Rows>, Mutex<HashSet<Uuid>>, Option<Arc<Known>>, AtomicBool);

impl Memo {
    /// An empty one beside what the process keeps.
    pub(super) fn beside(known: Option<Arc<Known>>) -> Self {
        Memo(Mutex::default(), Mutex::default(), known, AtomicBool::new(false))
    }

    /// Notes that this transaction changes base data.
    pub(super) fn base_changes(&self) {
        self.3.store(true, Ordering::Relaxed);
    }

    /// Whether it does.
    pub(super) fn changes_base(&self) -> bool {
        self.3.load(Ordering::Relaxed)
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what a table said, because one of its rows is being changed.
    pub(super) fn forget<E: 'static>(&self) {
        self.rows().retain(|(table, _), _| *table != TypeId::of::<E>());
    }

    /// Forgets what was worked out from a table, because it has one row more.
    pub(super) fn forget_named<E: 'static>(&self) {
        self.rows().retain(|(table, key), _| *table != TypeId::of::<E>() || matches!(key, Key::Row(_)));
    }

    /// Remembers a row as this transaction wrote it.
    pub(super) fn put<E: 'static, M: Clone + Send + Sync + 'static>(&self, id: Uuid, row: &M) {
        let mut rows = self.rows();
        if rows.len() >= MOST {
            rows.clear();
        }
        rows.insert((TypeId::of::<E>(), Key::Row(id)), Arc::new(row.clone()));
    }

    /// Forgets everything: what was read may have been taken back.
    pub(super) fn clear(&self) {
        self.rows().clear();
    }
}

fn noted<T: 'static>() -> Key {
    Key::Named(format!("noted {}", std::any::type_name::<T>()))
}

impl ReadTx {
    /// What the process keeps of base data, unless this transaction changes it.
    pub(super) fn kept(&self) -> Option<&Known> {
        self.memo().2.as_deref().filter(|_| !self.memo().changes_base())
    }

    /// Rows by id, whatever the reach of the call, in no particular order; ids without a row are left out. For records
    /// that are changed by [`crate::Tx::save`] only.
    pub async fn known<E: Head>(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<E::Model>> {
        let mut ids: Vec<Uuid> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let table = TypeId::of::<E>();
        let mut found = Vec::with_capacity(ids.len());
        {
            let rows = self.memo().rows();
            ids.retain(|id| {
                let row = rows.get(&(table, Key::Row(*id))).and_then(|row| row.downcast_ref::<E::Model>());
                found.extend(row.cloned());
                row.is_none()
            });
        }
        if let Some(known) = self.kept().filter(|_| E::IS_BASE) {
            ids.retain(|id| {
                let row = known.get::<E::Model>(table, &Key::Row(*id));
                let is_missing = row.is_none();
                found.extend(row);
                is_missing
            });
        }
        // as many ids as fit into a statement of either database
        for part in ids.chunks(10_000) {
            let filter = match part {
                [only] => E::id().eq(*only),
                several => E::id().is_in(several.iter().copied()),
            };
            let read = E::find().filter(filter).all(self.conn()).await?;
            let mut rows = self.memo().rows();
            if rows.len() + read.len() > MOST {
                rows.clear();
            }
            for row in read {
                let Value::Uuid(Some(id)) = row.get(E::id()) else {
                    return Err(Failure::Internal(format!("{} has no id", E::NAME)));
                };
                if let Some(known) = self.kept().filter(|_| E::IS_BASE) {
                    known.put(table, Key::Row(id), row.clone());
                }
                rows.insert((table, Key::Row(id)), Arc::new(row.clone()));
                found.push(row);
            }
        }
        Ok(found)
    }

    /// Forgets what was remembered of a table, because it is changed past [`crate::Tx`].
    pub fn forget_about<E: 'static>(&self) {
        self.memo().forget::<E>();
    }

    /// Notes that base data is changed past [`crate::Tx`]: what the process keeps of it counts for nothing here.
    pub fn base_changes(&self) {
        self.memo().base_changes();
    }

    /// Notes that this transaction made something: until it has committed, nobody else may be told of it.
    pub fn made_here(&self, id: Uuid) {
        self.memo().1.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    /// Whether this transaction made it.
    pub fn is_made_here(&self, id: Uuid) -> bool {
        self.memo().1.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    /// What this transaction noted of a table, until it ends or something of it is taken back.
    pub fn noted<E: 'static, T: Clone + Send + Sync + 'static>(&self) -> Option<T> {
        let rows = self.memo().rows();
        rows.get(&(TypeId::of::<E>(), noted::<T>())).and_then(|value| value.downcast_ref::<T>()).cloned()
    }

    /// Notes something of a table.
    pub fn note<E: 'static, T: Clone + Send + Sync + 'static>(&self, value: T) {
        self.memo().rows().insert((TypeId::of::<E>(), noted::<T>()), Arc::new(value));
    }

    /// What was read of a table under a name, read once. A change of the table through [`crate::Tx`] forgets it.
    pub async fn remembered<E: 'static, T: Clone + Send + Sync + 'static>(
        &self,
        name: String,
        load: impl AsyncFnOnce() -> Result<T>,
    ) -> Result<T> {
        let key = (TypeId::of::<E>(), Key::Named(name));
        let known = self.memo().rows().get(&key).and_then(|value| value.downcast_ref::<T>()).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let value = load().await?;
        self.memo().rows().insert(key, Arc::new(value.clone()));
        Ok(value)
    }
}
