//! The cells that a transaction has locked. It knows them until it ends: nobody else changes them meanwhile, so that they are
//! read once, and written once as they are in the end, however many documents it posts.

use super::entity::balance;
use super::model::{Cell, CellKey, Kept};
use openapi::{Money, Quantity};
use platform::doc::lifecycle::stored;
use platform::{ReadTx, Result, Tx};
use sea_orm::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// Balance rows by cell.
pub type Rows = BTreeMap<CellKey, balance::Model>;

/// Cells that are written one by one, so that what is written twice is sent once; more go into a statement of their own.
const ONE_BY_ONE: usize = 12;

/// What a transaction knows: its locked rows, and the products in places of which it has locked every row.
#[derive(Clone, Default)]
struct Locked {
    rows: Rows,
    whole: HashSet<(Uuid, Uuid)>,
}

fn locked(tx: &ReadTx) -> Locked {
    tx.noted::<balance::Entity, Locked>().unwrap_or_default()
}

/// Every row of some products in some places, when this transaction has locked them already.
pub fn known(tx: &ReadTx, places: &BTreeSet<Uuid>, products: &BTreeSet<Uuid>) -> Option<Rows> {
    let locked = locked(tx);
    let is_known = |place: &Uuid| products.iter().all(|product| locked.whole.contains(&(*place, *product)));
    let is_asked = |key: &CellKey| places.contains(&key.place) && products.contains(&key.product);
    let rows = || locked.rows.iter().filter(|(key, _)| is_asked(key)).map(|(key, row)| (*key, row.clone()));
    places.iter().all(is_known).then(|| rows().collect())
}

/// One row, when this transaction has locked it already.
pub fn known_one(tx: &ReadTx, key: &CellKey) -> Option<balance::Model> {
    locked(tx).rows.remove(key)
}

/// Notes that every row of some products in some places is locked.
pub fn learn(tx: &ReadTx, places: &BTreeSet<Uuid>, products: &BTreeSet<Uuid>, rows: &Rows) {
    let mut locked = locked(tx);
    let pairs = places.iter().flat_map(|place| products.iter().map(|product| (*place, *product)));
    locked.whole.extend(pairs);
    locked.rows.extend(rows.iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(locked);
}

/// Notes rows that are locked.
pub fn learn_some<'a>(tx: &ReadTx, rows: impl IntoIterator<Item = (&'a CellKey, &'a balance::Model)>) {
    let mut locked = locked(tx);
    locked.rows.extend(rows.into_iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(locked);
}

/// The key of a balance row.
pub fn key_of(row: &balance::Model) -> Result<CellKey> {
    Ok(CellKey {
        place: row.place_id,
        product: row.product_id,
        condition: Kept(stored(&row.condition)?),
        owner: Kept(stored(&row.owner)?),
    })
}

/// What a row says.
pub fn cell(row: &balance::Model) -> Cell {
    Cell {
        on_hand: Quantity(row.on_hand),
        reserved: Quantity(row.reserved),
        value: Money(row.value),
        slack: Quantity::ZERO,
    }
}

/// Writes locked rows that became something else, and answers with them as they are now. The version is the second net, the
/// constraints are the third.
pub fn write(tx: &Tx, changed: Vec<(CellKey, &balance::Model, Cell)>) -> Rows {
    let after = |row: &balance::Model, now: Cell| balance::Model {
        on_hand: now.on_hand.0,
        reserved: now.reserved.0,
        value: now.value.0,
        version: row.version + 1,
        // never back: nothing of a cell takes effect later than it was touched last, whatever the clocks say
        updated_at: Ord::max(row.updated_at, tx.now()),
        ..row.clone()
    };
    let pairs: Vec<(CellKey, &balance::Model, balance::Model)> =
        changed.into_iter().map(|(key, row, now)| (key, row, after(row, now))).collect();
    if pairs.len() <= ONE_BY_ONE {
        pairs.iter().for_each(|(_, before, after)| write_one(tx, before, after));
    } else {
        pairs.chunks(500).for_each(|part| write_many(tx, part));
    }
    let rows: Rows = pairs.into_iter().map(|(key, _, after)| (key, after)).collect();
    learn_some(tx, &rows);
    rows
}

fn write_one(tx: &Tx, before: &balance::Model, after: &balance::Model) {
    tx.change_row("stock_balance", (before.id, before.version), before, |origin| {
        let sql = "UPDATE stock_balance SET on_hand = $1, reserved = $2, value = $3, version = $4, updated_at = $5 \
                   WHERE id = $6 AND version = $7";
        let values: [Value; 7] = [
            after.on_hand.into(),
            after.reserved.into(),
            after.value.into(),
            after.version.into(),
            after.updated_at.into(),
            after.id.into(),
            origin.version.into(),
        ];
        tx.statement(sql, values)
    });
}

fn write_many(tx: &Tx, part: &[(CellKey, &balance::Model, balance::Model)]) {
    let six = |n: usize| format!("(${}, ${}, ${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4, n + 5, n + 6);
    let places: Vec<String> = (0..part.len()).map(|n| six(n * 6)).collect();
    let sql = format!(
        "WITH now (id, version, on_hand, reserved, value, updated_at) AS (VALUES {}) UPDATE stock_balance \
         SET on_hand = now.on_hand, reserved = now.reserved, value = now.value, version = now.version + 1, \
         updated_at = now.updated_at FROM now WHERE stock_balance.id = now.id AND stock_balance.version = now.version",
        places.join(", "),
    );
    let values = part.iter().flat_map(|(_, before, after)| -> [Value; 6] {
        let (id, at) = (before.id.into(), after.updated_at.into());
        [id, before.version.into(), after.on_hand.into(), after.reserved.into(), after.value.into(), at]
    });
    let rows = u64::try_from(part.len()).unwrap_or_default();
    tx.write("stock_balance", None, platform::db::Write::Change(rows), tx.statement_of(&sql, values.collect()));
}
