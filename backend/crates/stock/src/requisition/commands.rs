//! Writes.

use super::entity::{line, requisition};
use super::{model, queries};
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem::field;
use openapi::stock::requisition::{
    ApproveRequisition, CloseRequisition, CreateRequisition, RejectRequisition, Requisition, RequisitionAction,
    RequisitionDraft, RequisitionState, SubmitRequisition, UpdateRequisition, VoidRequisition,
};
use openapi::stock::{OWN_REQUISITION, REQUISITION_APPROVE, REQUISITION_EDIT, SAME_STATION};
use openapi::{Issue, Note};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateRequisition>) -> Result<Requisition> {
    let blank = requisition::Model {
        id: platform::new_id(),
        org_id: tx.actor().org_id,
        state: RequisitionState::Draft.as_str().to_owned(),
        ..Default::default()
    };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = requisition::Model { number: tx.number(DocKind::Requisition).await?, ..row };
    let row = document::open::<requisition::Entity, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateRequisition>) -> Result<Requisition> {
    let before = document::lock_draft::<requisition::Entity>(tx, call.path.id.uuid(), RequisitionState::Draft).await?;
    tx.require_at(REQUISITION_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<requisition::Entity, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

async fn filled(
    tx: &Tx,
    row: requisition::Model,
    draft: RequisitionDraft,
) -> Result<(requisition::Model, Vec<line::Model>)> {
    let supplier = identity::api::station(tx.conn(), draft.supplier_id.uuid()).await?.filter(|s| s.is_open);
    let supplier = supplier.ok_or_else(|| wrong("/supplier_id", Issue::new(field::REFERENCE_NOT_FOUND)))?;
    if supplier.id == row.org_id {
        return Err(wrong("/supplier_id", Issue::new(SAME_STATION)));
    }
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    model::filled(row, draft, &products).map_err(Failure::fields)
}

fn wrong(pointer: &str, issue: Issue) -> Failure {
    Failure::field(pointer, issue)
}

pub async fn submit(tx: &Tx, call: Call<SubmitRequisition>) -> Result<Requisition> {
    by_requester(tx, call.path.id.uuid(), RequisitionAction::Submit, None).await
}

pub async fn void(tx: &Tx, call: Call<VoidRequisition>) -> Result<Requisition> {
    by_requester(tx, call.path.id.uuid(), RequisitionAction::Void, Some(&call.body.reason)).await
}

pub async fn reject(tx: &Tx, call: Call<RejectRequisition>) -> Result<Requisition> {
    by_supplier(tx, call.path.id.uuid(), RequisitionAction::Reject, &call.body.reason).await
}

pub async fn close(tx: &Tx, call: Call<CloseRequisition>) -> Result<Requisition> {
    by_supplier(tx, call.path.id.uuid(), RequisitionAction::Close, &call.body.reason).await
}

async fn by_requester(tx: &Tx, id: Uuid, action: RequisitionAction, note: Option<&str>) -> Result<Requisition> {
    let before = tx.lock::<requisition::Entity>(id).await?;
    tx.require_at(REQUISITION_EDIT, before.org_id).await?;
    let after = document::stepped::<requisition::Entity>(tx, &before, action, note)?;
    let row = tx.save::<requisition::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}

async fn by_supplier(tx: &Tx, id: Uuid, action: RequisitionAction, reason: &Note<500>) -> Result<Requisition> {
    let before = tx.lock::<requisition::Entity>(id).await?;
    tx.require_at(REQUISITION_APPROVE, before.supplier_id).await?;
    let after = document::stepped::<requisition::Entity>(tx, &before, action, Some(reason))?;
    let row = tx.save::<requisition::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn approve(tx: &Tx, call: Call<ApproveRequisition>) -> Result<Requisition> {
    let before = tx.lock::<requisition::Entity>(call.path.id).await?;
    tx.require_at(REQUISITION_APPROVE, before.supplier_id).await?;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_REQUISITION));
    }
    let note = call.body.remark.as_deref();
    let after = document::stepped::<requisition::Entity>(tx, &before, RequisitionAction::Approve, note)?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    for line in model::granted(lines, &call.body.lines).map_err(Failure::fields)? {
        document::save_line::<line::Entity>(tx, line).await?;
    }
    let row = tx.save::<requisition::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}
