//! What a ticket asks of stock: reserve, issue, take back, use up, take old parts in, and undo.
//! Each document that stock writes for the ticket is noted on the ticket.

use super::bill;
use super::entity::{document, part, ticket};
use super::model;
use super::names;
use super::step::Change;
use crate::{part_return, shortage};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::master::warehouse::WarehouseKind;
use openapi::service::WarehouseId;
use openapi::service::state::{OldPartState, TicketAction};
use openapi::stock::Owner;
use openapi::{Money, Note, Quantity, Serial};
use platform::doc::lifecycle::stored;
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use stock::api::{Claim, ConsumeDraft, ConsumeLine, IssueDraft, OldPartLine, OldPartsDraft, PartLine, Posted};
use uuid::Uuid;

/// The store that parts come from: the one that was chosen, if it is a store of good parts of the ticket's station, or
/// the first one of that station.
pub async fn warehouse(tx: &Tx, org: Uuid, chosen: Option<WarehouseId>, pointer: &str) -> Result<Uuid> {
    let wrong = || Failure::not_there(pointer);
    let stores = master::api::warehouse_ids_of(tx, org.into(), WarehouseKind::Good).await?;
    let found = match chosen {
        Some(id) => stores.into_iter().find(|store| store.uuid() == id.uuid()),
        None => stores.into_iter().next(),
    };
    found.map(|store| store.uuid()).ok_or_else(wrong)
}

async fn old_part_store(tx: &Tx, row: &ticket::Model) -> Result<Uuid> {
    let stores = master::api::warehouse_ids_of(tx, row.org_id.into(), WarehouseKind::Bad).await?;
    let missing = || Failure::new(openapi::service::OLD_PART_STORE_MISSING);
    stores.into_iter().next().map(|store| store.uuid()).ok_or_else(missing)
}

/// The stores of good parts of a station.
pub async fn good_stores(tx: &ReadTx, org: Uuid) -> Result<Vec<Uuid>> {
    let stores = master::api::warehouse_ids_of(tx, org.into(), WarehouseKind::Good).await?;
    Ok(stores.into_iter().map(|store| store.uuid()).collect())
}

/// Reserves what lines are short of, as far as their stores have it and nobody waits for it who is due first. The lines are
/// not saved here.
pub async fn reserve(tx: &Tx, row: &ticket::Model, lines: &mut [part::Model]) -> Result<()> {
    let short = || lines.iter().filter(|line| model::short(line) > 0);
    let cells: BTreeSet<(Uuid, Uuid)> = short().map(|line| (line.warehouse_id, line.product_id)).collect();
    if cells.is_empty() {
        return Ok(());
    }
    let mut held = stock::api::hold_all(tx, cells.iter().copied()).await?;
    let waiting = match held.values().any(|held| held.free().is_positive()) {
        true => shortage::waiting(tx, row, cells.iter().map(|(_, product)| *product).collect()).await?,
        false => Vec::new(),
    };
    for line in lines.iter_mut().filter(|line| model::short(line) > 0) {
        let Some(held) = held.get_mut(&(line.warehouse_id, line.product_id)) else { continue };
        let wanted = model::short(line).min(held.free().0 - shortage::before(&waiting, row, line));
        if wanted > 0 {
            held.reserve(tx, Claim::ticket(line.id), Quantity(wanted), None).await?;
            line.reserved += wanted;
        }
    }
    Ok(())
}

/// Reserves what a line waits for where it has come in: in its own store, or in another one of the station as long as
/// nothing of the line came from its own. The line is saved.
pub async fn reserve_for(tx: &Tx, row: &ticket::Model, line: part::Model) -> Result<part::Model> {
    let mut stores = vec![line.warehouse_id];
    if line.reserved == 0 && line.issued == 0 {
        stores.extend(good_stores(tx, row.org_id).await?.into_iter().filter(|store| *store != line.warehouse_id));
    }
    for store in stores {
        // a look without a lock first, so that no two cells are locked at once
        let there = stock::api::available(tx, store.into(), [line.product_id.into()]).await?;
        if there.values().all(|cell| !cell.free().is_positive()) {
            continue;
        }
        let mut held = stock::api::hold(tx, store.into(), line.product_id.into()).await?;
        let wanted = model::short(&line).min(held.free().0);
        if wanted > 0 {
            held.reserve(tx, Claim::ticket(line.id), Quantity(wanted), None).await?;
            let reserved = line.reserved + wanted;
            return put(tx, part::Model { warehouse_id: store, reserved, ..line }).await;
        }
    }
    Ok(line)
}

/// The repair does without what a line is short of: the line shrinks to what is there, or goes.
pub async fn forgo(tx: &Tx, change: &mut Change<'_>, line: part::Model, note: &str) -> Result<()> {
    change.take(TicketAction::Parts, Some(note))?;
    match line.issued + line.reserved {
        0 => {
            part::Entity::delete_by_id(line.id).exec(tx.conn()).await?;
        }
        required => {
            put(tx, part::Model { required, shortage_id: None, ..line }).await?;
        }
    }
    Ok(())
}

/// Gives back what is reserved for a line, and saves it.
pub async fn release(tx: &Tx, line: part::Model) -> Result<part::Model> {
    if line.reserved == 0 {
        return Ok(line);
    }
    stock::api::release(tx, Claim::ticket(line.id)).await?;
    put(tx, part::Model { reserved: 0, ..line }).await
}

/// Saves a line; the head, which is saved with it, speaks for it in the audit log. What the line waits for follows.
pub async fn put(tx: &Tx, line: part::Model) -> Result<part::Model> {
    tx.put_line::<part::Entity>(line.id, line.clone()).await?;
    shortage::follow(tx, &line).await?;
    Ok(line)
}

async fn note(tx: &Tx, ticket: Uuid, kind: DocKind, posted: &Posted) -> Result<()> {
    link(tx, ticket, kind, posted.id.uuid(), &posted.number, false).await
}

/// Notes a document on the ticket.
pub async fn link(tx: &Tx, ticket: Uuid, kind: DocKind, id: Uuid, number: &str, is_reversed: bool) -> Result<()> {
    let row = document::Model {
        id: platform::new_id(),
        ticket_id: ticket,
        kind: kind.as_str().to_owned(),
        document_id: id,
        number: number.to_owned(),
        posted_at: tx.now(),
        is_reversed,
    };
    tx.insert_all::<document::Entity>([row]).await
}

fn part_line(line: &part::Model, quantity: Quantity) -> PartLine {
    PartLine {
        ticket_part: line.id,
        product: line.product_id.into(),
        serial: line.serial.clone().filter(|_| line.is_serial_tracked).map(Serial::stored),
        quantity,
    }
}

type Moves = Vec<(part::Model, Quantity)>;

/// The moves by store: a document moves goods of one store.
fn by_store(moves: Moves) -> BTreeMap<Uuid, Moves> {
    let mut stores: BTreeMap<Uuid, Moves> = BTreeMap::new();
    for (line, quantity) in moves {
        stores.entry(line.warehouse_id).or_default().push((line, quantity));
    }
    stores
}

fn draft(row: &ticket::Model, engineer: Uuid, store: Uuid, moves: &Moves) -> IssueDraft {
    IssueDraft {
        ticket: row.id,
        engineer: engineer.into(),
        warehouse: store.into(),
        lines: moves.iter().map(|(line, quantity)| part_line(line, *quantity)).collect(),
    }
}

/// Hands parts to the engineer: what is reserved is used up first. The lines are as they are then, not saved.
pub async fn issue(tx: &Tx, row: &ticket::Model, engineer: Uuid, moves: Moves) -> Result<Vec<part::Model>> {
    let mut lines = Vec::with_capacity(moves.len());
    for (store, moves) in by_store(moves) {
        let posted = stock::api::issue_to_engineer(tx, draft(row, engineer, store, &moves)).await?;
        note(tx, row.id, DocKind::EngineerIssue, &posted).await?;
        for (line, quantity) in moves {
            let (issued, reserved) = (line.issued + quantity.0, (line.reserved - quantity.0).max(0));
            lines.push(part::Model { issued, reserved, ..line });
        }
    }
    Ok(lines)
}

/// Takes unused parts back.
pub async fn give_back(tx: &Tx, row: &ticket::Model, engineer: Uuid, moves: Moves) -> Result<()> {
    for (store, moves) in by_store(moves) {
        let posted = stock::api::return_from_engineer(tx, draft(row, engineer, store, &moves)).await?;
        note(tx, row.id, DocKind::EngineerReturn, &posted).await?;
        for (line, quantity) in moves {
            put(tx, part::Model { returned: line.returned + quantity.0, ..line }).await?;
        }
    }
    Ok(())
}

fn payer_of(row: &ticket::Model, line: &part::Model) -> Result<Payer> {
    bill::part_payer(line, stored(&row.payer)?)
}

/// Uses up what is in the unit and not used up yet, and takes the old parts in that are owed.
pub async fn consume(tx: &Tx, row: &ticket::Model, engineer: Uuid, lines: Vec<part::Model>) -> Result<()> {
    let fresh: Vec<part::Model> = lines.into_iter().filter(|line| line.used > line.consumed).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let mut wanted = Vec::with_capacity(fresh.len());
    for line in &fresh {
        let part = part_line(line, Quantity(line.used - line.consumed));
        wanted.push(ConsumeLine { part, payer: payer_of(row, line)? });
    }
    let draft = ConsumeDraft {
        ticket: row.id,
        org: row.org_id.into(),
        engineer: engineer.into(),
        effective_at: None,
        lines: wanted,
    };
    let posted = stock::api::consume(tx, draft).await?;
    note(tx, row.id, DocKind::RepairConsumption, &posted).await?;
    let has_come_in = old_parts(tx, row, &fresh).await?;
    for line in fresh {
        let value: Money = posted.lines.iter().filter(|l| l.ticket_part == line.id).map(|l| l.value).sum();
        let pieces = Quantity(line.used - line.consumed);
        names::part_replaced(tx, row, format!("{} × {pieces}", line.product_name)).await?;
        let old_part = match stored::<OldPartState>(&line.old_part)? {
            OldPartState::Owed if has_come_in => OldPartState::Returned,
            other => other,
        };
        let (consumed, cost) = (line.used, line.cost + value.0);
        put(tx, part::Model { consumed, cost, old_part: old_part.as_str().to_owned(), ..line }).await?;
    }
    Ok(())
}

/// Whose the old part is: the maker's when the maker pays for the new one, else the company's.
const fn owner_of(payer: Payer) -> Owner {
    match payer {
        Payer::Manufacturer => Owner::Maker,
        Payer::Customer | Payer::Company | Payer::Insurer | Payer::Internal => Owner::Company,
    }
}

async fn old_parts(tx: &Tx, row: &ticket::Model, lines: &[part::Model]) -> Result<bool> {
    let (mut owed, mut noted) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| line.old_part == OldPartState::Owed.as_str()) {
        let payer = payer_of(row, line)?;
        noted.push((line.clone(), line.used - line.consumed, owner_of(payer)));
        let mut part = part_line(line, Quantity(line.used - line.consumed));
        part.serial = line.old_serial.clone().map(Serial::stored);
        owed.push(OldPartLine { part, owner: owner_of(payer), value: Money::ZERO, payer });
    }
    if owed.is_empty() {
        return Ok(false);
    }
    let warehouse = old_part_store(tx, row).await?.into();
    let posted = stock::api::old_parts_in(tx, OldPartsDraft { ticket: row.id, warehouse, lines: owed }).await?;
    note(tx, row.id, DocKind::OldPartIn, &posted).await?;
    part_return::note(tx, row, &noted).await?;
    Ok(true)
}

/// Undoes what the finish posted, newest first: the parts are in the engineer's hands again.
pub async fn reverse(tx: &Tx, row: &ticket::Model, reason: &Note<500>) -> Result<()> {
    use document::Column as C;
    part_return::cancel(tx, row, reason).await?;
    let kinds = [DocKind::OldPartIn, DocKind::RepairConsumption];
    let posted = document::Entity::find()
        .filter(C::TicketId.eq(row.id))
        .filter(C::Kind.is_in(kinds.map(|kind| kind.as_str())))
        .filter(C::IsReversed.eq(false))
        .order_by_desc(C::Id)
        .all(tx.conn())
        .await?;
    for done in posted {
        let mirror = stock::api::reverse(tx, done.document_id.into(), reason).await?;
        link(tx, row.id, stored(&done.kind)?, mirror.id.uuid(), &mirror.number, true).await?;
        reversed(tx, done).await?;
    }
    for line in super::queries::parts_of(tx, row.id).await?.into_iter().filter(|line| line.consumed > 0) {
        let old_part = match stored::<OldPartState>(&line.old_part)? {
            OldPartState::Returned => OldPartState::Owed,
            other => other,
        };
        put(tx, part::Model { consumed: 0, cost: 0, old_part: old_part.as_str().to_owned(), ..line }).await?;
    }
    Ok(())
}

/// Notes that a document was reversed.
pub async fn reversed(tx: &Tx, done: document::Model) -> Result<()> {
    tx.put_line::<document::Entity>(done.id, document::Model { is_reversed: true, ..done }).await
}
