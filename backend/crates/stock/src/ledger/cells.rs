//! The cells that a transaction has locked. It knows them until it ends: nobody else changes them meanwhile, so that they are
//! read once, and written once as they are in the end, however many documents it posts.

use super::entity::balance;
use super::model::{Cell, CellKey, Kept};
use openapi::{Money, Quantity};
use platform::doc::lifecycle::stored;
use platform::{Result, Tx};
use sea_orm::{QuerySelect, Select, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Balance rows by cell.
pub type Rows = BTreeMap<CellKey, balance::Model>;

/// Cells that are written one by one, so that what is written twice is sent once; more go into a statement of their own.
const ONE_BY_ONE: usize = 12;

/// What a transaction knows.
#[derive(Clone, Default)]
struct Locked {
    /// Its locked rows, as they are after what it wrote.
    rows: Rows,
    /// The products in places of which it has locked every row.
    whole: HashSet<(Uuid, Uuid)>,
    /// Whether a row that is written and not sent yet may be missing here.
    is_patchy: bool,
    /// The rows that it made and nothing has moved into or out of yet.
    untouched: HashSet<Uuid>,
    /// The rows that it made and whose moves were all of the present month.
    of_this_month: HashSet<Uuid>,
}

fn locked(tx: &Tx) -> Locked {
    let blank = || Locked { is_patchy: tx.is_waiting("stock_balance"), ..Locked::default() };
    tx.noted::<balance::Entity, Locked>().unwrap_or_else(blank)
}

/// Locks what a select finds, without sending what is kept back, where this transaction knows that itself.
pub async fn lock(tx: &Tx, select: Select<balance::Entity>) -> Result<Rows> {
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let known = locked(tx);
    let rows = if known.is_patchy { select.all(tx.conn()).await? } else { tx.beneath(select).await? };
    let now = |row: balance::Model| {
        let key = key_of(&row)?;
        Ok((key, known.rows.get(&key).cloned().unwrap_or(row)))
    };
    rows.into_iter().map(now).collect()
}

/// Every row of some products in some places, when this transaction has locked them already.
pub fn known(tx: &Tx, places: &BTreeSet<Uuid>, products: &BTreeSet<Uuid>) -> Option<Rows> {
    let locked = locked(tx);
    let is_known = |place: &Uuid| products.iter().all(|product| locked.whole.contains(&(*place, *product)));
    let is_asked = |key: &CellKey| places.contains(&key.place) && products.contains(&key.product);
    let rows = || locked.rows.iter().filter(|(key, _)| is_asked(key)).map(|(key, row)| (*key, row.clone()));
    places.iter().all(is_known).then(|| rows().collect())
}

/// One row, when this transaction has locked it already.
pub fn known_one(tx: &Tx, key: &CellKey) -> Option<balance::Model> {
    locked(tx).rows.remove(key)
}

/// Notes that every row of some products in some places is locked.
pub fn learn(tx: &Tx, places: &BTreeSet<Uuid>, products: &BTreeSet<Uuid>, rows: &Rows) {
    let mut locked = locked(tx);
    let pairs = places.iter().flat_map(|place| products.iter().map(|product| (*place, *product)));
    locked.whole.extend(pairs);
    locked.rows.extend(rows.iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(locked);
}

/// Notes rows that are locked.
pub fn learn_some<'a>(tx: &Tx, rows: impl IntoIterator<Item = (&'a CellKey, &'a balance::Model)>) {
    let mut locked = locked(tx);
    locked.rows.extend(rows.into_iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(locked);
}

/// Notes rows that this transaction made, empty.
pub fn learn_made(tx: &Tx, rows: &Rows) {
    let mut locked = locked(tx);
    locked.untouched.extend(rows.values().map(|row| row.id));
    locked.rows.extend(rows.iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(locked);
}

/// Which of the rows that something moves into or out of now were made by this transaction and have had moves of the present
/// month only, this one included, and whether it is the first; `moved` says of each row whether this one is of the present month.
pub fn of_this_month(tx: &Tx, moved: &BTreeMap<Uuid, bool>) -> HashMap<Uuid, bool> {
    let mut locked = locked(tx);
    let mut found = HashMap::new();
    for (id, is_present) in moved {
        let is_first = locked.untouched.remove(id);
        if *is_present && (is_first || locked.of_this_month.contains(id)) {
            locked.of_this_month.insert(*id);
            found.insert(*id, is_first);
        } else {
            locked.of_this_month.remove(id);
        }
    }
    tx.note::<balance::Entity, _>(locked);
    found
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
    let mut known = locked(tx);
    let pairs: Vec<(CellKey, &balance::Model, balance::Model)> =
        changed.into_iter().map(|(key, row, now)| (key, row, after(row, now))).collect();
    if pairs.len() <= ONE_BY_ONE {
        pairs.iter().for_each(|(_, before, after)| write_one(tx, before, after));
    } else {
        pairs.chunks(500).for_each(|part| write_many(tx, part));
    }
    let rows: Rows = pairs.into_iter().map(|(key, _, after)| (key, after)).collect();
    known.rows.extend(rows.iter().map(|(key, row)| (*key, row.clone())));
    tx.note::<balance::Entity, _>(known);
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
