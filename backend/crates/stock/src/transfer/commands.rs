//! What the sending station does.

use super::entity::{line, transfer};
use super::model::{self, Ends, Known};
use super::{carried, queries};
use crate::document::for_document::{PostingDraft, post_for, reverse_postings};
use crate::facts;
use crate::requisition::{entity::requisition, fulfilment, open_lines};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem::field;
use openapi::stock::document::StockReason;
use openapi::stock::requisition::RequisitionState;
use openapi::stock::transfer::{
    CreateTransfer, RecallTransfer, ShipTransfer, Transfer, TransferAction, TransferDraft, TransferState,
    UpdateTransfer, VoidTransfer,
};
use openapi::stock::{REQUISITION_NOT_OPEN, SAME_STATION, TRANSFER_EDIT, TRANSFER_REVERSE, TRANSFER_SHIP};
use openapi::{Code, Issue};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::EntityTrait;
use std::collections::HashMap;
use uuid::Uuid;

type Head = transfer::Entity;

pub async fn create(tx: &Tx, call: Call<CreateTransfer>) -> Result<Transfer> {
    let blank = transfer::Model {
        id: platform::new_id(),
        state: TransferState::Draft.as_str().to_owned(),
        ..Default::default()
    };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = transfer::Model { number: tx.number(DocKind::Transfer).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateTransfer>) -> Result<Transfer> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), TransferState::Draft).await?;
    tx.require_at(TRANSFER_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against what it names and writes it into a row.
async fn filled(tx: &Tx, row: transfer::Model, draft: TransferDraft) -> Result<(transfer::Model, Vec<line::Model>)> {
    let wrong = |pointer: &str, code: Code| Failure::field(pointer, Issue::new(code));
    let warehouse = draft.warehouse_id.uuid();
    let from = facts::warehouses(tx, [warehouse]).await?.remove(&warehouse).filter(|w| w.is_active);
    let from = from.ok_or_else(|| wrong("/warehouse_id", field::REFERENCE_NOT_FOUND))?;
    if !tx.may_at(TRANSFER_EDIT, from.org).await? {
        return Err(wrong("/warehouse_id", field::REFERENCE_NOT_FOUND));
    }
    let to = identity::api::station(tx.conn(), draft.to_org_id.uuid()).await?.filter(|s| s.is_open);
    let to = to.ok_or_else(|| wrong("/to_org_id", field::REFERENCE_NOT_FOUND))?;
    if to.id == from.org {
        return Err(wrong("/to_org_id", SAME_STATION));
    }
    let requested = match draft.requisition_id {
        Some(id) => requested(tx, id.uuid(), from.org, to.id).await?,
        None => HashMap::new(),
    };
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    let row = transfer::Model { org_id: from.org, ..row };
    model::filled(row, draft, &Known { products, requested }).map_err(Failure::fields)
}

/// The open lines of the requisition between two stations, with their products.
async fn requested(tx: &Tx, id: Uuid, supplier: Uuid, asks: Uuid) -> Result<HashMap<Uuid, Uuid>> {
    let row = requisition::Entity::find_by_id(id).one(tx.conn()).await?;
    let row = row.filter(|row| row.supplier_id == supplier && row.org_id == asks);
    let row = row.ok_or_else(|| Failure::not_there("/requisition_id"))?;
    if document::state_of::<requisition::Entity>(&row)? != RequisitionState::Approved {
        return Err(Failure::new(REQUISITION_NOT_OPEN).with("number", row.number));
    }
    open_lines(tx, id).await
}

pub async fn ship(tx: &Tx, call: Call<ShipTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_SHIP, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, TransferAction::Ship, None)?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    if let Some(id) = before.requisition_id {
        fulfilment::send(tx, id, &model::requested(&lines), &before.number).await?;
    }
    let posting = PostingDraft {
        kind: DocKind::TransferOut,
        reason: StockReason::Transfer,
        org: before.org_id,
        warehouse: Some(before.warehouse_id),
        source: (DocKind::Transfer, before.id, before.number.clone()),
        effective_at: None,
        moves: model::shipment(Ends::of(&before), &lines),
    };
    post_for(tx, posting).await?;
    let sign_by = tx.now() + chrono::TimeDelta::days(before.sign_within_days);
    let after = transfer::Model { shipped_at: Some(tx.now()), sign_by: Some(sign_by), ..after };
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn recall(tx: &Tx, call: Call<RecallTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_REVERSE, before.org_id).await?;
    carried::refuse(&before)?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, TransferAction::Recall, Some(reason))?;
    if let Some(id) = before.requisition_id {
        let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
        fulfilment::take_back(tx, id, &model::requested(&lines), &before.number).await?;
    }
    reverse_postings(tx, before.id, &[DocKind::TransferOut], reason).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn void(tx: &Tx, call: Call<VoidTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_EDIT, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, TransferAction::Void, Some(&call.body.reason))?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}
