//! Writes. Lock order: reservations, then balances.

use super::Claim;
use super::entity::reservation;
use crate::api::StockFreed;
use crate::facts;
use crate::ledger::cells::{self, Rows};
use crate::ledger::entity::{balance, serial};
use crate::ledger::model::{Cell, CellKey, Kept, MoveDraft, Place};
use crate::ledger::{insert_empty, places};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::stock::{Condition, Owner, PlaceKind, STOCK_INSUFFICIENT, STOCK_SERIAL_ELSEWHERE, STOCK_SERIAL_RESERVED};
use openapi::{Quantity, Serial};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

const ACTIVE: &str = "active";
const RELEASED: &str = "released";
const ISSUED: &str = "issued";

/// The company's good stock of a product in a warehouse, locked until the transaction ends: nobody else takes of it or
/// adds to it meanwhile.
pub struct Held {
    place: Place,
    key: CellKey,
    row: balance::Model,
}

/// Locks the company's good stock of a product in a warehouse.
pub async fn hold(tx: &Tx, warehouse: WarehouseId, product: ProductId) -> Result<Held> {
    let held = hold_all(tx, [(warehouse.uuid(), product.uuid())]).await?;
    held.into_values().next().ok_or_else(|| Failure::Internal("a balance was not made".to_owned()))
}

/// Locks the company's good stock of some products in some warehouses, in the one lock order.
pub async fn hold_all(tx: &Tx, wanted: impl IntoIterator<Item = (Uuid, Uuid)>) -> Result<HashMap<(Uuid, Uuid), Held>> {
    let wanted: BTreeSet<(Uuid, Uuid)> = wanted.into_iter().collect();
    let known = facts::warehouses(tx, wanted.iter().map(|(warehouse, _)| *warehouse)).await?;
    let mut cells: BTreeMap<CellKey, ((Uuid, Uuid), Place)> = BTreeMap::new();
    for (warehouse, product) in wanted {
        let org = known.get(&warehouse).ok_or_else(Failure::not_found)?.org;
        let place = places::ensure(tx, PlaceKind::Warehouse, org, warehouse).await?;
        cells.insert(good(place.id, product), ((warehouse, product), place));
    }
    let mut rows = lock_good(tx, &cells).await?;
    let missing: Vec<CellKey> = cells.keys().filter(|key| !rows.contains_key(*key)).copied().collect();
    if !missing.is_empty() {
        let places = cells.values().map(|(_, place)| (place.id, *place)).collect();
        let made = insert_empty(tx, &missing, &places).await?;
        match made.len() == missing.len() {
            true => rows.extend(made),
            // somebody else made one meanwhile
            false => rows = lock_good(tx, &cells).await?,
        }
    }
    let held = |(key, (names, place))| Some((names, Held { place, key, row: rows.remove(&key)? }));
    Ok(cells.into_iter().filter_map(held).collect())
}

/// The company's good stock of a product in a place.
const fn good(place: Uuid, product: Uuid) -> CellKey {
    CellKey { place, product, condition: Kept(Condition::Good), owner: Kept(Owner::Company) }
}

async fn lock_good<T>(tx: &Tx, wanted: &BTreeMap<CellKey, T>) -> Result<Rows> {
    use balance::Column as C;
    let known: Option<Rows> = wanted.keys().map(|key| Some((*key, cells::known_one(tx, key)?))).collect();
    if let Some(known) = known {
        return Ok(known);
    }
    let (places, products): (BTreeSet<Uuid>, BTreeSet<Uuid>) =
        wanted.keys().map(|key| (key.place, key.product)).unzip();
    let select = balance::Entity::find()
        .filter(C::PlaceId.is_in(places))
        .filter(C::ProductId.is_in(products))
        .filter(C::Condition.eq(Condition::Good.as_str()))
        .filter(C::Owner.eq(Owner::Company.as_str()))
        .order_by_asc(C::PlaceId)
        .order_by_asc(C::ProductId);
    let mut rows = cells::lock(tx, select).await?;
    rows.retain(|key, _| wanted.contains_key(key));
    cells::learn_some(tx, &rows);
    Ok(rows)
}

impl Held {
    /// What nobody has reserved.
    pub fn free(&self) -> Quantity {
        Quantity(self.row.on_hand - self.row.reserved)
    }

    /// Reserves some of it for a line of a document.
    /// Refused with `stock_insufficient` when too little is free, with `stock_serial_reserved` when the serial is taken.
    pub async fn reserve(&mut self, tx: &Tx, claim: Claim, quantity: Quantity, serial: Option<&Serial>) -> Result<()> {
        if !quantity.is_positive() || quantity > self.free() {
            return Err(Failure::new(STOCK_INSUFFICIENT)
                .with("product", facts::product_label(tx, self.key.product).await?)
                .with("place", facts::place_label(tx, self.place).await?)
                .with("needed", quantity)
                .with("available", self.free()));
        }
        if let Some(serial) = serial {
            require_serial(tx, self.place, self.key, serial).await?;
        }
        self.row = change_reserved(tx, self.key, &self.row, quantity);
        let blank = reservation::Model {
            org_id: self.place.org,
            claim_kind: claim.kind.as_str().to_owned(),
            claim_id: claim.id,
            place_id: self.place.id,
            product_id: self.key.product,
            condition: self.key.condition.0.as_str().to_owned(),
            owner: self.key.owner.0.as_str().to_owned(),
            serial: serial.map(|s| s.to_string()),
            quantity: quantity.0,
            state: ACTIVE.to_owned(),
            ..Default::default()
        };
        tx.create::<reservation::Entity>(blank).await?;
        Ok(())
    }

    /// Changes nothing but the count of changes: whoever brings goods in at the same time must look again, and then sees
    /// what this transaction leaves to be seen.
    pub fn mark(&mut self, tx: &Tx) {
        self.row = change_reserved(tx, self.key, &self.row, Quantity::ZERO);
    }
}

/// Reserves the company's good stock of a product in a warehouse for a line of a document.
/// Refused with `stock_insufficient` when too little is free, with `stock_serial_reserved` when the serial is taken.
pub async fn reserve(
    tx: &Tx,
    claim: Claim,
    warehouse: WarehouseId,
    product: ProductId,
    quantity: Quantity,
    serial: Option<&Serial>,
) -> Result<()> {
    hold(tx, warehouse, product).await?.reserve(tx, claim, quantity, serial).await
}

/// Reserves one piece of the company's, by its serial and in the condition in which it lies there, for a line of a document.
/// Refused with `stock_serial_elsewhere` when it does not lie there, with `stock_serial_reserved` when somebody else has it.
pub async fn reserve_piece(
    tx: &Tx,
    claim: Claim,
    warehouse: WarehouseId,
    product: ProductId,
    condition: Condition,
    serial: &Serial,
) -> Result<()> {
    let id = warehouse.uuid();
    let org = facts::warehouses(tx, [id]).await?.get(&id).ok_or_else(Failure::not_found)?.org;
    let place = places::ensure(tx, PlaceKind::Warehouse, org, id).await?;
    let product = product.uuid();
    let key = CellKey { place: place.id, product, condition: Kept(condition), owner: Kept(Owner::Company) };
    match find_cell(tx, key).await? {
        Some(row) => Held { place, key, row }.reserve(tx, claim, Quantity::ONE, Some(serial)).await,
        None => Err(elsewhere(tx, place, serial).await?),
    }
}

/// Reserves as much as is free of the company's good stock, at most `wanted`, for one line of a document; says how much.
pub async fn reserve_up_to(
    tx: &Tx,
    claim: Claim,
    warehouse: WarehouseId,
    product: ProductId,
    wanted: Quantity,
) -> Result<Quantity> {
    let mut held = hold(tx, warehouse, product).await?;
    let quantity = Ord::min(held.free(), wanted);
    if !quantity.is_positive() {
        return Ok(Quantity::ZERO);
    }
    held.reserve(tx, claim, quantity, None).await?;
    Ok(quantity)
}

/// Releases everything that is reserved for a line of a document, and says how much it was.
pub async fn release(tx: &Tx, claim: Claim) -> Result<Quantity> {
    let rows = lock_active(tx, &[claim]).await?;
    let mut freed = Quantity::ZERO;
    let mut goods: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for before in rows {
        let key = cell_of(&before)?;
        let row = lock_cell(tx, key).await?;
        change_reserved(tx, key, &row, Quantity(-before.quantity));
        freed += Quantity(before.quantity);
        goods.entry(before.org_id).or_default().insert(before.product_id);
        let after = reservation::Model { state: RELEASED.to_owned(), ..before.clone() };
        tx.save::<reservation::Entity>(&before, after).await?;
    }
    for (org_id, products) in goods {
        tx.emit(&StockFreed { org_id, products }).await?;
    }
    Ok(freed)
}

/// How much is reserved for each of some lines of documents of a kind.
pub async fn reserved(
    tx: &ReadTx,
    kind: DocKind,
    lines: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Quantity>> {
    let rows = reservation::Entity::find()
        .filter(reservation::Column::ClaimId.is_in(lines))
        .filter(reservation::Column::ClaimKind.eq(kind.as_str()))
        .filter(reservation::Column::State.eq(ACTIVE))
        .all(tx.conn())
        .await?;
    let mut sums: HashMap<Uuid, Quantity> = HashMap::new();
    for row in rows {
        *sums.entry(row.claim_id).or_default() += Quantity(row.quantity);
    }
    Ok(sums)
}

/// Uses up what is reserved for the lines that goods leave a warehouse for: the drafts learn how much of their goods was reserved.
/// The balance itself is lowered when the drafts are posted.
pub async fn use_up(tx: &Tx, drafts: &mut [MoveDraft]) -> Result<()> {
    // nothing is reserved anywhere else
    let leaves_warehouse = |d: &&MoveDraft| d.way().0.kind == PlaceKind::Warehouse;
    let claims: Vec<Claim> = drafts.iter().filter(leaves_warehouse).filter_map(|d| d.claim).collect();
    let mut rows = if claims.is_empty() { Vec::new() } else { lock_active(tx, &claims).await? };
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

/// Whether it is this claim that a reservation was made for.
fn is_claimed(row: &reservation::Model, claim: Option<Claim>) -> bool {
    claim.is_some_and(|claim| row.claim_id == claim.id && row.claim_kind == claim.kind.as_str())
}

fn is_for(row: &reservation::Model, draft: &MoveDraft) -> bool {
    is_claimed(row, draft.claim)
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
        leaving().any(|d| d.serial == row.serial && d.product == row.product_id && !is_claimed(row, d.claim))
    });
    match taken {
        Some(row) => Err(Failure::new(STOCK_SERIAL_RESERVED).with("serial", row.serial.as_deref().unwrap_or_default())),
        None => Ok(()),
    }
}

async fn lock_active(tx: &Tx, claims: &[Claim]) -> Result<Vec<reservation::Model>> {
    use reservation::Column as C;
    let select = reservation::Entity::find()
        .filter(C::ClaimId.is_in(claims.iter().map(|claim| claim.id)))
        .filter(C::State.eq(ACTIVE))
        .order_by_asc(C::Id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let rows = select.all(tx.conn()).await?;
    Ok(rows.into_iter().filter(|row| claims.iter().any(|claim| is_claimed(row, Some(*claim)))).collect())
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
    if let Some(known) = cells::known_one(tx, &key) {
        return Ok(Some(known));
    }
    let select = balance::Entity::find()
        .filter(C::PlaceId.eq(key.place))
        .filter(C::ProductId.eq(key.product))
        .filter(C::Condition.eq(key.condition.0.as_str()))
        .filter(C::Owner.eq(key.owner.0.as_str()));
    let mut rows = cells::lock(tx, select).await?;
    cells::learn_some(tx, &rows);
    Ok(rows.remove(&key))
}

/// Changes how much of a locked cell is reserved, and answers with it as it is now.
fn change_reserved(tx: &Tx, key: CellKey, row: &balance::Model, by: Quantity) -> balance::Model {
    let now = Cell { reserved: Quantity(row.reserved) + by, ..cells::cell(row) };
    cells::write(tx, vec![(key, row, now)]).remove(&key).unwrap_or_else(|| row.clone())
}

/// The serial lies in that place, in the condition of the cell.
async fn require_serial(tx: &Tx, place: Place, key: CellKey, text: &Serial) -> Result<()> {
    let select = serial::Entity::find_by_id((key.product, text.to_string()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let state = select.one(tx.conn()).await?;
    let is_there = state.is_some_and(|s| s.place_id == place.id && s.condition == key.condition.0.as_str());
    if is_there { Ok(()) } else { Err(elsewhere(tx, place, text).await?) }
}

async fn elsewhere(tx: &Tx, place: Place, serial: &Serial) -> Result<Failure> {
    let place = facts::place_label(tx, place).await?;
    Ok(Failure::new(STOCK_SERIAL_ELSEWHERE).with("serial", serial).with("place", place))
}
