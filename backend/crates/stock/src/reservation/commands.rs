//! Writes. Lock order: reservations, then balances.

use super::entity::reservation;
use crate::facts;
use crate::ledger::entity::{balance, serial};
use crate::ledger::model::{CellKey, Kept, MoveDraft, Place};
use crate::ledger::{insert_empty, places};
use openapi::choice::Choice;
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::stock::{Condition, Owner, PlaceKind, STOCK_INSUFFICIENT, STOCK_SERIAL_ELSEWHERE, STOCK_SERIAL_RESERVED};
use openapi::{Quantity, Serial};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

const ACTIVE: &str = "active";
const RELEASED: &str = "released";
const ISSUED: &str = "issued";

/// Reserves the company's good stock of a product in a warehouse for one part of a ticket.
/// Refused with `stock_insufficient` when too little is free, with `stock_serial_reserved` when the serial is taken.
pub async fn reserve(
    tx: &Tx,
    ticket_part: Uuid,
    warehouse: WarehouseId,
    product: ProductId,
    quantity: Quantity,
    serial: Option<&Serial>,
) -> Result<()> {
    let known = facts::warehouses(tx, [warehouse.uuid()]).await?;
    let org = known.get(&warehouse.uuid()).ok_or_else(Failure::not_found)?.org;
    let place = places::ensure(tx, PlaceKind::Warehouse, org, warehouse.uuid()).await?;
    let (condition, owner) = (Kept(Condition::Good), Kept(Owner::Company));
    let key = CellKey { place: place.id, product: product.uuid(), condition, owner };
    let row = match find_cell(tx, key).await? {
        Some(row) => row,
        None => {
            insert_empty(tx, &[key], &HashMap::from([(place.id, place)])).await?;
            lock_cell(tx, key).await?
        }
    };
    let free = Quantity(row.on_hand - row.reserved);
    if !quantity.is_positive() || quantity > free {
        return Err(Failure::new(STOCK_INSUFFICIENT)
            .with("product", facts::product_label(tx, key.product).await?)
            .with("place", facts::place_label(tx, place).await?)
            .with("needed", quantity)
            .with("available", free));
    }
    if let Some(serial) = serial {
        require_serial(tx, place, key.product, serial).await?;
    }
    change_reserved(tx, &row, quantity).await?;
    let blank = reservation::Model {
        org_id: org,
        ticket_part_id: ticket_part,
        place_id: place.id,
        product_id: key.product,
        condition: condition.0.as_str().to_owned(),
        owner: owner.0.as_str().to_owned(),
        serial: serial.map(|s| s.to_string()),
        quantity: quantity.0,
        state: ACTIVE.to_owned(),
        ..Default::default()
    };
    tx.create::<reservation::Entity>(blank).await?;
    Ok(())
}

/// Reserves as much as is free of the company's good stock, at most `wanted`, for one line of a document; says how much.
pub async fn reserve_up_to(
    tx: &Tx,
    line: Uuid,
    warehouse: WarehouseId,
    product: ProductId,
    wanted: Quantity,
) -> Result<Quantity> {
    let known = facts::warehouses(tx, [warehouse.uuid()]).await?;
    let org = known.get(&warehouse.uuid()).ok_or_else(Failure::not_found)?.org;
    let place = places::ensure(tx, PlaceKind::Warehouse, org, warehouse.uuid()).await?;
    let (condition, owner) = (Kept(Condition::Good), Kept(Owner::Company));
    let cell = find_cell(tx, CellKey { place: place.id, product: product.uuid(), condition, owner }).await?;
    let free = cell.map_or(Quantity::ZERO, |row| Quantity(row.on_hand - row.reserved));
    let quantity = Ord::min(free, wanted);
    if quantity.is_positive() {
        reserve(tx, line, warehouse, product, quantity, None).await?;
        return Ok(quantity);
    }
    Ok(Quantity::ZERO)
}

/// Releases everything that is reserved for a part, and says how much it was.
pub async fn release(tx: &Tx, ticket_part: Uuid) -> Result<Quantity> {
    let rows = lock_active(tx, &[ticket_part]).await?;
    let mut freed = Quantity::ZERO;
    for before in rows {
        let key = cell_of(&before)?;
        let row = lock_cell(tx, key).await?;
        change_reserved(tx, &row, Quantity(-before.quantity)).await?;
        freed += Quantity(before.quantity);
        let after = reservation::Model { state: RELEASED.to_owned(), ..before.clone() };
        tx.save::<reservation::Entity>(&before, after).await?;
    }
    Ok(freed)
}

/// How much is reserved for each of some parts.
pub async fn reserved(tx: &ReadTx, ticket_parts: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Quantity>> {
    let rows = reservation::Entity::find()
        .filter(reservation::Column::TicketPartId.is_in(ticket_parts))
        .filter(reservation::Column::State.eq(ACTIVE))
        .all(tx.conn())
        .await?;
    let mut sums: HashMap<Uuid, Quantity> = HashMap::new();
    for row in rows {
        *sums.entry(row.ticket_part_id).or_default() += Quantity(row.quantity);
    }
    Ok(sums)
}

/// Uses up what is reserved for the parts that leave a warehouse: the drafts learn how much of their goods was reserved.
/// The balance itself is lowered when the drafts are posted.
pub async fn use_up(tx: &Tx, drafts: &mut [MoveDraft]) -> Result<()> {
    let parts: Vec<Uuid> = drafts.iter().filter_map(|d| d.part).collect();
    let mut rows = if parts.is_empty() { Vec::new() } else { lock_active(tx, &parts).await? };
    for draft in drafts.iter_mut() {
        let mut open = draft.amount();
        for row in &mut rows {
            if row.state != ACTIVE || !is_for(row, draft) {
                continue;
            }
            let used = Ord::min(Quantity(row.quantity), open);
            if !used.is_positive() {
                break;
            }
            open -= used;
            draft.unreserve += used;
            let before = row.clone();
            let after = match row.quantity - used.0 {
                0 => reservation::Model { state: ISSUED.to_owned(), ..before.clone() },
                left => reservation::Model { quantity: left, ..before.clone() },
            };
            *row = tx.save::<reservation::Entity>(&before, after).await?;
        }
    }
    require_unreserved(tx, drafts).await
}

fn is_for(row: &reservation::Model, draft: &MoveDraft) -> bool {
    Some(row.ticket_part_id) == draft.part
        && row.place_id == draft.way().0.id
        && row.product_id == draft.product
        && row.condition == draft.condition.as_str()
        && row.owner == draft.owner.as_str()
        && (row.serial.is_none() || row.serial == draft.serial)
}

/// A serial that is reserved for somebody else stays where it is.
async fn require_unreserved(tx: &Tx, drafts: &[MoveDraft]) -> Result<()> {
    // what only changes its value stays where it is
    let leaving = || drafts.iter().filter(|d| !d.is_value_alone());
    let serials: BTreeSet<&str> = leaving().filter_map(|d| d.serial.as_deref()).collect();
    if serials.is_empty() {
        return Ok(());
    }
    let rows = reservation::Entity::find()
        .filter(reservation::Column::State.eq(ACTIVE))
        .filter(reservation::Column::Serial.is_in(serials))
        .all(tx.conn())
        .await?;
    let taken = rows.iter().find(|row| {
        leaving().any(|d| d.serial == row.serial && d.product == row.product_id && d.part != Some(row.ticket_part_id))
    });
    match taken {
        Some(row) => Err(Failure::new(STOCK_SERIAL_RESERVED).with("serial", row.serial.as_deref().unwrap_or_default())),
        None => Ok(()),
    }
}

async fn lock_active(tx: &Tx, parts: &[Uuid]) -> Result<Vec<reservation::Model>> {
    use reservation::Column as C;
    let select = reservation::Entity::find()
        .filter(C::TicketPartId.is_in(parts.iter().copied()))
        .filter(C::State.eq(ACTIVE))
        .order_by_asc(C::Id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.all(tx.conn()).await?)
}

fn cell_of(row: &reservation::Model) -> Result<CellKey> {
    use platform::doc::lifecycle::stored;
    let (condition, owner) = (Kept(stored(&row.condition)?), Kept(stored(&row.owner)?));
    Ok(CellKey { place: row.place_id, product: row.product_id, condition, owner })
}

async fn lock_cell(tx: &Tx, key: CellKey) -> Result<balance::Model> {
    let lost = || Failure::Internal("a reserved balance is missing".to_owned());
    find_cell(tx, key).await?.ok_or_else(lost)
}

/// One cell, locked, when it is there.
async fn find_cell(tx: &Tx, key: CellKey) -> Result<Option<balance::Model>> {
    use balance::Column as C;
    let select = balance::Entity::find()
        .filter(C::PlaceId.eq(key.place))
        .filter(C::ProductId.eq(key.product))
        .filter(C::Condition.eq(key.condition.0.as_str()))
        .filter(C::Owner.eq(key.owner.0.as_str()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.one(tx.conn()).await?)
}

async fn change_reserved(tx: &Tx, row: &balance::Model, by: Quantity) -> Result<()> {
    let sql = "UPDATE stock_balance SET reserved = reserved + $1, version = version + 1, updated_at = $2 WHERE id = $3";
    tx.conn().execute_raw(tx.statement(sql, [by.0.into(), tx.now().into(), row.id.into()])).await?;
    Ok(())
}

/// The serial lies in that place, in good condition.
async fn require_serial(tx: &Tx, place: Place, product: Uuid, text: &Serial) -> Result<()> {
    let select = serial::Entity::find_by_id((product, text.to_string()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let state = select.one(tx.conn()).await?;
    let is_there = state.is_some_and(|s| s.place_id == place.id && s.condition == Condition::Good.as_str());
    if is_there {
        return Ok(());
    }
    let place = facts::place_label(tx, place).await?;
    Err(Failure::new(STOCK_SERIAL_ELSEWHERE).with("serial", text).with("place", place))
}
