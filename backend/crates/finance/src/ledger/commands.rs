//! Posting and taking back.

use super::entity::{entry, line};
use super::model::{self, BalanceKey, Balanced};
use crate::api::{EntryDraft, Source};
use chrono::{DateTime, NaiveDate, Utc};
use openapi::choice::Choice;
use openapi::finance::{Book, JournalLineDraft};
use openapi::{Money, Month};
use platform::{Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// Posts an entry; `None` when no line carries an amount. Refused (423) in a closed month.
pub async fn post(tx: &Tx, draft: EntryDraft) -> Result<Option<Uuid>> {
    let EntryDraft { org_id, effective_at, source, origin, memo, lines } = draft;
    let Some(balanced) = Balanced::new(lines)? else { return Ok(None) };
    let head = Entry { org_id, effective_at, source, origin, memo, mirror_of: None };
    write(tx, head, &balanced).await.map(Some)
}

/// Posts the entry of a document whose money may lie with other stations (`stations`: bank account to station): one entry
/// in the books of each station concerned.
pub async fn post_between(tx: &Tx, draft: EntryDraft, stations: &HashMap<Uuid, Uuid>) -> Result<()> {
    let home = draft.org_id;
    for (org_id, lines) in model::by_station(home, draft.lines.clone(), stations) {
        post(tx, EntryDraft { org_id, lines, ..draft.clone() }).await?;
    }
    Ok(())
}

/// The entries of a document that were not taken back.
async fn in_force(tx: &Tx, document: Uuid) -> Result<Vec<entry::Model>> {
    let entries = entry::Entity::find()
        .filter(entry::Column::SourceId.eq(document))
        .filter(entry::Column::MirrorOf.is_null())
        .order_by_asc(entry::Column::Id)
        .all(tx.conn())
        .await?;
    let taken: Vec<Uuid> = mirrors_of(tx, entries.iter().map(|e| e.id)).await?;
    Ok(entries.into_iter().filter(|e| !taken.contains(&e.id)).collect())
}

async fn posted_lines(tx: &Tx, entry: Uuid) -> Result<Vec<JournalLineDraft>> {
    lines_of(tx, entry).await?.into_iter().map(model::posted).collect()
}

/// Takes back every entry of a document that was not taken back yet, in the name of `mirror`.
/// The mirror entries stand at the time of the original when that month is still open, else now.
pub async fn reverse(tx: &Tx, original: Uuid, mirror: &Source) -> Result<Vec<Uuid>> {
    let mut posted = Vec::new();
    for entry in in_force(tx, original).await? {
        let lines = posted_lines(tx, entry.id).await?;
        let head = Entry {
            org_id: entry.org_id,
            effective_at: reversal_time(tx, entry.org_id, entry.effective_at).await?,
            source: mirror.clone(),
            origin: entry.origin_id.zip(entry.origin_number),
            memo: entry.memo,
            mirror_of: Some(entry.id),
        };
        posted.push(write(tx, head, &Balanced::mirror(lines)?).await?);
    }
    Ok(posted)
}

/// When a mirror takes effect: at the time of the original when that month is still open, else now.
pub async fn reversal_time(tx: &Tx, org: Uuid, original: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let open = master::api::period_is_open(tx, org, tx.date_of(original), Book::Money).await?;
    Ok(if open { original } else { tx.now() })
}

struct Entry {
    org_id: Uuid,
    effective_at: DateTime<Utc>,
    source: Source,
    origin: Option<(Uuid, String)>,
    memo: Option<String>,
    mirror_of: Option<Uuid>,
}

async fn write(tx: &Tx, head: Entry, balanced: &Balanced) -> Result<Uuid> {
    let Entry { org_id, effective_at, source, origin, memo, mirror_of } = head;
    let effective_on = tx.date_of(effective_at);
    master::api::require_open_period(tx, org_id, effective_on, Book::Money).await?;
    let (origin_id, origin_number) = origin.unzip();
    let row = entry::Model {
        org_id,
        // the counter comes before the balances: two entries of one station wait here and never for each other
        number: number(tx, org_id, effective_on).await?,
        effective_at,
        effective_on,
        source_kind: source.kind.as_str().to_owned(),
        source_id: source.id,
        source_number: source.number,
        origin_id,
        origin_number,
        memo,
        mirror_of,
        debit_total: balanced.total().0,
        credit_total: balanced.total().0,
        ..Default::default()
    };
    let row = tx.create::<entry::Entity>(row).await?;
    tx.insert_all::<line::Entity>(model::line_rows(&row, balanced)).await?;
    let sum = |((account, party, bank), (debit, credit)): (BalanceKey, (Money, Money))| {
        let columns: Vec<Value> = vec![org_id.into(), account.as_str().into(), party.into(), bank.into()];
        (format!("{org_id} {account} {party} {bank}"), (columns, (debit.0, credit.0)))
    };
    tx.add_up("account_balance", String::new(), balanced.changes().into_iter().map(sum).collect(), |sums| {
        let six = |n: usize| format!("(${}, ${}, ${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4, n + 5, n + 6);
        let rows = (0..sums.len()).map(|n| six(n * 6)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "INSERT INTO account_balance (org_id, account, party_id, bank_account_id, debit, credit) VALUES {rows} \
             ON CONFLICT (org_id, account, party_id, bank_account_id) DO UPDATE \
             SET debit = account_balance.debit + excluded.debit, credit = account_balance.credit + excluded.credit"
        );
        let row = |(columns, (debit, credit)): &(Vec<Value>, (i64, i64))| {
            columns.iter().cloned().chain([(*debit).into(), (*credit).into()]).collect::<Vec<_>>()
        };
        tx.statement_of(&sql, sums.values().flat_map(row).collect())
    });
    Ok(row.id)
}

/// Numbers of entries have no gap within a station and a month.
async fn number(tx: &Tx, org: Uuid, on: NaiveDate) -> Result<String> {
    let month = Month::of(on).number();
    let sequence = tx.next_in(&format!("ledger_entry:{org}:{month}")).await?;
    Ok(format!("PZ{month}{sequence:05}"))
}

/// Which of these entries were taken back.
pub async fn mirrors_of(tx: &platform::ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Uuid>> {
    let rows = entry::Entity::find().filter(entry::Column::MirrorOf.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().filter_map(|row| row.mirror_of).collect())
}

/// The lines of an entry.
pub async fn lines_of(tx: &platform::ReadTx, entry: Uuid) -> Result<Vec<line::Model>> {
    let select = line::Entity::find().filter(line::Column::EntryId.eq(entry)).order_by_asc(line::Column::LineNo);
    Ok(select.all(tx.conn()).await?)
}
