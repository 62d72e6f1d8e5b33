//! From a document with its lines to the ledger, and back by a mirror. Used by people and by tickets alike.

use super::entity::{doc, line};
use super::route::{Way, regraded, route};
use crate::facts;
use crate::ledger::entity::entry;
use crate::ledger::model::{Entry, MoveDraft, Place};
use crate::ledger::{self, places, queries};
use crate::reservation::{self, Claim};
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Book;
use openapi::master::product::ProductKind;
use openapi::stock::document::{StockDocState, StockReason};
use openapi::stock::{PlaceKind, STOCK_ALREADY_REVERSED, STOCK_OPENED_ALREADY};
use openapi::{Money, Quantity, UnitPrice};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The lines of a document, in order.
pub async fn lines_of(tx: &platform::ReadTx, doc: Uuid) -> Result<Vec<line::Model>> {
    Ok(select_lines(doc).all(tx.conn()).await?)
}

/// Their select.
pub fn select_lines(doc: Uuid) -> sea_orm::Select<line::Entity> {
    line::Entity::find().filter(line::Column::DocId.eq(doc)).order_by_asc(line::Column::LineNo)
}

/// Posts the goods of a document whose head is locked, and returns its head as it must be saved.
/// `values` are given costs by line, where they are not on the line.
pub async fn post(
    tx: &Tx,
    head: &doc::Model,
    lines: &[line::Model],
    values: &HashMap<Uuid, Money>,
) -> Result<(doc::Model, Vec<Entry>)> {
    let drafts = drafts(tx, head, lines, values).await?;
    let (head, entries) = post_drafts(tx, head, drafts.clone()).await?;
    if stored::<DocKind>(&head.kind)? == DocKind::OpeningStock {
        require_first_opening(tx, &head, &drafts).await?;
    }
    Ok((head, entries))
}

/// Posts moves whose way is known. What is reserved for a part is used up first.
pub async fn post_drafts(tx: &Tx, head: &doc::Model, mut drafts: Vec<MoveDraft>) -> Result<(doc::Model, Vec<Entry>)> {
    let at = head.effective_at.unwrap_or_else(|| tx.now());
    reservation::commands::use_up(tx, &mut drafts).await?;
    let entries = ledger::post(tx, head, at, &drafts).await?;
    Ok((posted(tx, head, at, &entries), entries))
}

fn posted(tx: &Tx, head: &doc::Model, at: DateTime<Utc>, entries: &[Entry]) -> doc::Model {
    // goods that turn into others count once, as what they were; goods that change their value, by how much
    let goods = entries.iter().filter(|e| !e.quantity.is_zero() && e.from.kind != PlaceKind::Conversion);
    let changes = entries.iter().filter(|e| e.quantity.is_zero() && !e.takes_effect_now);
    let change = |e: &Entry| if e.from.kind.holds_goods() { -e.value.0 } else { e.value.0 };
    let value: i64 = goods.map(|e| e.value.0).chain(changes.map(change)).sum();
    doc::Model {
        state: StockDocState::Posted.as_str().to_owned(),
        effective_at: Some(at),
        posted_at: Some(tx.now()),
        posted_by: Some(tx.actor().user_id),
        total_value: Some(value),
        ..head.clone()
    }
}

/// What each line wants to move.
async fn drafts(
    tx: &Tx,
    head: &doc::Model,
    lines: &[line::Model],
    values: &HashMap<Uuid, Money>,
) -> Result<Vec<MoveDraft>> {
    let (kind, reason) = (stored::<DocKind>(&head.kind)?, stored::<StockReason>(&head.reason)?);
    let products = facts::products(tx, lines.iter().map(|l| l.product_id).collect::<HashSet<_>>()).await?;
    let way = way(tx, head, kind, reason).await?;
    let mut drafts = Vec::with_capacity(lines.len());
    for line in lines {
        let payer = line.payer.as_deref().map(stored).transpose()?;
        let route = route(kind, reason, payer).ok_or_else(|| no_route(kind))?;
        let quantity = Quantity(line.quantity);
        let typed = line.unit_cost.map(|cost| UnitPrice(cost).times(quantity));
        let draft = MoveDraft {
            line: line.id,
            product: line.product_id,
            is_unit: products.get(&line.product_id).is_some_and(|p| p.kind == ProductKind::Unit),
            serial: line.serial.clone(),
            condition: stored(&line.condition)?,
            owner: stored(&line.owner)?,
            from: way.from,
            to: way.to,
            quantity,
            value: values.get(&line.id).copied().or(typed),
            share: None,
            outside: route.outside,
            unreserve: Quantity::ZERO,
            mirror_of: None,
            claim: line.ticket_part_id.map(Claim::ticket),
        };
        match line.to_condition.as_deref().map(stored).transpose()?.zip(way.through) {
            Some((to, through)) => drafts.extend(regraded(draft, to, through)),
            None => drafts.push(draft),
        }
    }
    Ok(drafts)
}

fn no_route(kind: DocKind) -> Failure {
    Failure::Internal(format!("{kind} moves no goods"))
}

async fn way(tx: &Tx, head: &doc::Model, kind: DocKind, reason: StockReason) -> Result<Way> {
    let route = route(kind, reason, None).ok_or_else(|| no_route(kind))?;
    let through = match kind {
        DocKind::WarehouseMove => Some(place(tx, head, PlaceKind::Conversion, None).await?),
        _ => None,
    };
    let from = place(tx, head, route.from, None).await?;
    Ok(Way { from, to: place(tx, head, route.to, head.to_warehouse_id).await?, through })
}

/// A place of the document; `target` is the warehouse that goods are moved to, where there are two.
async fn place(tx: &Tx, head: &doc::Model, kind: PlaceKind, target: Option<Uuid>) -> Result<Place> {
    let holder = match kind {
        PlaceKind::Warehouse if target.is_some() => target,
        PlaceKind::Warehouse => head.warehouse_id,
        PlaceKind::Custody => head.engineer_id,
        _ => Some(head.org_id),
    };
    let holder = holder.ok_or_else(|| Failure::Internal(format!("{} has no {kind}", head.number)))?;
    places::ensure(tx, kind, head.org_id, holder).await
}

/// Each cell is opened once: its rows are locked by now, so that two openings at the same time see each other here.
async fn require_first_opening(tx: &Tx, head: &doc::Model, drafts: &[MoveDraft]) -> Result<()> {
    use entry::Column as C;
    let Some(first) = drafts.first() else { return Ok(()) };
    let rows = entry::Entity::find()
        .filter(C::FromPlaceId.eq(first.from.id))
        .filter(C::ToPlaceId.eq(first.to.id))
        .filter(C::ProductId.is_in(drafts.iter().map(|d| d.product).collect::<HashSet<_>>()))
        .filter(C::DocId.ne(head.id))
        .all(tx.conn())
        .await?;
    let undone: HashSet<Uuid> = rows.iter().filter_map(|row| row.mirror_of).collect();
    let standing = |row: &&entry::Model| row.mirror_of.is_none() && !undone.contains(&row.id);
    let same = |row: &entry::Model, d: &MoveDraft| {
        row.product_id == d.product && row.condition == d.condition.as_str() && row.serial == d.serial
    };
    let twice = rows.iter().filter(standing).find(|row| drafts.iter().any(|d| same(row, d)));
    match twice {
        Some(row) => {
            let product = facts::product_label(tx, row.product_id).await?;
            Err(Failure::new(STOCK_OPENED_ALREADY).with("product", product))
        }
        None => Ok(()),
    }
}

/// Makes and posts the mirror of a posted document, whose head is locked: the same lines below zero, at the original
/// values, on the original date when its month is still open.
pub async fn mirror(tx: &Tx, original: &doc::Model, remark: &str) -> Result<(doc::Model, Vec<Entry>)> {
    if original.reversal_of.is_some() || original.state != StockDocState::Posted.as_str() {
        return Err(Failure::new(STOCK_ALREADY_REVERSED));
    }
    let happened = original.effective_at.unwrap_or_else(|| tx.now());
    let is_open = master::api::period_is_open(tx, original.org_id, tx.date_of(happened), Book::Stock).await?;
    let at = if is_open { happened } else { tx.now() };
    let head = doc::Model {
        id: platform::new_id(),
        number: tx.number(stored(&original.kind)?).await?,
        state: StockDocState::Posted.as_str().to_owned(),
        effective_at: Some(at),
        posted_at: Some(tx.now()),
        posted_by: Some(tx.actor().user_id),
        reversal_of: Some(original.id),
        remark: Some(remark.to_owned()),
        total_quantity: -original.total_quantity,
        total_value: original.total_value.map(|value| -value),
        ..original.clone()
    };
    let head = tx.create::<doc::Entity>(head).await?;
    let lines = lines_of(tx, original.id).await?;
    let mirrored: Vec<line::Model> = lines.iter().map(|line| mirrored_line(&head, line)).collect();
    tx.insert_all::<line::Entity>(mirrored.clone()).await?;
    let drafts = mirror_drafts(tx, original, &lines, &mirrored).await?;
    let entries = ledger::post(tx, &head, at, &drafts).await?;
    if stored::<DocKind>(&original.kind)? == DocKind::ValueChange {
        ledger::require_untouched(tx, original.id, head.id).await?;
    }
    Ok((head, entries))
}

fn mirrored_line(head: &doc::Model, line: &line::Model) -> line::Model {
    line::Model { id: platform::new_id(), doc_id: head.id, quantity: -line.quantity, ..line.clone() }
}

async fn mirror_drafts(
    tx: &Tx,
    original: &doc::Model,
    lines: &[line::Model],
    mirrored: &[line::Model],
) -> Result<Vec<MoveDraft>> {
    let rows = queries::of_document(tx, original.id).await?;
    let places = places::by_id(tx, rows.iter().flat_map(|r| [r.from_place_id, r.to_place_id])).await?;
    let is_gain_or_loss = |row: &entry::Model| {
        let kind = |id| places.get(&id).map(|place| place.kind);
        kind(row.from_place_id) == Some(PlaceKind::Revaluation) || kind(row.to_place_id) == Some(PlaceKind::Revaluation)
    };
    // what brought the warehouses to one average afterwards follows again by itself
    let is_value_change = stored::<DocKind>(&original.kind)? == DocKind::ValueChange;
    let is_own = |row: &entry::Model| row.quantity != 0 || (is_value_change && is_gain_or_loss(row));
    let rows: Vec<entry::Model> = rows.into_iter().filter(is_own).collect();
    let products = facts::products(tx, rows.iter().map(|r| r.product_id).collect::<HashSet<_>>()).await?;
    let lost = || Failure::Internal("a ledger entry points nowhere".to_owned());
    let line_of: HashMap<Uuid, Uuid> = lines.iter().zip(mirrored).map(|(old, new)| (old.id, new.id)).collect();
    let draft = |row: &entry::Model| {
        let from = *places.get(&row.from_place_id).ok_or_else(lost)?;
        let to = *places.get(&row.to_place_id).ok_or_else(lost)?;
        let outside = if from.kind.holds_goods() { &row.debit_account } else { &row.credit_account };
        Ok(MoveDraft {
            line: *line_of.get(&row.line_id).ok_or_else(lost)?,
            product: row.product_id,
            is_unit: products.get(&row.product_id).is_some_and(|p| p.kind == ProductKind::Unit),
            serial: row.serial.clone(),
            condition: stored(&row.condition)?,
            owner: stored(&row.owner)?,
            from,
            to,
            quantity: Quantity(-row.quantity),
            value: Some(Money(-row.value)),
            share: None,
            outside: stored(outside)?,
            unreserve: Quantity::ZERO,
            mirror_of: Some(row.id),
            claim: None,
        })
    };
    // the last move first: what turned into something else turns back before it goes home
    rows.iter().rev().map(draft).collect()
}
