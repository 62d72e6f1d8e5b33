//! What must always hold in the money books, looked at from outside: each rule is computed from the rows themselves, not
//! by the code that wrote them.

use openapi::Money;
use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};
use sea_orm::{ConnectionTrait, QueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many violations of one rule are named.
const MOST: usize = 100;

/// Runs every check.
pub async fn invariants(tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    Ok(vec![
        entries_balance(tx).await?,
        subledgers_tie(tx).await?,
        mirrors_cancel(tx).await?,
        balances_follow(tx).await?,
        closed_stays_closed(tx).await?,
        allocations_add_up(tx).await?,
        numbers_have_no_gap(tx).await?,
    ])
}

async fn rows(tx: &ReadTx, sql: &str) -> Result<Vec<QueryResult>> {
    Ok(tx.conn().query_all_raw(tx.statement(sql, [])).await?)
}

async fn count(tx: &ReadTx, table: &str) -> Result<i64> {
    let found = rows(tx, &format!("SELECT COUNT(*) AS found FROM {table}")).await?;
    found.first().map_or(Ok(0), |row| Ok(row.try_get("", "found")?))
}

fn check(code: &str, rule: &str, checked: i64, mut violations: Vec<String>) -> InvariantCheck {
    violations.truncate(MOST);
    InvariantCheck { code: code.to_owned(), rule: rule.to_owned(), checked, violations }
}

fn money(row: &QueryResult, column: &str) -> Result<Money> {
    Ok(Money(row.try_get("", column)?))
}

fn text(row: &QueryResult, column: &str) -> Result<String> {
    Ok(row.try_get("", column)?)
}

/// I1: each entry balances, its head says so, and so does the whole.
async fn entries_balance(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = "SELECT e.number AS number, CAST(COALESCE(SUM(l.debit), 0) AS BIGINT) AS debit, \
               CAST(COALESCE(SUM(l.credit), 0) AS BIGINT) AS credit, e.debit_total AS total \
               FROM ledger_entry e LEFT JOIN ledger_line l ON l.entry_id = e.id GROUP BY e.id, e.number, e.debit_total \
               HAVING COALESCE(SUM(l.debit), 0) <> COALESCE(SUM(l.credit), 0) \
               OR COALESCE(SUM(l.debit), 0) <> e.debit_total OR COUNT(l.id) < 2";
    let mut violations = Vec::new();
    for row in rows(tx, sql).await? {
        let (debit, credit) = (money(&row, "debit")?, money(&row, "credit")?);
        violations.push(format!("{}: debit {debit}, credit {credit}", text(&row, "number")?));
    }
    let whole = "SELECT CAST(COALESCE(SUM(debit), 0) AS BIGINT) AS debit, \
                 CAST(COALESCE(SUM(credit), 0) AS BIGINT) AS credit FROM ledger_line";
    for row in rows(tx, whole).await? {
        let (debit, credit) = (money(&row, "debit")?, money(&row, "credit")?);
        if debit != credit {
            violations.push(format!("all entries: debit {debit}, credit {credit}"));
        }
    }
    Ok(check("I1", "每张凭证与全账借贷相等 / Debit equals credit", count(tx, "ledger_entry").await?, violations))
}

/// I5: what is open with each party equals the control account of that party.
async fn subledgers_tie(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut differences = BTreeMap::<(Uuid, String, Uuid), Money>::new();
    let open = "SELECT org_id, side, party_id, CAST(SUM(amount - settled) AS BIGINT) AS open FROM open_item \
                WHERE side IN ('receivable', 'deposit', 'payable', 'prepaid') GROUP BY org_id, side, party_id";
    for row in rows(tx, open).await? {
        let key = (row.try_get("", "org_id")?, text(&row, "side")?, row.try_get("", "party_id")?);
        *differences.entry(key).or_default() += money(&row, "open")?;
    }
    let control = "SELECT org_id, account, party_id, CAST(SUM(debit - credit) AS BIGINT) AS net FROM ledger_line \
                   WHERE account IN ('1122', '1123', '2205', '2202') GROUP BY org_id, account, party_id";
    for row in rows(tx, control).await? {
        let net = money(&row, "net")?;
        let (side, open) = match text(&row, "account")?.as_str() {
            "1122" => ("receivable", net),
            "1123" => ("prepaid", net),
            "2202" => ("payable", -net),
            _ => ("deposit", -net),
        };
        let key = (row.try_get("", "org_id")?, side.to_owned(), row.try_get("", "party_id")?);
        *differences.entry(key).or_default() -= open;
    }
    let checked = i64::try_from(differences.len()).unwrap_or(i64::MAX);
    let wrong = differences.into_iter().filter(|(_, difference)| !difference.is_zero());
    let violations = wrong.map(|((org, side, party), by)| format!("{side} of {party} at {org} differs by {by}"));
    Ok(check("I5", "往来明细等于总账科目 / Open items equal their control account", checked, violations.collect()))
}

/// I6: an entry and its mirror cancel out on every account, party and bank account.
async fn mirrors_cancel(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = "SELECT e.number AS number, l.account AS account FROM ledger_entry e \
               JOIN ledger_line l ON l.entry_id = e.id OR l.entry_id = e.mirror_of \
               WHERE e.mirror_of IS NOT NULL GROUP BY e.id, e.number, l.account, l.party_id, l.bank_account_id \
               HAVING SUM(l.debit) <> 0 OR SUM(l.credit) <> 0";
    let mut violations = Vec::new();
    for row in rows(tx, sql).await? {
        violations.push(format!("{} does not cancel out on {}", text(&row, "number")?, text(&row, "account")?));
    }
    let mirrors = count(tx, "ledger_entry WHERE mirror_of IS NOT NULL").await?;
    for table in ["receipt", "settlement"] {
        let sql = format!(
            "SELECT o.number AS number FROM {table} o LEFT JOIN {table} m ON m.reversal_of = o.id \
             WHERE (o.state = 'reversed') <> (m.id IS NOT NULL)"
        );
        for row in rows(tx, &sql).await? {
            violations.push(format!("{} and its mirror disagree", text(&row, "number")?));
        }
    }
    Ok(check("I6", "冲销与原单合计为零 / A reversal and its original add up to zero", mirrors, violations))
}

/// I14: balances are what the lines add up to.
async fn balances_follow(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut differences = BTreeMap::<(Uuid, String, Uuid, Uuid), (Money, Money)>::new();
    let folded = "SELECT org_id, account, party_id, bank_account_id, CAST(SUM(debit) AS BIGINT) AS debit, \
                  CAST(SUM(credit) AS BIGINT) AS credit FROM ledger_line \
                  GROUP BY org_id, account, party_id, bank_account_id";
    let kept = "SELECT org_id, account, party_id, bank_account_id, debit, credit FROM account_balance";
    for (sql, is_kept) in [(folded, false), (kept, true)] {
        for row in rows(tx, sql).await? {
            let nil = |id: Option<Uuid>| id.unwrap_or_else(Uuid::nil);
            let (party, bank) = (nil(row.try_get("", "party_id")?), nil(row.try_get("", "bank_account_id")?));
            let key = (row.try_get("", "org_id")?, text(&row, "account")?, party, bank);
            let difference = differences.entry(key).or_default();
            let (debit, credit) = (money(&row, "debit")?, money(&row, "credit")?);
            if is_kept {
                (difference.0, difference.1) = (difference.0 - debit, difference.1 - credit);
            } else {
                (difference.0, difference.1) = (difference.0 + debit, difference.1 + credit);
            }
        }
    }
    let checked = i64::try_from(differences.len()).unwrap_or(i64::MAX);
    let wrong = differences.into_iter().filter(|(_, by)| *by != (Money::ZERO, Money::ZERO));
    let violations = wrong.map(|((org, account, ..), (debit, credit))| {
        format!("balance of {account} at {org} differs by debit {debit}, credit {credit}")
    });
    Ok(check("I14", "余额等于分录累计 / Balances equal the sum of their lines", checked, violations.collect()))
}

/// I15: nothing was posted into a month after it was closed.
async fn closed_stays_closed(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut violations = Vec::new();
    let mut checked = 0;
    for (org, book, month, closed_at) in master::api::closed_months(tx).await? {
        if book != openapi::finance::Book::Money {
            continue;
        }
        checked += 1;
        let late = "SELECT number FROM ledger_entry WHERE org_id = $1 AND effective_on >= $2 AND effective_on < $3 \
                    AND created_at > $4";
        let values = [org.into(), month.first_day().into(), month.end().into(), closed_at.into()];
        for row in tx.conn().query_all_raw(tx.statement(late, values)).await? {
            violations.push(format!("{} was posted into {month} after it was closed", text(&row, "number")?));
        }
    }
    Ok(check("I15", "关账期间不再变动 / Closed months stay as they are", checked, violations))
}

/// What is settled of an item is what was allocated to it.
async fn allocations_add_up(tx: &ReadTx) -> Result<InvariantCheck> {
    let sql = "SELECT i.source_number AS number, i.settled AS settled, \
               CAST(COALESCE(SUM(a.amount), 0) AS BIGINT) AS allocated \
               FROM open_item i LEFT JOIN allocation a ON a.open_item_id = i.id \
               GROUP BY i.id, i.source_number, i.settled HAVING COALESCE(SUM(a.amount), 0) <> i.settled";
    let mut violations = Vec::new();
    for row in rows(tx, sql).await? {
        let (settled, allocated) = (money(&row, "settled")?, money(&row, "allocated")?);
        violations.push(format!("{}: settled {settled}, allocated {allocated}", text(&row, "number")?));
    }
    Ok(check(
        "I5a",
        "核销合计等于已清金额 / Allocations add up to what is settled",
        count(tx, "open_item").await?,
        violations,
    ))
}

/// Receipts, settlements and entries are numbered without a gap: as many documents as their counter has counted.
async fn numbers_have_no_gap(tx: &ReadTx) -> Result<InvariantCheck> {
    let mut violations = Vec::new();
    let mut checked = 0;
    for (table, prefix) in [
        ("receipt", "receipt:"),
        ("settlement", "settlement:"),
        ("payment", "payment:"),
        ("ledger_entry", "ledger_entry:"),
    ] {
        let documents = count(tx, table).await?;
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS found FROM number_counter WHERE scope LIKE '{prefix}%'"
        );
        let counted: i64 = rows(tx, &sql).await?.first().map_or(Ok(0), |row| row.try_get("", "found"))?;
        checked += documents;
        if documents != counted {
            violations.push(format!("{table}: {documents} documents, {counted} numbers"));
        }
    }
    Ok(check("N1", "单号连续无缺 / Numbers have no gap", checked, violations))
}
