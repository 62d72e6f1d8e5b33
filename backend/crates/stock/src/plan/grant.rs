//! What headquarters grants: a whole plan, or lines of several plans at once; and the requisitions that supply them.
//!
//! Plans are locked in the order of their ids and raised by one version each time, so that of two people at once the
//! second one reads what the first one did, or is told that a plan has changed.

use super::entity::{line, plan};
use super::model::{self, Grant, Issues};
use super::{queries, supply};
use crate::facts;
use crate::requisition::planned::{self, Wanted};
use openapi::choice::Choice;
use openapi::problem::{self, field};
use openapi::stock::plan::{
    ApprovePartsPlan, DecidePartsPlanLines, PartsPlan, PartsPlanAction, PartsPlanGrant, PartsPlanName,
    PartsPlanRequisitions, PartsPlanState, PartsPlansDecided, RequisitionPartsPlanLines,
};
use openapi::stock::{OWN_DOCUMENT, PARTS_PLAN_CHANGED, PARTS_PLAN_EXCEEDED};
use openapi::{Issue, Quantity, shown};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

type Head = plan::Entity;

pub async fn approve(tx: &Tx, call: Call<ApprovePartsPlan>) -> Result<PartsPlan> {
    let before = tx.lock::<Head>(call.path.id).await?;
    let body = call.body;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let of: HashMap<Uuid, Uuid> = lines.iter().map(|line| (line.id, line.plan_id)).collect();
    let named = sorted(&body.lines, &of).map_err(Failure::fields)?;
    current(&before, &body.lines, named.get(&before.id))?;
    let grants = named.get(&before.id).map(Vec::as_slice).unwrap_or_default();
    // whether this ends the decision is a matter of the state table, as ever
    let after = document::stepped::<Head>(tx, &before, PartsPlanAction::Approve, body.remark.as_deref())?;
    let row = granted(tx, before, Some(after), lines, grants).await?;
    queries::detail(tx, row).await
}

pub async fn decide(tx: &Tx, call: Call<DecidePartsPlanLines>) -> Result<PartsPlansDecided> {
    let mut items = Vec::new();
    for (before, grants) in locked(tx, &call.body.lines).await? {
        let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
        let row = granted(tx, before, None, lines, &grants).await?;
        items.push(shown!(row => PartsPlanName { id, number, state })?);
    }
    Ok(PartsPlansDecided { items })
}

/// Decides lines of one plan. With `after`, the plan is approved as a whole: what is not named in full; else it is
/// approved when nothing is undecided any more.
async fn granted(
    tx: &Tx,
    before: plan::Model,
    after: Option<plan::Model>,
    lines: Vec<line::Model>,
    grants: &[Grant],
) -> Result<plan::Model> {
    use PartsPlanAction as A;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let supply = supply::of(tx, &[before.id]).await?;
    let rows = model::decided(lines.clone(), &supply, grants, after.is_some()).map_err(Failure::fields)?;
    let after = match after {
        Some(after) => after,
        None => {
            let is_last = rows.iter().all(|line| line.approved.is_some());
            let is_open = document::state_of::<Head>(&before)? == PartsPlanState::Submitted;
            document::stepped::<Head>(tx, &before, if is_last && is_open { A::Approve } else { A::Decide }, None)?
        }
    };
    for (was, line) in lines.iter().zip(rows) {
        if *was != line {
            document::save_line::<line::Entity>(tx, line).await?;
        }
    }
    tx.save::<Head>(&before, after).await
}

pub async fn requisition(tx: &Tx, call: Call<RequisitionPartsPlanLines>) -> Result<PartsPlanRequisitions> {
    let mut made = Vec::new();
    for (before, grants) in locked(tx, &call.body.lines).await? {
        let state = document::state_of::<Head>(&before)?;
        if state != PartsPlanState::Approved {
            let action = PartsPlanAction::Requisition.label(tx.lang());
            return Err(Failure::new(problem::STATE_CONFLICT)
                .with("state", state.label(tx.lang()))
                .with("action", action));
        }
        let wanted = wanted(tx, &before, &grants).await?;
        if wanted.is_empty() {
            continue;
        }
        let row = planned::make(tx, &before, wanted).await?;
        let after = document::stepped::<Head>(tx, &before, PartsPlanAction::Requisition, Some(&row.number))?;
        tx.save::<Head>(&before, after).await?;
        made.push(row);
    }
    if made.is_empty() {
        return Err(Failure::field("/lines", Issue::new(field::REQUIRED)));
    }
    Ok(PartsPlanRequisitions { items: queries::requisitions(tx, made).await? })
}

/// What of one plan goes into a requisition: never more than was approved and is in none yet.
async fn wanted(tx: &Tx, plan: &plan::Model, grants: &[Grant]) -> Result<Vec<Wanted>> {
    let lines = document::lines_of::<line::Entity>(tx, plan.id).await?;
    let supply = supply::of(tx, &[plan.id]).await?;
    let mut wanted = Vec::new();
    for line in lines {
        let Some(grant) = grants.iter().find(|grant| grant.line == line.id && grant.quantity > 0) else { continue };
        let requisitioned = supply.get(&line.id).map_or(0, |supply| supply.requisitioned);
        let approved = line.approved.unwrap_or_default();
        if requisitioned + grant.quantity > approved {
            return Err(Failure::new(PARTS_PLAN_EXCEEDED)
                .with("product", facts::product_label(tx, line.product_id).await?)
                .with("approved", Quantity(approved))
                .with("requisitioned", Quantity(requisitioned)));
        }
        wanted.push(Wanted { line: line.id, product: line.product_id, quantity: grant.quantity, remark: line.remark });
    }
    Ok(wanted)
}

/// The plans in reach whose lines are named, locked, each with what is said of its lines.
async fn locked(tx: &Tx, lines: &[PartsPlanGrant]) -> Result<Vec<(plan::Model, Vec<Grant>)>> {
    let ids: HashSet<Uuid> = lines.iter().map(|line| line.line_id.uuid()).collect();
    let found = line::Entity::find().filter(line::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let plans: HashSet<Uuid> = found.iter().map(|line| line.plan_id).collect();
    let near = tx.select::<Head>().filter(plan::Column::Id.is_in(plans)).all(tx.conn()).await?;
    let near: HashSet<Uuid> = near.into_iter().map(|plan| plan.id).collect();
    let of = found.iter().filter(|line| near.contains(&line.plan_id)).map(|line| (line.id, line.plan_id)).collect();
    let named = sorted(lines, &of).map_err(Failure::fields)?;
    let mut plans = Vec::with_capacity(named.len());
    for (id, grants) in named {
        let plan = tx.lock_other::<Head>(id).await?;
        current(&plan, lines, Some(&grants))?;
        plans.push((plan, grants));
    }
    Ok(plans)
}

/// What is said of lines, plan by plan; `of` knows the plan of each line in reach.
fn sorted(lines: &[PartsPlanGrant], of: &HashMap<Uuid, Uuid>) -> Result<BTreeMap<Uuid, Vec<Grant>>, Issues> {
    let (mut issues, mut seen) = (Issues::new(), HashSet::new());
    let mut named: BTreeMap<Uuid, Vec<Grant>> = BTreeMap::new();
    for (at, draft) in lines.iter().enumerate() {
        let line = draft.line_id.uuid();
        match of.get(&line) {
            None => issues.push((format!("/lines/{at}/line_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(_) if !seen.insert(line) => {
                issues.push((format!("/lines/{at}/line_id"), Issue::new(field::DUPLICATE)))
            }
            Some(plan) => named.entry(*plan).or_default().push(Grant { at, line, quantity: draft.quantity.0 }),
        }
    }
    if issues.is_empty() { Ok(named) } else { Err(issues) }
}

/// Refuses when somebody changed the plan since its lines were read.
fn current(plan: &plan::Model, lines: &[PartsPlanGrant], grants: Option<&Vec<Grant>>) -> Result<()> {
    let versions = grants.into_iter().flatten().filter_map(|grant| lines.get(grant.at)?.version);
    for version in versions {
        if version != plan.version {
            return Err(Failure::new(PARTS_PLAN_CHANGED).with("number", plan.number.clone()));
        }
    }
    Ok(())
}
