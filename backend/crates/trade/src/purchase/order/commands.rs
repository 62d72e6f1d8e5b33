//! Writes.

use super::entity::{line, order};
use super::{model, queries};
use crate::facts;
use openapi::Note;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::customer::PartyRole;
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CancelPurchaseOrder, ClosePurchaseOrder, CreatePurchaseOrder, PurchaseAction, PurchaseOrder,
    PurchaseOrderDraft, PurchaseState, RejectPurchaseOrder, SubmitPurchaseOrder, UpdatePurchaseOrder,
    VoidPurchaseOrder,
};
use openapi::trade::purchase::{OWN_PURCHASE_ORDER, PURCHASE_EDIT};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

type Head = order::Entity;

pub async fn create(tx: &Tx, call: Call<CreatePurchaseOrder>) -> Result<PurchaseOrder> {
    make(tx, call.body).await
}

/// Writes a draft, whoever filled it.
pub async fn make(tx: &Tx, draft: PurchaseOrderDraft) -> Result<PurchaseOrder> {
    let blank =
        order::Model { id: platform::new_id(), state: PurchaseState::Draft.as_str().to_owned(), ..Default::default() };
    let (row, lines) = filled(tx, blank, draft).await?;
    let row = order::Model { number: tx.number(DocKind::PurchaseOrder).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdatePurchaseOrder>) -> Result<PurchaseOrder> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), PurchaseState::Draft).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// Checks a draft against what it names and writes it into a row.
async fn filled(tx: &Tx, row: order::Model, draft: PurchaseOrderDraft) -> Result<(order::Model, Vec<line::Model>)> {
    let roles = [PartyRole::Supplier, PartyRole::Maker];
    master::api::choose_party(tx, draft.party_id, &roles, "/party_id").await?;
    let id = draft.warehouse_id.uuid();
    let warehouse = master::api::warehouses(tx, [id]).await?.remove(&id).filter(|w| w.is_active);
    let not_there = || Failure::not_there("/warehouse_id");
    let org_id = warehouse.ok_or_else(not_there)?.org_id.uuid();
    if !tx.may_at(PURCHASE_EDIT, org_id).await? {
        return Err(not_there());
    }
    let products = facts::products(tx, draft.lines.iter().map(|l| l.product_id.uuid())).await?;
    let rate = finance::api::vat_rates_on(tx, tx.today()).await?.part;
    let row = order::Model { org_id, ..row };
    model::filled(row, draft, &products, u16::try_from(rate).unwrap_or_default()).map_err(Failure::fields)
}

pub async fn submit(tx: &Tx, call: Call<SubmitPurchaseOrder>) -> Result<PurchaseOrder> {
    step(tx, call.path.id.uuid(), PurchaseAction::Submit, None).await
}

pub async fn approve(tx: &Tx, call: Call<ApprovePurchaseOrder>) -> Result<PurchaseOrder> {
    let row = tx.lock::<Head>(call.path.id).await?;
    if row.created_by == tx.actor().user_id {
        return Err(Failure::new(OWN_PURCHASE_ORDER));
    }
    step(tx, row.id, PurchaseAction::Approve, None).await
}

pub async fn reject(tx: &Tx, call: Call<RejectPurchaseOrder>) -> Result<PurchaseOrder> {
    step(tx, call.path.id.uuid(), PurchaseAction::Reject, Some(&call.body.reason)).await
}

pub async fn close(tx: &Tx, call: Call<ClosePurchaseOrder>) -> Result<PurchaseOrder> {
    step(tx, call.path.id.uuid(), PurchaseAction::Close, Some(&call.body.reason)).await
}

pub async fn cancel(tx: &Tx, call: Call<CancelPurchaseOrder>) -> Result<PurchaseOrder> {
    step(tx, call.path.id.uuid(), PurchaseAction::Cancel, Some(&call.body.reason)).await
}

pub async fn void(tx: &Tx, call: Call<VoidPurchaseOrder>) -> Result<PurchaseOrder> {
    step(tx, call.path.id.uuid(), PurchaseAction::Void, Some(&call.body.reason)).await
}

async fn step(tx: &Tx, id: Uuid, action: PurchaseAction, note: Option<&Note<500>>) -> Result<PurchaseOrder> {
    let row = document::step::<Head>(tx, id, action, note.map(|note| &**note)).await?;
    let lines = document::lines_of::<line::Entity>(tx, row.id).await?;
    tell_expected(tx, &row, &lines).await?;
    queries::detail(tx, row).await
}

/// Tells the store what is still to come of an order.
pub async fn tell_expected(tx: &Tx, row: &order::Model, lines: &[line::Model]) -> Result<()> {
    let state = document::state_of::<Head>(row)?;
    let expected = model::expected(row, lines, state);
    stock::api::expect(tx, (DocKind::PurchaseOrder, row.id, &row.number), expected).await
}
