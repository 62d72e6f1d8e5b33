//! Events inside the transaction: what must hold together commits together.
//!
//! A lower crate says what happened (`tx.emit(StockPosted { .. })`); a higher crate listens, wired in one place.

use crate::{Result, Tx};
use futures::future::LocalBoxFuture;
use std::any::{Any, TypeId};
use std::collections::HashMap;

type Listener = Box<dyn for<'a> Fn(&'a Tx, &'a dyn Any) -> LocalBoxFuture<'a, Result<()>> + Send + Sync>;

/// Who listens to which event.
#[derive(Default)]
pub struct Bus(HashMap<TypeId, Vec<Listener>>);

impl Bus {
    /// Adds a listener for events of type `E`.
    pub fn on<E, F>(&mut self, listener: F)
    where
        E: Any,
        F: for<'a> Fn(&'a Tx, &'a E) -> LocalBoxFuture<'a, Result<()>> + Send + Sync + 'static,
    {
        let erased: Listener = Box::new(move |tx, event| match event.downcast_ref::<E>() {
            Some(event) => listener(tx, event),
            None => Box::pin(async { Ok(()) }),
        });
        self.0.entry(TypeId::of::<E>()).or_default().push(erased);
    }

    /// Tells every listener, in the order they were added; the first failure fails the transaction.
    pub async fn tell<E: Any>(&self, tx: &Tx, event: &E) -> Result<()> {
        for listener in self.0.get(&TypeId::of::<E>()).into_iter().flatten() {
            listener(tx, event).await?;
        }
        Ok(())
    }
}
