//! What came into and went out of places between two instants, by the kind of the documents that moved it.

use chrono::{DateTime, Utc};
use openapi::document::DocKind;
use platform::doc::lifecycle::stored;
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// What documents of one kind did to a cell.
#[derive(Clone, Copy, Debug)]
pub struct KindSum {
    pub kind: DocKind,
    pub incoming: i64,
    pub outgoing: i64,
    pub incoming_value: i64,
    pub outgoing_value: i64,
}

/// By place, product, condition and owner.
pub type KindSums = HashMap<(Uuid, Uuid, String, String), Vec<KindSum>>;

/// Sums the moves of some places.
pub async fn by_kind(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, places: &[Uuid]) -> Result<KindSums> {
    let mut sums = KindSums::new();
    if places.is_empty() {
        return Ok(sums);
    }
    let mut values: Vec<Value> = vec![from.into(), to.into()];
    values.extend(places.iter().map(|id| Value::from(*id)));
    let marks = (3..=values.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let side = |place: &str, into: &str, out: &str| {
        format!(
            "SELECT m.{place} AS place_id, m.product_id, m.condition, m.owner, h.kind, m.quantity * {into} AS in_quantity, \
             m.quantity * {out} AS out_quantity, m.value * {into} AS in_value, m.value * {out} AS out_value \
             FROM stock_move m JOIN stock_doc h ON h.id = m.doc_id \
             WHERE m.effective_at >= $1 AND m.effective_at < $2 AND m.{place} IN ({marks})"
        )
    };
    let sum = |name: &str| format!("CAST(SUM({name}) AS BIGINT) AS {name}_sum");
    let sql = format!(
        "SELECT place_id, product_id, condition, owner, kind, {}, {}, {}, {} FROM ({} UNION ALL {}) AS sides \
         GROUP BY place_id, product_id, condition, owner, kind ORDER BY kind",
        sum("in_quantity"),
        sum("out_quantity"),
        sum("in_value"),
        sum("out_value"),
        side("to_place_id", "1", "0"),
        side("from_place_id", "0", "1"),
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    for row in tx.conn().query_all_raw(statement).await? {
        let key = (
            row.try_get("", "place_id")?,
            row.try_get("", "product_id")?,
            row.try_get("", "condition")?,
            row.try_get("", "owner")?,
        );
        let sum = KindSum {
            kind: stored(&row.try_get::<String>("", "kind")?)?,
            incoming: row.try_get("", "in_quantity_sum")?,
            outgoing: row.try_get("", "out_quantity_sum")?,
            incoming_value: row.try_get("", "in_value_sum")?,
            outgoing_value: row.try_get("", "out_value_sum")?,
        };
        sums.entry(key).or_default().push(sum);
    }
    Ok(sums)
}
