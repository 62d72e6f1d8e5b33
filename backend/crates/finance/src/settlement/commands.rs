//! Settling and taking back.

use super::entity::{line, settlement};
use super::{model, queries};
use crate::api::{EntryDraft, SettlementDraft, Source};
use crate::ledger::commands::{post, reversal_time, reverse as reverse_entries};
use crate::open_item::commands::{self as items, NewItem};
use crate::open_item::queries::of;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::REVERSAL_BLOCKED;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::settlement::{Settlement, SettlementAction, SettlementState};
use openapi::problem::IN_THE_FUTURE;
use platform::doc::lifecycle::{self, stored};
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Settles a document: posts the customer's part and opens it as a receivable.
pub async fn settle(tx: &Tx, draft: SettlementDraft) -> Result<Settlement> {
    let SettlementDraft { org_id, party_id, source, effective_at, lines } = draft;
    if effective_at > tx.now() {
        return Err(IN_THE_FUTURE.into());
    }
    let totals = model::totals(&lines)?;
    let row = settlement::Model {
        org_id,
        number: tx.number(DocKind::Settlement).await?,
        state: SettlementState::Posted.as_str().to_owned(),
        party_id: party_id.into(),
        source_kind: source.kind.as_str().to_owned(),
        source_id: source.id,
        source_number: source.number.clone(),
        effective_at,
        effective_on: tx.date_of(effective_at),
        posted_at: tx.now(),
        total: totals.total.0,
        customer_total: totals.customer.0,
        vat_total: totals.vat.0,
        ..Default::default()
    };
    let row = tx.create::<settlement::Entity>(row).await?;
    lifecycle::created::<Settlement>(tx, row.id, SettlementState::Posted);
    tx.insert_all::<line::Entity>(model::line_rows(row.id, lines)).await?;
    let itself = Source { kind: DocKind::Settlement, id: row.id, number: row.number.clone() };
    let origin = Some((source.id, source.number));
    let entry = EntryDraft {
        org_id,
        effective_at,
        source: itself.clone(),
        origin: origin.clone(),
        memo: Some("维修结算".to_owned()),
        lines: model::posting(party_id, &totals),
    };
    if post(tx, entry).await?.is_some() {
        let item = NewItem {
            org_id,
            side: OpenItemSide::Receivable,
            party_id: party_id.into(),
            source: itself,
            origin,
            effective_on: row.effective_on,
            due_on: None,
            amount: totals.customer,
        };
        items::open(tx, item).await?;
    }
    queries::detail(tx, row).await
}

/// Takes a settlement back by its mirror. Refused, naming them, while receipts or payments have settled some of it.
pub async fn reverse(tx: &Tx, id: Uuid, reason: &str) -> Result<Settlement> {
    let before = tx.lock_other::<settlement::Entity>(id).await?;
    let state =
        lifecycle::advance::<Settlement>(tx, id, stored(&before.state)?, SettlementAction::Reverse, Some(reason))?;
    let item = match of(tx, id, OpenItemSide::Receivable).await? {
        Some(item) => items::lock(tx, [item.id]).await?.into_values().next(),
        None => None,
    };
    if let Some(item) = &item {
        let later = crate::api::settled_by(tx, item.id).await?;
        if !later.is_empty() {
            return Err(Failure::new(REVERSAL_BLOCKED).with("documents", later.join("、")));
        }
    }
    let mirror = mirror(tx, &before, reason).await?;
    let itself = Source { kind: DocKind::Settlement, id: mirror.id, number: mirror.number };
    reverse_entries(tx, id, &itself).await?;
    if let Some(item) = &item {
        items::void(tx, item, &itself).await?;
    }
    let after =
        settlement::Model { state: state.as_str().to_owned(), reason: Some(reason.to_owned()), ..before.clone() };
    queries::detail(tx, tx.save::<settlement::Entity>(&before, after).await?).await
}

async fn mirror(tx: &Tx, original: &settlement::Model, reason: &str) -> Result<settlement::Model> {
    let effective_at = reversal_time(tx, original.org_id, original.effective_at).await?;
    let row = settlement::Model {
        id: Uuid::nil(),
        number: tx.number(DocKind::Settlement).await?,
        state: SettlementState::Mirror.as_str().to_owned(),
        effective_at,
        effective_on: tx.date_of(effective_at),
        posted_at: tx.now(),
        total: -original.total,
        customer_total: -original.customer_total,
        vat_total: -original.vat_total,
        reversal_of: Some(original.id),
        reason: Some(reason.to_owned()),
        ..original.clone()
    };
    let row = tx.create::<settlement::Entity>(row).await?;
    lifecycle::created::<Settlement>(tx, row.id, SettlementState::Mirror);
    let lines = queries::lines_of(tx, original.id).await?;
    tx.insert_all::<line::Entity>(model::mirror_lines(row.id, lines)).await?;
    Ok(row)
}

/// The settlement in force of a document, if it has one.
pub async fn in_force(tx: &platform::ReadTx, source: Uuid) -> Result<Option<settlement::Model>> {
    let select = settlement::Entity::find()
        .filter(settlement::Column::SourceId.eq(source))
        .filter(settlement::Column::State.eq(SettlementState::Posted.as_str()));
    Ok(select.one(tx.conn()).await?)
}
