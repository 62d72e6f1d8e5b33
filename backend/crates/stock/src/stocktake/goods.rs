//! What lies in a warehouse by the books, piece by piece where serials are known, and what it costs.

use super::entity::line;
use crate::facts;
use crate::ledger::entity::{balance, entry, place, serial};
use crate::ledger::lock_rows;
use crate::ledger::queries::place_of;
use openapi::choice::Choice;
use openapi::stock::{Owner, PlaceKind};
use openapi::{Money, Quantity, UnitPrice};
use platform::{ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Goods of one kind: product, serial, condition, owner.
pub type Key = (Uuid, Option<String>, String, String);

/// The goods of a line.
pub fn key_of(line: &line::Model) -> Key {
    (line.product_id, line.serial.clone(), line.condition.clone(), line.owner.clone())
}

/// What lies in a warehouse now, or of one product there. Pieces with a serial stand alone, the rest of their cell
/// together.
pub async fn now_in(tx: &ReadTx, warehouse: Uuid, product: Option<Uuid>) -> Result<BTreeMap<Key, Quantity>> {
    let mut goods: BTreeMap<Key, Quantity> = BTreeMap::new();
    let Some(place) = place_of(tx, warehouse).await? else { return Ok(goods) };
    let mut cells =
        balance::Entity::find().filter(balance::Column::PlaceId.eq(place.id)).filter(balance::Column::OnHand.gt(0));
    let mut pieces = serial::Entity::find().filter(serial::Column::PlaceId.eq(place.id));
    if let Some(product) = product {
        cells = cells.filter(balance::Column::ProductId.eq(product));
        pieces = pieces.filter(serial::Column::ProductId.eq(product));
    }
    for cell in cells.all(tx.conn()).await? {
        goods.insert((cell.product_id, None, cell.condition, cell.owner), Quantity(cell.on_hand));
    }
    for piece in pieces.all(tx.conn()).await? {
        let serial::Model { product_id, serial, condition, owner, .. } = piece;
        let rest = (product_id, None, condition.clone(), owner.clone());
        if let Some(left) = goods.get_mut(&rest) {
            *left -= Quantity::ONE;
        }
        goods.insert((product_id, Some(serial), condition, owner), Quantity::ONE);
    }
    goods.retain(|_, quantity| quantity.is_positive());
    Ok(goods)
}

/// The last entry of the ledger that moved goods of a kind into or out of a warehouse; 0 before the first.
pub async fn last_move(tx: &ReadTx, warehouse: Uuid, key: &Key) -> Result<i64> {
    use entry::Column as C;
    let Some(place) = place_of(tx, warehouse).await? else { return Ok(0) };
    let (product, _, condition, owner) = key;
    let there = sea_orm::Condition::any().add(C::FromPlaceId.eq(place.id)).add(C::ToPlaceId.eq(place.id));
    let select = entry::Entity::find()
        .filter(C::ProductId.eq(*product))
        .filter(C::Condition.eq(condition))
        .filter(C::Owner.eq(owner))
        .filter(C::Quantity.ne(0))
        .filter(there);
    let last = select.select_only().column_as(C::Seq.max(), "last").into_tuple::<Option<i64>>().one(tx.conn()).await?;
    Ok(last.flatten().unwrap_or_default())
}

/// Keeps the cells of a warehouse as they are until the snapshot is taken.
pub async fn hold_still(tx: &Tx, warehouse: Uuid) -> Result<()> {
    let Some(place) = place_of(tx, warehouse).await? else { return Ok(()) };
    let ids = balance::Entity::find()
        .filter(balance::Column::PlaceId.eq(place.id))
        .select_only()
        .column(balance::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    lock_rows(tx, ids).await?;
    Ok(())
}

/// What a piece costs, by product and condition: the average in the warehouses of the station, else the standard cost.
pub async fn costs(
    tx: &ReadTx,
    org: Uuid,
    products: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<(Uuid, String), UnitPrice>> {
    let products: Vec<Uuid> = products.into_iter().collect();
    let places = place::Entity::find()
        .filter(place::Column::OrgId.eq(org))
        .filter(place::Column::Kind.eq(PlaceKind::Warehouse.as_str()));
    let places: Vec<Uuid> = places.all(tx.conn()).await?.into_iter().map(|row| row.id).collect();
    let mut sums: HashMap<(Uuid, String), (Quantity, Money)> = HashMap::new();
    for part in products.chunks(500) {
        let cells = balance::Entity::find()
            .filter(balance::Column::PlaceId.is_in(places.iter().copied()))
            .filter(balance::Column::ProductId.is_in(part.iter().copied()))
            .filter(balance::Column::Owner.eq(Owner::Company.as_str()));
        for cell in cells.all(tx.conn()).await? {
            let sum = sums.entry((cell.product_id, cell.condition)).or_default();
            sum.0 += Quantity(cell.on_hand);
            sum.1 += Money(cell.value);
        }
    }
    sums.retain(|_, (quantity, _)| quantity.is_positive());
    Ok(sums.into_iter().map(|(key, (quantity, value))| (key, value.per(quantity))).collect())
}

/// What goods cost that the station does not hold: the standard cost of good ones.
pub async fn standard_cost(tx: &ReadTx, product: Uuid) -> Result<UnitPrice> {
    let known = master::api::products(tx, [product]).await?.remove(&product);
    Ok(known.and_then(|row| row.standard_cost).unwrap_or(UnitPrice::ZERO))
}

/// The product of a code, or the product and the serial of a serial, wherever that piece is by the books.
pub async fn named(tx: &ReadTx, code: &str) -> Result<Option<(Uuid, facts::Product, Option<String>)>> {
    let called = master::api::products_called(tx, &[code.to_owned()]).await?;
    if let Some(row) = called.into_iter().find(|row| row.code.eq_ignore_ascii_case(code)) {
        let id = row.id.uuid();
        return Ok(facts::products(tx, [id]).await?.remove(&id).map(|product| (id, product, None)));
    }
    let Ok(text) = code.parse::<openapi::Serial>() else { return Ok(None) };
    let pieces = serial::Entity::find()
        .filter(serial::Column::Serial.eq(&*text))
        .order_by_asc(serial::Column::ProductId)
        .limit(2)
        .all(tx.conn())
        .await?;
    let [piece] = pieces.as_slice() else { return Ok(None) };
    let known = facts::products(tx, [piece.product_id]).await?.remove(&piece.product_id);
    Ok(known.map(|product| (piece.product_id, product, Some(piece.serial.clone()))))
}
