//! The past from the entries alone, without the ends of months that reports begin with.

use chrono::{DateTime, Utc};
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

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

/// Folds the moves of some places: what was there before `from`, and what came and went between `from` and `to`.
pub async fn fold(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, places: &[Uuid]) -> Result<Vec<Folded>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![from.into(), to.into()];
    let first = values.len() + 1;
    values.extend(places.iter().map(|id| Value::from(*id)));
    let marks = (first..=values.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let side = |place: &str, into: &str, out: &str| {
        format!(
            "SELECT {place} AS place_id, product_id, condition, owner, effective_at, \
             quantity * {into} AS in_quantity, quantity * {out} AS out_quantity, \
             value * {into} AS in_value, value * {out} AS out_value \
             FROM stock_move WHERE effective_at < $2 AND {place} IN ({marks})"
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
