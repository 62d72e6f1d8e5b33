//! What a process remembers for as long as it runs: facts that cannot change once they are committed.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// One value of each type.
#[derive(Default)]
pub struct Memory(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>, AtomicU64);

impl Memory {
    /// Forgets everything when another shared transaction was lost since the last look, and says so: somebody may have
    /// learned from a member of it what never came to be.
    pub(crate) fn is_lost(&self, losses: u64) -> bool {
        if self.1.swap(losses, Ordering::AcqRel) == losses {
            return false;
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
        true
    }

    /// The value of a type, empty in the beginning.
    pub fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).cloned();
        if let Some(known) = known.and_then(|any| any.downcast::<T>().ok()) {
            return known;
        }
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let made = all
            .entry(TypeId::of::<T>())
            .or_insert_with(|| -> Arc<dyn Any + Send + Sync> { Arc::<T>::default() })
            .clone();
        made.downcast::<T>().unwrap_or_default()
    }
}
