//! What the statements of a transaction go over. Writes that nobody waits for are kept back and sent together, in one
//! round trip, before anything else is asked and before the transaction commits.
//!
//! What is asked therefore always sees what was written before. What a constraint refuses is refused a little later than
//! it was written, which the caller cannot tell: whatever fails, the transaction fails as a whole.

use crate::Result;
use crate::db::dialect::Dialect;
use crate::db::dialect_of;
use crate::db::later::{Later, Origin, Sums, Waiting, Write};
use crate::db::writer::Running;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// The connection of one transaction.
pub struct Conn {
    inner: Running,
    backend: DbBackend,
    later: Mutex<Waiting>,
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

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.later.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a write back until something is asked that it might change.
    pub(crate) fn later(&self, table: &'static str, id: Option<Uuid>, how: Write, statement: Statement) {
        self.keep(Later { table, id, how, statement, row: None, sums: None });
    }

    /// Keeps the write of a row back that may be written anew: with what it was before, and its version afterwards.
    pub(crate) fn row_later(&self, table: &'static str, id: Uuid, statement: Statement, row: (Origin, i64)) {
        let how = if row.0.is_some() { Write::Change(1) } else { Write::Add(1) };
        self.keep(Later { table, id: Some(id), how, statement, row: Some(row), sums: None });
    }

    fn keep(&self, later: Later) {
        self.waiting().keep(later, dialect_of(self.backend));
    }

    /// Writes a row once that is written twice before anything is sent (see [`Waiting::rewrite`]). Whether that was done.
    pub(crate) fn rewrite(
        &self,
        table: &'static str,
        row: (Uuid, i64),
        refers: &[Uuid],
        write: impl FnOnce(&Origin) -> Option<Statement>,
    ) -> bool {
        self.waiting().rewrite(table, row, refers, write)
    }

    /// Adds to sums of a table (see [`Waiting::add_up`]).
    pub(crate) fn add_up(
        &self,
        table: &'static str,
        group: String,
        sums: Sums,
        render: impl FnOnce(&Sums) -> Statement,
    ) {
        self.waiting().add_up(table, group, sums, render, dialect_of(self.backend));
    }

    /// Whether a question may be answered before what is kept back is written: it names none of those tables. `except` is
    /// a row that the question leaves out itself.
    fn is_untouched(&self, sql: &str, except: Option<Uuid>) -> bool {
        let is_question = sql.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("select"));
        let waiting = self.waiting();
        let mut writes = waiting.writes();
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
        let is_touched = self.waiting().writes().any(|w| tables.contains(&w.table));
        if is_touched {
            self.settle().await?;
        }
        self.inner.transaction().query_all_raw(statement).await
    }

    /// Whether a write of a table is kept back.
    pub(crate) fn is_waiting(&self, table: &str) -> bool {
        self.waiting().writes().any(|write| write.table == table)
    }

    /// Whether something is added to a sum of a group, and what is added to it now goes along.
    pub(crate) fn adds_to(&self, table: &str, group: &str, key: &str) -> bool {
        self.waiting().adds_to(table, group, key)
    }

    /// Asks the database, whatever is kept back.
    pub(crate) async fn all_apart(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.transaction().query_all_raw(statement).await
    }

    /// Does something that has nothing to do with what is kept back.
    pub(crate) async fn apart(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.transaction().query_one_raw(statement).await
    }

    /// Forgets what is kept back.
    pub(crate) fn discard(&self) {
        self.waiting().take();
    }

    /// Sends what is kept back. A change that met another number of rows than it had to is `RecordNotUpdated`.
    pub(crate) async fn settle(&self) -> Result<(), DbErr> {
        let batches = self.waiting().take();
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

    #[test]
    fn a_table_is_named_as_a_whole_word() {
        assert!(names("SELECT a FROM \"ticket\" WHERE b", "ticket"));
        assert!(names("SELECT a FROM ticket", "ticket"));
        assert!(!names("SELECT ticket_id FROM \"ticket_fault\"", "ticket"));
    }
}
