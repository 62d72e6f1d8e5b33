//! What the stock books must keep, checked from the entries alone: nothing here trusts the balances, the serials or the
//! code that wrote them.

mod books;
mod fold;
mod history;

use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

/// Every rule of the stock ledger, with what breaks it.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    Ok(vec![
        books::never_below_zero(tx).await?,
        books::serials_are_in_one_place(tx).await?,
        history::mirrors_cancel_out(tx).await?,
        history::months_follow_each_other(tx).await?,
        books::reservations_and_custody(tx).await?,
        books::balances_are_the_sum_of_moves(tx).await?,
        history::closed_months_stay(tx).await?,
    ])
}

/// At most so many violations are named.
const NAMED: usize = 200;

fn check(code: &str, rule: &str, checked: i64, mut violations: Vec<String>) -> InvariantCheck {
    violations.truncate(NAMED);
    InvariantCheck { code: code.to_owned(), rule: rule.to_owned(), checked, violations }
}

async fn rows(tx: &ReadTx, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    Ok(tx.conn().query_all_raw(statement).await?)
}

async fn count(tx: &ReadTx, table: &str) -> Result<i64> {
    let found = rows(tx, &format!("SELECT COUNT(*) AS found FROM {table}"), Vec::new()).await?;
    Ok(found.first().map(|row| row.try_get("", "found")).transpose()?.unwrap_or_default())
}

/// The rows of a query whose columns `what` and `detail` say what is wrong.
async fn named(tx: &ReadTx, sql: &str, values: Vec<Value>) -> Result<Vec<String>> {
    let found = rows(tx, sql, values).await?;
    found.iter().map(|row| Ok(format!("{}: {}", text(row, "what")?, number(row, "detail")?))).collect()
}

fn text(row: &QueryResult, column: &str) -> Result<String> {
    Ok(row.try_get("", column)?)
}

fn number(row: &QueryResult, column: &str) -> Result<i64> {
    Ok(row.try_get("", column)?)
}

/// Every move seen from each of its places where goods lie: what came in counts up, what went out counts down.
/// Columns: place_id, product_id, condition, owner, serial, seq, effective_at, quantity, value.
const SIDES: &str = "(SELECT m.to_place_id AS place_id, m.product_id, m.condition, m.owner, m.serial, m.seq, \
    m.effective_at, m.quantity AS quantity, m.value AS value \
    FROM stock_move m JOIN stock_place p ON p.id = m.to_place_id AND p.kind IN ('warehouse', 'custody', 'counter', 'transit', 'refurbishing', 'factory') \
    UNION ALL SELECT m.from_place_id, m.product_id, m.condition, m.owner, m.serial, m.seq, \
    m.effective_at, -m.quantity, -m.value \
    FROM stock_move m JOIN stock_place p ON p.id = m.from_place_id AND p.kind IN ('warehouse', 'custody', 'counter', 'transit', 'refurbishing', 'factory'))";

/// The name of a cell in a violation: place, product code, condition and owner.
const CELL: &str = "COALESCE(w.name, u.name, 'station') || ' / ' || d.code || ' / ' || c.condition || ' / ' || c.owner";

/// The joins that [`CELL`] needs, on a row `c` with place_id and product_id.
const NAMES: &str = "JOIN product d ON d.id = c.product_id JOIN stock_place p ON p.id = c.place_id \
    LEFT JOIN warehouse w ON w.id = p.holder_id LEFT JOIN app_user u ON u.id = p.holder_id";

#[cfg(test)]
mod tests {
    use super::SIDES;
    use openapi::choice::Choice;
    use openapi::stock::PlaceKind;

    #[test]
    fn the_sides_of_moves_are_seen_from_exactly_the_places_that_hold_goods() {
        let held = PlaceKind::ALL.iter().filter(|kind| kind.holds_goods()).map(|kind| format!("'{kind}'"));
        let list = format!("IN ({})", held.collect::<Vec<_>>().join(", "));
        assert_eq!(SIDES.matches(&list).count(), 2, "{list} in {SIDES}");
    }
}
