//! Stock at an earlier instant, and opening, in, out and closing between two days: always folded from the moves, so
//! that a back-dated document shows where it took effect.

use super::by_kind::{KindSum, KindSums, by_kind};
use super::entity::balance;
use super::places;
use super::queries::{described_place, place_of};
use crate::facts;
use chrono::{DateTime, Days, NaiveDate, Utc};
use openapi::identity::OrgId;
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::problem::field;
use openapi::stock::STOCK_COST;
use openapi::stock::balance::{
    GetStockAsOf, GetStockTurnover, StockAsOf, StockAsOfRow, Turnover, TurnoverMoves, TurnoverRow,
};
use openapi::{Date, Issue, ItemCode, Money, Quantity, Text};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Statement, Value};
use std::collections::HashSet;
use uuid::Uuid;

/// How many rows one answer carries.
const CAP: usize = 5000;

/// One cell between two instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub place: Uuid,
    pub product: Uuid,
    pub condition: String,
    pub owner: String,
    pub opening: i64,
    pub incoming: i64,
    pub outgoing: i64,
    pub opening_value: i64,
    pub incoming_value: i64,
    pub outgoing_value: i64,
}

pub async fn as_of(tx: &ReadTx, call: Call<GetStockAsOf>) -> Result<StockAsOf> {
    let query = call.query.0;
    let end = day_after(tx, query.on);
    let only = Only { org: query.org_id, warehouse: query.warehouse_id, product: query.product_id };
    let cells = reachable_fold(tx, end, end, only).await?;
    let (rows, is_capped) = described(tx, cells, KindSums::new()).await?;
    let row = |row: TurnoverRow| StockAsOfRow {
        org_id: row.org_id,
        org_name: row.org_name,
        place: row.place,
        product_id: row.product_id,
        product_code: row.product_code,
        product_name: row.product_name,
        condition: row.condition,
        owner: row.owner,
        quantity: row.opening,
        value: row.opening_value,
    };
    Ok(StockAsOf { on: query.on, items: rows.into_iter().map(row).collect(), is_capped })
}

pub async fn turnover(tx: &ReadTx, call: Call<GetStockTurnover>) -> Result<Turnover> {
    let query = call.query.0;
    if query.to < query.from {
        return Err(Failure::field("?to", Issue::new(field::ORDER)));
    }
    let (from, to) = (tx.start_of(query.from.naive()), day_after(tx, query.to));
    let only = Only { org: query.org_id, warehouse: query.warehouse_id, product: query.product_id };
    let cells = reachable_fold(tx, from, to, only).await?;
    let places: HashSet<Uuid> = cells.iter().map(|cell| cell.place).collect();
    let moves = by_kind(tx, from, to, &places.into_iter().collect::<Vec<_>>()).await?;
    let (items, is_capped) = described(tx, cells, moves).await?;
    Ok(Turnover { from: query.from, to: query.to, items, is_capped })
}

fn day_after(tx: &ReadTx, on: Date) -> DateTime<Utc> {
    let on: NaiveDate = on.naive();
    tx.start_of(on.checked_add_days(Days::new(1)).unwrap_or(on))
}

/// What of the stock is asked for.
struct Only {
    org: Option<OrgId>,
    warehouse: Option<WarehouseId>,
    product: Option<ProductId>,
}

/// Folds what the current call reaches.
async fn reachable_fold(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, only: Only) -> Result<Vec<Folded>> {
    let mut select = tx.select::<balance::Entity>().select_only().column(balance::Column::PlaceId).distinct();
    if let Some(org) = only.org {
        select = select.filter(balance::Column::OrgId.eq(org.uuid()));
    }
    if let Some(warehouse) = only.warehouse {
        let place = place_of(tx, warehouse.uuid()).await?.map_or_else(Uuid::nil, |place| place.id);
        select = select.filter(balance::Column::PlaceId.eq(place));
    }
    let places: Vec<Uuid> = select.into_tuple().all(tx.conn()).await?;
    fold(tx, from, to, &places, only.product.map(Into::into)).await
}

/// Folds the moves of some places: what was there before `from`, and what came and went between `from` and `to`.
pub async fn fold(
    tx: &ReadTx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    places: &[Uuid],
    product: Option<Uuid>,
) -> Result<Vec<Folded>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![from.into(), to.into()];
    let first = values.len() + 1;
    values.extend(places.iter().map(|id| Value::from(*id)));
    let marks = (first..=values.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let only = match product {
        Some(product) => {
            values.push(product.into());
            format!(" AND product_id = ${}", values.len())
        }
        None => String::new(),
    };
    let side = |place: &str, into: &str, out: &str| {
        format!(
            "SELECT {place} AS place_id, product_id, condition, owner, effective_at, \
             quantity * {into} AS in_quantity, quantity * {out} AS out_quantity, \
             value * {into} AS in_value, value * {out} AS out_value \
             FROM stock_move WHERE effective_at < $2 AND {place} IN ({marks}){only}"
        )
    };
    let before = |name: &str| {
        format!(
            "CAST(SUM(CASE WHEN effective_at < $1 THEN in_{name} - out_{name} ELSE 0 END) AS BIGINT) AS opening_{name}"
        )
    };
    let within = |way: &str, name: &str| {
        format!("CAST(SUM(CASE WHEN effective_at >= $1 THEN {way}_{name} ELSE 0 END) AS BIGINT) AS {way}_{name}_sum")
    };
    let sql = format!(
        "SELECT place_id, product_id, condition, owner, {}, {}, {}, {}, {}, {} FROM ({} UNION ALL {}) AS sides \
         GROUP BY place_id, product_id, condition, owner ORDER BY place_id, product_id, condition, owner",
        before("quantity"),
        within("in", "quantity"),
        within("out", "quantity"),
        before("value"),
        within("in", "value"),
        within("out", "value"),
        side("to_place_id", "1", "0"),
        side("from_place_id", "0", "1"),
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    let rows = tx.conn().query_all_raw(statement).await?;
    let read = |row: sea_orm::QueryResult| {
        Ok(Folded {
            place: row.try_get("", "place_id")?,
            product: row.try_get("", "product_id")?,
            condition: row.try_get("", "condition")?,
            owner: row.try_get("", "owner")?,
            opening: row.try_get("", "opening_quantity")?,
            incoming: row.try_get("", "in_quantity_sum")?,
            outgoing: row.try_get("", "out_quantity_sum")?,
            opening_value: row.try_get("", "opening_value")?,
            incoming_value: row.try_get("", "in_value_sum")?,
            outgoing_value: row.try_get("", "out_value_sum")?,
        })
    };
    rows.into_iter().map(read).collect()
}

impl Folded {
    fn is_nothing(&self) -> bool {
        [self.opening, self.incoming, self.outgoing, self.opening_value, self.incoming_value, self.outgoing_value]
            == [0; 6]
    }
}

async fn described(tx: &ReadTx, mut cells: Vec<Folded>, mut moves: KindSums) -> Result<(Vec<TurnoverRow>, bool)> {
    cells.retain(|cell| !cell.is_nothing());
    let is_capped = cells.len() > CAP;
    cells.truncate(CAP);
    let products = facts::products(tx, cells.iter().map(|c| c.product).collect::<HashSet<_>>()).await?;
    let places = places::by_id(tx, cells.iter().map(|c| c.place).collect::<HashSet<_>>()).await?;
    let names = facts::place_names(tx, places.values().copied()).await?;
    let orgs: HashSet<Uuid> = places.values().map(|place| place.org).collect();
    let orgs = identity::api::stations_named(tx.conn(), orgs).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let money = |value: i64| sees_cost.then_some(Money(value));
    let lost = || Failure::Internal("a ledger entry points nowhere".to_owned());
    let row = |cell: Folded| {
        let key = (cell.place, cell.product, cell.condition.clone(), cell.owner.clone());
        let of_kind = |sums: KindSum| TurnoverMoves {
            kind: sums.kind,
            incoming: Quantity(sums.incoming),
            outgoing: Quantity(sums.outgoing),
            incoming_value: money(sums.incoming_value),
            outgoing_value: money(sums.outgoing_value),
        };
        let moves = moves.remove(&key).unwrap_or_default().into_iter().map(of_kind).collect();
        let product = products.get(&cell.product).ok_or_else(lost)?;
        let org = places.get(&cell.place).ok_or_else(lost)?.org;
        Ok(TurnoverRow {
            org_id: org.into(),
            org_name: Text::stored(orgs.get(&org).map(|station| station.name.clone()).unwrap_or_default()),
            place: described_place(&places, &names, cell.place)?,
            product_id: cell.product.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            condition: stored(&cell.condition)?,
            owner: stored(&cell.owner)?,
            opening: Quantity(cell.opening),
            incoming: Quantity(cell.incoming),
            outgoing: Quantity(cell.outgoing),
            closing: Quantity(cell.opening + cell.incoming - cell.outgoing),
            opening_value: money(cell.opening_value),
            incoming_value: money(cell.incoming_value),
            outgoing_value: money(cell.outgoing_value),
            closing_value: money(cell.opening_value + cell.incoming_value - cell.outgoing_value),
            moves,
        })
    };
    Ok((cells.into_iter().map(row).collect::<Result<_>>()?, is_capped))
}
