//! Where the two ledgers meet: what stock posts, the money books follow, and both must show the same value of goods.

use chrono::{DateTime, Utc};
use finance::api::{EntryDraft, Source};
use openapi::choice::Choice;
use openapi::finance::{Account, JournalLineDraft};
use openapi::system::InvariantCheck;
use platform::{ReadTx, Result, Tx};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use std::collections::BTreeMap;
use stock::api::{JournalLine, StockPosted};
use uuid::Uuid;

/// Writes the accounts of a stock document into the same transaction: its lines, or the mirror of what its original
/// posted, and what a reversal gains or loses.
pub async fn follow_stock(tx: &Tx, event: &StockPosted) -> Result<()> {
    let source = Source { kind: event.kind, id: event.document.uuid(), number: event.number.clone() };
    match event.reversal_of {
        Some(original) => _ = finance::api::reverse_entry(tx, original.uuid(), &source).await?,
        None => post(tx, event, &source, event.effective_at, &event.lines).await?,
    }
    post(tx, event, &source, tx.now(), &event.adjustments).await
}

async fn post(
    tx: &Tx,
    event: &StockPosted,
    source: &Source,
    effective_at: DateTime<Utc>,
    lines: &[JournalLine],
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let origin = match event.ticket_id {
        Some(ticket) => ticket_number(tx, ticket).await?.map(|number| (ticket, number)),
        None => None,
    };
    let mut books: BTreeMap<Uuid, Vec<JournalLineDraft>> = BTreeMap::new();
    for line in lines {
        // an account that stands on both sides becomes two lines
        let sides =
            [JournalLineDraft::debit(line.account, line.debit), JournalLineDraft::credit(line.account, line.credit)];
        books.entry(line.org_id.uuid()).or_default().extend(sides);
    }
    for (org_id, lines) in books {
        let (source, origin) = (source.clone(), origin.clone());
        finance::api::post_entry(tx, EntryDraft { org_id, effective_at, source, origin, memo: None, lines }).await?;
    }
    Ok(())
}

/// Of the tickets that a transaction posts for.
struct Tickets;

async fn ticket_number(tx: &Tx, id: Uuid) -> Result<Option<String>> {
    tx.remembered::<Tickets, _>(id.to_string(), async || read_number(tx, id).await).await
}

async fn read_number(tx: &Tx, id: Uuid) -> Result<Option<String>> {
    let query = Query::select()
        .column(Alias::new("number"))
        .from(Alias::new("ticket"))
        .and_where(Expr::col(Alias::new("id")).eq(id))
        .to_owned();
    let row = tx.conn().query_one(&query).await?;
    Ok(row.map(|row| row.try_get("", "number")).transpose()?)
}

/// I16: what was received, is not invoiced yet and has not gone back is what 2203 shows, station by station. Goods that
/// came in without an order wait for an invoice for good.
pub async fn goods_received_tie(tx: &ReadTx) -> Result<InvariantCheck> {
    const RECEIVED: &str = "SELECT org_id, CAST(SUM(value) AS BIGINT) AS value FROM ( \
        SELECT h.org_id AS org_id, l.value - l.invoiced_value - l.released_value AS value FROM goods_receipt h \
        JOIN goods_receipt_line l ON l.receipt_id = h.id WHERE h.state = 'posted' UNION ALL \
        SELECT org_id, COALESCE(total_value, 0) AS value FROM stock_doc \
        WHERE kind = 'stock_in' AND reason = 'purchase' AND state IN ('posted', 'reversed')) AS waiting GROUP BY org_id";
    let mut sides: BTreeMap<Uuid, (i64, i64)> = BTreeMap::new();
    for row in tx.conn().query_all_raw(tx.statement(RECEIVED, [])).await? {
        sides.entry(row.try_get("", "org_id")?).or_default().0 = row.try_get("", "value")?;
    }
    for ((org, account), value) in finance::api::account_totals(tx).await? {
        if account == Account::GoodsReceived {
            sides.entry(org).or_default().1 = -value.0;
        }
    }
    let apart = sides.iter().filter(|(_, (goods, money))| goods != money);
    let line = |(org, (goods, money)): (&Uuid, &(i64, i64))| {
        let (goods, money) = (openapi::Money(*goods), openapi::Money(*money));
        format!("{org}: {goods} received and not invoiced, {money} in the accounts")
    };
    Ok(InvariantCheck {
        code: "I16".to_owned(),
        rule: "暂估应付等于已收未开票的货物 / Goods received, not invoiced, are what 2203 shows".to_owned(),
        checked: i64::try_from(sides.len()).unwrap_or_default(),
        violations: apart.map(line).collect(),
    })
}

/// I3: the accounts of goods show what the stock ledger says the goods are worth, station by station.
pub async fn goods_tie(tx: &ReadTx) -> Result<InvariantCheck> {
    let goods = [
        Account::PartsGood,
        Account::PartsBad,
        Account::Units,
        Account::EngineerCustody,
        Account::InTransit,
        Account::RefurbishInProgress,
    ];
    let mut sides: BTreeMap<(Uuid, Account), (i64, i64)> = BTreeMap::new();
    for ((org, account), value) in stock::api::values(tx).await? {
        sides.entry((org, account)).or_default().0 = value.0;
    }
    for ((org, account), value) in finance::api::account_totals(tx).await? {
        if goods.contains(&account) {
            sides.entry((org, account)).or_default().1 = value.0;
        }
    }
    let apart = sides.iter().filter(|(_, (stock, money))| stock != money);
    let line = |((org, account), (stock, money)): (&(Uuid, Account), &(i64, i64))| {
        let (stock, money) = (openapi::Money(*stock), openapi::Money(*money));
        format!("{org} {}: {stock} in stock, {money} in the accounts", account.as_str())
    };
    Ok(InvariantCheck {
        code: "I3".to_owned(),
        rule: "存货科目余额等于库存账金额 / The accounts of goods show the value of the stock ledger".to_owned(),
        checked: i64::try_from(sides.len()).unwrap_or_default(),
        violations: apart.map(line).collect(),
    })
}
