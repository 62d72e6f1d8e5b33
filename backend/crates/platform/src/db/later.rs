//! Writes of a transaction that are kept back, so that they go to the database together: which of them may be one statement,
//! and what becomes of a row or a sum that is written twice.

use crate::db::dialect::Dialect;
use crate::db::dialect_of;
use sea_orm::{DbBackend, Statement, Value};
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Values that one statement may carry: both databases take some more.
const MOST_VALUES: usize = 20_000;

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

/// A row as it was before a write that is kept back; nothing where the write adds it.
pub(crate) type Origin = Option<Arc<dyn Any + Send + Sync>>;

/// What is added to sums: the columns that name a sum, under a text that orders them, and its two amounts.
pub type Sums = BTreeMap<String, (Vec<Value>, (i64, i64))>;

/// Sums that one statement may add to.
const MOST_SUMS: usize = 500;

/// A write that is kept back.
pub(super) struct Later {
    pub table: &'static str,
    /// The row, where it is one whose id is known.
    pub id: Option<Uuid>,
    pub how: Write,
    pub statement: Statement,
    /// What the row was, and its version after the write, where it may be written anew.
    pub row: Option<(Origin, i64)>,
    /// The group and the sums of [`Conn::add_up`].
    pub sums: Option<(String, Sums)>,
}

impl Later {
    fn values(&self) -> usize {
        self.statement.values.as_ref().map_or(0, |values| values.0.len())
    }

    /// Whether it adds a row that has this value somewhere.
    fn adds(&self, value: Uuid) -> bool {
        let mut values = self.statement.values.iter().flat_map(|values| &values.0);
        matches!(self.how, Write::Add(_)) && values.any(|found| *found == Value::Uuid(Some(value)))
    }

    /// PostgreSQL runs the parts of a statement on what was there before it, so that none sees what another does: what is
    /// done twice to a row, or may be, goes into two statements. SQLite says how many rows all parts touched together, so
    /// that what is counted and what is not goes apart.
    fn goes_with(&self, other: &Later, dialect: Dialect) -> bool {
        use Write::{Add, Change, Remove, Touch};
        let are_rows_apart = || self.id.is_some() && other.id.is_some() && self.id != other.id;
        match (self.how, other.how) {
            (Add(_), Add(_)) => true,
            (Touch | Remove, Change(_)) | (Change(_), Touch | Remove) if dialect == Dialect::Sqlite => false,
            _ => self.table != other.table || are_rows_apart() || self.sums_apart(other),
        }
    }

    /// Whether both add to sums, and to none that the other adds to.
    fn sums_apart(&self, other: &Later) -> bool {
        match (&self.sums, &other.sums) {
            (Some((_, one)), Some((_, other))) => !one.keys().any(|key| other.contains_key(key)),
            _ => false,
        }
    }
}

/// Writes that go together.
#[derive(Default)]
pub(super) struct Batch {
    pub writes: Vec<Later>,
    values: usize,
}

impl Batch {
    fn takes(&self, later: &Later, values: usize, dialect: Dialect) -> bool {
        self.values + values <= MOST_VALUES && self.writes.iter().all(|write| write.goes_with(later, dialect))
    }

    /// How many rows must have been touched in the end, as the database counts them; none where nobody has to know.
    pub fn expected(&self, dialect: Dialect) -> Option<u64> {
        self.writes.iter().any(|write| matches!(write.how, Write::Change(_))).then(|| {
            let rows = |how: Write| match (how, dialect) {
                (Write::Change(rows), _) | (Write::Add(rows), Dialect::Sqlite) => rows,
                (Write::Add(_), Dialect::Postgres) | (Write::Touch | Write::Remove, _) => 0,
            };
            self.writes.iter().map(|write| rows(write.how)).sum()
        })
    }

    /// Everything as one statement.
    pub fn joined(self, backend: DbBackend) -> Statement {
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

/// Everything that is kept back, in the order in which it goes.
#[derive(Default)]
pub(super) struct Waiting(Vec<Batch>);

impl Waiting {
    pub fn writes(&self) -> impl Iterator<Item = &Later> {
        self.0.iter().flat_map(|batch| &batch.writes)
    }

    /// What goes, which is then not kept back any more.
    pub fn take(&mut self) -> Vec<Batch> {
        std::mem::take(&mut self.0)
    }

    /// Keeps one more.
    pub fn keep(&mut self, later: Later, dialect: Dialect) {
        let values = later.values();
        let how = later.how;
        // what is removed goes as early as it may, so that what is added comes after all of it
        let at = match how {
            Write::Remove => {
                self.0.iter().rposition(|batch| !batch.takes(&later, values, dialect)).map_or(0, |at| at + 1)
            }
            _ => self.0.len().saturating_sub(1),
        };
        match self.0.get_mut(at).filter(|batch| batch.takes(&later, values, dialect)) {
            Some(batch) => {
                batch.values += values;
                batch.writes.push(later);
            }
            None => self.0.push(Batch { writes: vec![later], values }),
        }
    }

    /// Writes a row once that is written twice before anything is sent: the statement that is kept back of it, and that brought
    /// it to `version`, gives way to the one that `write` makes of what the row was before. Whether there was one.
    ///
    /// Left alone is a row that would then be written before what it needs (`refers` are the ids that it has got since), or
    /// before something that may concern any row of its table.
    pub fn rewrite(
        &mut self,
        table: &'static str,
        (id, version): (Uuid, i64),
        refers: &[Uuid],
        write: impl FnOnce(&Origin) -> Option<Statement>,
    ) -> bool {
        let is_of_row = |write: &Later| write.table == table && write.id == Some(id);
        let stands_apart = |write: &Later| {
            let is_of_others = write.table != table || write.id.is_some() || matches!(write.how, Write::Add(_));
            is_of_row(write) || (is_of_others && !refers.iter().any(|value| write.adds(*value)))
        };
        if !self.writes().all(stands_apart) {
            return false;
        }
        for batch in self.0.iter_mut().rev() {
            let Some(last) = batch.writes.iter_mut().rev().find(|write| is_of_row(write)) else { continue };
            let Some((origin, reached)) = last.row.as_mut().filter(|(_, reached)| *reached == version) else { break };
            let Some(statement) = write(origin) else { break };
            *reached += 1;
            batch.values -= last.values();
            last.statement = statement;
            batch.values += last.values();
            return true;
        }
        false
    }

    /// Adds to sums of a table; what is added to sums of the same group before anything is sent is added at once. `render` makes the
    /// statement of all of it.
    pub fn add_up(
        &mut self,
        table: &'static str,
        group: String,
        sums: Sums,
        render: impl FnOnce(&Sums) -> Statement,
        dialect: Dialect,
    ) {
        let added = |statement: Statement, sums: Sums| Later {
            table,
            id: None,
            how: Write::Touch,
            statement,
            row: None,
            sums: Some((group.clone(), sums)),
        };
        let Some((batch, at)) = self.sums_to_join(table, &group, &sums) else {
            return self.keep(added(render(&sums), sums), dialect);
        };
        let Some(Batch { writes, values }) = self.0.get_mut(batch) else { return };
        let Some(write) = writes.get_mut(at) else { return };
        *values -= write.values();
        if let Some((_, known)) = &mut write.sums {
            for (key, (columns, (one, other))) in sums {
                let sum = &mut known.entry(key).or_insert((columns, (0, 0))).1;
                *sum = (sum.0 + one, sum.1 + other);
            }
            write.statement = render(known);
        }
        *values += write.values();
    }

    /// Whether something is added to a sum of a group, and what is added to it now goes along.
    pub fn adds_to(&self, table: &str, group: &str, key: &str) -> bool {
        let one = Sums::from([(key.to_owned(), (Vec::new(), (0, 0)))]);
        let write = self.sums_to_join(table, group, &one).and_then(|(batch, at)| self.0.get(batch)?.writes.get(at));
        write.and_then(|write| write.sums.as_ref()).is_some_and(|(_, sums)| sums.contains_key(key))
    }

    /// Where the last write of a group of sums stands, when more may be added to it: nothing comes after it that may concern its
    /// sums, and no other group has one of those that are added.
    fn sums_to_join(&self, table: &str, group: &str, more: &Sums) -> Option<(usize, usize)> {
        let mut found = None;
        for (at_batch, batch) in self.0.iter().enumerate() {
            for (at, write) in batch.writes.iter().enumerate().filter(|(_, write)| write.table == table) {
                match &write.sums {
                    Some((of, known)) if of == group => {
                        let fresh = more.keys().filter(|key| !known.contains_key(*key)).count();
                        found = (known.len() + fresh <= MOST_SUMS).then_some((at_batch, at));
                    }
                    Some((_, known)) if !more.keys().any(|key| known.contains_key(key)) => {}
                    _ => found = None,
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part = (&'static str, Option<Uuid>, Write, &'static str);

    fn later((table, id, how, sql): Part, backend: DbBackend) -> Later {
        Later {
            table,
            id,
            how,
            statement: Statement::from_sql_and_values(backend, sql, [7.into()]),
            row: None,
            sums: None,
        }
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

    fn sql_of(waiting: &mut Waiting) -> Vec<String> {
        waiting.take().into_iter().map(|batch| batch.joined(DbBackend::Postgres).sql).collect()
    }

    fn one(table: &'static str, id: u128, version: i64, sql: &str, of: u128) -> Later {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [Uuid::from_u128(of).into()]);
        let row: Origin = if version > 1 { Some(Arc::new(version - 1)) } else { None };
        let how = if row.is_some() { Write::Change(1) } else { Write::Add(1) };
        Later { table, id: Some(Uuid::from_u128(id)), how, statement, row: Some((row, version)), sums: None }
    }

    #[test]
    fn what_is_written_twice_is_sent_once() {
        let mut waiting = Waiting::default();
        let rewrite = |waiting: &mut Waiting, id: u128, version: i64, refers: &[Uuid]| {
            let again = |origin: &Origin| {
                Some(Statement::from_string(DbBackend::Postgres, format!("AGAIN {}", origin.is_some())))
            };
            waiting.rewrite("doc", (Uuid::from_u128(id), version), refers, again)
        };
        waiting.keep(one("doc", 1, 1, "INSERT $1", 1), Dialect::Postgres);
        waiting.keep(one("line", 2, 1, "INSERT $1", 3), Dialect::Postgres);
        assert!(!rewrite(&mut waiting, 2, 1, &[]), "nothing is kept back of it");
        assert!(!rewrite(&mut waiting, 1, 2, &[]), "that is not the version that it has");
        assert!(!rewrite(&mut waiting, 1, 1, &[Uuid::from_u128(3)]), "it needs what comes after it");
        assert!(rewrite(&mut waiting, 1, 1, &[Uuid::from_u128(4)]));
        assert!(rewrite(&mut waiting, 1, 2, &[]));
        waiting.keep(one("doc", 5, 7, "UPDATE $1", 5), Dialect::Postgres);
        assert!(rewrite(&mut waiting, 5, 7, &[]));
        waiting.keep(later(("doc", None, Write::Touch, "UPDATE all"), DbBackend::Postgres), Dialect::Postgres);
        assert!(!rewrite(&mut waiting, 5, 8, &[]), "what concerns any row stays in between");
        let sent = sql_of(&mut waiting);
        assert_eq!(sent.len(), 2);
        assert!(
            sent[0].contains("AGAIN false") && sent[0].contains("AGAIN true") && !sent[0].contains("UPDATE $1"),
            "{sent:?}"
        );
    }

    #[test]
    fn what_is_added_to_the_same_sums_is_added_at_once() {
        let mut waiting = Waiting::default();
        let add = |waiting: &mut Waiting, group: &str, sums: &[(&str, i64)]| {
            let sums = sums.iter().map(|(key, amount)| ((*key).to_owned(), (vec![], (*amount, 1)))).collect();
            let render = |sums: &Sums| {
                let all: Vec<_> = sums.iter().map(|(key, (_, amounts))| format!("{key}{amounts:?}")).collect();
                Statement::from_string(DbBackend::Postgres, all.join(" "))
            };
            waiting.add_up("sum", group.to_owned(), sums, render, Dialect::Postgres);
        };
        add(&mut waiting, "a", &[("x", 1), ("y", 2)]);
        add(&mut waiting, "a", &[("y", 3), ("z", 4)]);
        assert_eq!(waiting.writes().count(), 1);
        add(&mut waiting, "b", &[("x", 5)]);
        waiting.keep(later(("sum", None, Write::Touch, "MAKE"), DbBackend::Postgres), Dialect::Postgres);
        add(&mut waiting, "b", &[("x", 6)]);
        assert_eq!(sql_of(&mut waiting), ["x(1, 1) y(5, 2) z(4, 1)", "x(5, 1)", "MAKE", "x(6, 1)"]);
    }

    #[test]
    fn sums_of_two_groups_go_together_while_they_are_apart() {
        let mut waiting = Waiting::default();
        let mut add = |group: &str, key: &str| {
            let sums = Sums::from([(key.to_owned(), (vec![], (1, 1)))]);
            let render = |sums: &Sums| Statement::from_string(DbBackend::Postgres, format!("UPDATE {:?}", sums.keys()));
            waiting.add_up("sum", group.to_owned(), sums, render, Dialect::Postgres);
            (waiting.0.len(), waiting.writes().count())
        };
        assert_eq!(add("a", "x"), (1, 1));
        assert_eq!(add("b", "y"), (1, 2));
        assert_eq!(add("a", "z"), (1, 2));
        assert_eq!(add("a", "y"), (2, 3), "b adds to it too");
        assert!(
            waiting.adds_to("sum", "a", "y") && !waiting.adds_to("sum", "b", "y") && !waiting.adds_to("sum", "b", "x")
        );
    }
}
