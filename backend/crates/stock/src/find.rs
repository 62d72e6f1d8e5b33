//! Finding goods as people call them: by code, by serial, by words.

use crate::balance::{available, available_as};
use crate::facts;
use crate::stocktake::{goods_in, goods_named};
use openapi::choice::Choice;
use openapi::master::product::{ProductId, ProductKind};
use openapi::master::warehouse::WarehouseId;
use openapi::stock::{Condition, Owner};
use openapi::{Quantity, Serial};
use platform::{ReadTx, Result};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Found by words, at most so many.
const MOST: usize = 20;
/// Serials of one product, at most so many.
const MOST_SERIALS: usize = 50;

/// A product that was found, or one piece of it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The product.
    pub product: ProductId,
    /// The serial that was typed, where it named the piece.
    pub serial: Option<Serial>,
    /// Good or refurbished.
    pub condition: Condition,
    /// The company's pieces in that condition with a serial that lie in the warehouse, at most 50.
    pub serials: Vec<Serial>,
    /// How much of the company's stock in that condition is free there.
    pub free: Quantity,
}

/// What a code, a serial or some words mean in a warehouse. What fits exactly stands alone, but for refurbished pieces of the
/// same product beside new ones.
pub async fn find_goods(tx: &ReadTx, warehouse: WarehouseId, words: &str) -> Result<Vec<Found>> {
    if let Some((product, known, serial)) = goods_named(tx, words).await? {
        return if known.is_goods() { found(tx, warehouse, vec![(product, serial)]).await } else { Ok(Vec::new()) };
    }
    let kinds: Vec<ProductKind> = ProductKind::ALL.iter().copied().filter(|k| *k != ProductKind::Service).collect();
    let meant = facts::Meant { words: Some(words), kinds: &kinds, ..Default::default() };
    let rows = tx.conn().query_all(meant.ids(tx).limit(200)).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.try_get("", "id")).collect::<std::result::Result<_, _>>()?;
    let known = facts::products(tx, ids).await?;
    let mut active: Vec<(&Uuid, &facts::Product)> = known.iter().filter(|(_, product)| product.is_active).collect();
    active.sort_by(|a, b| a.1.code.cmp(&b.1.code));
    found(tx, warehouse, active.into_iter().take(MOST).map(|(id, _)| (*id, None)).collect()).await
}

async fn found(tx: &ReadTx, warehouse: WarehouseId, goods: Vec<(Uuid, Option<String>)>) -> Result<Vec<Found>> {
    let ids = || goods.iter().map(|(product, _)| ProductId::from(*product));
    let free = available(tx, warehouse, ids()).await?;
    let again = available_as(tx, warehouse, Condition::Refurbished, ids()).await?;
    // one product has been named, or a handful found: only then are its pieces listed
    let one = match goods.as_slice() {
        [(product, _)] => Some(*product),
        _ => None,
    };
    let pieces = match one {
        Some(product) => goods_in(tx, warehouse.uuid(), Some(product)).await?,
        None => BTreeMap::new(),
    };
    let serials_in = |wanted: Condition| -> Vec<Serial> {
        let ours = pieces
            .keys()
            .filter(|(_, _, condition, owner)| condition == wanted.as_str() && owner == Owner::Company.as_str());
        ours.filter_map(|(_, serial, ..)| serial.as_deref()?.parse().ok()).collect()
    };
    let kinds = [(Condition::Good, &free, serials_in(Condition::Good))].into_iter().chain([(
        Condition::Refurbished,
        &again,
        serials_in(Condition::Refurbished),
    )]);
    let kinds: Vec<_> = kinds.collect();
    let is_refurbished = |serial: &str| {
        kinds.iter().any(|(condition, _, all)| {
            *condition == Condition::Refurbished && all.iter().any(|known| **known == *serial)
        })
    };
    let mut found = Vec::new();
    for (product, serial) in &goods {
        for (condition, free, serials) in &kinds {
            let free = free.get(&ProductId::from(*product)).map_or(Quantity::ZERO, |there| there.free());
            // a piece is of one condition; refurbished goods are offered where there are some
            let is_meant = match (serial, condition) {
                (Some(serial), Condition::Refurbished) => is_refurbished(serial),
                (Some(serial), _) => !is_refurbished(serial),
                (None, Condition::Refurbished) => free.is_positive(),
                (None, _) => true,
            };
            if is_meant {
                found.push(Found {
                    product: (*product).into(),
                    serial: serial.as_ref().and_then(|text| text.parse().ok()),
                    condition: *condition,
                    serials: serials.iter().take(MOST_SERIALS).cloned().collect(),
                    free,
                });
            }
        }
    }
    Ok(found)
}
