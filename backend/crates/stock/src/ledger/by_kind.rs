//! What came into and went out of places between two instants, by the kind of the documents that moved it.

use super::model::CellKey;
use super::snapshot::{Of, cell_of, only};
use chrono::{DateTime, Utc};
use openapi::document::DocKind;
use platform::doc::lifecycle::stored;
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::BTreeMap;

/// What documents of one kind did to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSum {
    pub kind: DocKind,
    pub incoming: i64,
    pub outgoing: i64,
    pub incoming_value: i64,
    pub outgoing_value: i64,
}

impl KindSum {
    /// Whether anything is left of it after what was reversed.
    pub fn is_something(&self) -> bool {
        [self.incoming, self.outgoing, self.incoming_value, self.outgoing_value] != [0; 4]
    }
}

/// By cell, the kinds in the order of their names.
pub type KindSums = BTreeMap<CellKey, Vec<KindSum>>;

/// Sums the moves of some cells.
pub async fn by_kind(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, of: Of<'_>) -> Result<KindSums> {
    let mut sums = KindSums::new();
    for part in of.places.chunks(5000) {
        add(tx, from, to, Of { places: part, ..of }, &mut sums).await?;
    }
    Ok(sums)
}

async fn add(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, of: Of<'_>, sums: &mut KindSums) -> Result<()> {
    let mut values: Vec<Value> = vec![from.into(), to.into()];
    let only_to = only(&mut values, of, "m.to_place_id", "m.product_id");
    let only_from = only_to.replace("m.to_place_id", "m.from_place_id");
    let side = |place: &str, only: &str, into: &str, out: &str| {
        format!(
            "SELECT m.{place} AS place_id, m.product_id, m.condition, m.owner, h.kind, m.quantity * {into} AS in_quantity, \
             m.quantity * {out} AS out_quantity, m.value * {into} AS in_value, m.value * {out} AS out_value \
             FROM stock_move m JOIN stock_doc h ON h.id = m.doc_id \
             WHERE m.effective_at >= $1 AND m.effective_at < $2 AND {only}"
        )
    };
    let sum = |name: &str| format!("CAST(SUM({name}) AS BIGINT)");
    let sql = format!(
        "SELECT place_id, product_id, condition, owner, kind, {}, {}, {}, {} FROM ({} UNION ALL {}) AS sides \
         GROUP BY place_id, product_id, condition, owner, kind ORDER BY kind",
        sum("in_quantity"),
        sum("out_quantity"),
        sum("in_value"),
        sum("out_value"),
        side("to_place_id", &only_to, "1", "0"),
        side("from_place_id", &only_from, "0", "1"),
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    for row in tx.conn().query_all_raw(statement).await? {
        let sum = KindSum {
            kind: stored(&row.try_get_by_index::<String>(4)?)?,
            incoming: row.try_get_by_index(5)?,
            outgoing: row.try_get_by_index(6)?,
            incoming_value: row.try_get_by_index(7)?,
            outgoing_value: row.try_get_by_index(8)?,
        };
        sums.entry(cell_of(&row)?).or_default().push(sum);
    }
    Ok(())
}
