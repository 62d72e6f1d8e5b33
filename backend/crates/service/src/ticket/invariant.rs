//! What must always be true of tickets, checked by looking at every one of them.

use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, Statement};

/// Rules: name, what must hold, and a query that names each violation in its only column.
const RULES: &[(&str, &str, &str, &str)] = &[
    (
        "I9",
        "工单耗用不超过已领未退 / A ticket consumes no more of a part than was issued and not returned",
        "SELECT COUNT(*) AS found FROM ticket_part",
        "SELECT t.number || ' ' || p.product_code AS said FROM ticket_part p JOIN ticket t ON t.id = p.ticket_id \
         WHERE p.consumed > p.issued - p.returned OR p.consumed > p.used",
    ),
    (
        "I9b",
        "厂家付费的换件都有对应旧件入库 / Each replacement that the maker pays for has an old part in the old-part store",
        "SELECT COUNT(*) AS found FROM ticket_part WHERE consumed > 0 AND returns_old_part",
        "SELECT t.number || ' ' || p.product_code AS said FROM ticket_part p JOIN ticket t ON t.id = p.ticket_id \
         WHERE p.consumed > 0 AND p.returns_old_part AND COALESCE(p.payer, t.payer) = 'manufacturer' \
         AND (p.old_part <> 'returned' OR NOT EXISTS (SELECT 1 FROM ticket_document d \
              WHERE d.ticket_id = t.id AND d.kind = 'old_part_in' AND NOT d.is_reversed))",
    ),
    (
        "I9c",
        "待料的缺料单与工单配件行的缺数一致 / What a shortage waits for is what the line of its ticket is short of",
        "SELECT COUNT(*) AS found FROM shortage WHERE state IN ('waiting', 'allocated')",
        "SELECT s.number AS said FROM shortage s LEFT JOIN ticket_part p ON p.id = s.part_id \
         WHERE s.state IN ('waiting', 'allocated') AND (p.id IS NULL OR p.shortage_id IS NULL OR p.shortage_id <> s.id \
         OR p.required - p.issued - p.reserved <> s.quantity - s.allocated \
         OR (s.state = 'allocated') <> (s.quantity = s.allocated))",
    ),
    (
        "I4t",
        "客户机在工单未结期间由网点保管，结单后不再保管 / A unit that was taken into custody lies with the station as long as its ticket is open, and not after it",
        "SELECT COUNT(*) AS found FROM ticket_document WHERE kind = 'custody_in' AND NOT is_reversed",
        "SELECT t.number || ' ' || t.state AS said FROM ticket t WHERE \
         (SELECT COUNT(*) FROM ticket_document d WHERE d.ticket_id = t.id AND d.kind = 'custody_in' AND NOT d.is_reversed) > 0 \
         AND (SELECT COUNT(*) FROM ticket_document d WHERE d.ticket_id = t.id AND d.kind = 'custody_out' AND NOT d.is_reversed) \
         <> CASE WHEN t.state IN ('completed', 'called_back', 'audited', 'cancelled') THEN 1 ELSE 0 END",
    ),
    (
        "I11",
        "工单状态与时间线最后一步一致 / The state of a ticket is the one that its timeline ends with",
        "SELECT COUNT(*) AS found FROM ticket",
        "SELECT t.number || ' ' || t.state AS said FROM ticket t WHERE t.state <> COALESCE((SELECT j.to_state \
         FROM journal j WHERE j.subject_id = t.id AND j.subject_kind = 'ticket' ORDER BY j.id DESC LIMIT 1), '')",
    ),
    (
        "I11b",
        "已取机的工单均已完工、由他人质检并已结算 / A ticket that was handed over is settled, inspected by another person than its engineer, and was finished",
        "SELECT COUNT(*) AS found FROM ticket WHERE state IN ('completed', 'called_back', 'audited')",
        "SELECT t.number AS said FROM ticket t WHERE t.state IN ('completed', 'called_back', 'audited') \
         AND EXISTS (SELECT 1 FROM journal j WHERE j.subject_id = t.id AND j.subject_kind = 'ticket' AND j.action = 'pick_up') \
         AND (t.settled_at IS NULL OR t.finished_at IS NULL OR t.inspector_id IS NULL OR t.inspector_id = t.engineer_id)",
    ),
];

async fn rows(tx: &ReadTx, sql: &str) -> Result<Vec<sea_orm::QueryResult>> {
    let statement = Statement::from_string(tx.conn().get_database_backend(), sql);
    Ok(tx.conn().query_all_raw(statement).await?)
}

/// Every rule with its violations, at most 1,000 each.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    let mut checks = Vec::with_capacity(RULES.len() + 1);
    for (code, rule, count, violations) in RULES.iter().chain(crate::part_return::invariant::RULES) {
        let counted = rows(tx, count).await?;
        let checked = counted.first().map(|row| row.try_get("", "found")).transpose()?.unwrap_or_default();
        let found = rows(tx, &format!("{violations} LIMIT 1000")).await?;
        let violations = found.iter().map(|row| Ok(row.try_get("", "said")?)).collect::<Result<_>>()?;
        checks.push(InvariantCheck { code: (*code).to_owned(), rule: (*rule).to_owned(), checked, violations });
    }
    checks.push(super::money::agreement(tx).await?);
    Ok(checks)
}
