//! What must always hold in trade, computed from the rows themselves.

use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};
use sea_orm::ConnectionTrait;

/// The rules: code, what it says, rows that are looked at, and the numbers or ids of those that break it.
const RULES: &[(&str, &str, &str, &str)] = &[
    (
        "R1",
        "会员积分余额等于积分明细合计 / Points of a member are the sum of their entries",
        "SELECT COUNT(*) AS found FROM member_points",
        "SELECT CAST(m.customer_id AS TEXT) AS named FROM member_points m LEFT JOIN point_entry e \
         ON e.customer_id = m.customer_id GROUP BY m.customer_id, m.balance HAVING COALESCE(SUM(e.points), 0) <> m.balance",
    ),
    (
        "R2",
        "零售单头等于明细与付款合计 / A retail sale adds up: lines and payments",
        "SELECT COUNT(*) AS found FROM retail_sale",
        "SELECT s.number AS named FROM retail_sale s WHERE s.total <> \
         (SELECT COALESCE(SUM(l.amount), 0) FROM retail_sale_line l WHERE l.retail_sale_id = s.id) OR s.total <> \
         (SELECT COALESCE(SUM(p.amount), 0) FROM retail_payment p WHERE p.document_id = s.id) OR s.cost_total <> \
         (SELECT COALESCE(SUM(l.cost), 0) FROM retail_sale_line l WHERE l.retail_sale_id = s.id)",
    ),
    (
        "R3",
        "已退数量与金额等于退货单合计 / What came back of a sale is what its returns say",
        "SELECT COUNT(*) AS found FROM retail_sale_line",
        "SELECT s.number AS named FROM retail_sale_line l JOIN retail_sale s ON s.id = l.retail_sale_id LEFT JOIN \
         retail_return_line b ON b.sale_line_id = l.id GROUP BY l.id, s.number, l.returned, l.refunded, l.vat_back, \
         l.cost_back HAVING COALESCE(SUM(b.quantity), 0) <> l.returned OR COALESCE(SUM(b.refund), 0) <> l.refunded \
         OR COALESCE(SUM(b.vat), 0) <> l.vat_back OR COALESCE(SUM(b.cost), 0) <> l.cost_back",
    ),
    (
        "R4",
        "零售单与红字冲销成对 / A reversed retail document has exactly its mirror",
        "SELECT COUNT(*) AS found FROM retail_sale WHERE reversal_of IS NOT NULL",
        "SELECT o.number AS named FROM retail_sale o LEFT JOIN retail_sale m ON m.reversal_of = o.id \
         WHERE (o.state = 'reversed') <> (m.id IS NOT NULL) UNION ALL SELECT o.number FROM retail_return o \
         LEFT JOIN retail_return m ON m.reversal_of = o.id WHERE (o.state = 'reversed') <> (m.id IS NOT NULL)",
    ),
    (
        "T1",
        "采购在订等于订单未收数量 / What the store expects is what placed orders have open",
        "SELECT COUNT(*) AS found FROM purchase_order_line",
        "SELECT o.number AS named FROM purchase_order_line l JOIN purchase_order o ON o.id = l.order_id \
         LEFT JOIN stock_expected e ON e.id = l.id WHERE COALESCE(e.quantity, 0) <> \
         CASE WHEN o.state IN ('placed', 'partly_received') THEN l.quantity - l.received ELSE 0 END \
         UNION ALL SELECT e.source_number FROM stock_expected e LEFT JOIN purchase_order_line l ON l.id = e.id \
         WHERE l.id IS NULL",
    ),
];

/// So many violations of one rule are named.
const MOST: usize = 100;

/// Runs every check.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    let mut checks = Vec::new();
    for (code, rule, count, broken) in RULES {
        let counted = tx.conn().query_one_raw(tx.statement(count, [])).await?;
        let checked = counted.map(|row| row.try_get("", "found")).transpose()?.unwrap_or_default();
        let mut violations = Vec::new();
        for row in tx.conn().query_all_raw(tx.statement(broken, [])).await?.into_iter().take(MOST) {
            violations.push(row.try_get("", "named")?);
        }
        checks.push(InvariantCheck { code: (*code).to_owned(), rule: (*rule).to_owned(), checked, violations });
    }
    Ok(checks)
}
