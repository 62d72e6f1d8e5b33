//! Writes.

use super::entity::payment;
use super::{model, queries};
use crate::api::{EntryDraft, Source};
use crate::ledger::commands::{post, reverse as reverse_entries};
use crate::open_item::commands as items;
use openapi::Issue;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::payment::{CreatePayment, Payment, PaymentAction, PaymentState, ReversePayment};
use openapi::finance::{IN_THE_FUTURE, PAYER_CANNOT_REVERSE, PAYMENT_REVERSE};
use platform::doc::document;
use platform::doc::lifecycle;
use platform::{Call, Failure, Result, Tx};

/// Posts a payment. The payables are locked before anything is read from them: of two people who pay the same item at
/// once the second finds it settled.
pub async fn create(tx: &Tx, call: Call<CreatePayment>) -> Result<Payment> {
    let draft = call.body;
    let amount = model::total(&draft)?;
    let effective_at = draft.effective_at.map_or(tx.now(), |at| at.utc());
    if effective_at > tx.now() {
        return Err(Failure::field("/effective_at", Issue::new(IN_THE_FUTURE)));
    }
    master::api::choose_customer(tx, draft.party_id, "/party_id").await?;
    master::api::choose_bank_account(tx, draft.bank_account_id, "/bank_account_id").await?;
    let locked = items::lock(tx, draft.allocations.iter().map(|a| a.open_item_id.uuid())).await?;
    let org_id = model::station_of(&draft, &locked)?;
    let lines = model::posting(&draft, amount);
    let row = payment::Model {
        org_id,
        number: tx.number(DocKind::Payment).await?,
        state: PaymentState::Posted.as_str().to_owned(),
        party_id: draft.party_id.into(),
        effective_at,
        method: draft.method.as_str().to_owned(),
        bank_account_id: draft.bank_account_id.into(),
        reference: draft.reference.map(Into::into),
        amount: amount.0,
        payer_id: tx.actor().user_id,
        payer_name: tx.actor().name.clone(),
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    let row = tx.create::<payment::Entity>(row).await?;
    lifecycle::created::<openapi::finance::payment::PaymentLife>(tx, row.id, PaymentState::Posted);
    let itself = source(&row);
    let memo = Some("付款".to_owned());
    post(tx, EntryDraft { org_id, effective_at, source: itself.clone(), origin: None, memo, lines }).await?;
    for allocation in &draft.allocations {
        if let Some(item) = locked.get(&allocation.open_item_id.uuid()) {
            items::allocate(tx, item, &itself, allocation.amount).await?;
        }
    }
    queries::detail(tx, row).await
}

fn source(row: &payment::Model) -> Source {
    Source { kind: DocKind::Payment, id: row.id, number: row.number.clone() }
}

pub async fn reverse(tx: &Tx, call: Call<ReversePayment>) -> Result<Payment> {
    let before = tx.lock::<payment::Entity>(call.path.id).await?;
    tx.require_at(PAYMENT_REVERSE, before.org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<payment::Entity>(tx, &before, PaymentAction::Reverse, Some(reason))?;
    if before.payer_id == tx.actor().user_id {
        return Err(Failure::new(PAYER_CANNOT_REVERSE));
    }
    let itself = source(&before);
    items::take_back(tx, before.id, &itself).await?;
    reverse_entries(tx, before.id, &itself).await?;
    let after = payment::Model { reason: Some(reason.to_string()), ..after };
    queries::detail(tx, tx.save::<payment::Entity>(&before, after).await?).await
}
