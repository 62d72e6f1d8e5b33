//! The books as they stand: balances, serials, reservations, custody.

use super::{CELL, NAMES, SIDES, check, count, named, number, rows, text};
use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};

/// I2: no cell is below zero after any entry in the order of recording, and after any instant in the order of effect (what
/// takes effect at the same time counts together: a document and its mirror).
pub async fn never_below_zero(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut violations = Vec::new();
    for (order, says) in [("seq", "recorded"), ("effective_at", "effective")] {
        let sql = format!(
            "SELECT '{says} ' || {CELL} AS what, c.lowest AS detail FROM \
             (SELECT place_id, product_id, condition, owner, CAST(MIN(run) AS BIGINT) AS lowest FROM \
              (SELECT place_id, product_id, condition, owner, SUM(quantity) OVER \
               (PARTITION BY place_id, product_id, condition, owner ORDER BY {order}) AS run FROM {SIDES} AS s) AS r \
              GROUP BY place_id, product_id, condition, owner HAVING MIN(run) < 0) AS c {NAMES}"
        );
        violations.extend(named(tx, &sql, Vec::new()).await?);
    }
    let rule = "按记录顺序和生效顺序，库存均不为负 / Stock is never below zero, in the order of recording and in the order of effect";
    Ok(check("I2", rule, count(tx, "stock_move").await?, violations))
}

/// I4: a serial lies in at most one place, after every entry in both orders, and where its state says.
pub async fn serials_are_in_one_place(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut violations = Vec::new();
    for order in ["seq", "effective_at"] {
        let sql = format!(
            "SELECT serial AS what, CAST(COUNT(*) AS BIGINT) AS detail FROM \
             (SELECT serial, seq, SUM(quantity) OVER (PARTITION BY product_id, serial ORDER BY {order}) AS run \
              FROM {SIDES} AS s WHERE serial IS NOT NULL) AS r WHERE run < 0 OR run > 1000 GROUP BY serial"
        );
        violations.extend(named(tx, &sql, Vec::new()).await?);
    }
    let sql = format!(
        "SELECT f.serial AS what, f.held AS detail FROM \
         (SELECT product_id, serial, place_id, CAST(SUM(quantity) AS BIGINT) AS held FROM {SIDES} AS s \
          WHERE serial IS NOT NULL GROUP BY product_id, serial, place_id) AS f \
         LEFT JOIN serial_state t ON t.product_id = f.product_id AND t.serial = f.serial AND t.place_id = f.place_id \
         WHERE (f.held = 1000) <> (t.serial IS NOT NULL)"
    );
    violations.extend(named(tx, &sql, Vec::new()).await?);
    let rule = "每个序列号任何时刻只在一处 / A serial lies in exactly one place at each instant";
    Ok(check("I4", rule, count(tx, "serial_state").await?, violations))
}

/// I8: what is reserved is the sum of the reservations and lies there; issued − returned = consumed + in custody.
pub async fn reservations_and_custody(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = format!(
        "SELECT {CELL} AS what, c.reserved - c.sum_reserved AS detail FROM \
         (SELECT b.place_id, b.product_id, b.condition, b.owner, b.reserved, b.on_hand, \
          CAST(COALESCE((SELECT SUM(r.quantity) FROM stock_reservation r WHERE r.state = 'active' \
           AND r.place_id = b.place_id AND r.product_id = b.product_id AND r.condition = b.condition \
           AND r.owner = b.owner), 0) AS BIGINT) AS sum_reserved FROM stock_balance b) AS c {NAMES} \
         WHERE c.reserved <> c.sum_reserved OR c.reserved > c.on_hand"
    );
    let mut violations = named(tx, &sql, Vec::new()).await?;
    let signed = "CASE WHEN h.kind = 'engineer_issue' THEN m.quantity ELSE -m.quantity END";
    let sql = format!(
        "SELECT {CELL} AS what, c.on_hand - c.due AS detail FROM \
         (SELECT b.place_id, b.product_id, b.condition, b.owner, b.on_hand, \
          CAST(COALESCE((SELECT SUM({signed}) FROM stock_move m JOIN stock_doc h ON h.id = m.doc_id \
           WHERE (m.from_place_id = b.place_id OR m.to_place_id = b.place_id) AND m.product_id = b.product_id \
           AND m.condition = b.condition AND m.owner = b.owner \
           AND h.kind IN ('engineer_issue', 'engineer_return', 'repair_consumption')), 0) AS BIGINT) AS due \
          FROM stock_balance b JOIN stock_place q ON q.id = b.place_id AND q.kind = 'custody') AS c {NAMES} \
         WHERE c.on_hand <> c.due"
    );
    violations.extend(named(tx, &sql, Vec::new()).await?);
    let rule =
        "预留不超过在库；领料−退料=耗用+在手 / Reservations lie on hand; issued − returned = consumed + in custody";
    Ok(check("I8", rule, count(tx, "stock_reservation").await?, violations))
}

/// I14: balances, and the cost of serials, are the sum of the moves, in quantity and in value.
pub async fn balances_are_the_sum_of_moves(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = format!(
        "SELECT {CELL} AS what, c.kept AS kept, c.folded AS folded, c.kept_value AS kept_value, \
         c.folded_value AS folded_value FROM \
         (SELECT b.place_id, b.product_id, b.condition, b.owner, b.on_hand AS kept, b.value AS kept_value, \
          CAST(COALESCE(f.quantity, 0) AS BIGINT) AS folded, CAST(COALESCE(f.value, 0) AS BIGINT) AS folded_value \
          FROM stock_balance b LEFT JOIN (SELECT place_id, product_id, condition, owner, SUM(quantity) AS quantity, \
           SUM(value) AS value FROM {SIDES} AS s GROUP BY place_id, product_id, condition, owner) AS f \
          ON f.place_id = b.place_id AND f.product_id = b.product_id AND f.condition = b.condition \
          AND f.owner = b.owner) AS c {NAMES} WHERE c.kept <> c.folded OR c.kept_value <> c.folded_value"
    );
    let line = |row: &sea_orm::QueryResult| {
        let (kept, folded) = (number(row, "kept")?, number(row, "folded")?);
        let (kept_value, folded_value) = (number(row, "kept_value")?, number(row, "folded_value")?);
        Ok(format!("{}: {kept} / {kept_value} kept, {folded} / {folded_value} by the moves", text(row, "what")?))
    };
    let mut violations = rows(tx, &sql, Vec::new()).await?.iter().map(line).collect::<Result<Vec<_>>>()?;
    let sql = format!(
        "SELECT d.code AS what, CAST(COUNT(*) AS BIGINT) AS detail FROM {SIDES} AS s JOIN product d ON d.id = s.product_id \
         LEFT JOIN stock_balance b ON b.place_id = s.place_id AND b.product_id = s.product_id \
         AND b.condition = s.condition AND b.owner = s.owner WHERE b.id IS NULL GROUP BY d.code"
    );
    violations.extend(named(tx, &sql, Vec::new()).await?);
    violations.extend(named(tx, &month_ends(), Vec::new()).await?);
    let rule = "库存余额等于流水累计（数量与金额） / Balances are the sum of the moves, in quantity and in value";
    Ok(check("I14", rule, count(tx, "stock_balance").await?, violations))
}

/// The ends of months that are not the sum of the moves before them.
fn month_ends() -> String {
    format!(
        "SELECT {CELL} AS what, c.off AS detail FROM (SELECT b.place_id, b.product_id, b.condition, b.owner, \
          CAST(r.kept - r.run AS BIGINT) AS off FROM (SELECT t.balance_id, t.is_move, t.kept, t.kept_value, \
           SUM(t.quantity) OVER (PARTITION BY t.balance_id ORDER BY t.at, t.is_move ROWS UNBOUNDED PRECEDING) AS run, \
           SUM(t.value) OVER (PARTITION BY t.balance_id ORDER BY t.at, t.is_move ROWS UNBOUNDED PRECEDING) AS run_value \
           FROM (SELECT e.balance_id, e.until AS at, 0 AS is_move, e.quantity AS kept, e.value AS kept_value, \
            0 AS quantity, 0 AS value FROM stock_month_end e UNION ALL \
            SELECT b.id, s.effective_at, 1, 0, 0, s.quantity, s.value FROM {SIDES} AS s JOIN stock_balance b \
            ON b.place_id = s.place_id AND b.product_id = s.product_id AND b.condition = s.condition \
            AND b.owner = s.owner) AS t) AS r JOIN stock_balance b ON b.id = r.balance_id \
          WHERE r.is_move = 0 AND (r.kept <> r.run OR r.kept_value <> r.run_value)) AS c {NAMES}"
    )
}
