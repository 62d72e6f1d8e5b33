//! What headquarters grants: a whole plan, or lines of several plans at once; and the requisitions that supply them.
//!
//! Plans are locked in the order of their ids and raised by one version each time, so that of two people at once the
//! second one reads what the first one did, or is told that a plan has changed.

use super::entity::{line, plan};
use super::model::{self, Grant, Issues};
use super::queries;
use super::supply::{self, Supply};
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
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

type Head = plan::Entity;

/// A locked plan with its lines and what is said of them.
struct Named {
    plan: plan::Model,
    lines: Vec<line::Model>,
    grants: Vec<Grant>,
}

pub async fn approve(tx: &Tx, call: Call<ApprovePartsPlan>) -> Result<PartsPlan> {
    let plan = tx.lock::<Head>(call.path.id).await?;
    let body = call.body;
    let lines = document::lines_of::<line::Entity>(tx, plan.id).await?;
    let of: HashMap<Uuid, Uuid> = lines.iter().map(|line| (line.id, line.plan_id)).collect();
    let grants = sorted(&body.lines, &of).map_err(Failure::fields)?.remove(&plan.id).unwrap_or_default();
    current(&plan, &body.lines, &grants)?;
    // whether this ends the decision is a matter of the state table, as ever
    let after = document::stepped::<Head>(tx, &plan, PartsPlanAction::Approve, body.remark.as_deref())?;
    let supply = supply::of(tx, &[plan.id]).await?;
    let row = granted(tx, Named { plan, lines, grants }, Some(after), &supply).await?;
    queries::detail(tx, row).await
}

pub async fn decide(tx: &Tx, call: Call<DecidePartsPlanLines>) -> Result<PartsPlansDecided> {
    let mut items = Vec::new();
    let (all, supply) = locked(tx, &call.body.lines).await?;
    for named in all {
        let row = granted(tx, named, None, &supply).await?;
        items.push(shown!(row => PartsPlanName { id, number, state })?);
    }
    Ok(PartsPlansDecided { items })
}

/// Decides lines of one plan. With `after`, the plan is approved as a whole: what is not named in full; else it is
/// approved when nothing is undecided any more.
async fn granted(
    tx: &Tx,
    Named { plan: before, lines, grants }: Named,
    after: Option<plan::Model>,
    supply: &HashMap<Uuid, Supply>,
) -> Result<plan::Model> {
    use PartsPlanAction as A;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let rows = model::decided(lines.clone(), supply, &grants, after.is_some()).map_err(Failure::fields)?;
    let after = match after {
        Some(after) => after,
        None => {
            let is_last = rows.iter().all(|line| line.approved.is_some());
            let is_open = document::state_of::<Head>(&before)? == PartsPlanState::Submitted;
            document::stepped::<Head>(tx, &before, if is_last && is_open { A::Approve } else { A::Decide }, None)?
        }
    };
    // less than before may be what has come already
    let is_approved = document::state_of::<Head>(&after)? == PartsPlanState::Approved;
    let after = match is_approved && model::is_supplied(&rows, supply) {
        true => document::followed::<Head>(tx, &after, A::Fulfil, None)?,
        false => after,
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
    let (all, supply) = locked(tx, &call.body.lines).await?;
    for Named { plan: before, lines, grants } in all {
        let state = document::state_of::<Head>(&before)?;
        if state != PartsPlanState::Approved {
            let action = PartsPlanAction::Requisition.label(tx.lang());
            return Err(Failure::new(problem::STATE_CONFLICT)
                .with("state", state.label(tx.lang()))
                .with("action", action));
        }
        let wanted = wanted(tx, lines, &supply, &grants).await?;
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
async fn wanted(
    tx: &Tx,
    lines: Vec<line::Model>,
    supply: &HashMap<Uuid, Supply>,
    grants: &[Grant],
) -> Result<Vec<Wanted>> {
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

/// The plans in reach whose lines are named, locked, each with its lines and what is said of them; and how far all of them
/// are supplied. As many statements for a hundred plans as for one.
async fn locked(tx: &Tx, drafts: &[PartsPlanGrant]) -> Result<(Vec<Named>, HashMap<Uuid, Supply>)> {
    let ids: HashSet<Uuid> = drafts.iter().map(|line| line.line_id.uuid()).collect();
    let found = line::Entity::find().filter(line::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let ids: HashSet<Uuid> = found.iter().map(|line| line.plan_id).collect();
    let plans = tx.lock_all::<Head>(Condition::all().add(plan::Column::Id.is_in(ids))).await?;
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let near: HashSet<&Uuid> = ids.iter().collect();
    let of = found.iter().filter(|line| near.contains(&line.plan_id)).map(|line| (line.id, line.plan_id)).collect();
    let mut named = sorted(drafts, &of).map_err(Failure::fields)?;
    let mut lines: HashMap<Uuid, Vec<line::Model>> = HashMap::new();
    for line in document::lines_of_all::<line::Entity>(tx, ids.iter().copied()).await? {
        lines.entry(line.plan_id).or_default().push(line);
    }
    let mut all = Vec::with_capacity(plans.len());
    for plan in plans {
        let grants = named.remove(&plan.id).unwrap_or_default();
        current(&plan, drafts, &grants)?;
        let lines = lines.remove(&plan.id).unwrap_or_default();
        all.push(Named { plan, lines, grants });
    }
    Ok((all, supply::of(tx, &ids).await?))
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
fn current(plan: &plan::Model, lines: &[PartsPlanGrant], grants: &[Grant]) -> Result<()> {
    let versions = grants.iter().filter_map(|grant| lines.get(grant.at)?.version);
    for version in versions {
        if version != plan.version {
            return Err(Failure::new(PARTS_PLAN_CHANGED).with("number", plan.number.clone()));
        }
    }
    Ok(())
}
