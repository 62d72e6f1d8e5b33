//! Documents that tickets make: each is written and posted in one go, inside the ticket's own transaction.

use super::entity::{doc, line};
use super::posting;
use crate::facts;
use crate::ledger::model::Entry;
use crate::ledger::places;
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::identity::{OrgId, UserId};
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::stock::document::{StockDocId, StockDocLife, StockDocState, StockReason};
use openapi::stock::{Condition, Owner, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED};
use openapi::{Money, Note, Quantity, Serial, problem};
use platform::doc::lifecycle::{self, stored};
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// One part of a ticket that moves.
#[derive(Clone, Debug)]
pub struct PartLine {
    /// The part of the ticket.
    pub ticket_part: Uuid,
    /// Product.
    pub product: ProductId,
    /// Serial, for products tracked by it.
    pub serial: Option<Serial>,
    /// Quantity, more than zero.
    pub quantity: Quantity,
}

/// Good parts from a warehouse to an engineer, or back.
#[derive(Clone, Debug)]
pub struct IssueDraft {
    /// The ticket.
    pub ticket: Uuid,
    /// Who draws or returns them.
    pub engineer: UserId,
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// The parts.
    pub lines: Vec<PartLine>,
}

/// One part that was used up.
#[derive(Clone, Debug)]
pub struct ConsumeLine {
    /// The part.
    pub part: PartLine,
    /// Who bears it.
    pub payer: Payer,
}

/// What a repair used up from the engineer's custody.
#[derive(Clone, Debug)]
pub struct ConsumeDraft {
    /// The ticket.
    pub ticket: Uuid,
    /// The station.
    pub org: OrgId,
    /// Whose custody.
    pub engineer: UserId,
    /// When it happened; now when absent.
    pub effective_at: Option<DateTime<Utc>>,
    /// The parts.
    pub lines: Vec<ConsumeLine>,
}

/// One part that was taken out of a unit.
#[derive(Clone, Debug)]
pub struct OldPartLine {
    /// The part; its serial is that of the old piece.
    pub part: PartLine,
    /// Whose it is now.
    pub owner: Owner,
    /// What it is still worth by policy; usually nothing.
    pub value: Money,
    /// Who bore the new part.
    pub payer: Payer,
}

/// Old parts into a warehouse.
#[derive(Clone, Debug)]
pub struct OldPartsDraft {
    /// The ticket.
    pub ticket: Uuid,
    /// The warehouse for bad parts.
    pub warehouse: WarehouseId,
    /// The parts.
    pub lines: Vec<OldPartLine>,
}

/// The unit of a customer.
#[derive(Clone, Debug)]
pub struct CustodyDraft {
    /// The ticket.
    pub ticket: Uuid,
    /// The station that takes it.
    pub org: OrgId,
    /// Its model.
    pub product: ProductId,
    /// Its serial; kept where the model is tracked by serial.
    pub serial: Option<Serial>,
}

/// What one line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostedLine {
    /// The part of the ticket.
    pub ticket_part: Uuid,
    /// Quantity moved.
    pub quantity: Quantity,
    /// Its cost.
    pub value: Money,
}

/// A document that was written and posted.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Id.
    pub id: StockDocId,
    /// Number.
    pub number: String,
    /// Its lines, in the order of the draft.
    pub lines: Vec<PostedLine>,
}

/// Issues good parts to an engineer. What is reserved for a part is used up first.
pub async fn issue_to_engineer(tx: &Tx, draft: IssueDraft) -> Result<Posted> {
    hand_over(tx, DocKind::EngineerIssue, draft).await
}

/// Takes good parts back from an engineer.
pub async fn return_from_engineer(tx: &Tx, draft: IssueDraft) -> Result<Posted> {
    hand_over(tx, DocKind::EngineerReturn, draft).await
}

async fn hand_over(tx: &Tx, kind: DocKind, draft: IssueDraft) -> Result<Posted> {
    let IssueDraft { ticket, engineer, warehouse, lines } = draft;
    let head = doc::Model {
        kind: kind.as_str().to_owned(),
        org_id: org_of(tx, warehouse).await?,
        warehouse_id: Some(warehouse.uuid()),
        engineer_id: Some(engineer.uuid()),
        ticket_id: Some(ticket),
        ..Default::default()
    };
    write(tx, kind, head, lines.into_iter().map(|part| Wanted::good(part, None)).collect()).await
}

/// Uses parts up from the engineer's custody and returns what each cost.
pub async fn consume(tx: &Tx, draft: ConsumeDraft) -> Result<Posted> {
    let ConsumeDraft { ticket, org, engineer, effective_at, lines } = draft;
    let head = doc::Model {
        kind: DocKind::RepairConsumption.as_str().to_owned(),
        org_id: org.uuid(),
        engineer_id: Some(engineer.uuid()),
        ticket_id: Some(ticket),
        effective_at,
        ..Default::default()
    };
    let lines = lines.into_iter().map(|line| Wanted::good(line.part, Some(line.payer))).collect();
    write(tx, DocKind::RepairConsumption, head, lines).await
}

/// Takes old parts into a warehouse, in bad condition.
pub async fn old_parts_in(tx: &Tx, draft: OldPartsDraft) -> Result<Posted> {
    let OldPartsDraft { ticket, warehouse, lines } = draft;
    let head = doc::Model {
        kind: DocKind::OldPartIn.as_str().to_owned(),
        org_id: org_of(tx, warehouse).await?,
        warehouse_id: Some(warehouse.uuid()),
        ticket_id: Some(ticket),
        ..Default::default()
    };
    let wanted = |line: OldPartLine| Wanted {
        condition: Condition::Bad,
        owner: line.owner,
        value: Some(line.value),
        ..Wanted::good(line.part, Some(line.payer))
    };
    write(tx, DocKind::OldPartIn, head, lines.into_iter().map(wanted).collect()).await
}

/// Takes the unit of a customer into the custody of a station: a memo without value. `None` when the same unit is in
/// the station's custody already, for another ticket.
pub async fn take_unit(tx: &Tx, draft: CustodyDraft) -> Result<Option<Posted>> {
    let CustodyDraft { ticket, org, product, serial } = draft;
    let known = facts::products(tx, [product.uuid()]).await?.remove(&product.uuid()).ok_or_else(Failure::not_found)?;
    let serial = serial.filter(|_| known.is_serial_tracked);
    if let Some(serial) = &serial
        && places::holds_serial(tx, PlaceKind::Counter, org.uuid(), product.uuid(), serial).await?
    {
        return Ok(None);
    }
    let unit = Wanted {
        ticket_part: None,
        product,
        serial,
        quantity: Quantity::ONE,
        condition: Condition::Undetermined,
        owner: Owner::Customer,
        payer: None,
        value: None,
    };
    write(tx, DocKind::CustodyIn, custody_head(DocKind::CustodyIn, ticket, org), vec![unit]).await.map(Some)
}

/// Gives the unit back that a document took into custody.
pub async fn hand_unit_back(tx: &Tx, taken: StockDocId) -> Result<Posted> {
    let head = doc::Entity::find_by_id(taken.uuid()).one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    let ticket = head.ticket_id.ok_or_else(|| Failure::Internal(format!("{} has no ticket", head.number)))?;
    let units = posting::lines_of(tx, head.id).await?.into_iter().map(|line| {
        Ok(Wanted {
            ticket_part: None,
            product: line.product_id.into(),
            serial: line.serial.map(Serial::stored),
            quantity: Quantity(line.quantity),
            condition: stored(&line.condition)?,
            owner: stored(&line.owner)?,
            payer: None,
            value: None,
        })
    });
    let units = units.collect::<Result<Vec<_>>>()?;
    write(tx, DocKind::CustodyOut, custody_head(DocKind::CustodyOut, ticket, head.org_id.into()), units).await
}

fn custody_head(kind: DocKind, ticket: Uuid, org: OrgId) -> doc::Model {
    doc::Model { kind: kind.as_str().to_owned(), org_id: org.uuid(), ticket_id: Some(ticket), ..Default::default() }
}

async fn org_of(tx: &Tx, warehouse: WarehouseId) -> Result<Uuid> {
    let known = facts::warehouses(tx, [warehouse.uuid()]).await?;
    known.get(&warehouse.uuid()).map(|facts| facts.org).ok_or_else(Failure::not_found)
}

/// A line before it has an id.
struct Wanted {
    ticket_part: Option<Uuid>,
    product: ProductId,
    serial: Option<Serial>,
    quantity: Quantity,
    condition: Condition,
    owner: Owner,
    payer: Option<Payer>,
    value: Option<Money>,
}

impl Wanted {
    fn good(part: PartLine, payer: Option<Payer>) -> Self {
        let PartLine { ticket_part, product, serial, quantity } = part;
        Wanted {
            ticket_part: Some(ticket_part),
            product,
            serial,
            quantity,
            condition: Condition::Good,
            owner: Owner::Company,
            payer,
            value: None,
        }
    }
}

async fn write(tx: &Tx, kind: DocKind, head: doc::Model, wanted: Vec<Wanted>) -> Result<Posted> {
    check(tx, kind, &wanted).await?;
    let total: Quantity = wanted.iter().map(|w| w.quantity).sum();
    let blank = doc::Model {
        id: platform::new_id(),
        number: tx.number(kind).await?,
        reason: StockReason::Repair.as_str().to_owned(),
        state: StockDocState::Draft.as_str().to_owned(),
        total_quantity: total.0,
        ..head
    };
    let head = tx.create::<doc::Entity>(blank).await?;
    let lines: Vec<line::Model> = (0_i32..).zip(&wanted).map(|(n, w)| line_of(&head, n, w)).collect();
    let values = lines.iter().zip(&wanted).filter_map(|(line, w)| Some((line.id, w.value?))).collect();
    tx.insert_all::<line::Entity>(lines.clone()).await?;
    let (after, entries) = posting::post(tx, &head, &lines, &values).await?;
    let head = tx.save::<doc::Entity>(&head, after).await?;
    lifecycle::created::<StockDocLife>(tx, head.id, StockDocState::Posted);
    Ok(summary(&head, &lines, &entries))
}

fn line_of(head: &doc::Model, line_no: i32, wanted: &Wanted) -> line::Model {
    line::Model {
        id: platform::new_id(),
        doc_id: head.id,
        line_no,
        product_id: wanted.product.uuid(),
        serial: wanted.serial.as_ref().map(ToString::to_string),
        condition: wanted.condition.as_str().to_owned(),
        to_condition: None,
        owner: wanted.owner.as_str().to_owned(),
        quantity: wanted.quantity.0,
        unit_cost: None,
        ticket_part_id: wanted.ticket_part,
        payer: wanted.payer.map(|p| p.as_str().to_owned()),
        remark: None,
    }
}

/// The same rules as for documents written by hand. Old pieces may come without a readable serial.
async fn check(tx: &Tx, kind: DocKind, wanted: &[Wanted]) -> Result<()> {
    let products = facts::products(tx, wanted.iter().map(|w| w.product.uuid()).collect::<HashSet<_>>()).await?;
    if wanted.is_empty() {
        return Err(Failure::Internal(format!("a {kind} without lines")));
    }
    for part in wanted {
        let product = products.get(&part.product.uuid()).ok_or_else(Failure::not_found)?;
        if !part.quantity.is_positive() {
            return Err(Failure::new(problem::INVALID));
        }
        let is_old = kind == DocKind::OldPartIn;
        match (&part.serial, product.is_serial_tracked) {
            (None, true) if !is_old => return Err(Failure::new(SERIAL_REQUIRED)),
            (Some(_), false) if !is_old => return Err(Failure::new(SERIAL_NOT_TRACKED)),
            (Some(_), true) if part.quantity != Quantity::ONE => return Err(Failure::new(SERIAL_REQUIRED)),
            _ => {}
        }
    }
    Ok(())
}

fn summary(head: &doc::Model, lines: &[line::Model], entries: &[Entry]) -> Posted {
    let mut values: HashMap<Uuid, Money> = HashMap::new();
    for entry in entries.iter().filter(|e| !e.quantity.is_zero()) {
        *values.entry(entry.line).or_default() += entry.value;
    }
    let line = |line: &line::Model| PostedLine {
        ticket_part: line.ticket_part_id.unwrap_or_default(),
        quantity: Quantity(line.quantity),
        value: values.get(&line.id).copied().unwrap_or_default(),
    };
    Posted { id: head.id.into(), number: head.number.clone(), lines: lines.iter().map(line).collect() }
}

/// Reverses a document that a ticket made, by its mirror, which is returned.
/// Refused with `stock_reversal_blocked` when later documents depend on it.
pub async fn reverse(tx: &Tx, document: StockDocId, reason: &Note<500>) -> Result<Posted> {
    let select = doc::Entity::find().filter(doc::Column::Id.eq(document.uuid()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let before = select.one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    let (mirror, entries) = posting::mirror(tx, &before, reason).await?;
    lifecycle::created::<StockDocLife>(tx, mirror.id, StockDocState::Posted);
    let from: StockDocState = stored(&before.state)?;
    let to = StockDocState::Reversed;
    tx.journal("stock_doc", before.id, "reverse", Some(from.as_str()), to.as_str(), Some(reason));
    let after = doc::Model { state: to.as_str().to_owned(), ..before.clone() };
    tx.save::<doc::Entity>(&before, after).await?;
    let lines = posting::lines_of(tx, mirror.id).await?;
    Ok(summary(&mirror, &lines, &entries))
}
