//! How far lines of plans are supplied: always asked of requisitions and transfers, never kept here.

use crate::ledger::snapshot::marks;
use chrono::{DateTime, Utc};
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// The supply of one line, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    /// In requisitions; of one that is closed only what was sent.
    pub requisitioned: i64,
    /// On its way or signed for.
    pub shipped: i64,
    /// Came in good condition.
    pub received: i64,
    /// By when the next parcel is to be signed for.
    pub sign_by: Option<DateTime<Utc>>,
}

/// The supply of every line of some plans that a requisition names.
pub async fn of(tx: &ReadTx, plans: &[Uuid]) -> Result<HashMap<Uuid, Supply>> {
    let mut found: HashMap<Uuid, Supply> = HashMap::new();
    for part in plans.chunks(5000) {
        let mut values: Vec<Value> = Vec::new();
        let marks = marks(&mut values, part);
        let asked = format!(
            "SELECT l.id, CAST(SUM(CASE WHEN r.state = 'closed' THEN rl.shipped ELSE COALESCE(rl.approved, 0) END) AS BIGINT) \
             AS requisitioned, CAST(SUM(rl.shipped) AS BIGINT) AS shipped \
             FROM parts_plan_line l JOIN requisition_line rl ON rl.plan_line_id = l.id \
             JOIN requisition r ON r.id = rl.requisition_id \
             WHERE l.plan_id IN ({marks}) AND r.state IN ('approved', 'fulfilled', 'closed') GROUP BY l.id"
        );
        for row in tx.conn().query_all_raw(tx.statement_of(&asked, values.clone())).await? {
            let supply = found.entry(row.try_get("", "id")?).or_default();
            supply.requisitioned = row.try_get("", "requisitioned")?;
            supply.shipped = row.try_get("", "shipped")?;
        }
        let sent = format!(
            "SELECT l.id, CAST(SUM(COALESCE(tl.received, 0)) AS BIGINT) AS received, \
             MIN(CASE WHEN t.state = 'in_transit' THEN t.sign_by END) AS sign_by \
             FROM parts_plan_line l JOIN requisition_line rl ON rl.plan_line_id = l.id \
             JOIN transfer_line tl ON tl.requisition_line_id = rl.id JOIN transfer t ON t.id = tl.transfer_id \
             WHERE l.plan_id IN ({marks}) AND t.state IN ('in_transit', 'different', 'signed') GROUP BY l.id"
        );
        for row in tx.conn().query_all_raw(tx.statement_of(&sent, values)).await? {
            let supply = found.entry(row.try_get("", "id")?).or_default();
            supply.received = row.try_get("", "received")?;
            supply.sign_by = row.try_get("", "sign_by")?;
        }
    }
    Ok(found)
}
