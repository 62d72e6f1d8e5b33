//! Writes.

use super::asker::Asker;
use super::entity::job::{Entity, Model};
use super::queries;
use crate::{Call, Failure, Result, Tx};
use openapi::choice::Choice;
use openapi::problem;
use openapi::system::operation::{CancelOperation, Operation, OperationState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use uuid::Uuid;

impl Tx {
    /// Queues long work; it begins after this transaction has committed.
    pub async fn enqueue(&self, kind: &str, payload: &impl Serialize) -> Result<Operation> {
        let row = self.create::<Entity>(self.asked(kind, payload)?).await?;
        self.ring_for_jobs();
        queries::shown(row)
    }

    /// Queues what is due by the clock. Nobody asked for it, so that the audit log says nothing of it.
    pub(super) async fn enqueue_by_clock(&self, kind: &str, payload: &impl Serialize) -> Result<()> {
        let row = Model { id: crate::new_id(), version: 1, ..self.asked(kind, payload)? };
        self.insert_all::<Entity>([row]).await?;
        self.ring_for_jobs();
        Ok(())
    }

    fn asked(&self, kind: &str, payload: &impl Serialize) -> Result<Model> {
        let now = self.now();
        Ok(Model {
            id: Uuid::nil(),
            version: 0,
            created_at: now,
            created_by: Uuid::nil(),
            updated_at: now,
            updated_by: Uuid::nil(),
            kind: kind.to_owned(),
            payload: serde_json::to_string(payload)?,
            asked_by: serde_json::to_string(&Asker::of(self.context()))?,
            state: OperationState::Queued.as_str().to_owned(),
            progress: 0,
            total: 0,
            result: None,
            result_link: None,
            error_code: None,
            error: None,
            attempts: 0,
            run_after: now,
            lease_by: None,
            lease_until: None,
            is_cancelling: false,
        })
    }
}

impl Tx {
    /// Tells a job to stop, whoever asked for it.
    pub async fn cancel_job(&self, id: Uuid) -> Result<Operation> {
        let row = self.lock_other::<Entity>(id).await?;
        stop(self, row).await
    }

    /// Queues a job that failed or was cancelled once more, with all its attempts.
    pub async fn retry_job(&self, id: Uuid) -> Result<Operation> {
        let before = self.lock_other::<Entity>(id).await?;
        let state: OperationState = crate::doc::lifecycle::stored(&before.state)?;
        if !matches!(state, OperationState::Failed | OperationState::Cancelled) {
            let label = state.label(self.lang());
            return Err(Failure::new(problem::STATE_CONFLICT).with("state", label).with("action", "retry"));
        }
        let after = Model {
            state: OperationState::Queued.as_str().to_owned(),
            progress: 0,
            error_code: None,
            error: None,
            attempts: 0,
            run_after: self.now(),
            is_cancelling: false,
            ..before.clone()
        };
        let row = self.save::<Entity>(&before, after).await?;
        self.ring_for_jobs();
        queries::shown(row)
    }
}

/// Writes the course of a job, which is not worth an audit row.
pub(super) async fn put(tx: &Tx, mut row: Model) -> Result<Model> {
    use super::entity::job::Column;
    use sea_orm::{ActiveModelTrait, IntoActiveModel};
    let version = row.version;
    (row.version, row.updated_at) = (version + 1, tx.now());
    let update = Entity::update_many().set(row.clone().into_active_model().reset_all());
    let update = update.filter(Column::Id.eq(row.id)).filter(Column::Version.eq(version));
    match update.exec(tx.conn()).await?.rows_affected {
        1 => Ok(row),
        _ => Err(Failure::new(problem::BUSY)),
    }
}

pub(super) async fn cancel(tx: &Tx, call: Call<CancelOperation>) -> Result<Operation> {
    let row = tx.lock::<Entity>(call.path.id).await?;
    queries::require_sight(tx, &row)?;
    stop(tx, row).await
}

async fn stop(tx: &Tx, before: Model) -> Result<Operation> {
    let state: OperationState = crate::doc::lifecycle::stored(&before.state)?;
    if state.is_final() || before.is_cancelling {
        return queries::shown(before);
    }
    let mut after = Model { is_cancelling: true, ..before.clone() };
    if state == OperationState::Queued {
        after.state = OperationState::Cancelled.as_str().to_owned();
    }
    queries::shown(tx.save::<Entity>(&before, after).await?)
}
