//! What must always be true of old parts that are owed. Name, rule, how many are looked at, and a query that names each
//! violation in its only column.

/// The rules.
pub const RULES: &[(&str, &str, &str, &str)] = &[
    (
        "I17",
        "保内换件的旧件入库数量与欠返记录一致 / What came in of old parts that headquarters wants is what is or was owed",
        "SELECT COUNT(*) AS found FROM owed_part WHERE state <> 'cancelled'",
        "SELECT o.ticket_number || ' ' || o.number AS said FROM owed_part o WHERE o.state <> 'cancelled' AND \
         (SELECT CAST(COALESCE(SUM(s.quantity), 0) AS BIGINT) FROM owed_part s WHERE s.part_id = o.part_id AND s.state <> 'cancelled') <> \
         (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM stock_doc_line l JOIN stock_doc d ON d.id = l.doc_id \
          WHERE l.ticket_part_id = o.part_id AND d.kind = 'old_part_in' AND d.state = 'posted' AND d.reversal_of IS NULL)",
    ),
    (
        "I17a",
        "欠返旧件的状态与其返还单一致 / The state of an old part that is owed is that of the return that it went with",
        "SELECT COUNT(*) AS found FROM owed_part WHERE return_id IS NOT NULL",
        "SELECT o.number AS said FROM owed_part o LEFT JOIN part_return r ON r.id = o.return_id \
         LEFT JOIN part_return_line l ON l.return_id = r.id AND l.owed_part_id = o.id \
         WHERE o.return_id IS NOT NULL AND (l.id IS NULL OR o.deduction <> l.missing_amount + l.verdict_amount + l.late_amount \
         OR r.state <> CASE WHEN o.state = 'under_way' THEN 'shipped' ELSE 'examined' END \
         OR o.state <> CASE WHEN r.state = 'shipped' THEN 'under_way' WHEN l.received < o.quantity THEN 'short' ELSE l.verdict END)",
    ),
    (
        "I17b",
        "返还单每行的旧件都随该单走，合计扣款等于各行之和 / Each line of a return has its old part with it, and what is kept back is the sum of its lines",
        "SELECT COUNT(*) AS found FROM part_return WHERE state IN ('shipped', 'examined')",
        "SELECT r.number AS said FROM part_return r WHERE r.state IN ('shipped', 'examined') AND ( \
         EXISTS (SELECT 1 FROM part_return_line l JOIN owed_part o ON o.id = l.owed_part_id WHERE l.return_id = r.id \
                 AND (o.return_id IS NULL OR o.return_id <> r.id)) \
         OR r.deduction <> (SELECT CAST(COALESCE(SUM(l.missing_amount + l.verdict_amount + l.late_amount), 0) AS BIGINT) \
                            FROM part_return_line l WHERE l.return_id = r.id))",
    ),
    (
        "I17c",
        "返还途中的旧件都在调拨在途中 / What is on its way with a return lies in transit with its transfer",
        "SELECT COUNT(*) AS found FROM part_return WHERE state = 'shipped' AND transfer_id IS NOT NULL",
        "SELECT r.number AS said FROM part_return r WHERE r.state = 'shipped' AND r.maker_id IS NULL AND r.total_quantity <> \
         (SELECT CAST(COALESCE(SUM(b.on_hand), 0) AS BIGINT) FROM stock_balance b JOIN stock_place p ON p.id = b.place_id \
          WHERE p.kind = 'transit' AND p.holder_id = r.transfer_id)",
    ),
];
