//! Writes of the people who keep the stock.

use super::entity::{doc, line};
use super::{chain, model, old_part, posting, queries};
use crate::api::OldPartsLeaving;
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem::field;
use openapi::stock::STOCK_OPENING_POST;
use openapi::stock::document::{
    ApproveStockDoc, AuthoriseStockDoc, CreateStockDoc, DeclineStockDoc, PostStockDoc, PutStockDoc, RejectStockDoc,
    ReverseStockDoc, StockDoc, StockDocAction, StockDocDraft, StockDocLife, StockDocState, SubmitStockDoc,
    UpdateStockDoc, VoidStockDoc, is_write_off,
};
use openapi::stock::{NOT_AUTHORISED, NOT_OF_TICKET, OTHER_STATION, OWN_DOCUMENT, PHOTO_REQUIRED};
use openapi::{Issue, Quantity, Resource, problem};
use platform::doc::external;
use platform::doc::lifecycle::{self, stored};
use platform::{Call, Failure, Reach, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateStockDoc>) -> Result<StockDoc> {
    let posts = call.body.post;
    if posts && tx.context().idempotency_key.is_none() {
        // sent again it would be another document, and move the goods twice
        return Err(Failure::field("/post", Issue::new(problem::IDEMPOTENCY_KEY_REQUIRED)));
    }
    let (row, lines) = add(tx, call.body).await?;
    if posts {
        return queries::detail(tx, posted(tx, &row, &lines).await?).await;
    }
    queries::fresh(tx, row, lines).await
}

async fn add(tx: &Tx, draft: StockDocDraft) -> Result<(doc::Model, Vec<line::Model>)> {
    let kind = draft.kind;
    let blank =
        doc::Model { id: platform::new_id(), state: StockDocState::Draft.as_str().to_owned(), ..Default::default() };
    let (row, lines) = filled(tx, blank, draft).await?;
    let row = doc::Model { number: tx.number(kind).await?, ..row };
    let row = tx.create::<doc::Entity>(row).await?;
    tx.insert_all::<line::Entity>(lines.clone()).await?;
    lifecycle::created::<StockDocLife>(tx, row.id, StockDocState::Draft);
    Ok((row, lines))
}

pub async fn update(tx: &Tx, call: Call<UpdateStockDoc>) -> Result<StockDoc> {
    let before = tx.lock::<doc::Entity>(call.path.id).await?;
    queries::detail(tx, changed(tx, before, call.body).await?).await
}

/// Puts a draft as another system knows it.
pub async fn put(tx: &Tx, call: Call<PutStockDoc>) -> Result<StockDoc> {
    let draft = &call.body;
    let make = async || match add(tx, draft.clone()).await? {
        (row, lines) if draft.post => posted(tx, &row, &lines).await,
        (row, _) => Ok(row),
    };
    let row = external::put::<doc::Entity, _>(tx, &call.path, make, async |row| changed(tx, row, draft.clone()).await);
    queries::detail(tx, row.await?).await
}

/// Changes a draft, and posts it when it says so.
async fn changed(tx: &Tx, before: doc::Model, draft: StockDocDraft) -> Result<doc::Model> {
    let posts = draft.post;
    let (row, lines) = change(tx, before, draft).await?;
    if posts { posted(tx, &row, &lines).await } else { Ok(row) }
}

async fn change(tx: &Tx, before: doc::Model, draft: StockDocDraft) -> Result<(doc::Model, Vec<line::Model>)> {
    if stored::<StockDocState>(&before.state)? != StockDocState::Draft {
        let state = stored::<StockDocState>(&before.state)?.label(tx.lang());
        let action = tx.lang().pick("修改", "change");
        return Err(Failure::new(problem::STATE_CONFLICT).with("state", state).with("action", action));
    }
    if before.kind != draft.kind.as_str() {
        return Err(Failure::field("/kind", Issue::new(field::UNKNOWN_VALUE)));
    }
    let (after, lines) = filled(tx, before.clone(), draft).await?;
    let row = tx.save::<doc::Entity>(&before, after).await?;
    tx.remove(line::Entity::delete_many().filter(line::Column::DocId.eq(row.id))).await?;
    tx.insert_all::<line::Entity>(lines.clone()).await?;
    Ok((row, lines))
}

/// Checks a draft against the records that it names and writes it into a row.
async fn filled(tx: &Tx, row: doc::Model, draft: StockDocDraft) -> Result<(doc::Model, Vec<line::Model>)> {
    let not_there = |pointer: &str| Failure::not_there(pointer);
    master::api::effective_at(tx, draft.effective_at)?;
    let warehouse = draft.warehouse_id.uuid();
    let warehouses = facts::warehouses(tx, [warehouse]).await?;
    let warehouse = warehouses.get(&warehouse).filter(|w| w.is_active).ok_or_else(|| not_there("/warehouse_id"))?;
    if !tx.reaches_org(warehouse.org).await? {
        return Err(not_there("/warehouse_id"));
    }
    if let Some(engineer) = draft.engineer_id.map(|id| id.uuid()) {
        let known = facts::people(tx, [engineer]).await?.contains_key(&engineer);
        let is_in_reach = match &tx.context().reach {
            Reach::People(people, _) => people.contains(&engineer),
            _ => true,
        };
        if !known || !is_in_reach {
            return Err(not_there("/engineer_id"));
        }
    }
    if matches!(tx.context().reach, Reach::People(..)) && !model::needs_engineer(draft.kind) {
        return Err(platform::db::tx::forbidden(openapi::stock::STOCK_DOC_POST, tx.lang()));
    }
    if let Some(target) = draft.to_warehouse_id.map(|id| id.uuid()) {
        let target = facts::warehouses(tx, [target]).await?.remove(&target).filter(|w| w.is_active);
        if target.ok_or_else(|| not_there("/to_warehouse_id"))?.org != warehouse.org {
            return Err(Failure::field("/to_warehouse_id", Issue::new(OTHER_STATION)));
        }
    }
    if let Some(witness) = draft.witness_id.map(|id| id.uuid())
        && !facts::people(tx, [witness]).await?.contains_key(&witness)
    {
        return Err(not_there("/witness_id"));
    }
    let old_parts = match draft.ticket_id {
        Some(ticket) => old_part::open_of(tx, ticket.uuid(), warehouse.org).await?,
        None => Vec::new(),
    };
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid()).collect::<HashSet<_>>()).await?;
    let writer = if row.created_by.is_nil() { tx.actor().user_id } else { row.created_by };
    let known = model::Known { org: warehouse.org, products, old_parts, writer };
    model::filled(row, draft, known).map_err(Failure::fields)
}

pub async fn submit(tx: &Tx, call: Call<SubmitStockDoc>) -> Result<StockDoc> {
    step(tx, call.path.id.uuid(), StockDocAction::Submit, None).await
}

pub async fn approve(tx: &Tx, call: Call<ApproveStockDoc>) -> Result<StockDoc> {
    let row = tx.lock::<doc::Entity>(call.path.id).await?;
    if writes_off(&row)? {
        return Err(Failure::new(NOT_AUTHORISED));
    }
    step(tx, call.path.id.uuid(), StockDocAction::Approve, None).await
}

pub async fn reject(tx: &Tx, call: Call<RejectStockDoc>) -> Result<StockDoc> {
    step(tx, call.path.id.uuid(), StockDocAction::Reject, Some(&call.body.reason)).await
}

pub async fn authorise(tx: &Tx, call: Call<AuthoriseStockDoc>) -> Result<StockDoc> {
    let row = tx.lock::<doc::Entity>(call.path.id).await?;
    if !writes_off(&row)? {
        return Err(conflict(tx, &row, StockDocAction::Authorise)?);
    }
    if row.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    step(tx, row.id, StockDocAction::Authorise, None).await
}

pub async fn decline(tx: &Tx, call: Call<DeclineStockDoc>) -> Result<StockDoc> {
    let row = tx.lock::<doc::Entity>(call.path.id).await?;
    if !writes_off(&row)? {
        return Err(conflict(tx, &row, StockDocAction::Decline)?);
    }
    step(tx, row.id, StockDocAction::Decline, Some(&call.body.reason)).await
}

fn writes_off(row: &doc::Model) -> Result<bool> {
    Ok(is_write_off(stored(&row.kind)?, stored(&row.reason)?))
}

fn conflict(tx: &Tx, row: &doc::Model, action: StockDocAction) -> Result<Failure> {
    let state = stored::<StockDocState>(&row.state)?.label(tx.lang());
    Ok(Failure::new(problem::STATE_CONFLICT).with("state", state).with("action", action.label(tx.lang())))
}

pub async fn void(tx: &Tx, call: Call<VoidStockDoc>) -> Result<StockDoc> {
    step(tx, call.path.id.uuid(), StockDocAction::Void, Some(&call.body.reason)).await
}

/// A step that moves nothing but the document.
async fn step(tx: &Tx, id: Uuid, action: StockDocAction, note: Option<&str>) -> Result<StockDoc> {
    let before = tx.lock::<doc::Entity>(id).await?;
    let state = lifecycle::advance::<StockDocLife>(tx, id, stored(&before.state)?, action, note)?;
    let after = doc::Model { state: state.as_str().to_owned(), ..before.clone() };
    let row = tx.save::<doc::Entity>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn post(tx: &Tx, call: Call<PostStockDoc>) -> Result<StockDoc> {
    let before = tx.lock::<doc::Entity>(call.path.id).await?;
    let lines = posting::lines_of(tx, before.id).await?;
    queries::detail(tx, posted(tx, &before, &lines).await?).await
}

/// Posts a document that is locked, or that this very call wrote.
async fn posted(tx: &Tx, before: &doc::Model, lines: &[line::Model]) -> Result<doc::Model> {
    lifecycle::advance::<StockDocLife>(tx, before.id, stored(&before.state)?, StockDocAction::Post, None)?;
    if stored::<DocKind>(&before.kind)? == DocKind::OpeningStock {
        tx.require(STOCK_OPENING_POST)?;
    }
    may_be_posted(tx, before, lines).await?;
    let (after, _) = posting::post(tx, before, lines, &HashMap::new()).await?;
    tx.save::<doc::Entity>(before, after).await
}

/// What is written off was authorised, what is destroyed was photographed, what goes back to a customer came from there.
async fn may_be_posted(tx: &Tx, head: &doc::Model, lines: &[line::Model]) -> Result<()> {
    let (kind, state) = (stored::<DocKind>(&head.kind)?, stored::<StockDocState>(&head.state)?);
    if writes_off(head)? && state != StockDocState::Approved {
        return Err(Failure::new(NOT_AUTHORISED));
    }
    if kind == DocKind::Destruction && !platform::attachment::has_picture(tx, (StockDoc::NAME, head.id)).await? {
        return Err(Failure::new(PHOTO_REQUIRED));
    }
    if let (DocKind::BadPartReturn, Some(ticket)) = (kind, head.ticket_id) {
        old_part::lock(tx, ticket).await?;
        let mut open = old_part::open_of(tx, ticket, head.org_id).await?;
        for line in lines {
            let (serial, owner) = (line.serial.as_deref(), Some(line.owner.as_str()));
            let taken = old_part::take(&mut open, line.product_id, serial, owner, Quantity(line.quantity));
            taken.map_err(|open| Failure::new(NOT_OF_TICKET).with("open", open))?;
        }
        tx.emit(&OldPartsLeaving { ticket, left: open }).await?;
    }
    Ok(())
}

pub async fn reverse(tx: &Tx, call: Call<ReverseStockDoc>) -> Result<StockDoc> {
    let before = tx.lock::<doc::Entity>(call.path.id).await?;
    let row = chain::reverse(tx, before, &call.body.reason, &call.body.with).await?;
    queries::detail(tx, row).await
}
