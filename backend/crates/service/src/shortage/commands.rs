//! Writes.

use super::entity::shortage;
use super::{follow, model, queries};
use crate::ticket::entity::part;
use crate::ticket::{Change, forgo, goes_on, parts_of};
use openapi::Quantity;
use openapi::service::TICKET_PARTS;
use openapi::service::shortage::{CancelShortage, Shortage, ShortageAction};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::EntityTrait;

/// The repair does without what is still missing.
pub async fn cancel(tx: &Tx, call: Call<CancelShortage>) -> Result<Shortage> {
    // seen without a lock: the ticket is locked first, as everybody does who changes its parts
    let seen = tx.get::<shortage::Entity>(call.path.id).await?;
    let mut change = Change::lock_of(tx, seen.ticket_id).await?;
    let before = tx.lock::<shortage::Entity>(call.path.id).await?;
    tx.require_at(TICKET_PARTS, before.org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<shortage::Entity>(tx, &before, ShortageAction::Cancel, Some(reason))?;
    let line = part::Entity::find_by_id(before.part_id).one(tx.conn()).await?;
    let line = line.ok_or_else(|| Failure::Internal(format!("{} has no line", before.number)))?;
    let note = format!("− {} × {}：{}", line.product_name, Quantity(model::missing(&before)), &**reason);
    forgo(tx, &mut change, line, &note).await?;
    let lines = parts_of(tx, change.row.id).await?;
    goes_on(&mut change, &lines, &before.number)?;
    let row = tx.save::<shortage::Entity>(&before, follow::closed(tx, after)).await?;
    change.put().await?;
    queries::detail(tx, row).await
}
