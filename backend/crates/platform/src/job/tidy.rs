//! Upkeep: removing what nobody will ask for again, and plans that go by the data.

use super::entity::{job, slot};
use super::worker::Running;
use crate::http::{idempotency, run};
use crate::{Result, Tx, outbox};
use chrono::Duration;
use openapi::choice::Choice;
use openapi::system::operation::OperationState as State;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Answers of idempotent requests older than 72 hours.
pub async fn answers(running: Running) -> Result<()> {
    run::write(running.app(), &running.context(), async |tx: &Tx| {
        let limit = tx.now() - Duration::hours(idempotency::KEPT_HOURS);
        let old = idempotency::Entity::delete_many().filter(idempotency::Column::CreatedAt.lt(limit));
        let removed = old.exec(tx.conn()).await?.rows_affected;
        running.complete(tx, &serde_json::json!({ "removed": removed }), None).await
    })
    .await
}

/// Operations that ended 30 days ago, elections a week old, messages delivered 30 days ago.
pub async fn work(running: Running) -> Result<()> {
    run::write(running.app(), &running.context(), async |tx: &Tx| {
        let month = tx.now() - Duration::days(30);
        let ended = [State::Done, State::Failed, State::Cancelled].map(Choice::as_str);
        let jobs = job::Entity::delete_many()
            .filter(job::Column::State.is_in(ended))
            .filter(job::Column::UpdatedAt.lt(month))
            .exec(tx.conn())
            .await?
            .rows_affected;
        let slots = slot::Entity::delete_many()
            .filter(slot::Column::ElectedAt.lt(tx.now() - Duration::days(7)))
            .exec(tx.conn())
            .await?
            .rows_affected;
        let messages = outbox::forget(tx, month).await?;
        let removed = serde_json::json!({ "operations": jobs, "elections": slots, "messages": messages });
        running.complete(tx, &removed, None).await
    })
    .await
}

/// Statements are planned by how the data looks now.
pub async fn plans(running: Running) -> Result<()> {
    running.app().db.sample().await?;
    run::write(running.app(), &running.context(), async |tx: &Tx| {
        running.complete(tx, &serde_json::json!({}), None).await
    })
    .await
}
