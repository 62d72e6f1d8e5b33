//! What the receiving station does: sign for goods; and what becomes of differences.

use super::entity::{line, transfer};
use super::model::{self, Ends};
use super::{carried, queries};
use crate::document::for_document::{MoveLine, PlaceRef, PostingDraft, post_for, reverse_postings};
use crate::facts;
use crate::plan::arrival;
use openapi::Note;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::document::StockReason;
use openapi::stock::transfer::{
    ResolveTransfer, SignTransfer, Transfer, TransferAction, TransferSignature, UnsignTransfer,
};
use openapi::stock::{NO_WAREHOUSE_OF_KIND, PlaceKind, TRANSFER_RESOLVE, TRANSFER_REVERSE, TRANSFER_SIGN};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

type Head = transfer::Entity;

pub async fn sign(tx: &Tx, call: Call<SignTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_SIGN, before.to_org_id).await?;
    carried::refuse(&before)?;
    let row = sign_for(tx, &before, call.body, false).await?;
    queries::detail(tx, row).await
}

/// Signs for a locked transfer.
pub async fn sign_for(
    tx: &Tx,
    before: &transfer::Model,
    body: TransferSignature,
    by_itself: bool,
) -> Result<transfer::Model> {
    let TransferSignature { warehouse_id, lines: counts, remark } = body;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let lines = model::counted(lines, counts).map_err(Failure::fields)?;
    let action = if model::is_different(&lines) { TransferAction::SignPartly } else { TransferAction::Sign };
    let after = document::stepped::<Head>(tx, before, action, remark.as_deref())?;
    let to = receiving(tx, before.to_org_id, warehouse_id).await?;
    let is_damaged = lines.iter().any(|l| l.damaged.unwrap_or_default() > 0);
    let bad = match is_damaged {
        true => Some(first_of(tx, before.to_org_id, WarehouseKind::Bad).await?),
        false => None,
    };
    let after = transfer::Model {
        to_warehouse_id: Some(to.holder),
        signed_at: Some(tx.now()),
        is_auto_signed: by_itself,
        ..after
    };
    post(tx, &after, model::arrival(Ends::of(before), to, bad, &lines)).await?;
    for line in lines {
        document::save_line::<line::Entity>(tx, line).await?;
    }
    counted(tx, before, after).await
}

/// Writes a transfer of which something was counted, or is counted no more, and tells the plan that it supplies.
async fn counted(tx: &Tx, before: &transfer::Model, after: transfer::Model) -> Result<transfer::Model> {
    let row = tx.save::<Head>(before, after).await?;
    arrival::follow(tx, row.requisition_id, &row.number).await?;
    Ok(row)
}

/// The warehouse that takes the goods: the one that was chosen, else the first one for good parts.
async fn receiving(tx: &Tx, org: Uuid, chosen: Option<WarehouseId>) -> Result<PlaceRef> {
    let Some(id) = chosen.map(|id| id.uuid()) else { return first_of(tx, org, WarehouseKind::Good).await };
    let known = facts::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active && w.org == org);
    match known {
        Some(_) => Ok(PlaceRef { kind: PlaceKind::Warehouse, org, holder: id }),
        None => Err(Failure::not_there("/warehouse_id")),
    }
}

pub(super) async fn first_of(tx: &Tx, org: Uuid, kind: WarehouseKind) -> Result<PlaceRef> {
    let rows = master::api::warehouses_of(tx, org.into(), kind).await?;
    if let Some(row) = rows.first() {
        return Ok(PlaceRef { kind: PlaceKind::Warehouse, org, holder: row.id.uuid() });
    }
    let station: openapi::Text<100> = facts::stations(tx, [org]).await?.of(org);
    Err(Failure::new(NO_WAREHOUSE_OF_KIND).with("station", station).with("kind", kind.label(tx.lang())))
}

/// Posts moves into the receiving station; nothing when nothing moves.
pub(super) async fn post(tx: &Tx, row: &transfer::Model, moves: Vec<MoveLine>) -> Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let posting = PostingDraft {
        kind: DocKind::TransferIn,
        reason: StockReason::Transfer,
        org: row.to_org_id,
        warehouse: row.to_warehouse_id,
        source: (DocKind::Transfer, row.id, row.number.clone()),
        effective_at: None,
        moves,
    };
    post_for(tx, posting).await?;
    Ok(())
}

pub async fn resolve(tx: &Tx, call: Call<ResolveTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_RESOLVE, before.org_id).await?;
    carried::refuse(&before)?;
    let verdicts = &call.body.lines;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let settled = model::settled(lines.clone(), verdicts).map_err(Failure::fields);
    let is_open = settled.as_ref().map_or(true, |lines| model::is_different(lines));
    let action = if is_open { TransferAction::Resolve } else { TransferAction::Settle };
    // a transfer in the wrong state says so before it finds fault with lines
    let after = document::stepped::<Head>(tx, &before, action, call.body.remark.as_deref())?;
    let settled = settled?;
    let holder = before.to_warehouse_id.ok_or_else(|| Failure::Internal("signed without a warehouse".to_owned()))?;
    let to = PlaceRef { kind: PlaceKind::Warehouse, org: before.to_org_id, holder };
    post(tx, &before, model::settlement(Ends::of(&before), to, &lines, verdicts)).await?;
    for line in settled {
        document::save_line::<line::Entity>(tx, line).await?;
    }
    let row = counted(tx, &before, after).await?;
    queries::detail(tx, row).await
}

pub async fn unsign(tx: &Tx, call: Call<UnsignTransfer>) -> Result<Transfer> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(TRANSFER_REVERSE, before.org_id).await?;
    carried::refuse(&before)?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, TransferAction::Unsign, Some(reason))?;
    let row = uncounted(tx, &before, after, reason).await?;
    queries::detail(tx, row).await
}

/// Takes back what the arrival of a locked transfer posted; it is as if nobody had counted.
pub(super) async fn uncounted(
    tx: &Tx,
    before: &transfer::Model,
    after: transfer::Model,
    reason: &Note<500>,
) -> Result<transfer::Model> {
    reverse_postings(tx, before.id, &[DocKind::TransferIn], reason).await?;
    for line in document::lines_of::<line::Entity>(tx, before.id).await? {
        let line = line::Model { received: None, damaged: None, missing: 0, surplus: 0, ..line };
        document::save_line::<line::Entity>(tx, line).await?;
    }
    let after = transfer::Model { to_warehouse_id: None, signed_at: None, is_auto_signed: false, ..after };
    counted(tx, before, after).await
}
