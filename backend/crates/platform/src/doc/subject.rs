//! Who may see and change the record that a file or a timeline belongs to. Each domain enters its kinds.

use crate::{Failure, Head, ReadTx, Result};
use futures::future::LocalBoxFuture;
use openapi::{Permission, problem};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// What is wanted of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// See it.
    View,
    /// Change it.
    Edit,
}

type Guard = Box<dyn for<'a> Fn(&'a ReadTx, Uuid, Access) -> LocalBoxFuture<'a, Result<()>> + Send + Sync>;

/// The kinds of records that files and timelines may belong to, each with its guard.
#[derive(Default)]
pub struct Subjects(HashMap<&'static str, Guard>);

impl Subjects {
    /// Enters a kind with a guard of its own: `Ok` when the actor may, a refusal otherwise (404 for what is out of reach).
    pub fn on<F>(&mut self, kind: &'static str, guard: F)
    where
        F: for<'a> Fn(&'a ReadTx, Uuid, Access) -> LocalBoxFuture<'a, Result<()>> + Send + Sync + 'static,
    {
        self.0.insert(kind, Box::new(guard));
    }

    /// Enters the head table `E`: seen with `view`, changed with `edit`, each as far as the actor's grant reaches.
    pub fn head<E: Head>(&mut self, view: Permission, edit: Permission) {
        self.on(E::NAME, move |tx, id, access| {
            Box::pin(async move {
                let permission = if access == Access::Edit { edit } else { view };
                tx.require(permission)?;
                let found = E::find().filter(tx.in_reach_of::<E>(permission)).filter(E::id().eq(id));
                if found.count(tx.conn()).await? == 0 { Err(Failure::not_found()) } else { Ok(()) }
            })
        });
    }

    /// Refuses what the actor may not do with a record; an unknown kind is not found.
    pub async fn check(&self, tx: &ReadTx, kind: &str, id: Uuid, access: Access) -> Result<()> {
        if tx.actor().must_change_password {
            return Err(Failure::new(problem::PASSWORD_CHANGE_REQUIRED));
        }
        let guard = self.0.get(kind).ok_or_else(Failure::not_found)?;
        guard(tx, id, access).await
    }
}
