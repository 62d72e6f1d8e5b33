//! Writes of the application: drafted, handed in, approved or rejected, voided.

use super::entity::{line, refurb};
use super::{model, queries};
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::customer::PartyRole;
use openapi::stock::refurb::{
    ApproveRefurb, CreateRefurb, Refurb, RefurbAction, RefurbDraft, RefurbState, RejectRefurb, SubmitRefurb,
    UpdateRefurb, VoidRefurb,
};
use openapi::stock::{OTHER_STATION, OWN_DOCUMENT, REFURB_APPROVE, REFURB_EDIT};
use openapi::{Issue, Permission};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

type Head = refurb::Entity;

pub async fn create(tx: &Tx, call: Call<CreateRefurb>) -> Result<Refurb> {
    let state = RefurbState::Draft.as_str().to_owned();
    let blank = refurb::Model { id: platform::new_id(), state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = refurb::Model { number: tx.number(DocKind::Refurb).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateRefurb>) -> Result<Refurb> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), RefurbState::Draft).await?;
    tx.require_at(REFURB_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    if after.org_id != before.org_id {
        return Err(Failure::field("/warehouse_id", Issue::new(OTHER_STATION)));
    }
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against the records that it names and writes it into a row and lines.
async fn filled(tx: &Tx, row: refurb::Model, draft: RefurbDraft) -> Result<(refurb::Model, Vec<line::Model>)> {
    let unknown = |pointer: &str| Failure::not_there(pointer);
    let id = draft.warehouse_id.uuid();
    let warehouse = facts::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
    let org_id = warehouse.ok_or_else(|| unknown("/warehouse_id"))?.org;
    if !tx.may_at(REFURB_EDIT, org_id).await? {
        return Err(unknown("/warehouse_id"));
    }
    if let Some(agent) = draft.agent_id {
        master::api::choose_party(tx, agent.cast(), &[PartyRole::Dealer], "/agent_id").await?;
    }
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    model::filled(refurb::Model { org_id, ..row }, draft, &products).map_err(Failure::fields)
}

/// The document of the path, locked, before and after a step.
pub async fn stepped(
    tx: &Tx,
    id: Uuid,
    permission: Permission,
    action: RefurbAction,
    note: Option<&str>,
) -> Result<(refurb::Model, refurb::Model)> {
    let before = tx.lock::<Head>(id).await?;
    tx.require_at(permission, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, action, note)?;
    Ok((before, after))
}

/// A step that changes nothing but the state.
async fn step(tx: &Tx, id: Uuid, needs: Permission, action: RefurbAction, note: Option<&str>) -> Result<Refurb> {
    let (before, after) = stepped(tx, id, needs, action, note).await?;
    if action == RefurbAction::Approve && before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn submit(tx: &Tx, call: Call<SubmitRefurb>) -> Result<Refurb> {
    step(tx, call.path.id.uuid(), REFURB_EDIT, RefurbAction::Submit, None).await
}

pub async fn approve(tx: &Tx, call: Call<ApproveRefurb>) -> Result<Refurb> {
    step(tx, call.path.id.uuid(), REFURB_APPROVE, RefurbAction::Approve, None).await
}

pub async fn reject(tx: &Tx, call: Call<RejectRefurb>) -> Result<Refurb> {
    step(tx, call.path.id.uuid(), REFURB_APPROVE, RefurbAction::Reject, Some(&call.body.reason)).await
}

pub async fn void(tx: &Tx, call: Call<VoidRefurb>) -> Result<Refurb> {
    step(tx, call.path.id.uuid(), REFURB_EDIT, RefurbAction::Void, Some(&call.body.reason)).await
}
