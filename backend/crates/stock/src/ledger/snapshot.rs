//! What lay in each cell at the ends of months: a report of an earlier day reads one such line of a cell and the
//! entries after it.
//!
//! A line says what all entries before an instant add up to. Whoever posts adds the change to every line of the cell
//! that ends after the posting takes effect, in the same transaction and under the lock of the cell, so that lines stay
//! right when somebody posts or reverses back-dated. A cell has a line at least for the end of each month in which it
//! moved; months without moves need none, the line before them still holds. Readers trust the instants of the lines and
//! not the zone of the business, so that the zone may change.

use super::cells::{self, Rows};
use super::model::{CellKey, Entry, Kept};
use chrono::{DateTime, Duration, Utc};
use openapi::Month;
use platform::db::{Sums, Write};
use platform::doc::lifecycle::stored;
use platform::{ReadTx, Result, Tx};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{PoisonError, RwLock};
use uuid::Uuid;

/// Every move into a place (`to`) or out of it (`from`) of the cell that a balance row `b` stands for.
const CELL_OF: &str = "m.product_id = b.product_id AND m.condition = b.condition AND m.owner = b.owner";

/// No entry takes effect this much later than the end of the month in which it does, whatever the zone.
fn longest_month() -> Duration {
    Duration::days(33)
}

/// Before everything.
fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(-62_135_596_800, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn month_end(tx: &ReadTx, at: DateTime<Utc>) -> DateTime<Utc> {
    tx.start_of(Month::of(tx.date_of(at)).end())
}

/// Quantity and value.
type Amounts = (i64, i64);

/// What the entries change, by cell and instant, in the lock order.
fn changes(tx: &Tx, at: DateTime<Utc>, entries: &[Entry]) -> BTreeMap<(CellKey, DateTime<Utc>), (i64, i64)> {
    let mut sums: BTreeMap<(CellKey, DateTime<Utc>), (i64, i64)> = BTreeMap::new();
    for entry in entries {
        let at = if entry.takes_effect_now { tx.now() } else { at };
        for (place, sign) in [(entry.from, -1), (entry.to, 1)] {
            if !place.kind.holds_goods() {
                continue;
            }
            let (condition, owner) = (Kept(entry.condition), Kept(entry.owner));
            let key = CellKey { place: place.id, product: entry.product, condition, owner };
            let sum = sums.entry((key, at)).or_default();
            *sum = (sum.0 + sign * entry.quantity.0, sum.1 + sign * entry.value.0);
        }
    }
    sums.retain(|_, sum| *sum != (0, 0));
    sums
}

/// Brings the lines of the cells up to date with entries that were just written; the cells are locked.
pub async fn keep(tx: &Tx, at: DateTime<Utc>, entries: &[Entry], rows: &Rows) -> Result<()> {
    let present = month_end(tx, tx.now());
    let changes = changes(tx, at, entries).into_iter();
    let changes: Vec<(Uuid, DateTime<Utc>, Amounts)> =
        changes.filter_map(|((key, at), amounts)| Some((rows.get(&key)?.id, at, amounts))).collect();
    let mut moved: BTreeMap<Uuid, bool> = BTreeMap::new();
    for (cell, at, _) in &changes {
        *moved.entry(*cell).or_insert(true) &= month_end(tx, *at) == present;
    }
    let begun = cells::of_this_month(tx, &moved);
    let mut missing: BTreeMap<DateTime<Utc>, BTreeSet<Uuid>> = BTreeMap::new();
    for (cell, at, _) in changes.iter().filter(|(cell, ..)| !begun.contains_key(cell)) {
        missing.entry(month_end(tx, *at)).or_default().insert(*cell);
    }
    for (until, cells) in &mut missing {
        forget_lines(tx, *until, cells).await?;
    }
    let mut instants: BTreeMap<DateTime<Utc>, Vec<(Uuid, Amounts)>> = BTreeMap::new();
    let (mut first, mut again) = (Sums::new(), Sums::new());
    for (cell, at, amounts) in changes {
        let key = cell.to_string();
        let goes_along = || tx.adds_to("stock_month_end", &beginning_of(present), &key);
        let sums = match begun.get(&cell) {
            Some(true) => &mut first,
            Some(false) if goes_along() => &mut again,
            _ => {
                instants.entry(at).or_default().push((cell, amounts));
                continue;
            }
        };
        let sum = &mut sums.entry(key).or_insert_with(|| (vec![cell.into()], (0, 0))).1;
        *sum = (sum.0 + amounts.0, sum.1 + amounts.1);
    }
    // before anything else that concerns lines: it joins what is kept back
    begin(tx, present, again);
    for (at, cells) in instants {
        cells.chunks(500).for_each(|part| add(tx, at, part));
    }
    // a line that is made now counts the new entries too
    for (until, cells) in missing {
        for part in cells.into_iter().collect::<Vec<_>>().chunks(500) {
            make(tx, until, part);
        }
    }
    begin(tx, present, first);
    Ok(())
}

/// The group of the lines that begin a cell.
fn beginning_of(until: DateTime<Utc>) -> String {
    format!("until {until}")
}

/// Makes the first lines of cells that this transaction made, and that have had entries of the present month only: nothing has to
/// be summed up for them, and there can be no later line.
fn begin(tx: &Tx, until: DateTime<Utc>, sums: Sums) {
    if sums.is_empty() {
        return;
    }
    tx.add_up("stock_month_end", beginning_of(until), sums, |sums| {
        let (rows, values) = rows_of(until, sums, |n| format!("(${}, $1, ${}, ${})", n + 1, n + 2, n + 3));
        let sql = format!("INSERT INTO stock_month_end (balance_id, until, quantity, value) VALUES {rows}");
        tx.statement_of(&sql, values)
    });
}

/// The rows of sums as text, and their values after the instant.
fn rows_of(at: DateTime<Utc>, sums: &Sums, row: impl Fn(usize) -> String) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![at.into()];
    let mut rows = Vec::with_capacity(sums.len());
    for (id, (quantity, value)) in sums.values() {
        rows.push(row(values.len()));
        values.extend(id.iter().cloned().chain([(*quantity).into(), (*value).into()]));
    }
    (rows.join(", "), values)
}

/// Adds what cells changed at an instant to every later line of theirs.
fn add(tx: &Tx, at: DateTime<Utc>, cells: &[(Uuid, Amounts)]) {
    let sums = cells.iter().map(|(id, amounts)| (id.to_string(), (vec![(*id).into()], *amounts)));
    tx.add_up("stock_month_end", format!("after {at}"), sums.collect(), |sums| {
        let (rows, values) = rows_of(at, sums, |n| format!("(${}, ${}, ${})", n + 1, n + 2, n + 3));
        let sql = format!(
            "WITH now (balance_id, quantity, value) AS (VALUES {rows}) UPDATE stock_month_end \
             SET quantity = stock_month_end.quantity + now.quantity, value = stock_month_end.value + now.value \
             FROM now WHERE stock_month_end.balance_id = now.balance_id AND stock_month_end.until > $1"
        );
        tx.statement_of(&sql, values)
    });
}

/// Lines that are known to be committed: a line never goes.
#[derive(Default)]
struct Known(RwLock<HashSet<(Uuid, DateTime<Utc>)>>);

/// Lines that are remembered.
const MOST: usize = 200_000;

/// Leaves the cells that have no line for an instant yet.
async fn forget_lines(tx: &Tx, until: DateTime<Utc>, cells: &mut BTreeSet<Uuid>) -> Result<()> {
    let known = tx.app().memory.of::<Known>();
    {
        let known = known.0.read().unwrap_or_else(PoisonError::into_inner);
        cells.retain(|cell| !known.contains(&(*cell, until)));
    }
    // a cell that this call made has no line but those that it made, which are not made twice
    let asked: Vec<Uuid> = cells.iter().copied().filter(|cell| !tx.is_made_here(*cell)).collect();
    for part in asked.chunks(500) {
        let mut values: Vec<Value> = vec![until.into()];
        let marks = marks(&mut values, part);
        let sql = format!("SELECT balance_id FROM stock_month_end WHERE until = $1 AND balance_id IN ({marks})");
        for row in tx.conn().query_all_raw(tx.statement_of(&sql, values)).await? {
            let cell: Uuid = row.try_get("", "balance_id")?;
            cells.remove(&cell);
            let mut known = known.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST {
                known.clear();
            }
            known.insert((cell, until));
        }
    }
    cells.iter().for_each(|cell| tx.made_here(*cell));
    Ok(())
}

/// Makes the lines of cells for an instant, where they are missing. Goes to the database after what [`add`] changes and
/// after the moves, which were written before.
fn make(tx: &Tx, until: DateTime<Utc>, cells: &[Uuid]) {
    let mut values: Vec<Value> = vec![until.into(), beginning().into()];
    let marks = marks(&mut values, cells);
    let sum = |name: &str| {
        let side = |place: &str| {
            format!(
                "COALESCE((SELECT SUM(m.{name}) FROM stock_move m WHERE m.{place} = b.place_id AND {CELL_OF} \
                 AND m.effective_at >= COALESCE(p.until, $2) AND m.effective_at < $1), 0)"
            )
        };
        format!("CAST(COALESCE(p.{name}, 0) + {} - {} AS BIGINT)", side("to_place_id"), side("from_place_id"))
    };
    let sql = format!(
        "INSERT INTO stock_month_end (balance_id, until, quantity, value) \
         SELECT b.id, $1, {}, {} FROM stock_balance b LEFT JOIN stock_month_end p ON p.balance_id = b.id \
         AND p.until = (SELECT MAX(x.until) FROM stock_month_end x WHERE x.balance_id = b.id AND x.until < $1) \
         WHERE b.id IN ({marks}) \
         AND NOT EXISTS (SELECT 1 FROM stock_month_end k WHERE k.balance_id = b.id AND k.until = $1)",
        sum("quantity"),
        sum("value"),
    );
    tx.write("stock_month_end", None, Write::Touch, tx.statement_of(&sql, values));
}

/// Adds ids to the parameters of a statement and returns their marks.
pub fn marks(values: &mut Vec<Value>, ids: &[Uuid]) -> String {
    let first = values.len() + 1;
    values.extend(ids.iter().map(|id| Value::from(*id)));
    (first..=values.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// Which cells a report is about: those in some places, of one product when it is given.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    pub places: &'a [Uuid],
    pub product: Option<Uuid>,
}

/// Quantity and value of cells before an instant: from the last line of each, and the entries after it.
pub async fn before(tx: &ReadTx, at: DateTime<Utc>, of: Of<'_>) -> Result<BTreeMap<CellKey, (i64, i64)>> {
    let mut sums = BTreeMap::new();
    for part in of.places.chunks(5000) {
        let of = Of { places: part, ..of };
        for row in lines(tx, at, of).await?.into_iter().chain(after_lines(tx, at, of).await?) {
            let sum: &mut (i64, i64) = sums.entry(cell_of(&row)?).or_default();
            *sum = (sum.0 + row.try_get_by_index::<i64>(4)?, sum.1 + row.try_get_by_index::<i64>(5)?);
        }
    }
    sums.retain(|_, sum| *sum != (0, 0));
    Ok(sums)
}

/// The cell of a row that begins with place, product, condition and owner. Reports read thousands of rows: by place, because
/// looking for a name in each takes longer than the rest.
pub fn cell_of(row: &sea_orm::QueryResult) -> Result<CellKey> {
    let (condition, owner): (String, String) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
    Ok(CellKey {
        place: row.try_get_by_index(0)?,
        product: row.try_get_by_index(1)?,
        condition: Kept(stored(&condition)?),
        owner: Kept(stored(&owner)?),
    })
}

/// The last line of each cell that ends by an instant.
async fn lines(tx: &ReadTx, at: DateTime<Utc>, of: Of<'_>) -> Result<Vec<sea_orm::QueryResult>> {
    let mut values: Vec<Value> = vec![at.into()];
    let only = only(&mut values, of, "b.place_id", "b.product_id");
    let sql = format!(
        "SELECT b.place_id, b.product_id, b.condition, b.owner, e.quantity, e.value FROM stock_balance b \
         JOIN stock_month_end e ON e.balance_id = b.id \
         AND e.until = (SELECT MAX(x.until) FROM stock_month_end x WHERE x.balance_id = b.id AND x.until <= $1) \
         WHERE {only}"
    );
    Ok(tx.conn().query_all_raw(Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values)).await?)
}

/// What happened to each cell after its last line and before an instant. Entries before the month of the instant are in
/// some line, so that only those of about a month are looked at.
async fn after_lines(tx: &ReadTx, at: DateTime<Utc>, of: Of<'_>) -> Result<Vec<sea_orm::QueryResult>> {
    let floor = tx.start_of(Month::of(tx.date_of(at)).first_day()) - longest_month();
    let mut values: Vec<Value> = vec![at.into(), floor.into(), beginning().into()];
    let only_to = only(&mut values, of, "m.to_place_id", "m.product_id");
    let only_from = only_to.replace("m.to_place_id", "m.from_place_id");
    let side = |place: &str, only: &str, sign: &str| {
        format!(
            "SELECT b.place_id, b.product_id, b.condition, b.owner, {sign}m.quantity AS quantity, {sign}m.value AS value \
             FROM stock_move m JOIN stock_balance b ON b.place_id = m.{place} AND {CELL_OF} \
             WHERE m.effective_at >= $2 AND m.effective_at < $1 AND {only} AND m.effective_at >= COALESCE(\
             (SELECT MAX(x.until) FROM stock_month_end x WHERE x.balance_id = b.id AND x.until <= $1), $3)"
        )
    };
    let sql = format!(
        "SELECT place_id, product_id, condition, owner, CAST(SUM(quantity) AS BIGINT) AS quantity, \
         CAST(SUM(value) AS BIGINT) AS value FROM ({} UNION ALL {}) AS sides \
         GROUP BY place_id, product_id, condition, owner",
        side("to_place_id", &only_to, ""),
        side("from_place_id", &only_from, "-"),
    );
    Ok(tx.conn().query_all_raw(Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values)).await?)
}

/// The condition on place and product.
pub fn only(values: &mut Vec<Value>, of: Of<'_>, place: &str, product: &str) -> String {
    let places = format!("{place} IN ({})", marks(values, of.places));
    match of.product {
        Some(id) => {
            values.push(id.into());
            format!("{places} AND {product} = ${}", values.len())
        }
        None => places,
    }
}
