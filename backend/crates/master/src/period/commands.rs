//! The gate of each book, and its history.

use super::entity::{gate, period};
use super::model;
use chrono::{DateTime, NaiveDate, Utc};
use openapi::choice::Choice;
use openapi::finance::period::{BookState, Period, Periods};
use openapi::finance::{Book, PERIOD_CLOSE, PERIOD_REOPEN};
use openapi::problem::{DATED_TOO_EARLY, IN_THE_FUTURE};
use openapi::{Issue, Month, Timestamp};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Refuses (423) when the month of `on` is closed in this book of the station. Whoever posts calls this in the posting
/// transaction: the gate stays shared until commit, so the month cannot be closed meanwhile.
pub async fn require_open(tx: &Tx, org: Uuid, on: NaiveDate, book: Book) -> Result<()> {
    model::require_open(shared(tx, org, book).await?, Month::of(on))
}

/// When something that is posted now takes effect: as was said at `/effective_at`, else now. Refuses (422) what lies in the
/// future, and what is dated before the months that can be closed: a slip of the year would else post into the past of a
/// station that has closed nothing yet.
pub fn effective_at(tx: &ReadTx, said: Option<Timestamp>) -> Result<DateTime<Utc>> {
    let Some(said) = said else { return Ok(tx.now()) };
    let wrong = |issue| Err(Failure::field("/effective_at", issue));
    let first = model::first_day(Month::of(tx.today()));
    match said.utc() {
        at if at > tx.now() => wrong(Issue::new(IN_THE_FUTURE)),
        at if tx.date_of(at) < first => wrong(Issue::new(DATED_TOO_EARLY).with("first", first)),
        at => Ok(at),
    }
}

/// Whether the month of `on` still takes postings; the answer holds until commit.
pub async fn is_open(tx: &Tx, org: Uuid, on: NaiveDate, book: Book) -> Result<bool> {
    Ok(model::is_open(shared(tx, org, book).await?, Month::of(on)))
}

/// `on` itself when its month is open, else the first day of the first open month.
pub async fn first_open_day(tx: &Tx, org: Uuid, on: NaiveDate, book: Book) -> Result<NaiveDate> {
    let closed = shared(tx, org, book).await?;
    let open = model::is_open(closed, Month::of(on));
    Ok(if open { on } else { Month::from_number(closed).map_or(on, Month::end) })
}

/// Closes a book through a month.
pub async fn close(tx: &Tx, org: Uuid, month: Month, book: Book) -> Result<()> {
    let closed = locked(tx, org, book).await?;
    model::may_close(closed, month, Month::of(tx.today()))?;
    set(tx, org, book, month.number()).await?;
    let row = period::Model {
        org_id: org,
        book: book.as_str().to_owned(),
        month: month.number(),
        closed_at: tx.now(),
        closed_by: tx.actor().user_id,
        closed_by_name: tx.actor().name.clone(),
    };
    tx.insert_all::<period::Entity>([row]).await?;
    note(tx, org, book, closed, month.number(), None)
}

/// Reopens the last closed month; the months before it stay closed.
pub async fn reopen(tx: &Tx, org: Uuid, month: Month, book: Book, reason: &str) -> Result<()> {
    let closed = locked(tx, org, book).await?;
    model::may_reopen(closed, month)?;
    set(tx, org, book, month.previous().number()).await?;
    let gone = period::Entity::delete_many()
        .filter(period::Column::OrgId.eq(org))
        .filter(period::Column::Book.eq(book.as_str()))
        .filter(period::Column::Month.eq(month.number()));
    gone.exec(tx.conn()).await?;
    note(tx, org, book, closed, month.previous().number(), Some(reason))
}

fn note(tx: &Tx, org: Uuid, book: Book, before: i64, after: i64, reason: Option<&str>) -> Result<()> {
    let state = |through: i64| serde_json::json!({"book": book, "closed_through": through, "reason": reason});
    tx.audit("period", org, Some(serde_json::to_string(&state(before))?), Some(serde_json::to_string(&state(after))?));
    Ok(())
}

async fn set(tx: &Tx, org: Uuid, book: Book, through: i64) -> Result<()> {
    let row = gate::ActiveModel { org_id: Set(org), book: Set(book.as_str().to_owned()), closed_through: Set(through) };
    gate::Entity::update(row).exec(tx.conn()).await?;
    tx.forget_about::<gate::Entity>();
    Ok(())
}

/// The gate with a shared lock: postings pass together, a closing waits for them. It is held until commit, so that one
/// look at it is enough for everything that is posted together.
async fn shared(tx: &Tx, org: Uuid, book: Book) -> Result<i64> {
    let gates = tx.remembered::<gate::Entity, _>(org.to_string(), async || look_shared(tx, org).await).await?;
    found(gates.into_iter().find(|row| row.book == book.as_str()))
}

/// The gates of both books: what is posted to stock is posted to the accounts too.
async fn look_shared(tx: &Tx, org: Uuid) -> Result<Vec<gate::Model>> {
    let find = || {
        let select = gate::Entity::find().filter(gate::Column::OrgId.eq(org)).order_by_asc(gate::Column::Book);
        if tx.dialect().locks_rows() { select.lock_shared() } else { select }
    };
    let gates = find().all(tx.conn()).await?;
    if gates.len() == Book::ALL.len() {
        return Ok(gates);
    }
    for book in Book::ALL {
        ensure(tx, org, *book).await?;
    }
    Ok(find().all(tx.conn()).await?)
}

/// The gate, locked for a change.
async fn locked(tx: &Tx, org: Uuid, book: Book) -> Result<i64> {
    ensure(tx, org, book).await?;
    let select = gate::Entity::find_by_id((org, book.as_str().to_owned()));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    found(select.one(tx.conn()).await?)
}

fn found(row: Option<gate::Model>) -> Result<i64> {
    row.map(|row| row.closed_through).ok_or_else(|| Failure::Internal("the gate of a book is missing".to_owned()))
}

async fn ensure(tx: &Tx, org: Uuid, book: Book) -> Result<()> {
    let row = gate::ActiveModel { org_id: Set(org), book: Set(book.as_str().to_owned()), closed_through: Set(0) };
    let nothing = OnConflict::columns([gate::Column::OrgId, gate::Column::Book]).do_nothing().to_owned();
    gate::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Through which month each book of each station is closed, with the time of the closing where a month was closed.
pub async fn closed_months(tx: &ReadTx) -> Result<Vec<(Uuid, Book, Month, chrono::DateTime<chrono::Utc>)>> {
    let rows = period::Entity::find().all(tx.conn()).await?;
    let read = |row: period::Model| {
        let month = Month::from_number(row.month)
            .ok_or_else(|| Failure::Internal(format!("stored month {} is unknown", row.month)))?;
        Ok((row.org_id, platform::doc::lifecycle::stored(&row.book)?, month, row.closed_at))
    };
    rows.into_iter().map(read).collect()
}

/// Thirteen months of a station up to `until`, latest first.
pub async fn periods(tx: &ReadTx, org: Uuid, until: Month) -> Result<Periods> {
    let gates = gate::Entity::find().filter(gate::Column::OrgId.eq(org)).all(tx.conn()).await?;
    let through: HashMap<String, i64> = gates.into_iter().map(|row| (row.book, row.closed_through)).collect();
    let first = (0..12).fold(until, |month, _| month.previous());
    let rows = period::Entity::find()
        .filter(period::Column::OrgId.eq(org))
        .filter(period::Column::Month.between(first.number(), until.number()))
        .all(tx.conn())
        .await?;
    let history: HashMap<(String, i64), period::Model> =
        rows.into_iter().map(|row| ((row.book.clone(), row.month), row)).collect();
    let present = Month::of(tx.today());
    let state = |book: Book, month: Month| {
        let closed = through.get(book.as_str()).copied().unwrap_or_default();
        let known = history.get(&(book.as_str().to_owned(), month.number()));
        BookState {
            is_closed: !model::is_open(closed, month),
            closed_at: known.map(|row| row.closed_at.into()),
            closed_by_name: known.map(|row| row.closed_by_name.clone()),
            may_close: tx.actor().may(PERIOD_CLOSE) && model::may_close(closed, month, present).is_ok(),
            may_reopen: tx.actor().may(PERIOD_REOPEN) && model::may_reopen(closed, month).is_ok(),
        }
    };
    let months = std::iter::successors(Some(until), |month| Some(month.previous())).take(13);
    let items =
        months.map(|month| Period { month, stock: state(Book::Stock, month), money: state(Book::Money, month) });
    Ok(Periods { org_id: org.into(), items: items.collect() })
}
