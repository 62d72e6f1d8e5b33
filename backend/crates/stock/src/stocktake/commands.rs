//! Writes.

use super::entity::{count, line, stocktake};
use super::goods::{self, Key, key_of};
use super::{model, queries};
use crate::document::for_document::{PostingDraft, post_for, reverse_postings};
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem::{self, field};
use openapi::stock::document::StockReason;
use openapi::stock::stocktake::{
    ApproveStocktake, CountStocktake, CreateStocktake, FinishStocktake, RejectStocktake, ReverseStocktake, Stocktake,
    StocktakeAction, StocktakeCount, StocktakeCountDraft, StocktakeState, UncountStocktake, VoidStocktake,
};
use openapi::stock::{
    Condition, OWN_COUNT, OWN_DOCUMENT, Owner, SERIAL_NOT_TRACKED, SERIAL_REQUIRED, STOCKTAKE_APPROVE, STOCKTAKE_COUNT,
    STOCKTAKE_EDIT, STOCKTAKE_MOVED, STOCKTAKE_REVERSE, STOCKTAKE_TOO_LARGE, STOCKTAKE_UNCOUNTED, UNKNOWN_ITEM,
};
use openapi::{Issue, Note, Permission, Quantity, UnitPrice};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

type Head = stocktake::Entity;

fn wrong(pointer: &str, issue: Issue) -> Failure {
    Failure::field(pointer, issue)
}

pub async fn create(tx: &Tx, call: Call<CreateStocktake>) -> Result<Stocktake> {
    let id = call.body.warehouse_id.uuid();
    let warehouse = facts::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
    let not_there = || wrong("/warehouse_id", Issue::new(field::REFERENCE_NOT_FOUND));
    let warehouse = warehouse.ok_or_else(not_there)?;
    if !tx.may_at(STOCKTAKE_EDIT, warehouse.org).await? {
        return Err(not_there());
    }
    goods::hold_still(tx, id).await?;
    let frozen = goods::now_in(tx, id, None).await?;
    if frozen.len() > model::MAX_LINES {
        return Err(Failure::new(STOCKTAKE_TOO_LARGE).with("max", model::MAX_LINES));
    }
    let costs = goods::costs(tx, warehouse.org, frozen.keys().map(|key| key.0)).await?;
    let row = stocktake::Model {
        id: platform::new_id(),
        org_id: warehouse.org,
        number: tx.number(DocKind::Stocktake).await?,
        state: StocktakeState::Counting.as_str().to_owned(),
        warehouse_id: id,
        frozen_at: tx.now(),
        round: 1,
        remark: call.body.remark.map(Into::into),
        ..Default::default()
    };
    let cost = |key: &Key| costs.get(&(key.0, key.2.clone())).copied().unwrap_or(UnitPrice::ZERO);
    let line = |(no, (key, expected)): (i32, (Key, Quantity))| new_line(row.id, no, cost(&key), key, expected);
    let lines = (0_i32..).zip(frozen).map(line).collect();
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

fn new_line(head: Uuid, line_no: i32, cost: UnitPrice, key: Key, expected: Quantity) -> line::Model {
    let (product_id, serial, condition, owner) = key;
    line::Model {
        id: platform::new_id(),
        stocktake_id: head,
        line_no,
        product_id,
        serial,
        condition,
        owner,
        expected: expected.0,
        unit_cost: cost.0,
        ..Default::default()
    }
}

/// The stocktake of the path, locked, for somebody who counts while it is counted.
async fn lock_count(tx: &Tx, id: Uuid) -> Result<stocktake::Model> {
    let head = tx.lock::<Head>(id).await?;
    tx.require_at(STOCKTAKE_COUNT, head.org_id).await?;
    let state = document::state_of::<Head>(&head)?;
    if matches!(state, StocktakeState::Counting | StocktakeState::Recounting) {
        return Ok(head);
    }
    let action = tx.lang().pick("计数", "count");
    Err(Failure::new(problem::STATE_CONFLICT).with("state", state.label(tx.lang())).with("action", action))
}

pub async fn count(tx: &Tx, call: Call<CountStocktake>) -> Result<StocktakeCount> {
    let head = lock_count(tx, call.path.id.uuid()).await?;
    let lines = document::lines_of::<line::Entity>(tx, head.id).await?;
    let (before, is_new) = line_of(tx, &head, &lines, &call.body).await?;
    let quantity = call.body.quantity;
    let key = key_of(&before);
    let there = goods::now_in(tx, head.warehouse_id, Some(before.product_id)).await?;
    let books = model::Books {
        quantity: there.get(&key).copied().unwrap_or_default(),
        mark: goods::last_move(tx, head.warehouse_id, &key).await?,
    };
    let line = model::counted(before, head.round, quantity, books);
    if line.serial.is_some() && (line.counted > Some(1000) || quantity.0 % 1000 != 0) {
        let code = if quantity == Quantity::ONE { field::DUPLICATE } else { SERIAL_REQUIRED };
        return Err(wrong("/quantity", Issue::new(code)));
    }
    if is_new {
        tx.insert_all::<line::Entity>(vec![line.clone()]).await?;
    } else {
        document::save_line::<line::Entity>(tx, line.clone()).await?;
    }
    let last = count::Entity::find()
        .filter(count::Column::StocktakeId.eq(head.id))
        .order_by_desc(count::Column::LineNo)
        .one(tx.conn())
        .await?;
    let made = count::Model {
        id: platform::new_id(),
        stocktake_id: head.id,
        line_no: last.map_or(0, |row| row.line_no + 1),
        line_id: line.id,
        round: head.round,
        quantity: quantity.0,
        counted_by: tx.actor().user_id,
        counted_at: tx.now(),
        is_taken_back: false,
    };
    tx.insert_all::<count::Entity>(vec![made.clone()]).await?;
    tx.save::<Head>(&head, head.clone()).await?;
    queries::count(tx, made, &line).await
}

/// The line that counted goods belong to, and whether it is new: goods that the snapshot does not know.
async fn line_of(
    tx: &Tx,
    head: &stocktake::Model,
    lines: &[line::Model],
    draft: &StocktakeCountDraft,
) -> Result<(line::Model, bool)> {
    let StocktakeCountDraft { code, serial, condition, quantity: _ } = draft;
    let code = code.trim();
    let unknown = || wrong("/code", Issue::new(UNKNOWN_ITEM).with("code", code));
    let (product, facts, found) = goods::named(tx, code).await?.ok_or_else(unknown)?;
    let serial = found.or_else(|| serial.as_ref().map(ToString::to_string));
    if let Some(line) = model::line_for(lines, product, serial.as_deref(), *condition) {
        return Ok((line.clone(), false));
    }
    match (&serial, facts.is_serial_tracked) {
        (None, true) => return Err(wrong("/serial", Issue::new(SERIAL_REQUIRED))),
        (Some(_), false) => return Err(wrong("/serial", Issue::new(SERIAL_NOT_TRACKED))),
        _ => {}
    }
    let condition = condition.unwrap_or(Condition::Good).as_str().to_owned();
    let known = goods::costs(tx, head.org_id, [product]).await?.remove(&(product, condition.clone()));
    let cost = match known {
        Some(cost) => cost,
        None if condition == Condition::Bad.as_str() => UnitPrice::ZERO,
        None => goods::standard_cost(tx, product).await?,
    };
    let key = (product, serial, condition, Owner::Company.as_str().to_owned());
    let line_no = lines.last().map_or(0, |line| line.line_no + 1);
    Ok((new_line(head.id, line_no, cost, key, Quantity::ZERO), true))
}

pub async fn uncount(tx: &Tx, call: Call<UncountStocktake>) -> Result<Stocktake> {
    let head = lock_count(tx, call.path.id.uuid()).await?;
    let counts = document::lines_of::<count::Entity>(tx, head.id).await?;
    let ours = |c: &&count::Model| c.round == head.round && !c.is_taken_back;
    let taken = counts.iter().filter(ours).find(|c| c.id == call.body.count_id.uuid());
    let taken = taken.ok_or_else(|| wrong("/count_id", Issue::new(field::REFERENCE_NOT_FOUND)))?;
    let rest: Vec<i64> = counts
        .iter()
        .filter(ours)
        .filter(|c| c.line_id == taken.line_id && c.id != taken.id)
        .map(|c| c.quantity)
        .collect();
    let left = (!rest.is_empty()).then(|| rest.iter().sum());
    let lines = document::lines_of::<line::Entity>(tx, head.id).await?;
    for line in lines.into_iter().filter(|line| line.id == taken.line_id) {
        document::save_line::<line::Entity>(tx, model::uncounted(line, left)).await?;
    }
    document::save_line::<count::Entity>(tx, count::Model { is_taken_back: true, ..taken.clone() }).await?;
    let row = tx.save::<Head>(&head, head.clone()).await?;
    queries::detail(tx, row).await
}

pub async fn finish(tx: &Tx, call: Call<FinishStocktake>) -> Result<Stocktake> {
    let before = lock_count(tx, call.path.id.uuid()).await?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let open = lines.iter().filter(|line| model::is_open(line, before.round)).count();
    if open > 0 && !call.body.accept_uncounted {
        return Err(Failure::new(STOCKTAKE_UNCOUNTED).with("count", open));
    }
    let unsure = lines.iter().filter(|line| model::is_unsure(line, before.round)).count();
    if unsure > 0 {
        return Err(Failure::new(STOCKTAKE_MOVED).with("count", unsure));
    }
    let books = goods::now_in(tx, before.warehouse_id, None).await?;
    let ended = model::ended(lines.clone(), before.round, &books);
    for (_, line) in lines.iter().zip(&ended).filter(|(old, new)| old != new) {
        document::save_line::<line::Entity>(tx, line.clone()).await?;
    }
    let different = ended.iter().filter(|line| !model::difference(line).is_zero()).count();
    let is_first = document::state_of::<Head>(&before)? == StocktakeState::Counting;
    let counts_again = (is_first && different > 0) || ended.iter().any(|line| line.is_moved);
    let action = if counts_again { StocktakeAction::Differ } else { StocktakeAction::Finish };
    let after = document::stepped::<Head>(tx, &before, action, call.body.remark.as_deref())?;
    let after = stocktake::Model {
        round: before.round + i64::from(counts_again),
        different_lines: (!counts_again).then(|| i64::try_from(different).unwrap_or(i64::MAX)),
        ..after
    };
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

/// The stocktake of the path, locked, after a step.
async fn stepped(
    tx: &Tx,
    id: Uuid,
    permission: Permission,
    action: StocktakeAction,
    reason: Option<&Note<500>>,
) -> Result<(stocktake::Model, stocktake::Model)> {
    let before = tx.lock::<Head>(id).await?;
    tx.require_at(permission, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, action, reason.map(|reason| &**reason))?;
    Ok((before, after))
}

pub async fn approve(tx: &Tx, call: Call<ApproveStocktake>) -> Result<Stocktake> {
    let id = call.path.id.uuid();
    let (before, after) = stepped(tx, id, STOCKTAKE_APPROVE, StocktakeAction::Approve, None).await?;
    if before.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    if queries::has_counted(tx, id, tx.actor().user_id).await? {
        return Err(Failure::new(OWN_COUNT));
    }
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let moves = model::moves(&before, &lines)?;
    if !moves.is_empty() {
        let posting = PostingDraft {
            kind: DocKind::StockDifference,
            reason: StockReason::Count,
            org: before.org_id,
            warehouse: Some(before.warehouse_id),
            source: (DocKind::Stocktake, before.id, before.number.clone()),
            effective_at: None,
            moves,
        };
        post_for(tx, posting).await?;
    }
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn reject(tx: &Tx, call: Call<RejectStocktake>) -> Result<Stocktake> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, STOCKTAKE_APPROVE, StocktakeAction::Reject, Some(reason)).await?;
    let after = stocktake::Model { round: before.round + 1, different_lines: None, ..after };
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseStocktake>) -> Result<Stocktake> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, STOCKTAKE_REVERSE, StocktakeAction::Reverse, Some(reason)).await?;
    reverse_postings(tx, id, &[DocKind::StockDifference], reason).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn void(tx: &Tx, call: Call<VoidStocktake>) -> Result<Stocktake> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, STOCKTAKE_EDIT, StocktakeAction::Void, Some(reason)).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}
