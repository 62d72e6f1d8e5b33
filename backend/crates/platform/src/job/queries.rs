//! Reads.

use super::entity::job::{Column, Entity, Model};
use crate::db::list::{Shape, page};
use crate::doc::lifecycle::stored;
use crate::{App, Call, Failure, ReadTx, Result};
use openapi::Page;
use openapi::choice::Choice;
use openapi::system::OPERATION_MANAGE;
use openapi::system::operation::{GetOperation, ListOperations, Operation, OperationState};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

pub(super) async fn list(tx: &ReadTx, call: Call<ListOperations>) -> Result<Page<Operation>> {
    let mut base = Entity::find();
    if !tx.actor().may(OPERATION_MANAGE) {
        base = base.filter(Column::CreatedBy.eq(tx.actor().user_id));
    }
    if let Some(states) = &call.query.filter.state {
        base = base.filter(Column::State.is_in(states.0.iter().map(|state| state.as_str())));
    }
    let shape = Shape {
        sorts: &[("created_at", Column::CreatedAt), ("updated_at", Column::UpdatedAt)],
        search: &[Column::Kind],
    };
    page(tx, &call.query, base, &shape).await?.try_map(|row| now(tx, row))
}

pub(super) async fn get(tx: &ReadTx, call: Call<GetOperation>) -> Result<Operation> {
    let row = tx.get::<Entity>(call.path.id).await?;
    require_sight(tx, &row)?;
    now(tx, row)
}

/// A job with the progress that this process knows of and the database does not yet.
fn now(tx: &ReadTx, row: Model) -> Result<Operation> {
    let known = tx.app().meters.of(row.id);
    let operation = shown(row)?;
    Ok(match known.filter(|_| !operation.state.is_final()) {
        Some((progress, total)) => Operation { progress, total, ..operation },
        None => operation,
    })
}

/// One's own operations, or everybody's with the permission; anything else is not there.
pub(super) fn require_sight(tx: &ReadTx, row: &Model) -> Result<()> {
    let is_own = row.created_by == tx.actor().user_id;
    if is_own || tx.actor().may(OPERATION_MANAGE) { Ok(()) } else { Err(Failure::not_found()) }
}

/// The latest jobs, for the command line.
pub async fn recent(app: &App, limit: u64) -> Result<Vec<Operation>> {
    let rows = Entity::find().order_by_desc(Column::CreatedAt).limit(limit).all(app.db.reader()).await?;
    rows.into_iter().map(shown).collect()
}

/// The last job of a kind, whoever asked for it.
pub async fn last_of(tx: &ReadTx, kind: &str) -> Result<Option<Operation>> {
    let rows = Entity::find().filter(Column::Kind.eq(kind)).order_by_desc(Column::CreatedAt);
    rows.order_by_desc(Column::Id).one(tx.conn()).await?.map(|row| now(tx, row)).transpose()
}

/// One job, for the command line.
pub async fn find(app: &App, id: uuid::Uuid) -> Result<Operation> {
    let row = Entity::find_by_id(id).one(app.db.reader()).await?;
    shown(row.ok_or_else(Failure::not_found)?)
}

/// How many jobs wait or run.
pub async fn depth(app: &App) -> Result<u64> {
    let open = [OperationState::Queued.as_str(), OperationState::Running.as_str()];
    Ok(Entity::find().filter(Column::State.is_in(open)).count(app.db.reader()).await?)
}

pub(super) fn shown(row: Model) -> Result<Operation> {
    let Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        kind,
        payload: _,
        asked_by: _,
        state,
        progress,
        total,
        result,
        result_link,
        error_code,
        error,
        attempts: _,
        run_after: _,
        lease_by: _,
        lease_until: _,
        is_cancelling,
    } = row;
    let state: OperationState = stored(&state)?;
    Ok(Operation {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        kind,
        state,
        progress,
        total,
        result,
        result_link,
        error_code,
        error,
        is_cancelling: is_cancelling && !state.is_final(),
    })
}
