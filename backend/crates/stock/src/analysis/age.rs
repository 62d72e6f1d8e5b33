//! How old stock is: what lies in a place is taken to be what came last, as if the oldest left first.

use super::need::reachable;
use crate::facts;
use crate::ledger::cells::key_of;
use crate::ledger::entity::balance;
use crate::ledger::model::CellKey;
use crate::ledger::places;
use crate::ledger::queries::{described_place, place_of};
use crate::ledger::snapshot::{Of, cell_of, only};
use chrono::Duration;
use openapi::stock::STOCK_COST;
use openapi::stock::analysis::{AgeQuery, GetStockAge, StockAge, StockAgeRow};
use openapi::{ItemCode, Money, Quantity, Text};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, Statement, Value};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many rows one answer carries.
const CAP: usize = 5000;
/// Days at which an age ends; what is older than the last is the fifth.
const AGES: [i64; 4] = [30, 90, 180, 365];

/// What lies in a cell, by age: `came` says how much came at each age, the youngest first. What did not come in any of
/// them is older.
pub fn aged(on_hand: i64, came: [i64; 4]) -> [i64; 5] {
    let mut left = on_hand;
    let mut take = |came: i64| {
        let taken = came.clamp(0, left);
        left -= taken;
        taken
    };
    let [a, b, c, d] = came.map(&mut take);
    [a, b, c, d, left]
}

/// The balances that a query is about: in reach, with something in them.
pub async fn balances(tx: &ReadTx, query: &AgeQuery) -> Result<Vec<balance::Model>> {
    use balance::Column as C;
    let orgs = reachable(tx, query.org_id.map(|id| id.uuid()), query.include_below == Some(true)).await?;
    let mut select = tx.select::<balance::Entity>().filter(C::OnHand.gt(0)).filter(C::OrgId.is_in(orgs));
    if let Some(warehouse) = query.warehouse_id {
        let place = place_of(tx, warehouse.uuid()).await?.map_or_else(Uuid::nil, |place| place.id);
        select = select.filter(C::PlaceId.eq(place));
    }
    if let Some(product) = query.product_id {
        select = select.filter(C::ProductId.eq(product.uuid()));
    }
    Ok(select.all(tx.conn()).await?)
}

pub async fn age(tx: &ReadTx, call: Call<GetStockAge>) -> Result<StockAge> {
    let query = call.query.0;
    let rows = balances(tx, &query).await?;
    let places: Vec<Uuid> = rows.iter().map(|row| row.place_id).collect::<HashSet<_>>().into_iter().collect();
    let came = came(tx, Of { places: &places, product: query.product_id.map(Into::into) }).await?;
    let mut aged: Vec<(balance::Model, [i64; 5])> = rows
        .into_iter()
        .map(|row| {
            let ages = aged(row.on_hand, came.get(&key_of(&row)?).copied().unwrap_or_default());
            Ok((row, ages))
        })
        .collect::<Result<_>>()?;
    aged.sort_by_key(|(row, [a, b, c, d, e])| (Reverse((*e, *d, *c, *b, *a)), row.id));
    let is_capped = aged.len() > CAP;
    aged.truncate(CAP);
    Ok(StockAge { items: described(tx, aged).await?, is_capped })
}

/// What came into each cell, by age.
async fn came(tx: &ReadTx, of: Of<'_>) -> Result<HashMap<CellKey, [i64; 4]>> {
    let mut found = HashMap::new();
    for part in of.places.chunks(5000) {
        let edge = |days: i64| Value::from(tx.now() - Duration::days(days));
        let mut values: Vec<Value> = AGES.map(edge).to_vec();
        let only = only(&mut values, Of { places: part, ..of }, "m.to_place_id", "m.product_id");
        let sum = |when: &str| format!("CAST(SUM(CASE WHEN {when} THEN m.quantity ELSE 0 END) AS BIGINT)");
        let sql = format!(
            "SELECT m.to_place_id AS place_id, m.product_id, m.condition, m.owner, {}, {}, {}, {} FROM stock_move m \
             WHERE m.effective_at >= $4 AND {only} GROUP BY m.to_place_id, m.product_id, m.condition, m.owner",
            sum("m.effective_at >= $1"),
            sum("m.effective_at >= $2 AND m.effective_at < $1"),
            sum("m.effective_at >= $3 AND m.effective_at < $2"),
            sum("m.effective_at < $3"),
        );
        let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
        for row in tx.conn().query_all_raw(statement).await? {
            let sum = |at: usize| row.try_get_by_index::<i64>(at);
            found.insert(cell_of(&row)?, [sum(4)?, sum(5)?, sum(6)?, sum(7)?]);
        }
    }
    Ok(found)
}

async fn described(tx: &ReadTx, rows: Vec<(balance::Model, [i64; 5])>) -> Result<Vec<StockAgeRow>> {
    let products = facts::products(tx, rows.iter().map(|(r, _)| r.product_id).collect::<HashSet<_>>()).await?;
    let places = places::by_id(tx, rows.iter().map(|(r, _)| r.place_id).collect::<HashSet<_>>()).await?;
    let names = facts::place_names(tx, places.values().copied()).await?;
    let stations = facts::stations(tx, rows.iter().map(|(r, _)| r.org_id).collect::<HashSet<_>>()).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let one = |(row, ages): (balance::Model, [i64; 5])| {
        let lost = || Failure::Internal("a balance points nowhere".to_owned());
        let product = products.get(&row.product_id).ok_or_else(lost)?;
        let [to_30, to_90, to_180, to_365, older] = ages.map(Quantity);
        Ok(StockAgeRow {
            org_id: row.org_id.into(),
            org_name: stations.of(row.org_id),
            place: described_place(&places, &names, row.place_id)?,
            product_id: row.product_id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            condition: stored(&row.condition)?,
            owner: stored(&row.owner)?,
            quantity: Quantity(row.on_hand),
            to_30,
            to_90,
            to_180,
            to_365,
            older,
            value: sees_cost.then_some(Money(row.value)),
        })
    };
    rows.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::aged;

    #[test]
    fn what_is_there_is_what_came_last() {
        assert_eq!(aged(10, [4, 3, 2, 1]), [4, 3, 2, 1, 0]);
        assert_eq!(aged(5, [4, 3, 2, 1]), [4, 1, 0, 0, 0]);
        assert_eq!(aged(12, [4, 0, 0, 1]), [4, 0, 0, 1, 7]);
        assert_eq!(aged(3, [-2, 3, 0, 0]), [0, 3, 0, 0, 0], "a reversal of an older receipt takes nothing here");
    }
}
