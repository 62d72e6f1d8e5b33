//! Who has a part: the good stock of every station, quantities only, the nearest first.

use crate::facts::{self, Meant};
use crate::ledger::snapshot::marks;
use openapi::stock::availability::{Availability, AvailabilityRow, GetAvailability, Nearness};
use openapi::{ItemCode, Quantity, Text};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// How many rows one answer carries.
const CAP: usize = 1000;
/// How many products the words may mean.
const PRODUCTS: usize = 200;

pub async fn availability(tx: &ReadTx, call: Call<GetAvailability>) -> Result<Availability> {
    let query = call.query.0;
    let mut products: Vec<Uuid> = match query.product_id {
        Some(product) => vec![product.uuid()],
        None => {
            let meant = Meant { words: query.q.as_deref(), ..Meant::default() }.ids(tx);
            let found = tx.conn().query_all(&meant).await?;
            found.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?
        }
    };
    products.sort();
    let mut is_capped = products.len() > PRODUCTS;
    products.truncate(PRODUCTS);
    let mut found = on_shelves(tx, &products).await?;
    let orgs = identity::api::stations_below(tx.conn(), identity::api::headquarters(tx.app()).await?.0).await?;
    for (key, incoming) in crate::transfer::under_way(tx, &orgs, &products).await? {
        found.entry(key).or_default().1 = incoming;
    }
    found.retain(|_, (available, incoming)| !available.is_zero() || !incoming.is_zero());
    let own = tx.actor().org_id;
    let named = found.keys().map(|(org, _)| *org).chain([own]).collect::<HashSet<_>>();
    let stations = identity::api::stations_named(tx.conn(), named).await?;
    let own_parent = stations.get(&own).and_then(|station| station.parent_id);
    let known = facts::products(tx, found.keys().map(|(_, product)| *product).collect::<HashSet<_>>()).await?;
    let lost = || Failure::Internal("a balance points nowhere".to_owned());
    let row = |((org, product), (available, incoming)): ((Uuid, Uuid), (Quantity, Quantity))| {
        let station = stations.get(&org).ok_or_else(lost)?;
        let facts = known.get(&product).ok_or_else(lost)?;
        Ok(AvailabilityRow {
            org_id: org.into(),
            org_name: Text::stored(station.name.clone()),
            org_phone: station.phone.clone().map(Text::stored),
            nearness: nearness((own, own_parent), (org, station.parent_id)),
            product_id: product.into(),
            product_code: ItemCode::stored(facts.code.clone()),
            product_name: Text::stored(facts.name.clone()),
            available,
            incoming,
        })
    };
    let mut items = found.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let far =
        |row: &AvailabilityRow| [Nearness::Own, Nearness::Near, Nearness::Far].iter().position(|n| *n == row.nearness);
    items.sort_by_cached_key(|row| (row.product_code.to_string(), far(row), row.org_name.to_string()));
    is_capped |= items.len() > CAP;
    items.truncate(CAP);
    Ok(Availability { items, is_capped })
}

/// How far a station is from another: each with the node above it.
fn nearness((own, own_parent): (Uuid, Option<Uuid>), (org, parent): (Uuid, Option<Uuid>)) -> Nearness {
    let is_above_or_below = own_parent == Some(org) || parent == Some(own);
    match () {
        () if org == own => Nearness::Own,
        () if is_above_or_below || (own_parent.is_some() && own_parent == parent) => Nearness::Near,
        () => Nearness::Far,
    }
}

/// What could be sent, by station and product.
pub async fn on_shelves(tx: &ReadTx, products: &[Uuid]) -> Result<BTreeMap<(Uuid, Uuid), (Quantity, Quantity)>> {
    if products.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut values: Vec<Value> = Vec::new();
    let marks = marks(&mut values, products);
    let sql = format!(
        "SELECT b.org_id, b.product_id, CAST(SUM(b.on_hand - b.reserved) AS BIGINT) AS available FROM stock_balance b \
         JOIN stock_place p ON p.id = b.place_id AND p.kind = 'warehouse' \
         JOIN warehouse w ON w.id = p.holder_id AND w.kind IN ('good', 'unit') \
         WHERE b.on_hand > b.reserved AND b.condition = 'good' AND b.owner = 'company' AND b.product_id IN ({marks}) \
         GROUP BY b.org_id, b.product_id"
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    let row = |row: sea_orm::QueryResult| {
        let key = (row.try_get("", "org_id")?, row.try_get("", "product_id")?);
        Ok((key, (Quantity(row.try_get("", "available")?), Quantity::ZERO)))
    };
    tx.conn().query_all_raw(statement).await?.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_station_is_nearer_than_its_region_and_that_than_the_rest() {
        let id = Uuid::from_u128;
        let own = (id(10), Some(id(1)));
        let cases = [(own, Nearness::Own), ((id(11), Some(id(1))), Nearness::Near), ((id(1), None), Nearness::Near)];
        for (other, expected) in cases {
            assert_eq!(nearness(own, other), expected);
        }
        assert_eq!(nearness(own, (id(20), Some(id(2)))), Nearness::Far);
        assert_eq!(nearness((id(1), None), (id(9), None)), Nearness::Far, "two roots are no region");
    }
}
