//! The moves of a part, of a serial, of a warehouse.

use super::entity::entry;
use super::model::Place;
use super::places;
use crate::document::entity::doc;
use crate::facts;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::StockDocLink;
use openapi::stock::movement::{self, ListStockMoves, StockMove};
use openapi::stock::{PlaceKind, STOCK_COST};
use openapi::{ItemCode, Money, Page, Quantity, Serial, Text};
use platform::db::list::{Shape, page};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result, narrowed};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListStockMoves>) -> Result<Page<StockMove>> {
    use entry::Column as C;
    let filter = &call.query.filter;
    let mut all = narrowed!(filter, C:
        id product_id ProductId, text serial Serial, any condition Condition, any owner Owner
    )
    .add_option(filter.document_kind.as_ref().map(|any| C::DocId.in_subquery(of_kinds(&any.0))))
    .add_option(
        filter.place_id.map(|id| Condition::any().add(C::FromPlaceId.eq(id.uuid())).add(C::ToPlaceId.eq(id.uuid()))),
    )
    .add_option(filter.effective_from.map(|at| C::EffectiveAt.gte(at.utc())))
    .add_option(filter.effective_before.map(|at| C::EffectiveAt.lt(at.utc())));
    if let Some(warehouse) = filter.warehouse_id {
        let place = place_of(tx, warehouse.uuid()).await?.map_or_else(Uuid::nil, |place| place.id);
        all = all.add(Condition::any().add(C::FromPlaceId.eq(place)).add(C::ToPlaceId.eq(place)));
    }
    let shape = Shape { sorts: &[("seq", C::Seq), ("effective_at", C::EffectiveAt)], search: &[C::Serial] };
    let Page { items, next_cursor, has_more, total } =
        page(tx, &call.query, entry::Entity::find().filter(all), &shape).await?;
    Ok(Page { items: described(tx, items).await?, next_cursor, has_more, total })
}

/// The documents of some kinds.
fn of_kinds(kinds: &[DocKind]) -> sea_orm::sea_query::SelectStatement {
    doc::Entity::find()
        .select_only()
        .column(doc::Column::Id)
        .filter(doc::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .into_query()
}

/// The place of a warehouse, when goods have been there.
pub async fn place_of(tx: &ReadTx, warehouse: Uuid) -> Result<Option<Place>> {
    let known = facts::warehouses(tx, [warehouse]).await?;
    match known.get(&warehouse) {
        Some(facts) => places::find(tx, PlaceKind::Warehouse, facts.org, warehouse).await,
        None => Ok(None),
    }
}

/// The entries of a document, oldest first.
pub async fn of_document(tx: &ReadTx, id: Uuid) -> Result<Vec<entry::Model>> {
    Ok(select_of(id).all(tx.conn()).await?)
}

/// Their select.
pub fn select_of(document: Uuid) -> sea_orm::Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::DocId.eq(document)).order_by_asc(entry::Column::Seq)
}

/// Entries with the names of everything they point to.
pub async fn described(tx: &ReadTx, rows: Vec<entry::Model>) -> Result<Vec<StockMove>> {
    let ids = |pick: fn(&entry::Model) -> Uuid| rows.iter().map(pick).collect::<HashSet<_>>();
    let products = facts::products(tx, ids(|r| r.product_id)).await?;
    let mut place_ids = ids(|r| r.from_place_id);
    place_ids.extend(ids(|r| r.to_place_id));
    let places = places::by_id(tx, place_ids).await?;
    let names = facts::place_names(tx, places.values().copied()).await?;
    let docs = tx.known::<doc::Entity>(ids(|r| r.doc_id)).await?;
    let docs: HashMap<Uuid, doc::Model> = docs.into_iter().map(|row| (row.id, row)).collect();
    let sees_cost = tx.actor().may(STOCK_COST);
    let place = |id: Uuid| described_place(&places, &names, id);
    let lost = || Failure::Internal("a ledger entry points nowhere".to_owned());
    let one = |row: entry::Model| {
        let product = products.get(&row.product_id).ok_or_else(lost)?;
        let doc = docs.get(&row.doc_id).ok_or_else(lost)?;
        Ok(StockMove {
            id: row.id.into(),
            seq: row.seq,
            recorded_at: row.recorded_at.into(),
            effective_at: row.effective_at.into(),
            org_id: row.org_id.into(),
            document: StockDocLink { id: doc.id.into(), number: doc.number.clone() },
            document_kind: stored(&doc.kind)?,
            product_id: row.product_id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            serial: row.serial.map(Serial::stored),
            condition: stored(&row.condition)?,
            owner: stored(&row.owner)?,
            from: place(row.from_place_id)?,
            to: place(row.to_place_id)?,
            quantity: Quantity(row.quantity),
            value: sees_cost.then_some(Money(row.value)),
            mirror_of: row.mirror_of.map(Into::into),
        })
    };
    rows.into_iter().map(one).collect()
}

/// A place as the contract shows it.
pub fn described_place(
    places: &HashMap<Uuid, Place>,
    names: &HashMap<Uuid, String>,
    id: Uuid,
) -> Result<movement::Place> {
    let place = places.get(&id).ok_or_else(|| Failure::Internal("a place is missing".to_owned()))?;
    Ok(movement::Place { id: id.into(), kind: place.kind, name: names.get(&id).cloned().map(Text::stored) })
}
