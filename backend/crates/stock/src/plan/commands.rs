//! Writes of the station, and what headquarters does to a whole plan.

use super::entity::{line, plan};
use super::{model, queries};
use crate::facts;
use openapi::Month;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::plan::{
    CancelPartsPlan, ClosePartsPlan, CreatePartsPlan, PartsPlan, PartsPlanAction, PartsPlanDraft, PartsPlanKind,
    PartsPlanState, SendBackPartsPlan, SubmitPartsPlan, UpdatePartsPlan,
};
use openapi::stock::{
    PARTS_PLAN_EDIT, PARTS_PLAN_EMPTY, PARTS_PLAN_HEADQUARTERS, PARTS_PLAN_MONTH_OVER, PARTS_PLAN_OF_MONTH_EXISTS,
};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

type Head = plan::Entity;

pub async fn create(tx: &Tx, call: Call<CreatePartsPlan>) -> Result<PartsPlan> {
    let org_id = tx.actor().org_id;
    if identity::api::root(tx).await?.id == org_id {
        return Err(Failure::new(PARTS_PLAN_HEADQUARTERS));
    }
    let state = PartsPlanState::Draft.as_str().to_owned();
    let blank = plan::Model { id: platform::new_id(), org_id, state, ..Default::default() };
    let (row, lines) = filled(tx, blank, &[], call.body).await?;
    let row = plan::Model { number: tx.number(DocKind::PartsPlan).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdatePartsPlan>) -> Result<PartsPlan> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), PartsPlanState::Draft).await?;
    tx.require_at(PARTS_PLAN_EDIT, before.org_id).await?;
    let known = document::lines_of::<line::Entity>(tx, before.id).await?;
    let (after, lines) = filled(tx, before.clone(), &known, call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

async fn filled(
    tx: &Tx,
    row: plan::Model,
    known: &[line::Model],
    draft: PartsPlanDraft,
) -> Result<(plan::Model, Vec<line::Model>)> {
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    let (row, lines) = model::filled(row, known, draft, &products, tx.today()).map_err(Failure::fields)?;
    if row.kind == PartsPlanKind::Monthly.as_str() {
        require_only(tx, &row).await?;
    }
    Ok((row, lines))
}

/// Refuses another plan of a month while one of the station is under way. Of two that are written at once the index lets
/// one pass.
async fn require_only(tx: &Tx, row: &plan::Model) -> Result<()> {
    use plan::Column as C;
    let under_way = [PartsPlanState::Draft, PartsPlanState::Submitted, PartsPlanState::Approved];
    let other = plan::Entity::find()
        .filter(C::OrgId.eq(row.org_id))
        .filter(C::Month.eq(row.month))
        .filter(C::Kind.eq(&row.kind))
        .filter(C::State.is_in(under_way.map(|state| state.as_str())))
        .filter(C::Id.ne(row.id));
    match other.one(tx.conn()).await? {
        Some(_) => Err(Failure::new(PARTS_PLAN_OF_MONTH_EXISTS)),
        None => Ok(()),
    }
}

pub async fn submit(tx: &Tx, call: Call<SubmitPartsPlan>) -> Result<PartsPlan> {
    let before = tx.lock::<Head>(call.path.id).await?;
    tx.require_at(PARTS_PLAN_EDIT, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, PartsPlanAction::Submit, None)?;
    if before.total_quantity == 0 {
        return Err(Failure::new(PARTS_PLAN_EMPTY));
    }
    let month = Month::from_number(before.month).unwrap_or(Month::of(tx.today()));
    if model::is_over(month, before.needed_on, tx.today()) {
        return Err(Failure::new(PARTS_PLAN_MONTH_OVER));
    }
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn cancel(tx: &Tx, call: Call<CancelPartsPlan>) -> Result<PartsPlan> {
    step(tx, call.path.id.uuid(), PartsPlanAction::Cancel, &call.body.reason).await
}

pub async fn close(tx: &Tx, call: Call<ClosePartsPlan>) -> Result<PartsPlan> {
    step(tx, call.path.id.uuid(), PartsPlanAction::Close, &call.body.reason).await
}

pub async fn send_back(tx: &Tx, call: Call<SendBackPartsPlan>) -> Result<PartsPlan> {
    let before = tx.lock::<Head>(call.path.id).await?;
    let after = document::stepped::<Head>(tx, &before, PartsPlanAction::SendBack, Some(&call.body.reason))?;
    // it is decided anew when it comes again
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    for line in lines.into_iter().filter(|line| line.approved.is_some()) {
        document::save_line::<line::Entity>(tx, line::Model { approved: None, ..line }).await?;
    }
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

async fn step(tx: &Tx, id: Uuid, action: PartsPlanAction, reason: &str) -> Result<PartsPlan> {
    let row = document::step::<Head>(tx, id, action, Some(reason)).await?;
    queries::detail(tx, row).await
}
