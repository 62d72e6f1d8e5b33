//! Writes.

use super::entity::warehouse;
use super::{model, queries};
use crate::api::WarehousePurposeChanging;
use crate::place::{known_user, owning_org};
use openapi::Issue;
use openapi::master::NOT_CHANGEABLE;
use openapi::master::warehouse::{
    ActivateWarehouse, CreateWarehouse, DeactivateWarehouse, UpdateWarehouse, Warehouse, WarehouseDraft,
};
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateWarehouse>) -> Result<Warehouse> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds one.
pub(crate) async fn add(tx: &Tx, draft: WarehouseDraft) -> Result<warehouse::Model> {
    let org_id = owning_org(tx, draft.org_id.map(Into::into)).await?;
    known_user(tx, draft.manager_id.map(Into::into), "/manager_id").await?;
    let blank = warehouse::Model { org_id, is_active: true, ..Default::default() };
    tx.create::<warehouse::Entity>(model::filled(blank, draft)).await
}

pub async fn update(tx: &Tx, call: Call<UpdateWarehouse>) -> Result<Warehouse> {
    let before = tx.lock::<warehouse::Entity>(call.path.id).await?;
    if call.body.org_id.is_some_and(|org| org.uuid() != before.org_id) {
        return Err(Failure::field("/org_id", Issue::new(NOT_CHANGEABLE)));
    }
    let manager = call.body.manager_id.map(openapi::Id::uuid).filter(|id| before.manager_id != Some(*id));
    known_user(tx, manager, "/manager_id").await?;
    let after = model::filled(before.clone(), call.body);
    if after.kind != before.kind {
        tx.emit(&WarehousePurposeChanging { warehouse_id: before.id.into() }).await?;
    }
    let row = tx.save::<warehouse::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn deactivate(tx: &Tx, call: Call<DeactivateWarehouse>) -> Result<Warehouse> {
    set_active(tx, call.path.id.uuid(), false).await
}

pub async fn activate(tx: &Tx, call: Call<ActivateWarehouse>) -> Result<Warehouse> {
    set_active(tx, call.path.id.uuid(), true).await
}

async fn set_active(tx: &Tx, id: Uuid, is_active: bool) -> Result<Warehouse> {
    let before = tx.lock::<warehouse::Entity>(id).await?;
    if before.is_active == is_active {
        return queries::detail(tx, before).await;
    }
    if !is_active {
        tx.emit(&WarehousePurposeChanging { warehouse_id: before.id.into() }).await?;
    }
    let row = tx.save::<warehouse::Entity>(&before, warehouse::Model { is_active, ..before.clone() }).await?;
    queries::detail(tx, row).await
}
