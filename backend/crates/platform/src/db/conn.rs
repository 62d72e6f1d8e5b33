//! What the statements of a transaction go over. Writes that nobody waits for are kept back and sent together, in one
//! round trip, before anything else is asked and before the transaction commits.
//!
//! What is asked therefore always sees what was written before. What a constraint refuses is refused a little later than
//! it was written, which the caller cannot tell: whatever fails, the transaction fails as a whole.

use crate::Result;
use crate::db::dialect::Dialect;
use crate::db::dialect_of;
use crate::db::writer::Running;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Values that one statement may carry: both databases take some more.
const MOST_VALUES: usize = 20_000;

/// The connection of one transaction.
pub struct Conn {
    inner: Running,
    backend: DbBackend,
    later: Mutex<Vec<Batch>>,
}

/// How a write that is kept back touches its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It adds so many rows.
    Add(u64),
    /// It changes so many rows, no more and no fewer; the transaction is stale otherwise.
    Change(u64),
    /// It touches rows, and nobody has to know how many.
    Touch,
    /// It removes rows, and nobody has to know how many.
    Remove,
}

/// A write that is kept back.
struct Later {
    table: &'static str,
    /// The row, where it is one whose id is known.
    id: Option<Uuid>,
    how: Write,
    statement: Statement,
}

impl Later {
    /// PostgreSQL runs the parts of a statement on what was there before it, so that none sees what another does: what is
    /// done twice to a row, or may be, goes into two statements. SQLite says how many rows all parts touched together, so
    /// that what is counted and what is not goes apart.
    fn goes_with(&self, other: &Later, dialect: Dialect) -> bool {
        use Write::{Add, Change, Remove, Touch};
        let are_rows_apart = || self.id.is_some() && other.id.is_some() && self.id != other.id;
        match (self.how, other.how) {
            (Add(_), Add(_)) => true,
            (Touch | Remove, Change(_)) | (Change(_), Touch | Remove) if dialect == Dialect::Sqlite => false,
            _ => self.table != other.table || are_rows_apart(),
        }
    }
}

/// Writes that go together.
#[derive(Default)]
struct Batch {
    writes: Vec<Later>,
    values: usize,
}

impl Batch {
    fn takes(&self, later: &Later, values: usize, dialect: Dialect) -> bool {
        self.values + values <= MOST_VALUES && self.writes.iter().all(|write| write.goes_with(later, dialect))
    }

    /// How many rows must have been touched in the end, as the database counts them; none where nobody has to know.
    fn expected(&self, dialect: Dialect) -> Option<u64> {
        self.writes.iter().any(|write| matches!(write.how, Write::Change(_))).then(|| {
            let rows = |how: Write| match (how, dialect) {
                (Write::Change(rows), _) | (Write::Add(rows), Dialect::Sqlite) => rows,
                (Write::Add(_), Dialect::Postgres) | (Write::Touch | Write::Remove, _) => 0,
            };
            self.writes.iter().map(|write| rows(write.how)).sum()
        })
    }

    /// Everything as one statement.
    fn joined(self, backend: DbBackend) -> Statement {
        let mut values: Vec<Value> = Vec::with_capacity(self.values);
        let mut parts = Vec::with_capacity(self.writes.len());
        for Later { how, statement, .. } in self.writes {
            parts.push((how, shifted(&statement.sql, values.len())));
            values.extend(statement.values.into_iter().flat_map(|values| values.0));
        }
        let sql = match dialect_of(backend) {
            Dialect::Postgres if parts.len() > 1 => one_statement(parts),
            _ => parts.into_iter().map(|(_, sql)| sql).collect::<Vec<_>>().join("; "),
        };
        Statement::from_sql_and_values(backend, sql, values)
    }
}

/// Each part as a common table expression, and how many rows the changes among them touched.
fn one_statement(parts: Vec<(Write, String)>) -> String {
    let is_counted = |how: &Write| matches!(how, Write::Change(_));
    let named = parts.iter().enumerate().map(|(at, (how, sql))| {
        let returning = if is_counted(how) { " RETURNING 1" } else { "" };
        format!("w{at} AS ({sql}{returning})")
    });
    let counted = parts.iter().enumerate().filter(|(_, (how, _))| is_counted(how));
    let counted = counted.map(|(at, _)| format!(" + (SELECT COUNT(*) FROM w{at})")).collect::<String>();
    format!("WITH {} SELECT CAST(0{counted} AS BIGINT) AS done", named.collect::<Vec<_>>().join(", "))
}

/// A statement whose parameters come after `by` others. What stands in quotes is no parameter.
fn shifted(sql: &str, by: usize) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let (mut quote, mut unnumbered) = (None, 0);
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), _) => {
                out.push(c);
                quote = quote.filter(|_| c != open);
            }
            (None, '\'' | '"') => {
                out.push(c);
                quote = Some(c);
            }
            (None, '?') => {
                unnumbered += 1;
                out.push_str(&format!("${}", by + unnumbered));
            }
            (None, '$') => {
                let mut number = String::new();
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                out.push('$');
                out.push_str(&number.parse::<usize>().map_or(number, |n| (by + n).to_string()));
            }
            (None, _) => out.push(c),
        }
    }
    out
}

/// Whether a statement names a table.
fn names(sql: &str, table: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    sql.match_indices(table).any(|(at, _)| {
        let (before, after) = (sql.get(..at).unwrap_or_default(), sql.get(at + table.len()..).unwrap_or_default());
        !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    })
}

impl Conn {
    pub(crate) fn new(inner: Running, backend: DbBackend) -> Self {
        Conn { inner, backend, later: Mutex::default() }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Batch>> {
        self.later.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a write back until something is asked that it might change.
    pub(crate) fn later(&self, table: &'static str, id: Option<Uuid>, how: Write, statement: Statement) {
        let values = statement.values.as_ref().map_or(0, |values| values.0.len());
        let (later, dialect) = (Later { table, id, how, statement }, dialect_of(self.backend));
        let mut waiting = self.waiting();
        // what is removed goes as early as it may, so that what is added comes after all of it
        let at = match how {
            Write::Remove => {
                waiting.iter().rposition(|batch| !batch.takes(&later, values, dialect)).map_or(0, |at| at + 1)
            }
            _ => waiting.len().saturating_sub(1),
        };
        match waiting.get_mut(at).filter(|batch| batch.takes(&later, values, dialect)) {
            Some(batch) => {
                batch.values += values;
                batch.writes.push(later);
            }
            None => waiting.push(Batch { writes: vec![later], values }),
        }
    }

    /// Whether a question may be answered before what is kept back is written: it names none of those tables. `except` is
    /// a row that the question leaves out itself.
    fn is_untouched(&self, sql: &str, except: Option<Uuid>) -> bool {
        let is_question = sql.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("select"));
        let waiting = self.waiting();
        let mut writes = waiting.iter().flat_map(|batch| &batch.writes);
        is_question && writes.all(|write| (write.id.is_some() && write.id == except) || !names(sql, write.table))
    }

    /// Asks something that does not show what is kept back of a row.
    pub(crate) async fn ask_without(&self, except: Uuid, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if !self.is_untouched(&statement.sql, Some(except)) {
            self.settle().await?;
        }
        self.inner.transaction().query_one_raw(statement).await
    }

    /// Does something that concerns some tables: what is kept back is sent before where it touches one of them.
    pub(crate) async fn ask_about(&self, tables: &[&str], statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let is_touched = self.waiting().iter().flat_map(|batch| &batch.writes).any(|w| tables.contains(&w.table));
        if is_touched {
            self.settle().await?;
        }
        self.inner.transaction().query_all_raw(statement).await
    }

    /// Does something that has nothing to do with what is kept back.
    pub(crate) async fn apart(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.transaction().query_one_raw(statement).await
    }

    /// Forgets what is kept back.
    pub(crate) fn discard(&self) {
        self.waiting().clear();
    }

    /// Sends what is kept back. A change that met another number of rows than it had to is `RecordNotUpdated`.
    pub(crate) async fn settle(&self) -> Result<(), DbErr> {
        let batches = std::mem::take(&mut *self.waiting());
        for batch in batches {
            let dialect = dialect_of(self.backend);
            let (expected, is_one) = (batch.expected(dialect), batch.writes.len() == 1);
            let statement = batch.joined(self.backend);
            let on = self.inner.transaction();
            let done = match dialect {
                Dialect::Postgres if !is_one => {
                    let row = on.query_one_raw(statement).await?;
                    let done: Option<i64> = row.map(|row| row.try_get("", "done")).transpose()?;
                    done.and_then(|done| u64::try_from(done).ok()).unwrap_or_default()
                }
                _ => on.execute_raw(statement).await?.rows_affected(),
            };
            if expected.is_some_and(|expected| expected != done) {
                return Err(DbErr::RecordNotUpdated);
            }
        }
        Ok(())
    }

    /// Sends what is kept back and makes everything durable.
    pub(crate) async fn commit(self) -> Result<()> {
        self.settle().await?;
        self.inner.commit().await
    }

    /// Undoes everything.
    pub(crate) async fn rollback(self) -> Result<()> {
        self.inner.rollback().await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.settle().await?;
        self.inner.transaction().execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.settle().await?;
        self.inner.transaction().execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if !self.is_untouched(&statement.sql, None) {
            self.settle().await?;
        }
        self.inner.transaction().query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if !self.is_untouched(&statement.sql, None) {
            self.settle().await?;
        }
        self.inner.transaction().query_all_raw(statement).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part = (&'static str, Option<Uuid>, Write, &'static str);

    fn later((table, id, how, sql): Part, backend: DbBackend) -> Later {
        Later { table, id, how, statement: Statement::from_sql_and_values(backend, sql, [7.into()]) }
    }

    fn batch(parts: &[Part], backend: DbBackend) -> Batch {
        Batch { writes: parts.iter().map(|part| later(*part, backend)).collect(), values: parts.len() }
    }

    #[test]
    fn parameters_are_numbered_on_and_quoted_text_is_left_alone() {
        assert_eq!(
            shifted("INSERT INTO \"a?$1\" VALUES (?, ?, '$2?')", 3),
            "INSERT INTO \"a?$1\" VALUES ($4, $5, '$2?')"
        );
        assert_eq!(
            shifted("SET a = a + $2 WHERE id = $1 AND b = $12", 10),
            "SET a = a + $12 WHERE id = $11 AND b = $22"
        );
    }

    #[test]
    fn writes_become_one_statement_and_changes_are_counted() {
        let add = ("one", None, Write::Add(1), "INSERT INTO one VALUES ($1)");
        let change = ("other", None, Write::Change(1), "UPDATE other SET a = $1");
        let of = |parts: &[Part], backend| batch(parts, backend).joined(backend).sql;
        let postgres = DbBackend::Postgres;
        assert_eq!(of(&[add], postgres), "INSERT INTO one VALUES ($1)");
        assert_eq!(of(&[change], postgres), "UPDATE other SET a = $1");
        assert_eq!(
            of(&[add, change], postgres),
            "WITH w0 AS (INSERT INTO one VALUES ($1)), w1 AS (UPDATE other SET a = $2 RETURNING 1) \
             SELECT CAST(0 + (SELECT COUNT(*) FROM w1) AS BIGINT) AS done"
        );
        assert_eq!(of(&[add, change], DbBackend::Sqlite), "INSERT INTO one VALUES ($1); UPDATE other SET a = $2");
        assert_eq!(batch(&[add, change], postgres).expected(Dialect::Postgres), Some(1));
        assert_eq!(batch(&[add, change], postgres).expected(Dialect::Sqlite), Some(2));
        assert_eq!(batch(&[add, add], postgres).expected(Dialect::Sqlite), None);
    }

    #[test]
    fn what_is_done_twice_to_a_row_goes_into_two_statements() {
        let id = |n| Some(Uuid::from_u128(n));
        let goes = |a: Part, b: Part| {
            later(a, DbBackend::Postgres).goes_with(&later(b, DbBackend::Postgres), Dialect::Postgres)
        };
        let add = |table, id| (table, id, Write::Add(1), "");
        let change = |table, id| (table, id, Write::Change(1), "");
        assert!(goes(add("one", None), add("one", None)));
        assert!(goes(add("one", None), change("other", None)));
        assert!(!goes(add("one", None), change("one", id(1))), "it would not see the new row");
        assert!(!goes(add("one", id(1)), change("one", id(1))));
        assert!(goes(add("one", id(2)), change("one", id(1))));
        assert!(!goes(change("one", id(1)), change("one", id(1))));
        assert!(goes(("one", None, Write::Touch, ""), change("other", None)));
        let (touch, change) = (("one", None, Write::Touch, ""), change("other", None));
        let (touch, change) = (later(touch, DbBackend::Sqlite), later(change, DbBackend::Sqlite));
        assert!(!touch.goes_with(&change, Dialect::Sqlite), "the rows could not be told apart");
        assert!(!goes(("one", None, Write::Remove, ""), add("one", None)));
    }

    #[test]
    fn a_table_is_named_as_a_whole_word() {
        assert!(names("SELECT a FROM \"ticket\" WHERE b", "ticket"));
        assert!(names("SELECT a FROM ticket", "ticket"));
        assert!(!names("SELECT ticket_id FROM \"ticket_fault\"", "ticket"));
    }
}
