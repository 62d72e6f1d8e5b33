//! What base data may not change once goods have moved.

use crate::ledger::entity::{balance, entry, place};
use master::api::{ProductIdentityChanging, WarehousePurposeChanging};
use openapi::choice::Choice;
use openapi::problem;
use openapi::stock::PlaceKind;
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// A product that has moved keeps its kind, unit of measure and serial tracking.
pub async fn keep_product_identity(tx: &Tx, event: &ProductIdentityChanging) -> Result<()> {
    let moved = entry::Entity::find().filter(entry::Column::ProductId.eq(event.product_id.uuid()));
    refuse_when(moved.select_only().column(entry::Column::Id).limit(1).into_tuple().one(tx.conn()).await?)
}

/// A warehouse in which something lies keeps its kind and stays in use.
pub async fn keep_warehouse_purpose(tx: &Tx, event: &WarehousePurposeChanging) -> Result<()> {
    let places: Vec<Uuid> = place::Entity::find()
        .filter(place::Column::Kind.eq(PlaceKind::Warehouse.as_str()))
        .filter(place::Column::HolderId.eq(event.warehouse_id.uuid()))
        .select_only()
        .column(place::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let held =
        balance::Entity::find().filter(balance::Column::PlaceId.is_in(places)).filter(balance::Column::OnHand.gt(0));
    refuse_when(held.select_only().column(balance::Column::Id).limit(1).into_tuple().one(tx.conn()).await?)
}

fn refuse_when(found: Option<Uuid>) -> Result<()> {
    if found.is_some() { Err(Failure::new(problem::IN_USE)) } else { Ok(()) }
}
