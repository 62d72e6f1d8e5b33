//! Taking money in, and taking a receipt back.

use super::entity::{payment, receipt};
use super::{model, queries};
use crate::api::{EntryDraft, Source};
use crate::ledger::commands::{post_between, reversal_time, reverse as reverse_entries};
use crate::open_item::commands::{self as items, NewItem};
use crate::open_item::model::in_the_way;
use crate::open_item::queries::{of, settling};
use openapi::Text;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::receipt::{CreateReceipt, Receipt, ReceiptAction, ReceiptDraft, ReceiptState, ReverseReceipt};
use openapi::finance::{CASHIER_CANNOT_REVERSE, RECEIPT_CREATE};
use platform::doc::lifecycle::{self, stored};
use platform::{Call, Failure, Result, Tx};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateReceipt>) -> Result<Receipt> {
    receive(tx, call.body).await
}

/// Posts a receipt. The open items are locked before anything is read from them: of two cashiers who settle the same
/// item at once the second finds it settled.
pub async fn receive(tx: &Tx, draft: ReceiptDraft) -> Result<Receipt> {
    let totals = model::totals(&draft)?;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    master::api::choose_customer(tx, draft.party_id, "/party_id").await?;
    let mut stations = HashMap::new();
    for (i, payment) in draft.payments.iter().enumerate() {
        let pointer = format!("/payments/{i}/bank_account_id");
        let account = master::api::choose_bank_account(tx, payment.bank_account_id, &pointer).await?;
        stations.insert(account.id.uuid(), account.org_id.uuid());
    }
    let wanted = draft.deposits.iter().chain(&draft.allocations);
    let locked = items::lock_named(tx, [("deposits", &draft.deposits), ("allocations", &draft.allocations)]).await?;
    let org_id = match model::station_of(&draft, &locked)? {
        Some(station) => station,
        None => books(tx, &draft).await?,
    };
    let row = receipt::Model {
        org_id,
        number: tx.number(DocKind::Receipt).await?,
        state: ReceiptState::Posted.as_str().to_owned(),
        party_id: draft.party_id.into(),
        effective_at,
        effective_on: tx.date_of(effective_at),
        posted_at: tx.now(),
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        received: totals.received.0,
        allocated: totals.allocated.0,
        deposit_used: totals.deposit_used.0,
        advance: totals.advance.0,
        remark: draft.remark.clone().map(Into::into),
        ..Default::default()
    };
    let row = tx.create::<receipt::Entity>(row).await?;
    lifecycle::created::<Receipt>(tx, row.id, ReceiptState::Posted);
    let itself = Source { kind: DocKind::Receipt, id: row.id, number: row.number.clone() };
    let origin = locked.values().find_map(|item| item.origin_id.zip(item.origin_number.clone()));
    let entry = EntryDraft {
        org_id,
        effective_at,
        source: itself.clone(),
        origin: origin.clone(),
        memo: Some("收款".to_owned()),
        lines: model::posting(draft.party_id, &draft.payments, &totals),
    };
    post_between(tx, entry, &stations).await?;
    for allocation in wanted {
        if let Some(item) = locked.get(&allocation.open_item_id.uuid()) {
            items::allocate(tx, item, &itself, allocation.amount).await?;
        }
    }
    if totals.advance.is_positive() {
        let advance = NewItem {
            org_id,
            side: OpenItemSide::Deposit,
            party_id: draft.party_id.into(),
            source: itself,
            origin,
            effective_on: row.effective_on,
            due_on: None,
            amount: totals.advance,
        };
        items::open(tx, advance).await?;
    }
    tx.insert_all::<payment::Entity>(model::payment_rows(row.id, draft.payments)).await?;
    queries::detail(tx, row).await
}

/// The station in whose books a receipt stands that pays for nothing yet.
async fn books(tx: &Tx, draft: &ReceiptDraft) -> Result<Uuid> {
    let Some(wanted) = draft.org_id else { return Ok(tx.actor().org_id) };
    if identity::api::station_in(tx, wanted.uuid()).await?.is_none() {
        return Err(Failure::not_there("/org_id"));
    }
    tx.require_at(RECEIPT_CREATE, wanted.uuid()).await?;
    Ok(wanted.uuid())
}

pub async fn reverse(tx: &Tx, call: Call<ReverseReceipt>) -> Result<Receipt> {
    let before = tx.lock::<receipt::Entity>(call.path.id).await?;
    take_back(tx, before, &call.body.reason, &call.body.with).await
}

/// Takes back the later receipts that used the advance of one, when every one of them is named.
async fn clear_way(tx: &Tx, advance: Uuid, reason: &str, with: &[Text<60>]) -> Result<()> {
    let later = queries::by_id(tx, settling(tx, advance).await?).await?;
    let is_named = |row: &receipt::Model| with.iter().any(|named| **named == *row.number);
    if !later.iter().all(is_named) {
        return Ok(());
    }
    for row in later.into_iter().rev() {
        let row = tx.lock_other::<receipt::Entity>(row.id).await?;
        Box::pin(take_back(tx, row, reason, with)).await?;
    }
    Ok(())
}

/// Takes a locked receipt back by its mirror, and before it the later ones in its way that are named.
pub async fn take_back(tx: &Tx, before: receipt::Model, reason: &str, with: &[Text<60>]) -> Result<Receipt> {
    let state =
        lifecycle::advance::<Receipt>(tx, before.id, stored(&before.state)?, ReceiptAction::Reverse, Some(reason))?;
    if before.cashier_id == tx.actor().user_id {
        return Err(CASHIER_CANNOT_REVERSE.into());
    }
    let advance = match of(tx, before.id, OpenItemSide::Deposit).await? {
        Some(item) => {
            clear_way(tx, item.id, reason, with).await?;
            items::lock(tx, [item.id]).await?.into_values().next()
        }
        None => None,
    };
    if let Some(item) = &advance {
        let later = queries::numbered(tx, settling(tx, item.id).await?).await?;
        if !later.is_empty() {
            return Err(in_the_way(with, later));
        }
    }
    let mirror = mirror(tx, &before, reason).await?;
    let itself = Source { kind: DocKind::Receipt, id: mirror.id, number: mirror.number };
    items::take_back(tx, before.id, &itself).await?;
    if let Some(item) = &advance {
        items::void(tx, item, &itself).await?;
    }
    reverse_entries(tx, before.id, &itself).await?;
    let after = receipt::Model { state: state.as_str().to_owned(), reason: Some(reason.to_owned()), ..before.clone() };
    queries::detail(tx, tx.save::<receipt::Entity>(&before, after).await?).await
}

async fn mirror(tx: &Tx, original: &receipt::Model, reason: &str) -> Result<receipt::Model> {
    let effective_at = reversal_time(tx, original.org_id, original.effective_at).await?;
    let row = receipt::Model {
        id: Uuid::nil(),
        number: tx.number(DocKind::Receipt).await?,
        state: ReceiptState::Mirror.as_str().to_owned(),
        effective_at,
        effective_on: tx.date_of(effective_at),
        posted_at: tx.now(),
        cashier_id: tx.actor().user_id,
        cashier_name: tx.actor().name.clone(),
        received: -original.received,
        allocated: -original.allocated,
        deposit_used: -original.deposit_used,
        advance: -original.advance,
        reversal_of: Some(original.id),
        original_cashier_id: Some(original.cashier_id),
        reason: Some(reason.to_owned()),
        ..original.clone()
    };
    let row = tx.create::<receipt::Entity>(row).await?;
    lifecycle::created::<Receipt>(tx, row.id, ReceiptState::Mirror);
    let payments = queries::payments_of(tx, original.id).await?;
    tx.insert_all::<payment::Entity>(model::mirror_payments(row.id, payments)).await?;
    Ok(row)
}
