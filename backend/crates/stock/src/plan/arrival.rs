//! What a plan makes of goods that came, or that were taken back.

use super::entity::{line, plan};
use super::{model, supply};
use crate::requisition;
use openapi::stock::plan::{PartsPlanAction, PartsPlanState};
use platform::doc::document;
use platform::{Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

/// A plan ends by itself when everything that was approved has come, and waits again when some of it is taken back. The
/// transfer is locked, its lines are written; who signs for it needs no right for plans.
pub async fn follow(tx: &Tx, requisition: Option<Uuid>, by: &str) -> Result<()> {
    let Some(id) = requisition else { return Ok(()) };
    let named = requisition::plan_lines(id).into_query();
    let lines =
        line::Entity::find().filter(line::Column::Id.in_subquery(named)).select_only().column(line::Column::PlanId);
    let select = plan::Entity::find().filter(plan::Column::Id.in_subquery(lines.into_query()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    // a requisition supplies one plan
    let Some(before) = select.one(tx.conn()).await? else { return Ok(()) };
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let is_supplied = model::is_supplied(&lines, &supply::of(tx, &[before.id]).await?);
    let action = match (document::state_of::<plan::Entity>(&before)?, is_supplied) {
        (PartsPlanState::Approved, true) => PartsPlanAction::Fulfil,
        (PartsPlanState::Supplied, false) => PartsPlanAction::Reopen,
        _ => return Ok(()),
    };
    let after = document::followed::<plan::Entity>(tx, &before, action, Some(by))?;
    tx.save::<plan::Entity>(&before, after).await?;
    Ok(())
}
