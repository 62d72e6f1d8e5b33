//! Reads.

use super::entity::warehouse;
use super::model::{self, Names};
use crate::place::{self, not_there};
use openapi::Page;
use openapi::choice::Choice;
use openapi::master::warehouse::{GetWarehouse, ListWarehouses, Warehouse, WarehouseKind, WarehouseRow};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListWarehouses>) -> Result<Page<WarehouseRow>> {
    use warehouse::Column as C;
    let filter = &call.query.filter;
    let mut base = warehouse::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(is_active) = filter.is_active {
        base = base.filter(C::IsActive.eq(is_active));
    }
    let shape = Shape {
        sorts: &[("code", C::Code), ("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Code, C::Name],
    };
    let found = page(tx, &call.query, base, &shape).await?;
    let names = names_behind(tx, &found.items).await?;
    found.try_map(|row| model::list_row(row, &names))
}

pub async fn get(tx: &ReadTx, call: Call<GetWarehouse>) -> Result<Warehouse> {
    detail(tx, tx.get::<warehouse::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: warehouse::Model) -> Result<Warehouse> {
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &names)
}

async fn names_behind(tx: &ReadTx, rows: &[warehouse::Model]) -> Result<Names> {
    let orgs = place::org_names(tx, rows.iter().map(|row| row.org_id)).await?;
    let managers = place::user_names(tx, rows.iter().filter_map(|row| row.manager_id)).await?;
    Ok(Names { orgs, managers })
}

/// By id, wherever the station is.
pub async fn by_id(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, WarehouseRow>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = warehouse::Entity::find().filter(warehouse::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row, &names)?))).collect()
}

/// The one that a document chooses: in reach of the call and in use; otherwise a wrong value at `pointer`.
pub async fn choose(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<WarehouseRow> {
    let row = tx.select::<warehouse::Entity>().filter(warehouse::Column::Id.eq(id)).one(tx.conn()).await?;
    let row = row.filter(|row| row.is_active).ok_or_else(|| not_there(pointer))?;
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::list_row(row, &names)
}

/// Those in use of one station and kind, by code; the first is the one to take when nobody chose.
pub async fn of_kind(tx: &ReadTx, org: Uuid, kind: WarehouseKind) -> Result<Vec<WarehouseRow>> {
    let rows = warehouse::Entity::find()
        .filter(warehouse::Column::OrgId.eq(org))
        .filter(warehouse::Column::Kind.eq(kind.as_str()))
        .filter(warehouse::Column::IsActive.eq(true))
        .order_by_asc(warehouse::Column::Code)
        .limit(200)
        .all(tx.conn())
        .await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| model::list_row(row, &names)).collect()
}
