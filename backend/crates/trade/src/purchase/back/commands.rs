//! Writes. The order behind the receipt is locked first, as for those who receive goods, book invoices and take either
//! back: of two people who send the same goods back the second finds that they have gone.

use super::entity::{back, line};
use super::{model, queries};
use crate::facts;
use crate::purchase::invoice::queries::billed;
use crate::purchase::order::entity::order;
use crate::purchase::receipt::entity::{line as receipt_line, receipt};
use finance::api::{EntryDraft, OpenItemDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::finance::open_item::OpenItemSide;
use openapi::stock::document::StockReason;
use openapi::stock::{Condition, OWN_DOCUMENT, PlaceKind};
use openapi::trade::purchase::PURCHASE_RETURN_EDIT;
use openapi::trade::purchase::back::{
    ApprovePurchaseReturn, CreatePurchaseReturn, PurchaseReturn, PurchaseReturnAction, PurchaseReturnDraft,
    PurchaseReturnState, RejectPurchaseReturn, ReversePurchaseReturn, ShipPurchaseReturn, SubmitPurchaseReturn,
    UpdatePurchaseReturn, VoidPurchaseReturn,
};
use openapi::trade::purchase::receipt::GoodsReceiptState;
use openapi::trade::retail::back::ReturnCondition;
use openapi::{Money, Note, Quantity};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashMap;
use stock::api::{MoveLine, PlaceRef, PostingDraft};
use uuid::Uuid;

type Head = back::Entity;

pub async fn create(tx: &Tx, call: Call<CreatePurchaseReturn>) -> Result<PurchaseReturn> {
    let state = PurchaseReturnState::Draft.as_str().to_owned();
    let blank = back::Model { id: platform::new_id(), state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = back::Model { number: tx.number(DocKind::PurchaseReturn).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdatePurchaseReturn>) -> Result<PurchaseReturn> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), PurchaseReturnState::Draft).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against what it names and writes it into a row.
async fn filled(tx: &Tx, row: back::Model, draft: PurchaseReturnDraft) -> Result<(back::Model, Vec<line::Model>)> {
    let not_there = |at: &str| Failure::not_there(at);
    let of = tx.in_reach_of::<receipt::Entity>(PURCHASE_RETURN_EDIT);
    let of = facts::one::<receipt::Entity>(tx, of, draft.receipt_id.uuid()).await?;
    let of = of.filter(|of| of.state == GoodsReceiptState::Posted.as_str()).ok_or_else(|| not_there("/receipt_id"))?;
    let warehouse = draft.warehouse_id.map_or(of.warehouse_id, |id| id.uuid());
    facts::warehouse_at(tx, of.org_id, warehouse).await?;
    let received = received(tx, of.id).await?;
    let lines = model::chosen(row.id, &received, &draft.lines).map_err(Failure::fields)?;
    let row = back::Model {
        org_id: of.org_id,
        receipt_id: of.id,
        receipt_number: of.number,
        party_id: of.party_id,
        warehouse_id: warehouse,
        reason: draft.reason.into(),
        ..row
    };
    Ok((model::summed(row, &lines), lines))
}

async fn received(tx: &Tx, receipt: Uuid) -> Result<HashMap<Uuid, receipt_line::Model>> {
    let rows = document::lines_of::<receipt_line::Entity>(tx, receipt).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

pub async fn submit(tx: &Tx, call: Call<SubmitPurchaseReturn>) -> Result<PurchaseReturn> {
    step(tx, call.path.id.uuid(), PurchaseReturnAction::Submit, None).await
}

pub async fn approve(tx: &Tx, call: Call<ApprovePurchaseReturn>) -> Result<PurchaseReturn> {
    let row = tx.lock::<Head>(call.path.id).await?;
    if row.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_DOCUMENT));
    }
    step(tx, row.id, PurchaseReturnAction::Approve, None).await
}

pub async fn reject(tx: &Tx, call: Call<RejectPurchaseReturn>) -> Result<PurchaseReturn> {
    step(tx, call.path.id.uuid(), PurchaseReturnAction::Reject, Some(&call.body.reason)).await
}

pub async fn void(tx: &Tx, call: Call<VoidPurchaseReturn>) -> Result<PurchaseReturn> {
    step(tx, call.path.id.uuid(), PurchaseReturnAction::Void, Some(&call.body.reason)).await
}

async fn step(tx: &Tx, id: Uuid, action: PurchaseReturnAction, note: Option<&Note<500>>) -> Result<PurchaseReturn> {
    let row = document::step::<Head>(tx, id, action, note.map(|note| &**note)).await?;
    queries::detail(tx, row).await
}

/// The return of the path, locked after the order that its goods came by.
async fn locked(tx: &Tx, id: Uuid) -> Result<(back::Model, receipt::Model)> {
    let found = tx.get::<Head>(id).await?;
    let of = facts::one::<receipt::Entity>(tx, sea_orm::Condition::all(), found.receipt_id).await?;
    let of = of.ok_or_else(|| Failure::Internal("a return has no receipt".to_owned()))?;
    tx.lock_other::<order::Entity>(of.order_id).await?;
    Ok((tx.lock::<Head>(id).await?, of))
}

pub async fn ship(tx: &Tx, call: Call<ShipPurchaseReturn>) -> Result<PurchaseReturn> {
    let (before, of) = locked(tx, call.path.id.uuid()).await?;
    let after = document::stepped::<Head>(tx, &before, PurchaseReturnAction::Ship, None)?;
    let effective_at = master::api::effective_at(tx, call.body.effective_at)?;
    let mut received = received(tx, of.id).await?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let (billed, invoices) = billed(tx, lines.iter().map(|line| line.receipt_line_id)).await?;
    let lines = model::going_back(&mut received, &billed, lines).map_err(Failure::fields)?;
    let cost: Money = stock::api::post_for(tx, posting(&before, effective_at, &lines)?).await?.into_iter().sum();
    let credit_no = call.body.credit_no.map(Into::into);
    let after = model::summed(back::Model { effective_at: Some(effective_at), credit_no, ..after }, &lines);
    let set_off =
        finance::api::set_off(tx, &invoices, OpenItemSide::Payable, &source(&before), Money(after.credit)).await?;
    let after = back::Model { set_off: set_off.0, ..after };
    book(tx, &after, effective_at, cost).await?;
    for line in lines {
        document::save_line::<line::Entity>(tx, line).await?;
    }
    for line in received.into_values() {
        document::save_line::<receipt_line::Entity>(tx, line).await?;
    }
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}

fn source(row: &back::Model) -> Source {
    Source { kind: DocKind::PurchaseReturn, id: row.id, number: row.number.clone() }
}

/// Out of the warehouse, back to the supplier, at what the goods cost now.
fn posting(
    head: &back::Model,
    effective_at: chrono::DateTime<chrono::Utc>,
    lines: &[line::Model],
) -> Result<PostingDraft> {
    let here = PlaceRef::warehouse(head.org_id, head.warehouse_id);
    let supplier = PlaceRef::outside(PlaceKind::Supplier, head.org_id);
    let one = |line: &line::Model| MoveLine {
        serial: line.serial.clone(),
        condition: if line.condition == ReturnCondition::Bad.as_str() { Condition::Bad } else { Condition::Good },
        ..MoveLine::goods(line.product_id, Quantity(line.quantity), here, supplier, Account::GoodsReceived)
    };
    Ok(PostingDraft {
        kind: DocKind::PurchaseOut,
        reason: StockReason::Purchase,
        org: head.org_id,
        warehouse: Some(head.warehouse_id),
        source: (DocKind::PurchaseReturn, head.id, head.number.clone()),
        effective_at: Some(effective_at),
        moves: lines.iter().map(one).collect(),
    })
}

/// Writes the entry, and what the supplier still has to pay back.
async fn book(tx: &Tx, row: &back::Model, effective_at: chrono::DateTime<chrono::Utc>, cost: Money) -> Result<()> {
    let entry = EntryDraft {
        org_id: row.org_id,
        effective_at,
        source: source(row),
        origin: Some((row.receipt_id, row.receipt_number.clone())),
        memo: Some("采购退货".to_owned()),
        lines: model::posting(row, cost),
    };
    finance::api::post_entry(tx, entry).await?;
    let amount = Money(row.credit - row.set_off);
    if amount.is_zero() {
        return Ok(());
    }
    let item = OpenItemDraft {
        org_id: row.org_id,
        side: OpenItemSide::Receivable,
        party_id: row.party_id.into(),
        source: source(row),
        effective_on: tx.date_of(effective_at),
        due_on: None,
        amount,
    };
    finance::api::leave_open(tx, item).await
}

pub async fn reverse(tx: &Tx, call: Call<ReversePurchaseReturn>) -> Result<PurchaseReturn> {
    let (before, of) = locked(tx, call.path.id.uuid()).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<Head>(tx, &before, PurchaseReturnAction::Reverse, Some(reason))?;
    let itself = source(&before);
    finance::api::close_item(tx, before.id, OpenItemSide::Receivable, &itself).await?;
    finance::api::take_set_off_back(tx, before.id, &itself).await?;
    stock::api::reverse_postings(tx, before.id, &[DocKind::PurchaseOut], reason).await?;
    finance::api::reverse_entry(tx, before.id, &itself).await?;
    let mut received = received(tx, of.id).await?;
    model::taken_back(&mut received, &document::lines_of::<line::Entity>(tx, before.id).await?);
    for line in received.into_values() {
        document::save_line::<receipt_line::Entity>(tx, line).await?;
    }
    let after = back::Model { reversal_reason: Some(reason.to_string()), ..after };
    queries::detail(tx, tx.save::<Head>(&before, after).await?).await
}
