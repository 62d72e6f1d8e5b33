//! Writes. Lock order: the document, then the balances.

use super::entity::{conversion, line};
use super::{model, queries};
use crate::document::for_document::{PostingDraft, post_for, reverse_postings};
use crate::{facts, formula};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::problem::field;
use openapi::stock::conversion::{
    Conversion, ConversionAction, ConversionDraft, ConversionState, CreateConversion, PostConversion,
    ReverseConversion, UpdateConversion, VoidConversion,
};
use openapi::stock::document::StockReason;
use openapi::stock::{CONVERSION_EDIT, CONVERSION_POST, CONVERSION_REVERSE, OTHER_STATION};
use openapi::{Issue, Permission};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use std::collections::HashSet;
use uuid::Uuid;

type Head = conversion::Entity;

pub async fn create(tx: &Tx, call: Call<CreateConversion>) -> Result<Conversion> {
    let state = ConversionState::Draft.as_str().to_owned();
    let blank = conversion::Model { id: platform::new_id(), state, ..Default::default() };
    let (row, lines) = filled(tx, blank, call.body).await?;
    let row = conversion::Model { number: tx.number(DocKind::Conversion).await?, ..row };
    let row = document::open::<Head, line::Entity>(tx, row, lines).await?;
    queries::detail(tx, row).await
}

pub async fn update(tx: &Tx, call: Call<UpdateConversion>) -> Result<Conversion> {
    let before = document::lock_draft::<Head>(tx, call.path.id.uuid(), ConversionState::Draft).await?;
    tx.require_at(CONVERSION_EDIT, before.org_id).await?;
    let (after, lines) = filled(tx, before.clone(), call.body).await?;
    if after.org_id != before.org_id {
        return Err(wrong("/warehouse_id", Issue::new(OTHER_STATION)));
    }
    let row = document::rewrite::<Head, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

fn wrong(pointer: &str, issue: Issue) -> Failure {
    Failure::field(pointer, issue)
}

/// Checks a draft against the records that it names and writes it into a row and lines.
async fn filled(
    tx: &Tx,
    row: conversion::Model,
    mut draft: ConversionDraft,
) -> Result<(conversion::Model, Vec<line::Model>)> {
    let unknown = |pointer: &str| wrong(pointer, Issue::new(field::REFERENCE_NOT_FOUND));
    let found = formula::usable(tx, draft.formula_id.uuid()).await?;
    let (formula, parts) = found.ok_or_else(|| unknown("/formula_id"))?;
    let (unit_in, parts_in) = (draft.warehouse_id, draft.parts_warehouse_id.unwrap_or(draft.warehouse_id));
    let warehouses = facts::warehouses(tx, [unit_in.uuid(), parts_in.uuid()]).await?;
    let usable = |id: Uuid| warehouses.get(&id).filter(|w| w.is_active);
    let of_unit = usable(unit_in.uuid()).ok_or_else(|| unknown("/warehouse_id"))?;
    let of_parts = usable(parts_in.uuid()).ok_or_else(|| unknown("/parts_warehouse_id"))?;
    if !tx.may_at(CONVERSION_EDIT, of_unit.org).await? {
        return Err(unknown("/warehouse_id"));
    }
    if of_parts.org != of_unit.org {
        return Err(wrong("/parts_warehouse_id", Issue::new(OTHER_STATION)));
    }
    let wanted: HashSet<Uuid> = draft.lines.iter().map(|l| l.product_id.uuid()).collect();
    let wanted = wanted.into_iter().chain(parts.iter().map(|p| p.product_id)).chain([formula.product_id]);
    let products = facts::products(tx, wanted).await?;
    if draft.lines.is_empty() {
        draft.lines = model::from_formula(&parts, &products);
    }
    let row = conversion::Model {
        org_id: of_unit.org,
        formula_id: formula.id,
        product_id: formula.product_id,
        warehouse_id: unit_in.uuid(),
        parts_warehouse_id: parts_in.uuid(),
        ..row
    };
    model::filled(row, draft, &products).map_err(Failure::fields)
}

/// The document of the path, locked, before and after a step.
async fn stepped(
    tx: &Tx,
    id: Uuid,
    permission: Permission,
    action: ConversionAction,
    note: Option<&str>,
) -> Result<(conversion::Model, conversion::Model)> {
    let before = tx.lock::<Head>(id).await?;
    tx.require_at(permission, before.org_id).await?;
    let after = document::stepped::<Head>(tx, &before, action, note)?;
    Ok((before, after))
}

pub async fn post(tx: &Tx, call: Call<PostConversion>) -> Result<Conversion> {
    let id = call.path.id.uuid();
    let (before, after) = stepped(tx, id, CONVERSION_POST, ConversionAction::Post, None).await?;
    let lines = document::lines_of::<line::Entity>(tx, id).await?;
    let products = facts::products(tx, lines.iter().map(|l| l.product_id).chain([before.product_id])).await?;
    let missing = model::missing(&before, &lines, &products);
    if !missing.is_empty() {
        return Err(Failure::fields(missing));
    }
    let posting = PostingDraft {
        kind: DocKind::ConversionPosting,
        reason: StockReason::Conversion,
        org: before.org_id,
        warehouse: Some(before.warehouse_id),
        source: (DocKind::Conversion, before.id, before.number.clone()),
        effective_at: None,
        moves: model::moves(&before, &lines)?,
    };
    post_for(tx, posting).await?;
    let row = tx.save::<Head>(&before, conversion::Model { posted_at: Some(tx.now()), ..after }).await?;
    queries::detail(tx, row).await
}

pub async fn reverse(tx: &Tx, call: Call<ReverseConversion>) -> Result<Conversion> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, CONVERSION_REVERSE, ConversionAction::Reverse, Some(reason)).await?;
    reverse_postings(tx, id, &[DocKind::ConversionPosting], reason).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}

pub async fn void(tx: &Tx, call: Call<VoidConversion>) -> Result<Conversion> {
    let (id, reason) = (call.path.id.uuid(), &call.body.reason);
    let (before, after) = stepped(tx, id, CONVERSION_EDIT, ConversionAction::Void, Some(reason)).await?;
    let row = tx.save::<Head>(&before, after).await?;
    queries::detail(tx, row).await
}
