//! Posting: lock the cells in one order, plan, write. The only code that writes moves, balances and serials.

use super::cells::{self, Rows, key_of};
use super::cost::levelled_org;
use super::entity::{balance, entry};
use super::model::{self, Books, Cell, CellKey, Entry, Kept, MoveDraft, Place};
use super::{accounts, places, refuse, serials, snapshot};
use crate::api::{JournalLine, StockFreed, StockPosted};
use crate::document::entity::doc;
use chrono::{DateTime, Utc};
use openapi::Quantity;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::Book;
use openapi::stock::{Condition as GoodsCondition, Owner, PlaceKind};
use platform::db::Write;
use platform::doc::lifecycle::stored;
use platform::{Result, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::NotSet, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Posts the drafts of a document at an instant: refuses when its month is closed or too little is there, else writes
/// moves, balances and serials and says so to whoever keeps the accounts.
pub async fn post(tx: &Tx, head: &doc::Model, at: DateTime<Utc>, drafts: &[MoveDraft]) -> Result<Vec<Entry>> {
    let stations: BTreeSet<Uuid> = drafts.iter().flat_map(|d| [d.from.org, d.to.org]).chain([head.org_id]).collect();
    for station in stations {
        master::api::require_open_period(tx, station, tx.date_of(at), Book::Stock).await?;
    }
    let (mut books, rows) = open(tx, head, at, drafts).await?;
    let planned = model::plan(&mut books, drafts, head.id, at);
    let mut entries = match planned {
        Ok(entries) => entries,
        Err(refusal) => return Err(refuse::explain(tx, head, at, refusal).await?),
    };
    name_outside(tx, &mut entries).await?;
    write_cells(tx, &books, &rows);
    write_moves(tx, head, at, &entries);
    snapshot::keep(tx, at, &entries, &rows).await?;
    serials::write(tx, &books, drafts);
    let (later, goods): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| e.takes_effect_now);
    let event = StockPosted {
        document: head.id.into(),
        kind: stored::<DocKind>(&head.kind)?,
        number: head.number.clone(),
        effective_at: at,
        reversal_of: head.reversal_of.map(Into::into),
        ticket_id: head.ticket_id,
        lines: sides_of(&goods),
        adjustments: sides_of(&later),
    };
    tx.emit(&event).await?;
    for (org_id, products) in freed(&entries) {
        tx.emit(&StockFreed { org_id, products }).await?;
    }
    Ok(entries)
}

/// The company's good stock that came into warehouses, by station: what somebody may have waited for.
fn freed(entries: &[Entry]) -> BTreeMap<Uuid, BTreeSet<Uuid>> {
    let mut goods: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for entry in entries.iter().filter(|e| !e.quantity.is_zero()) {
        let target = if entry.quantity.is_positive() { entry.to } else { entry.from };
        let is_ours = entry.owner == Owner::Company && entry.condition == GoodsCondition::Good;
        if target.kind == PlaceKind::Warehouse && is_ours {
            goods.entry(target.org).or_default().insert(entry.product);
        }
    }
    goods
}

fn sides_of(entries: &[&Entry]) -> Vec<JournalLine> {
    let sides = entries.iter().map(|e| ((e.to.org, e.debit), (e.from.org, e.credit), e.value));
    let line =
        |(org, account, debit, credit): (Uuid, _, _, _)| JournalLine { org_id: org.into(), account, debit, credit };
    accounts::journals(sides).into_iter().map(line).collect()
}

/// Locks what the drafts touch, in one order for everybody, and reads it.
async fn open(tx: &Tx, head: &doc::Model, at: DateTime<Utc>, drafts: &[MoveDraft]) -> Result<(Books, Rows)> {
    let mut known: HashMap<Uuid, Place> = drafts.iter().flat_map(|d| [d.from, d.to]).map(|p| (p.id, p)).collect();
    let orgs: BTreeSet<Uuid> = drafts.iter().filter_map(levelled_org).collect();
    for org in orgs {
        known.extend(places::warehouses_of(tx, org).await?.into_iter().map(|p| (p.id, p)));
    }
    let wanted: BTreeSet<CellKey> = drafts.iter().flat_map(MoveDraft::cells).collect();
    let rows = lock_cells(tx, &wanted, &known, drafts).await?;
    let mut cells: BTreeMap<CellKey, Cell> = rows.iter().map(|(key, row)| (*key, cells::cell(row))).collect();
    // nothing takes effect later than it is written, so that a cell which nobody touched since has nothing later
    if rows.values().any(|row| row.updated_at > at) {
        for (key, changes) in later_changes(tx, &cells, at).await? {
            if let Some(cell) = cells.get_mut(&key) {
                cell.slack = model::slack_of(&changes);
            }
        }
    }
    let announced = serials::announce(tx, head, at, drafts).await?;
    let mut serials = serials::lock(tx, drafts, announced, &mut known).await?;
    let moves_goods = drafts.iter().any(|draft| !draft.is_value_alone());
    if let Some(original) = head.reversal_of.filter(|_| moves_goods) {
        serials::standing_moves(tx, original, &mut serials).await?;
    }
    Ok((Books { cells, places: known, serials }, rows))
}

/// Locks the wanted cells, making those that are missing, and the cells that will be levelled with them.
async fn lock_cells(
    tx: &Tx,
    wanted: &BTreeSet<CellKey>,
    known: &HashMap<Uuid, Place>,
    drafts: &[MoveDraft],
) -> Result<Rows> {
    let levelled: BTreeSet<(Uuid, Uuid)> =
        drafts.iter().filter_map(|d| levelled_org(d).map(|org| (org, d.product))).collect();
    let is_ours = |key: &CellKey| {
        let org = known.get(&key.place).filter(|p| p.kind == PlaceKind::Warehouse).map(|p| p.org);
        wanted.contains(key) || org.is_some_and(|org| levelled.contains(&(org, key.product)))
    };
    let products: BTreeSet<Uuid> = wanted.iter().map(|key| key.product).collect();
    let places: BTreeSet<Uuid> = known.keys().copied().collect();
    let mut found = match cells::known(tx, &places, &products) {
        Some(found) => found,
        None => candidates(tx, &places, &products).await?,
    };
    let missing: Vec<CellKey> = wanted.iter().filter(|key| !found.contains_key(*key)).copied().collect();
    if !missing.is_empty() {
        let made = insert_empty(tx, &missing, known).await?;
        match made.len() == missing.len() {
            true => found.extend(made),
            // somebody else made one meanwhile
            false => found = candidates(tx, &places, &products).await?,
        }
    }
    found.retain(|key, _| is_ours(key));
    Ok(found)
}

/// Locks balance rows by id, in the one lock order.
pub async fn lock_rows(tx: &Tx, ids: Vec<Uuid>) -> Result<Rows> {
    use balance::Column as C;
    let select = balance::Entity::find()
        .filter(C::Id.is_in(ids))
        .order_by_asc(C::PlaceId)
        .order_by_asc(C::ProductId)
        .order_by_asc(C::Condition)
        .order_by_asc(C::Owner);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let rows = select.all(tx.conn()).await?;
    rows.into_iter().map(|row| Ok((key_of(&row)?, row))).collect()
}

/// Balance rows of some products in some places, locked in the one lock order, and known from here on.
async fn candidates(tx: &Tx, places: &BTreeSet<Uuid>, products: &BTreeSet<Uuid>) -> Result<Rows> {
    use balance::Column as C;
    let select = balance::Entity::find()
        .filter(C::PlaceId.is_in(places.iter().copied()))
        .filter(C::ProductId.is_in(products.iter().copied()))
        .order_by_asc(C::PlaceId)
        .order_by_asc(C::ProductId)
        .order_by_asc(C::Condition)
        .order_by_asc(C::Owner);
    let rows = cells::lock(tx, select).await?;
    cells::learn(tx, places, products, &rows);
    Ok(rows)
}

/// Makes empty cells and answers with those that it made; somebody else may be making the same ones.
pub async fn insert_empty(tx: &Tx, keys: &[CellKey], known: &HashMap<Uuid, Place>) -> Result<Rows> {
    use balance::Column as C;
    let blank = |key: &CellKey| {
        balance::Model {
            id: platform::new_id(),
            version: 1,
            created_at: tx.now(),
            updated_at: tx.now(),
            org_id: known.get(&key.place).map_or_else(Uuid::nil, |place| place.org),
            place_id: key.place,
            product_id: key.product,
            condition: key.condition.0.as_str().to_owned(),
            owner: key.owner.0.as_str().to_owned(),
            on_hand: 0,
            reserved: 0,
            value: 0,
        }
        .into_active_model()
    };
    let nothing = OnConflict::columns([C::PlaceId, C::ProductId, C::Condition, C::Owner]).do_nothing().to_owned();
    let mut insert = balance::Entity::insert_many(keys.iter().map(blank)).on_conflict(nothing).into_query();
    let made = tx.insert_now::<balance::Entity>(insert.returning_all(), &["org", "stock_place", "product"]).await?;
    made.iter().for_each(|row| tx.made_here(row.id));
    let made: Rows = made.into_iter().map(|row| Ok((key_of(&row)?, row))).collect::<Result<_>>()?;
    cells::learn_made(tx, &made);
    Ok(made)
}

/// What happened to the cells after an instant, in the order of effect, all of one instant together: a document and its
/// mirror, which takes effect at the same time, leave nothing in between.
async fn later_changes(
    tx: &Tx,
    cells: &BTreeMap<CellKey, Cell>,
    at: DateTime<Utc>,
) -> Result<BTreeMap<CellKey, Vec<Quantity>>> {
    use entry::Column as C;
    let products: BTreeSet<Uuid> = cells.keys().map(|key| key.product).collect();
    let rows = entry::Entity::find()
        .filter(C::ProductId.is_in(products))
        .filter(C::EffectiveAt.gt(at))
        .filter(C::Quantity.ne(0))
        .all(tx.conn())
        .await?;
    let mut changes: BTreeMap<CellKey, BTreeMap<DateTime<Utc>, Quantity>> = BTreeMap::new();
    for row in rows {
        let (condition, owner) = (Kept(stored(&row.condition)?), Kept(stored(&row.owner)?));
        for (place, quantity) in [(row.from_place_id, -row.quantity), (row.to_place_id, row.quantity)] {
            let key = CellKey { place, product: row.product_id, condition, owner };
            if cells.contains_key(&key) {
                *changes.entry(key).or_default().entry(row.effective_at).or_default() += Quantity(quantity);
            }
        }
    }
    Ok(changes.into_iter().map(|(key, instants)| (key, instants.into_values().collect())).collect())
}

/// Gains and losses go to the revaluation place of their station.
async fn name_outside(tx: &Tx, entries: &mut [Entry]) -> Result<()> {
    for entry in entries.iter_mut().filter(|e| e.to.id.is_nil()) {
        entry.to = places::ensure(tx, PlaceKind::Revaluation, entry.to.org, entry.to.holder).await?;
    }
    Ok(())
}

/// Writes the cells that changed.
fn write_cells(tx: &Tx, books: &Books, rows: &Rows) {
    let changed = rows
        .iter()
        .map(|(key, row)| (*key, row, books.cells.get(key).copied().unwrap_or_default()))
        .filter(|(_, row, now)| (now.on_hand.0, now.reserved.0, now.value.0) != (row.on_hand, row.reserved, row.value))
        .collect();
    cells::write(tx, changed);
}

fn write_moves(tx: &Tx, head: &doc::Model, at: DateTime<Utc>, entries: &[Entry]) {
    let row = |e: &Entry| {
        let model = entry::Model {
            seq: 0,
            id: platform::new_id(),
            org_id: head.org_id,
            doc_id: head.id,
            line_id: e.line,
            product_id: e.product,
            serial: e.serial.clone(),
            condition: e.condition.as_str().to_owned(),
            owner: e.owner.as_str().to_owned(),
            from_place_id: e.from.id,
            to_place_id: e.to.id,
            quantity: e.quantity.0,
            value: e.value.0,
            debit_account: e.debit.as_str().to_owned(),
            credit_account: e.credit.as_str().to_owned(),
            effective_at: if e.takes_effect_now { tx.now() } else { at },
            recorded_at: tx.now(),
            mirror_of: e.mirror_of,
        };
        // the database counts: a row is inserted only while its cells are locked, so each cell's order is the true one
        entry::ActiveModel { seq: NotSet, ..sea_orm::ActiveModelTrait::reset_all(model.into_active_model()) }
    };
    for part in entries.chunks(500) {
        let insert = entry::Entity::insert_many(part.iter().map(row)).build(tx.conn().get_database_backend());
        tx.write("stock_move", None, Write::Add(u64::try_from(part.len()).unwrap_or_default()), insert);
    }
}
