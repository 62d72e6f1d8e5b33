//! What a station holds in its warehouses of the company's own, cell by cell and piece by piece.

use super::model::Held;
use crate::ledger::entity::{balance, serial};
use crate::ledger::{lock_rows, places};
use openapi::choice::Choice;
use openapi::stock::Owner;
use openapi::{Money, Quantity};
use platform::{ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that is held of some products. Pieces with a serial stand alone; plain goods stand by cell.
pub async fn held(tx: &ReadTx, org: Uuid, products: &[Uuid]) -> Result<Vec<Held>> {
    let places: HashMap<Uuid, Uuid> =
        places::warehouses_of(tx, org).await?.into_iter().map(|place| (place.id, place.holder)).collect();
    let cells = balance::Entity::find()
        .filter(balance::Column::PlaceId.is_in(places.keys().copied()))
        .filter(balance::Column::ProductId.is_in(products.iter().copied()))
        .filter(balance::Column::Owner.eq(Owner::Company.as_str()))
        .filter(balance::Column::OnHand.gt(0))
        .order_by_asc(balance::Column::PlaceId);
    let pieces = serial::Entity::find()
        .filter(serial::Column::PlaceId.is_in(places.keys().copied()))
        .filter(serial::Column::ProductId.is_in(products.iter().copied()))
        .filter(serial::Column::Owner.eq(Owner::Company.as_str()))
        .order_by_asc(serial::Column::Serial);
    let warehouse = |place: &Uuid| places.get(place).copied().unwrap_or_default();
    let cell = |row: balance::Model| Held {
        warehouse: warehouse(&row.place_id),
        product: row.product_id,
        condition: row.condition,
        serial: None,
        quantity: Quantity(row.on_hand),
        value: Money(row.value),
    };
    let piece = |row: serial::Model| Held {
        warehouse: warehouse(&row.place_id),
        product: row.product_id,
        condition: row.condition,
        serial: Some(row.serial),
        quantity: Quantity::ONE,
        value: Money(row.value),
    };
    let mut held: Vec<Held> = cells.all(tx.conn()).await?.into_iter().map(cell).collect();
    held.extend(pieces.all(tx.conn()).await?.into_iter().map(piece));
    Ok(held)
}

/// Keeps the goods of some products as they are until the posting is written.
pub async fn hold_still(tx: &Tx, org: Uuid, products: &[Uuid]) -> Result<()> {
    let places = places::warehouses_of(tx, org).await?;
    let ids = balance::Entity::find()
        .filter(balance::Column::PlaceId.is_in(places.iter().map(|place| place.id)))
        .filter(balance::Column::ProductId.is_in(products.iter().copied()))
        .select_only()
        .column(balance::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    lock_rows(tx, ids).await?;
    Ok(())
}
