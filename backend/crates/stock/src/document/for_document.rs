//! Postings of documents that have a life of their own (transfers, orders, counts): written and posted in one go, inside
//! the transaction of the document that they belong to, and reversed with it.

use super::entity::{doc, line};
use super::posting;
use crate::facts;
use crate::ledger::cost::Share;
use crate::ledger::model::MoveDraft;
use crate::ledger::places;
use crate::ledger::queries::of_document;
use crate::reservation::Claim;
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::master::product::ProductKind;
use openapi::stock::document::{StockDocLife, StockDocLink, StockDocState, StockReason};
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Money, Note, Quantity};
use platform::doc::lifecycle;
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A place by what it is: of a kind, at a station, with the warehouse, person or document that holds the goods.
/// Places outside are held by the station itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlaceRef {
    /// Kind.
    pub kind: PlaceKind,
    /// Station.
    pub org: Uuid,
    /// Holder.
    pub holder: Uuid,
}

impl PlaceRef {
    /// A warehouse of a station.
    pub fn warehouse(org: Uuid, holder: Uuid) -> Self {
        PlaceRef { kind: PlaceKind::Warehouse, org, holder }
    }

    /// A place outside of stock.
    pub fn outside(kind: PlaceKind, org: Uuid) -> Self {
        PlaceRef { kind, org, holder: org }
    }
}

/// One move of a posting.
#[derive(Clone, Debug)]
pub struct MoveLine {
    /// Product.
    pub product: Uuid,
    /// Serial, for products tracked by it.
    pub serial: Option<String>,
    /// Condition in which it moves.
    pub condition: Condition,
    /// Whose it is.
    pub owner: Owner,
    /// Quantity, more than zero.
    pub quantity: Quantity,
    /// Whether the goods stay where they are and only their value changes, by `value`: from a place outside to where
    /// they lie when they are worth more, the other way when they are worth less.
    pub is_value_alone: bool,
    /// The pool that its value goes into or comes out of, where goods turn into others.
    pub share: Option<Share>,
    /// Where it comes from.
    pub from: PlaceRef,
    /// Where it goes to.
    pub to: PlaceRef,
    /// The account of the side that lies outside of stock; not used where both sides hold goods.
    pub outside: Account,
    /// What it is worth, where that does not follow from the place that it leaves.
    pub value: Option<Money>,
    /// What it may be reserved for; the reservation is then used up first.
    pub reserved_for: Option<Claim>,
}

impl MoveLine {
    /// Goods of the company that move at what they cost; `outside` is the account of the side that lies outside of stock.
    pub fn goods(product: Uuid, quantity: Quantity, from: PlaceRef, to: PlaceRef, outside: Account) -> Self {
        MoveLine {
            product,
            serial: None,
            condition: Condition::Good,
            owner: Owner::Company,
            quantity,
            is_value_alone: false,
            share: None,
            from,
            to,
            outside,
            value: None,
            reserved_for: None,
        }
    }
}

/// A posting to write.
#[derive(Clone, Debug)]
pub struct PostingDraft {
    /// Kind of the stock document.
    pub kind: DocKind,
    /// Why.
    pub reason: StockReason,
    /// Station that it belongs to.
    pub org: Uuid,
    /// Warehouse to show in lists.
    pub warehouse: Option<Uuid>,
    /// The document that it belongs to: kind, id, number.
    pub source: (DocKind, Uuid, String),
    /// When it takes effect, not in the future; now when absent.
    pub effective_at: Option<DateTime<Utc>>,
    /// Moves, at least one.
    pub moves: Vec<MoveLine>,
}

/// Writes a posting, and says what each move was worth, in their order.
pub async fn post_for(tx: &Tx, draft: PostingDraft) -> Result<Vec<Money>> {
    let PostingDraft { kind, reason, org, warehouse, source, effective_at, moves } = draft;
    let total: Quantity = moves.iter().map(|m| m.quantity).sum();
    let (source_kind, source_id, source_number) = source;
    let head = doc::Model {
        kind: kind.as_str().to_owned(),
        reason: reason.as_str().to_owned(),
        state: StockDocState::Draft.as_str().to_owned(),
        number: tx.number(kind).await?,
        org_id: org,
        warehouse_id: warehouse,
        effective_at,
        total_quantity: total.0,
        source_kind: Some(source_kind.as_str().to_owned()),
        source_id: Some(source_id),
        source_number: Some(source_number),
        ..Default::default()
    };
    let head = tx.create::<doc::Entity>(head).await?;
    let lines: Vec<line::Model> = (0_i32..).zip(&moves).map(|(n, m)| line_of(head.id, n, m)).collect();
    let drafts = drafts(tx, &lines, &moves).await?;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    tx.insert_all::<line::Entity>(lines).await?;
    let (after, entries) = posting::post_drafts(tx, &head, drafts).await?;
    let head = tx.save::<doc::Entity>(&head, after).await?;
    lifecycle::created::<StockDocLife>(tx, head.id, StockDocState::Posted);
    let worth = |id: &Uuid| entries.iter().filter(|e| e.line == *id && !e.quantity.is_zero()).map(|e| e.value).sum();
    Ok(ids.iter().map(worth).collect())
}

fn line_of(doc: Uuid, line_no: i32, of: &MoveLine) -> line::Model {
    line::Model {
        id: platform::new_id(),
        doc_id: doc,
        line_no,
        product_id: of.product,
        serial: of.serial.clone(),
        condition: of.condition.as_str().to_owned(),
        owner: of.owner.as_str().to_owned(),
        quantity: of.quantity.0,
        ..Default::default()
    }
}

async fn drafts(tx: &Tx, lines: &[line::Model], moves: &[MoveLine]) -> Result<Vec<MoveDraft>> {
    let products = facts::products(tx, moves.iter().map(|m| m.product).collect::<HashSet<_>>()).await?;
    let mut known = HashMap::new();
    for place in moves.iter().flat_map(|m| [m.from, m.to]).collect::<HashSet<_>>() {
        known.insert(place, places::ensure(tx, place.kind, place.org, place.holder).await?);
    }
    let lost = || Failure::Internal("a place was not made".to_owned());
    let draft = |(line, of): (&line::Model, &MoveLine)| {
        Ok(MoveDraft {
            line: line.id,
            product: of.product,
            is_unit: products.get(&of.product).is_some_and(|p| p.kind == ProductKind::Unit),
            serial: of.serial.clone(),
            condition: of.condition,
            owner: of.owner,
            from: *known.get(&of.from).ok_or_else(lost)?,
            to: *known.get(&of.to).ok_or_else(lost)?,
            quantity: if of.is_value_alone { Quantity::ZERO } else { of.quantity },
            value: of.value,
            share: of.share,
            outside: of.outside,
            unreserve: Quantity::ZERO,
            mirror_of: None,
            claim: of.reserved_for,
        })
    };
    lines.iter().zip(moves).map(draft).collect()
}

/// The postings of a document that stand, oldest first.
pub async fn postings_of(tx: &ReadTx, source: Uuid) -> Result<Vec<StockDocLink>> {
    Ok(standing(tx, source)
        .await?
        .iter()
        .map(|row| StockDocLink { id: row.id.into(), number: row.number.clone() })
        .collect())
}

/// What the lines of the latest posting of a document came to, in their order; nothing before it was posted.
pub async fn values_of(tx: &ReadTx, source: Uuid) -> Result<Vec<Money>> {
    let posting = doc::Entity::find()
        .filter(doc::Column::SourceId.eq(source))
        .filter(doc::Column::ReversalOf.is_null())
        .order_by_desc(doc::Column::CreatedAt)
        .one(tx.conn())
        .await?;
    let Some(posting) = posting else { return Ok(Vec::new()) };
    let mut values: HashMap<Uuid, Money> = HashMap::new();
    for entry in of_document(tx, posting.id).await?.iter().filter(|entry| entry.quantity != 0) {
        *values.entry(entry.line_id).or_default() += Money(entry.value);
    }
    let lines = posting::lines_of(tx, posting.id).await?;
    Ok(lines.iter().map(|line| values.get(&line.id).copied().unwrap_or_default()).collect())
}

async fn standing(tx: &ReadTx, source: Uuid) -> Result<Vec<doc::Model>> {
    let select = doc::Entity::find()
        .filter(doc::Column::SourceId.eq(source))
        .filter(doc::Column::State.eq(StockDocState::Posted.as_str()))
        .filter(doc::Column::ReversalOf.is_null());
    Ok(select.order_by_asc(doc::Column::CreatedAt).order_by_asc(doc::Column::Id).all(tx.conn()).await?)
}

/// Reverses what stands of the postings of a document, the latest first, of the given kinds.
pub async fn reverse_postings(tx: &Tx, source: Uuid, kinds: &[DocKind], reason: &Note<500>) -> Result<()> {
    let rows = standing(tx, source).await?;
    for row in rows.iter().rev().filter(|row| kinds.iter().any(|kind| kind.as_str() == row.kind)) {
        super::for_ticket::reverse(tx, row.id.into(), reason).await?;
    }
    Ok(())
}
