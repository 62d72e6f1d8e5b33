//! Writes. Whoever receives locks the order first: of two people who receive the same goods at once the second finds
//! that they have come.

use super::entity::{line, receipt};
use super::queries;
use crate::facts;
use crate::purchase::order::entity::{line as order_line, order as order_head};
use crate::purchase::order::model::Arrival;
use crate::purchase::{back, invoice, order};
use openapi::Note;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::PlaceKind;
use openapi::stock::document::StockReason;
use openapi::trade::purchase::order::{PurchaseAction, PurchaseOrder, PurchaseState};
use openapi::trade::purchase::receipt::{
    GoodsReceipt, GoodsReceiptAction, GoodsReceiptState, ReceivePurchaseOrder, ReverseGoodsReceipt,
};
use openapi::trade::purchase::{GOODS_RECEIPT_REVERSE, GOODS_RECEIPT_USED, GOODS_RECEIVE};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashSet;
use stock::api::{MoveLine, PlaceRef, PostingDraft};
use uuid::Uuid;

pub async fn receive(tx: &Tx, call: Call<ReceivePurchaseOrder>) -> Result<PurchaseOrder> {
    let before = tx.lock::<order_head::Entity>(call.path.id).await?;
    tx.require_at(GOODS_RECEIVE, before.org_id).await?;
    let state = document::state_of::<order_head::Entity>(&before)?;
    if !matches!(state, PurchaseState::Placed | PurchaseState::PartlyReceived) {
        document::stepped::<order_head::Entity>(tx, &before, PurchaseAction::Receive, None)?;
    }
    let draft = call.body;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    let warehouse = draft.warehouse_id.map_or(before.warehouse_id, |id| id.uuid());
    facts::warehouse_at(tx, before.org_id, warehouse).await?;
    let mut lines = document::lines_of::<order_line::Entity>(tx, before.id).await?;
    let products = facts::products(tx, lines.iter().map(|l| l.product_id)).await?;
    let tracked: HashSet<Uuid> = products.iter().filter(|(_, p)| p.is_serial_tracked).map(|(id, _)| *id).collect();
    let arrivals = order::model::arrived(&mut lines, &draft.lines, &tracked).map_err(Failure::fields)?;
    let head = receipt::Model {
        id: platform::new_id(),
        org_id: before.org_id,
        number: tx.number(DocKind::GoodsReceipt).await?,
        state: GoodsReceiptState::Posted.as_str().to_owned(),
        order_id: before.id,
        order_number: before.number.clone(),
        party_id: before.party_id,
        warehouse_id: warehouse,
        effective_at,
        reference: draft.reference.map(Into::into),
        remark: draft.remark.map(Into::into),
        total_quantity: arrivals.iter().map(|a| a.quantity.0).sum(),
        total_value: arrivals.iter().map(|a| a.value.0).sum(),
        ..Default::default()
    };
    let head = document::open::<receipt::Entity, line::Entity>(tx, head.clone(), rows(head.id, &arrivals)).await?;
    stock::api::post_for(tx, posting(&head, &arrivals)).await?;
    let row = moved(tx, &before, lines, order::model::step_in, &head.number).await?;
    order::queries::detail(tx, row).await
}

fn rows(receipt: Uuid, arrivals: &[Arrival]) -> Vec<line::Model> {
    let row = |(line_no, arrival): (i32, &Arrival)| line::Model {
        id: platform::new_id(),
        receipt_id: receipt,
        line_no,
        order_line_id: arrival.line,
        product_id: arrival.product,
        serial: arrival.serial.clone(),
        quantity: arrival.quantity.0,
        value: arrival.value.0,
        ..Default::default()
    };
    (0..).zip(arrivals).map(row).collect()
}

/// From the supplier into the warehouse; what is owed for it is not invoiced yet.
fn posting(head: &receipt::Model, arrivals: &[Arrival]) -> PostingDraft {
    let supplier = PlaceRef::outside(PlaceKind::Supplier, head.org_id);
    let here = PlaceRef::warehouse(head.org_id, head.warehouse_id);
    let one = |arrival: &Arrival| MoveLine {
        serial: arrival.serial.clone(),
        value: Some(arrival.value),
        ..MoveLine::goods(arrival.product, arrival.quantity, supplier, here, Account::GoodsReceived)
    };
    PostingDraft {
        kind: DocKind::PurchaseIn,
        reason: StockReason::Purchase,
        org: head.org_id,
        warehouse: Some(head.warehouse_id),
        source: (DocKind::GoodsReceipt, head.id, head.number.clone()),
        effective_at: Some(head.effective_at),
        moves: arrivals.iter().map(one).collect(),
    }
}

/// Writes changed lines of an order and leads it on.
async fn moved(
    tx: &Tx,
    before: &order_head::Model,
    lines: Vec<order_line::Model>,
    step: fn(&[order_line::Model]) -> PurchaseAction,
    by: &str,
) -> Result<order_head::Model> {
    let after = document::stepped::<order_head::Entity>(tx, before, step(&lines), Some(by))?;
    let after = order_head::Model { received_quantity: order::model::received(&lines), ..after };
    order::commands::tell_expected(tx, &after, &lines).await?;
    for line in lines {
        document::save_line::<order_line::Entity>(tx, line).await?;
    }
    tx.save::<order_head::Entity>(before, after).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseGoodsReceipt>) -> Result<GoodsReceipt> {
    let before = tx.get::<receipt::Entity>(call.path.id).await?;
    // the order comes first, as for those who receive
    let order = tx.lock_other::<order_head::Entity>(before.order_id).await?;
    let before = tx.lock::<receipt::Entity>(before.id).await?;
    tx.require_at(GOODS_RECEIPT_REVERSE, before.org_id).await?;
    let row = take_back(tx, before, &order, &call.body.reason).await?;
    queries::detail(tx, row).await
}

async fn take_back(
    tx: &Tx,
    before: receipt::Model,
    order: &order_head::Model,
    reason: &Note<500>,
) -> Result<receipt::Model> {
    let after = document::stepped::<receipt::Entity>(tx, &before, GoodsReceiptAction::Reverse, Some(reason))?;
    let received = document::lines_of::<line::Entity>(tx, before.id).await?;
    let mut later = invoice::queries::of_receipt(tx, received.iter().map(|line| line.id)).await?;
    later.extend(back::queries::posted_of(tx, before.id).await?.into_iter().map(|row| row.number));
    if !later.is_empty() {
        return Err(Failure::new(GOODS_RECEIPT_USED).with("documents", later.join("、")));
    }
    stock::api::reverse_postings(tx, before.id, &[DocKind::PurchaseIn], reason).await?;
    let mut lines = document::lines_of::<order_line::Entity>(tx, order.id).await?;
    for line in received {
        order::model::taken_back(&mut lines, line.order_line_id, line.quantity, line.value);
    }
    moved(tx, order, lines, order::model::step_back, &before.number).await?;
    let after = receipt::Model { reason: Some(reason.to_string()), ..after };
    tx.save::<receipt::Entity>(&before, after).await
}
