//! Writes. Whatever changes the shape of the tree holds the headquarters' row, so that no path is built on a parent
//! that is being moved.

use super::entity::org;
use super::{model, queries};
use crate::user::credential;
use crate::user::entity::user;
use openapi::choice::Choice;
use openapi::identity::station::{
    CloseStation, CreateStation, ReopenStation, Station, StationAction, StationDraft, StationState, UpdateStation,
};
use openapi::identity::user::UserState;
use openapi::identity::{OrgId, STATION_CLOSED, STATION_IN_USE};
use openapi::problem;
use platform::{Call, Failure, Result, Tx};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateStation>) -> Result<Station> {
    queries::detail(tx, open(tx, call.body).await?).await
}

/// Opens a new station.
pub(crate) async fn open(tx: &Tx, draft: StationDraft) -> Result<org::Model> {
    hold_tree(tx).await?;
    let parent = parent(tx, draft.parent_id).await?;
    let blank = org::Model { is_active: true, ..Default::default() };
    tx.create::<org::Entity>(model::filled(blank, draft, parent.as_ref())?).await
}

pub async fn update(tx: &Tx, call: Call<UpdateStation>) -> Result<Station> {
    hold_tree(tx).await?;
    let before = tx.lock::<org::Entity>(call.path.id).await?;
    let parent = match call.body.parent_id {
        // where it lies already need not be in reach
        Some(id) if before.parent_id == Some(id.uuid()) => org::Entity::find_by_id(id.uuid()).one(tx.conn()).await?,
        id => parent(tx, id).await?,
    };
    let after = model::filled(before.clone(), call.body, parent.as_ref())?;
    let row = tx.save::<org::Entity>(&before, after).await?;
    if row.path != before.path {
        move_below(tx, &before.path, &row.path).await?;
    }
    people_see(tx, &row.path).await?;
    queries::detail(tx, row).await
}

/// Locks the root of the tree.
async fn hold_tree(tx: &Tx) -> Result<()> {
    let root = org::Entity::find().filter(org::Column::ParentId.is_null());
    let root = if tx.dialect().locks_rows() { root.lock_exclusive() } else { root };
    root.one(tx.conn()).await?;
    Ok(())
}

async fn parent(tx: &Tx, id: Option<OrgId>) -> Result<Option<org::Model>> {
    let Some(id) = id else { return Ok(None) };
    let found = tx.select::<org::Entity>().filter(org::Column::Id.eq(id.uuid())).one(tx.conn()).await?;
    let found = found.ok_or_else(|| Failure::not_there("/parent_id"))?;
    Ok(Some(found))
}

/// Rewrites the paths below a node whose own path has changed.
async fn move_below(tx: &Tx, old: &str, new: &str) -> Result<()> {
    let rest = i32::try_from(old.chars().count()).unwrap_or(i32::MAX).saturating_add(1);
    let tail = Func::cust("substr").arg(Expr::col(org::Column::Path)).arg(rest);
    tx.base_changes();
    org::Entity::update_many()
        .col_expr(org::Column::Path, Expr::value(new).binary(sea_orm::sea_query::BinOper::Custom("||"), tail))
        .col_expr(org::Column::Version, Expr::col(org::Column::Version).add(1))
        .col_expr(org::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(org::Column::Path.starts_with(old))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Everybody at or below the path belongs to a station that looks different now.
async fn people_see(tx: &Tx, path: &str) -> Result<()> {
    let select = user::Entity::find().filter(user::Column::OrgId.in_subquery(queries::under(path)));
    let people: Vec<Uuid> = select.select_only().column(user::Column::Id).into_tuple().all(tx.conn()).await?;
    credential::rights_changed(tx, &people).await
}

pub async fn close(tx: &Tx, call: Call<CloseStation>) -> Result<Station> {
    hold_tree(tx).await?;
    let before = tx.lock::<org::Entity>(call.path.id).await?;
    expect(tx, &before, StationAction::Close)?;
    let users = user::Entity::find()
        .filter(user::Column::OrgId.eq(before.id))
        .filter(user::Column::State.eq(UserState::Active.as_str()))
        .count(tx.conn())
        .await?;
    let stations = org::Entity::find()
        .filter(org::Column::ParentId.eq(before.id))
        .filter(org::Column::IsActive.eq(true))
        .count(tx.conn())
        .await?;
    if users + stations > 0 {
        return Err(Failure::new(STATION_IN_USE).with("users", users).with("stations", stations));
    }
    let row = tx.save::<org::Entity>(&before, org::Model { is_active: false, ..before.clone() }).await?;
    queries::detail(tx, row).await
}

pub async fn reopen(tx: &Tx, call: Call<ReopenStation>) -> Result<Station> {
    hold_tree(tx).await?;
    let before = tx.lock::<org::Entity>(call.path.id).await?;
    expect(tx, &before, StationAction::Reopen)?;
    let above = match before.parent_id {
        Some(id) => org::Entity::find_by_id(id).one(tx.conn()).await?,
        None => None,
    };
    if above.is_some_and(|above| !above.is_active) {
        return Err(Failure::new(STATION_CLOSED));
    }
    let row = tx.save::<org::Entity>(&before, org::Model { is_active: true, ..before.clone() }).await?;
    queries::detail(tx, row).await
}

/// 409 unless the action fits the state.
fn expect(tx: &Tx, row: &org::Model, action: StationAction) -> Result<()> {
    if model::allowed(tx.actor(), row, true).contains(&action) {
        return Ok(());
    }
    let state: StationState = model::state(row);
    Err(Failure::new(problem::STATE_CONFLICT)
        .with("state", state.label(tx.lang()))
        .with("action", action.label(tx.lang())))
}
