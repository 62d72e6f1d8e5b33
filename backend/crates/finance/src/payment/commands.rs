//! Writes.

use super::entity::payment;
use super::{model, queries};
use crate::api::{EntryDraft, Source};
use crate::ledger::commands::{post_between, reverse as reverse_entries};
use crate::open_item::commands::{self as items, NewItem};
use crate::open_item::model::in_the_way;
use crate::open_item::queries::{of, settling};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{CreatePayment, Payment, PaymentAction, PaymentState, ReversePayment};
use openapi::finance::receipt::ReversalDraft;
use openapi::finance::{PAYER_CANNOT_REVERSE, PAYMENT_CREATE, PAYMENT_REVERSE};
use platform::doc::document;
use platform::doc::lifecycle;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// Posts a payment. The payables are locked before anything is read from them: of two people who pay the same item at
/// once the second finds it settled.
pub async fn create(tx: &Tx, call: Call<CreatePayment>) -> Result<Payment> {
    let draft = call.body;
    let (totals, purse) = model::totals(&draft)?;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    master::api::choose_customer(tx, draft.party_id, "/party_id").await?;
    let mut stations = HashMap::new();
    if let Some((_, id)) = purse {
        let account = master::api::choose_bank_account(tx, id, "/bank_account_id").await?;
        stations.insert(account.id.uuid(), account.org_id.uuid());
    }
    let wanted = draft.allocations.iter().chain(&draft.credits);
    let locked = items::lock_named(tx, [("allocations", &draft.allocations), ("credits", &draft.credits)]).await?;
    let org_id = match model::station_of(&draft, &locked)? {
        Some(station) => station,
        None => draft.org_id.map_or(tx.actor().org_id, |id| id.uuid()),
    };
    tx.require_at(PAYMENT_CREATE, org_id).await?;
    let lines = model::posting(&draft, &locked, &totals, purse);
    let row = payment::Model {
        org_id,
        number: tx.number(DocKind::Payment).await?,
        state: PaymentState::Posted.as_str().to_owned(),
        party_id: draft.party_id.into(),
        effective_at,
        method: purse.map(|(method, _)| method.to_string()),
        bank_account_id: purse.map(|(_, account)| account.into()),
        reference: draft.reference.clone().filter(|_| purse.is_some()).map(Into::into),
        amount: totals.paid().0,
        set_off: totals.set_off.0,
        advance: totals.advance.0,
        payer_id: tx.actor().user_id,
        payer_name: tx.actor().name.clone(),
        remark: draft.remark.clone().map(Into::into),
        ..Default::default()
    };
    let row = tx.create::<payment::Entity>(row).await?;
    lifecycle::created::<openapi::finance::payment::PaymentLife>(tx, row.id, PaymentState::Posted);
    let itself = source(&row);
    let memo = Some("付款".to_owned());
    let entry = EntryDraft { org_id, effective_at, source: itself.clone(), origin: None, memo, lines };
    post_between(tx, entry, &stations).await?;
    for allocation in wanted {
        if let Some(item) = locked.get(&allocation.open_item_id.uuid()) {
            items::allocate(tx, item, &itself, allocation.amount).await?;
        }
    }
    if totals.advance.is_positive() {
        let advance = NewItem {
            org_id,
            side: OpenItemSide::Prepaid,
            party_id: row.party_id,
            source: itself,
            origin: None,
            effective_on: tx.date_of(effective_at),
            due_on: None,
            amount: totals.advance,
        };
        items::open(tx, advance).await?;
    }
    queries::detail(tx, row).await
}

fn source(row: &payment::Model) -> Source {
    Source { kind: DocKind::Payment, id: row.id, number: row.number.clone() }
}

pub async fn reverse(tx: &Tx, call: Call<ReversePayment>) -> Result<Payment> {
    let before = tx.lock::<payment::Entity>(call.path.id).await?;
    let after = take_back(tx, before, &call.body).await?;
    queries::detail(tx, after).await
}

/// Takes a locked payment back, and before it the later ones that used its advance and are named.
async fn take_back(tx: &Tx, before: payment::Model, draft: &ReversalDraft) -> Result<payment::Model> {
    tx.require_at(PAYMENT_REVERSE, before.org_id).await?;
    let after = document::stepped::<payment::Entity>(tx, &before, PaymentAction::Reverse, Some(&draft.reason))?;
    if before.payer_id == tx.actor().user_id {
        return Err(Failure::new(PAYER_CANNOT_REVERSE));
    }
    let advance = match of(tx, before.id, OpenItemSide::Prepaid).await? {
        Some(item) => {
            clear_way(tx, item.id, draft).await?;
            items::lock(tx, [item.id]).await?.into_values().next()
        }
        None => None,
    };
    if let Some(item) = &advance {
        let later = queries::numbered(tx, settling(tx, item.id).await?).await?;
        if !later.is_empty() {
            return Err(in_the_way(&draft.with, later));
        }
    }
    let itself = source(&before);
    items::take_back(tx, before.id, &itself).await?;
    if let Some(item) = &advance {
        items::void(tx, item, &itself).await?;
    }
    reverse_entries(tx, before.id, &itself).await?;
    let after = payment::Model { reason: Some(draft.reason.to_string()), ..after };
    tx.save::<payment::Entity>(&before, after).await
}

/// Takes back the later payments that used an advance, the last one first, when every one of them is named.
async fn clear_way(tx: &Tx, advance: Uuid, draft: &ReversalDraft) -> Result<()> {
    let later = queries::by_id(tx, settling(tx, advance).await?).await?;
    if !later.iter().all(|row| draft.with.iter().any(|named| **named == *row.number)) {
        return Ok(());
    }
    for row in later.into_iter().rev() {
        let row = tx.lock_other::<payment::Entity>(row.id).await?;
        Box::pin(take_back(tx, row, draft)).await?;
    }
    Ok(())
}
