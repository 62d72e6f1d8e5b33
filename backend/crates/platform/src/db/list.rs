//! Keyset lists: filter, order, signed cursor, capped total — the same for every list.

use crate::auth::token::fingerprint;
use crate::db::record::Head;
use crate::{Failure, ReadTx, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openapi::page::{Filter, Listing};
use openapi::{Page, QueryString, Total, problem};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, ModelTrait, Order, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait, Select, Value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A total is counted up to here.
pub const TOTAL_CAP: u32 = 10_000;

/// What one list sorts and searches by.
pub struct Shape<'a, E: Head> {
    /// Sort key → column; the keys are those of the contract. Columns must not be null.
    pub sorts: &'a [(&'a str, E::Column)],
    /// Columns that `q` looks into; none where the list looks its words up itself.
    pub search: &'a [E::Column],
}

/// Where a page ended.
#[derive(Serialize, Deserialize)]
struct Cursor {
    key: Key,
    id: Uuid,
}

/// A sort value that survives the round trip through JSON.
#[derive(Clone, Serialize, Deserialize)]
enum Key {
    Text(String),
    Number(i64),
    Instant(chrono::DateTime<chrono::Utc>),
    Day(chrono::NaiveDate),
    Uuid(Uuid),
    Flag(bool),
}

impl Key {
    fn of(value: Value) -> Result<Self> {
        Ok(match value {
            Value::String(Some(v)) => Key::Text(v),
            Value::BigInt(Some(v)) => Key::Number(v),
            Value::Int(Some(v)) => Key::Number(i64::from(v)),
            Value::SmallInt(Some(v)) => Key::Number(i64::from(v)),
            Value::ChronoDateTimeUtc(Some(v)) => Key::Instant(v),
            Value::ChronoDate(Some(v)) => Key::Day(v),
            Value::Uuid(Some(v)) => Key::Uuid(v),
            Value::Bool(Some(v)) => Key::Flag(v),
            other => return Err(Failure::Internal(format!("cannot sort by {other:?}"))),
        })
    }

    fn value(self) -> Value {
        match self {
            Key::Text(v) => v.into(),
            Key::Number(v) => v.into(),
            Key::Instant(v) => v.into(),
            Key::Day(v) => v.into(),
            Key::Uuid(v) => v.into(),
            Key::Flag(v) => v.into(),
        }
    }
}

/// Reads one page. `base` carries the list's own filter; reach, search, times, order and cursor are added here.
pub async fn page<E: Head, F: Filter>(
    tx: &ReadTx,
    listing: &Listing<F>,
    base: Select<E>,
    shape: &Shape<'_, E>,
) -> Result<Page<E::Model>> {
    let (key, descending) = listing.order();
    let known = shape.sorts.iter().find(|(name, _)| *name == key);
    let column =
        known.map(|(_, column)| *column).ok_or_else(|| Failure::Internal(format!("sort key {key} has no column")))?;
    let matching = base.filter(common::<E, F>(tx, listing, shape));
    let counts = listing.page.include_total == Some(true);
    let mut bound = listing.clone();
    bound.page.cursor = None;
    bound.page.limit = None;
    bound.page.include_total = None;
    let bound_to = format!("{}?{}", tx.context().operation, fingerprint(bound.render().as_bytes()));

    let mut select = matching.clone();
    if let Some(cursor) = &listing.page.cursor {
        let after = read_cursor(tx, cursor, &bound_to)?;
        select = select.filter(beyond::<E>(column, after, descending));
    }
    let order = if descending { Order::Desc } else { Order::Asc };
    let limit = u64::from(listing.limit());
    let mut select = select.order_by(column, order.clone()).order_by(E::id(), order).limit(limit + 1);
    if counts {
        // beside every row, so that page and total take one statement
        let found = SimpleExpr::SubQuery(None, Box::new(found::<E>(matching.clone()).into()));
        select = select.expr_as(found, FOUND);
    }
    let rows = tx.conn().query_all(&select.into_query()).await?;
    let total = match (counts, rows.first()) {
        (false, _) => None,
        (true, Some(row)) => Some(total(row.try_get("", FOUND)?)),
        (true, None) if listing.page.cursor.is_none() => Some(total(0)),
        (true, None) => {
            let row = tx.conn().query_one(&found::<E>(matching)).await?;
            Some(total(row.map(|row| row.try_get("", FOUND)).transpose()?.unwrap_or_default()))
        }
    };
    let read = |row: &QueryResult| Ok(E::Model::from_query_result(row, "")?);
    let mut items = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    let has_more = u64::try_from(items.len()).is_ok_and(|found| found > limit);
    items.truncate(usize::from(listing.limit()));
    let next_cursor = match items.last() {
        Some(last) if has_more => Some(write_cursor::<E>(tx, last, column, &bound_to)?),
        _ => None,
    };
    Ok(Page { items, next_cursor, has_more, total })
}

fn common<E: Head, F: Filter>(tx: &ReadTx, listing: &Listing<F>, shape: &Shape<'_, E>) -> Condition {
    let page = &listing.page;
    let mut all = tx.in_reach::<E>();
    if let Some(words) = page.q.as_ref().filter(|_| !shape.search.is_empty()) {
        for word in words.split_whitespace() {
            let any = shape
                .search
                .iter()
                .fold(Condition::any(), |any, column| any.add(tx.dialect().contains((E::default(), *column), word)));
            all = all.add(any);
        }
    }
    all.add_option(page.updated_from.map(|at| E::updated_at().gte(at.utc())))
        .add_option(page.created_from.map(|at| E::created_at().gte(at.utc())))
        .add_option(page.created_before.map(|at| E::created_at().lt(at.utc())))
}

/// Rows after the cursor in the order of the list.
fn beyond<E: Head>(column: E::Column, after: Cursor, descending: bool) -> Condition {
    let key = after.key.value();
    let (reached, further, further_id) = if descending {
        (column.lte(key.clone()), column.lt(key), E::id().lt(after.id))
    } else {
        (column.gte(key.clone()), column.gt(key), E::id().gt(after.id))
    };
    // the first part alone leads into an index; a choice between two ranges would be looked for from the top
    Condition::all().add(reached).add(Condition::any().add(further).add(further_id))
}

/// The column of the total.
const FOUND: &str = "found_in_all";

/// How many rows match, counted up to the cap.
fn found<E: Head>(matching: Select<E>) -> SelectStatement {
    // no column, so that an index can answer alone
    let capped = matching.select_only().expr_as(Expr::value(1), "n").limit(u64::from(TOTAL_CAP) + 1).into_query();
    Query::select()
        .expr_as(Expr::col(Alias::new("n")).count(), Alias::new(FOUND))
        .from_subquery(capped, Alias::new("capped"))
        .to_owned()
}

fn total(found: i64) -> Total {
    let found = u32::try_from(found).unwrap_or(TOTAL_CAP + 1);
    Total { count: Ord::min(found, TOTAL_CAP), is_capped: found > TOTAL_CAP }
}

fn write_cursor<E: Head>(tx: &ReadTx, last: &E::Model, column: E::Column, bound_to: &str) -> Result<String> {
    let id = match last.get(E::id()) {
        Value::Uuid(Some(id)) => id,
        other => return Err(Failure::Internal(format!("id is {other:?}"))),
    };
    let cursor = Cursor { key: Key::of(last.get(column))?, id };
    let sealed = tx.app().keys.seal(&serde_json::to_vec(&cursor)?, bound_to.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

fn read_cursor(tx: &ReadTx, cursor: &str, bound_to: &str) -> Result<Cursor> {
    let invalid = || Failure::new(problem::CURSOR_INVALID);
    let sealed = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|b| String::from_utf8(b).ok()).ok_or_else(invalid)?;
    let payload = tx.app().keys.unseal(&sealed, bound_to.as_bytes()).ok_or_else(invalid)?;
    serde_json::from_slice(&payload).map_err(|_| invalid())
}
