//! What was wanted of warehouses, period by period: from the ledger, with what came back and what was reversed taken off.

use crate::ledger::snapshot::marks;
use chrono::{DateTime, Duration, Utc};
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many periods are looked at.
pub const PERIODS: usize = 12;

/// Demand of one product on one warehouse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// By period, oldest first.
    pub periods: Vec<i64>,
    /// When goods last left to be used.
    pub last: Option<DateTime<Utc>>,
}

/// Periods of equal length that end at an instant.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub end: DateTime<Utc>,
    pub period: Duration,
}

impl Window {
    /// The instants between the periods, one more than there are periods.
    fn edges(&self) -> Vec<DateTime<Utc>> {
        (0..=PERIODS).rev().filter_map(|n| Some(self.end - self.period * i32::try_from(n).ok()?)).collect()
    }

    /// Where it begins.
    pub fn begin(&self) -> DateTime<Utc> {
        self.edges().first().copied().unwrap_or(self.end)
    }
}

/// What engineers took and did not bring back, what was sold, and what was sent to stations that asked for it; good stock
/// of the company. By place and product.
pub async fn demand(tx: &ReadTx, window: Window, places: &[Uuid]) -> Result<BTreeMap<(Uuid, Uuid), Demand>> {
    let mut found = BTreeMap::new();
    for part in places.chunks(5000) {
        for row in read(tx, window, part).await? {
            let key = (row.try_get("", "place_id")?, row.try_get("", "product_id")?);
            let periods = (0..PERIODS).map(|n| Ok(row.try_get("", &format!("period_{n}"))?)).collect::<Result<_>>()?;
            found.insert(key, Demand { periods, last: row.try_get("", "last")? });
        }
    }
    Ok(found)
}

async fn read(tx: &ReadTx, window: Window, places: &[Uuid]) -> Result<Vec<sea_orm::QueryResult>> {
    let mut values: Vec<Value> = window.edges().into_iter().map(Value::from).collect();
    let last = values.len();
    let marks = marks(&mut values, places);
    let side = |warehouse: &str, other: &str, sign: &str, wanted: &str| {
        format!(
            "SELECT m.{warehouse} AS place_id, m.product_id, m.effective_at, {sign}m.quantity AS quantity \
             FROM stock_move m JOIN stock_place p ON p.id = m.{other} LEFT JOIN transfer t ON t.id = p.holder_id \
             WHERE m.effective_at >= $1 AND m.effective_at < ${last} AND m.{warehouse} IN ({marks}) \
             AND m.condition = 'good' AND m.owner = 'company' AND ({wanted})"
        )
    };
    let taken =
        "p.kind IN ('custody', 'customer', 'consumed') OR (p.kind = 'transit' AND t.requisition_id IS NOT NULL)";
    let sums = (0..PERIODS).map(|n| {
        let (from, to) = (n + 1, n + 2);
        format!(
            "CAST(SUM(CASE WHEN effective_at >= ${from} AND effective_at < ${to} THEN quantity ELSE 0 END) AS BIGINT) \
             AS period_{n}"
        )
    });
    let sql = format!(
        "SELECT place_id, product_id, {}, MAX(CASE WHEN quantity > 0 THEN effective_at END) AS last \
         FROM ({} UNION ALL {}) AS sides GROUP BY place_id, product_id",
        sums.collect::<Vec<_>>().join(", "),
        side("from_place_id", "to_place_id", "", taken),
        side("to_place_id", "from_place_id", "-", "p.kind = 'custody'"),
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    Ok(tx.conn().query_all_raw(statement).await?)
}
