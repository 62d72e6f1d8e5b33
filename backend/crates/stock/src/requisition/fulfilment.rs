//! What transfers do to the requisition that they fulfil.

use super::entity::{line, requisition};
use super::model;
use crate::facts;
use openapi::Quantity;
use openapi::stock::requisition::{RequisitionAction, RequisitionState};
use openapi::stock::{REQUISITION_EXCEEDED, REQUISITION_NOT_OPEN};
use platform::doc::document;
use platform::{Failure, Result, Tx};
use sea_orm::{EntityTrait, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Notes what is sent for lines of a requisition, and fulfils it when nothing is left to send. Refused when it does not
/// wait for goods or when more would be sent than was approved. The requisition is locked until the end.
pub async fn send(tx: &Tx, id: Uuid, sent: &HashMap<Uuid, Quantity>, by: &str) -> Result<()> {
    let before = locked(tx, id).await?;
    if document::state_of::<requisition::Entity>(&before)? != RequisitionState::Approved {
        return Err(Failure::new(REQUISITION_NOT_OPEN).with("number", before.number));
    }
    let lines = changed(tx, id, sent, 1).await?;
    if model::is_fulfilled(&lines) {
        let after = document::stepped::<requisition::Entity>(tx, &before, RequisitionAction::Fulfil, Some(by))?;
        tx.save::<requisition::Entity>(&before, after).await?;
    }
    Ok(())
}

/// Takes back what was noted as sent, and lets a fulfilled requisition wait again.
pub async fn take_back(tx: &Tx, id: Uuid, sent: &HashMap<Uuid, Quantity>, by: &str) -> Result<()> {
    let before = locked(tx, id).await?;
    changed(tx, id, sent, -1).await?;
    if document::state_of::<requisition::Entity>(&before)? == RequisitionState::Fulfilled {
        let after = document::stepped::<requisition::Entity>(tx, &before, RequisitionAction::Reopen, Some(by))?;
        tx.save::<requisition::Entity>(&before, after).await?;
    }
    Ok(())
}

/// The requisition of a transfer, whoever sends it.
async fn locked(tx: &Tx, id: Uuid) -> Result<requisition::Model> {
    let select = requisition::Entity::find_by_id(id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    select.one(tx.conn()).await?.ok_or_else(Failure::not_found)
}

async fn changed(tx: &Tx, id: Uuid, sent: &HashMap<Uuid, Quantity>, sign: i64) -> Result<Vec<line::Model>> {
    let mut lines = document::lines_of::<line::Entity>(tx, id).await?;
    for line in &mut lines {
        let Some(quantity) = sent.get(&line.id) else { continue };
        let shipped = line.shipped + sign * quantity.0;
        let approved = line.approved.unwrap_or_default();
        if shipped > approved {
            return Err(Failure::new(REQUISITION_EXCEEDED)
                .with("product", facts::product_label(tx, line.product_id).await?)
                .with("approved", Quantity(approved))
                .with("shipped", Quantity(line.shipped)));
        }
        line.shipped = shipped;
        document::save_line::<line::Entity>(tx, line.clone()).await?;
    }
    Ok(lines)
}
