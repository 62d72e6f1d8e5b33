//! Writes. Lock order: the document, then the balances.

use super::entity::{line, revaluation};
use super::{goods, model, queries};
use crate::document::for_document::{PostingDraft, post_for, reverse_postings};
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::NOT_CHANGEABLE;
use openapi::stock::document::StockReason;
use openapi::stock::revaluation::{
    ApproveRevaluation, CreateRevaluation, RejectRevaluation, Revaluation, RevaluationAction, RevaluationDraft,
    RevaluationState, ReverseRevaluation, SubmitRevaluation, UpdateRevaluation, VoidRevaluation,
};
use openapi::stock::{
    OWN_DOCUMENT, REVALUATION_APPROVE, REVALUATION_EDIT, REVALUATION_NO_CHANGE, REVALUATION_NOTHING_THERE,
    REVALUATION_REVERSE,
};
use openapi::{Issue, Permission};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

type Head = revaluation::Entity;

pub async fn create(tx: &Tx, call: Call<CreateRevaluation>) -> Result<Revaluation> {
    let org_id = call.body.org_id.map_or(tx.actor().org_id, |id| id.uuid());
    let not_there = || Failure::not_there("/org_id");
    if !tx.may_at(REVALUATION_EDIT, org_id).await? || identity::api::station(tx.conn(), org_id).await?.is_none() {
        return Err(not_there());
    }
    let state = RevaluationState::Draft.as_str().to_owned();
    let blank = revaluation::Model { id: platform::new_id(), org_id, state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = revaluation::Model { number: tx.number(DocKind::Revaluation).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateRevaluation>) -> Result<Revaluation> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), RevaluationState::Draft).await?;
    tx.require_at(REVALUATION_EDIT, before.org_id).await?;
    if call.body.org_id.is_some_and(|org| org.uuid() != before.org_id) {
        return Err(Failure::field("/org_id", Issue::new(NOT_CHANGEABLE)));
    }
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

async fn filled(
    tx: &Tx,
    row: revaluation::Model,
    draft: RevaluationDraft,
) -> Result<(revaluation::Model, Vec<line::Model>)> {
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    model::filled(row, draft, &products).map_err(Failure::fields)
}

/// The document of the path, locked, before and after a step.
async fn stepped(
    tx: &Tx,
    id: Uuid,
    permission: Permission,
    action: RevaluationAction,
    note: Option<&str>,
) -> Result<(revaluation::Model, revaluation::Model)> {
    let before = tx.lock::<Head>(id).await?;
    tx.require_at(permission, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, action, note)?;
    Ok((before, after))
}

async fn saved(tx: &Tx, (before, after): (revaluation::Model, revaluation::Model)) -> Result<Revaluation> {
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn submit(tx: &Tx, call: Call<SubmitRevaluation>) -> Result<Revaluation> {
    let id = call.path.id.uuid();
    saved(tx, stepped(tx, id, REVALUATION_EDIT, RevaluationAction::Submit, None).await?).await
}

pub async fn reject(tx: &Tx, call: Call<RejectRevaluation>) -> Result<Revaluation> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    saved(tx, stepped(tx, id, REVALUATION_APPROVE, RevaluationAction::Reject, Some(reason)).await?).await
}

pub async fn void(tx: &Tx, call: Call<VoidRevaluation>) -> Result<Revaluation> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    saved(tx, stepped(tx, id, REVALUATION_EDIT, RevaluationAction::Void, Some(reason)).await?).await
}

pub async fn approve(tx: &Tx, call: Call<ApproveRevaluation>) -> Result<Revaluation> {
    let id = call.path.id.uuid();
    let (before, after) = stepped(tx, id, REVALUATION_APPROVE, RevaluationAction::Approve, None).await?;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let wanted: Vec<Uuid> = lines.iter().map(|line| line.product_id).collect();
    goods::hold_still(tx, before.org_id, &wanted).await?;
    let held = goods::held(tx, before.org_id, &wanted).await?;
    let products = facts::products(tx, wanted).await?;
    let (mut moves, mut difference) = (Vec::new(), 0);
    for line in lines {
        let is_tracked = products.get(&line.product_id).is_some_and(|p| p.is_serial_tracked);
        let line = model::valued(line, is_tracked, &held);
        if line.quantity == Some(0) {
            let product = facts::product_label(tx, line.product_id).await?;
            return Err(Failure::new(REVALUATION_NOTHING_THERE).with("product", product));
        }
        moves.extend(model::moves(&before, &line, is_tracked, &held)?);
        difference += line.difference.unwrap_or_default();
        document::save_line::<line::Entity>(tx, line).await?;
    }
    if moves.is_empty() {
        return Err(Failure::new(REVALUATION_NO_CHANGE));
    }
    let posting = PostingDraft {
        kind: DocKind::ValueChange,
        reason: StockReason::Revaluation,
        org: before.org_id,
        warehouse: None,
        source: (DocKind::Revaluation, before.id, before.number.clone()),
        effective_at: None,
        moves,
    };
    post_for(tx, posting).await?;
    let after = revaluation::Model { posted_at: Some(tx.now()), difference: Some(difference), ..after };
    saved(tx, (before, after)).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseRevaluation>) -> Result<Revaluation> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let rows = stepped(tx, id, REVALUATION_REVERSE, RevaluationAction::Reverse, Some(reason)).await?;
    reverse_postings(tx, id, &[DocKind::ValueChange], reason).await?;
    saved(tx, rows).await
}
