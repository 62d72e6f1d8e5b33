//! A transaction as commands and queries see it: actor, reach and time travel with it; a pool is never in sight.

mod reach;

use crate::db::memo::Memo;
use crate::db::record::Head;
use crate::db::{Conn, dialect_of};
use crate::http::call::Context;
use crate::{Actor, App, Dialect, Failure, Result, new_id};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use openapi::problem;
use openapi::{Lang, Permission};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, Select, Statement};
use std::sync::Mutex;

/// One snapshot to read from.
pub struct ReadTx {
    inner: Conn,
    context: Context,
    app: App,
    memo: Memo,
}

impl ReadTx {
    pub(crate) fn new(inner: Conn, context: Context, app: App) -> Self {
        if app.memory.is_lost(app.db.losses()) {
            app.lasting.forget();
        }
        let known = context.seen.and_then(|seen| app.lasting.at(seen));
        ReadTx { inner, context, app, memo: Memo::beside(known) }
    }

    /// What statements run on.
    pub fn conn(&self) -> &Conn {
        &self.inner
    }
    pub(crate) fn memo(&self) -> &Memo {
        &self.memo
    }
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }
    /// The time of this call; it stands still during the call.
    pub fn now(&self) -> DateTime<Utc> {
        self.context.now
    }
    /// Today in the zone of the business.
    pub fn today(&self) -> NaiveDate {
        self.date_of(self.now())
    }
    /// The business date of an instant.
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.app.config.zone()).date_naive()
    }
    /// The first instant of a business date.
    pub fn start_of(&self, on: NaiveDate) -> DateTime<Utc> {
        self.instant_of(on.and_time(chrono::NaiveTime::MIN))
    }
    /// The instant at which the clocks of the business show this; where they skip it, when they resume.
    pub fn instant_of(&self, local: chrono::NaiveDateTime) -> DateTime<Utc> {
        let zone = self.app.config.zone();
        let found = (0..4).find_map(|h| zone.from_local_datetime(&(local + chrono::Duration::hours(h))).earliest());
        found.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }
    /// Language of the caller.
    pub fn lang(&self) -> Lang {
        self.context.lang
    }
    /// The call around this transaction.
    pub fn context(&self) -> &Context {
        &self.context
    }
    /// The process.
    pub fn app(&self) -> &App {
        &self.app
    }
    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        dialect_of(self.inner.get_database_backend())
    }

    /// A statement with `$n` parameters, which both databases understand.
    pub fn statement<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) -> Statement {
        Statement::from_sql_and_values(self.inner.get_database_backend(), sql, values)
    }

    /// The same for a number of values that is known only now.
    pub fn statement_of(&self, sql: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.inner.get_database_backend(), sql, values)
    }

    /// Refuses when the actor lacks the right.
    pub fn require(&self, permission: Permission) -> Result<()> {
        self.actor().may(permission).then_some(()).ok_or_else(|| forbidden(permission, self.lang()))
    }

    /// The rows of `E` that the current call may see.
    pub fn select<E: Head>(&self) -> Select<E> {
        E::find().filter(self.in_reach::<E>())
    }

    /// One row in reach, or 404.
    pub async fn get<E: Head>(&self, id: impl Into<uuid::Uuid>) -> Result<E::Model> {
        let row = self.select::<E>().filter(E::id().eq(id.into())).one(self.conn()).await?;
        row.ok_or_else(Failure::not_found)
    }
}

/// The refusal for a missing right.
pub fn forbidden(permission: Permission, lang: Lang) -> Failure {
    Failure::new(problem::FORBIDDEN).with("permission", lang.pick(permission.zh, permission.en))
}

/// Rows that wait for the end of the transaction, to be written in one statement each.
#[derive(Default)]
struct Pending {
    audit: Vec<crate::doc::audit::Model>,
    journal: Vec<crate::doc::journal::Model>,
    outbox: Vec<crate::outbox::Model>,
    answer: Option<crate::http::idempotency::Model>,
    has_job: bool,
}

/// One write transaction.
pub struct Tx {
    read: ReadTx,
    pending: Mutex<Pending>,
}

impl std::ops::Deref for Tx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.read
    }
}

impl Tx {
    pub(crate) fn new(read: ReadTx) -> Self {
        Tx { read, pending: Mutex::default() }
    }

    fn pending(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Locks one row in reach, or 404; a caller who based the change on another version gets 412.
    /// For the object that the path names.
    pub async fn lock<E: Head>(&self, id: impl Into<uuid::Uuid>) -> Result<E::Model> {
        let mut row = self.lock_other::<E>(id).await?;
        let version = *E::stamp(&mut row).version;
        match self.context.if_match {
            Some(expected) if expected != version => Err(Failure::new(problem::STALE)),
            _ => Ok(row),
        }
    }

    /// Locks one row in reach that is not the object of the path, or 404.
    pub async fn lock_other<E: Head>(&self, id: impl Into<uuid::Uuid>) -> Result<E::Model> {
        let select = self.select::<E>().filter(E::id().eq(id.into()));
        let select = if self.dialect().locks_rows() { select.lock_exclusive() } else { select };
        select.one(self.conn()).await?.ok_or_else(Failure::not_found)
    }

    /// Locks every row in reach for which a condition holds, in the order of their ids, which is the order for everybody: one
    /// statement, however many rows there are.
    pub async fn lock_all<E: Head>(&self, which: sea_orm::Condition) -> Result<Vec<E::Model>> {
        let select = self.select::<E>().filter(which).order_by_asc(E::id());
        let select = if self.dialect().locks_rows() { select.lock_exclusive() } else { select };
        Ok(select.all(self.conn()).await?)
    }

    /// Says that something happened; whoever listens acts inside this transaction.
    pub async fn emit<E: std::any::Any>(&self, event: &E) -> Result<()> {
        self.app().clone().bus.tell(self, event).await
    }

    /// Notes a change of one record for the audit log.
    pub fn audit(&self, kind: &str, id: uuid::Uuid, before: Option<String>, after: Option<String>) {
        let context = &self.context;
        let row = crate::doc::audit::Model {
            id: new_id(),
            created_at: context.now,
            actor_id: context.actor.user_id,
            actor_name: context.actor.name.clone(),
            operation: context.operation.to_owned(),
            subject_kind: kind.to_owned(),
            subject_id: id,
            before,
            after,
            ip: context.ip.clone(),
            request_id: context.request_id.clone(),
            hash: None,
        };
        self.pending().audit.push(row);
    }

    /// Adds an entry to the timeline of a document.
    pub fn journal(&self, kind: &str, id: uuid::Uuid, action: &str, from: Option<&str>, to: &str, note: Option<&str>) {
        let row = crate::doc::journal::Model {
            id: new_id(),
            subject_kind: kind.to_owned(),
            subject_id: id,
            created_at: self.now(),
            actor_id: self.actor().user_id,
            actor_name: self.actor().name.clone(),
            action: action.to_owned(),
            from_state: from.map(str::to_owned),
            to_state: to.to_owned(),
            note: note.map(str::to_owned),
        };
        self.pending().journal.push(row);
    }

    /// Adds a row to the outbox.
    pub(crate) fn post(&self, message: crate::outbox::Model) {
        self.pending().outbox.push(message);
    }

    /// Keeps the answer to a request beside its effect.
    pub(crate) fn answer(&self, row: crate::http::idempotency::Model) {
        self.pending().answer = Some(row);
    }

    /// Rings for the workers when this transaction has committed.
    pub(crate) fn ring_for_jobs(&self) {
        self.pending().has_job = true;
    }

    /// Runs work that may be refused. When it is, nothing of it stays and the transaction goes on; a failure of the
    /// database or of ours ends both.
    pub async fn attempt<T>(&self, work: impl AsyncFnOnce() -> Result<T>) -> Result<Result<T>> {
        let before = {
            let pending = self.pending();
            (pending.audit.len(), pending.journal.len(), pending.outbox.len(), pending.has_job)
        };
        self.conn().execute_unprepared("SAVEPOINT attempt").await?;
        match work().await {
            Ok(done) => {
                self.conn().execute_unprepared("RELEASE SAVEPOINT attempt").await?;
                Ok(Ok(done))
            }
            Err(refused @ Failure::Refused { .. }) => {
                self.conn().discard();
                self.conn().execute_unprepared("ROLLBACK TO SAVEPOINT attempt").await?;
                self.conn().execute_unprepared("RELEASE SAVEPOINT attempt").await?;
                self.memo().clear();
                let mut pending = self.pending();
                pending.audit.truncate(before.0);
                pending.journal.truncate(before.1);
                pending.outbox.truncate(before.2);
                pending.has_job = before.3;
                Ok(Err(refused))
            }
            Err(failure) => Err(failure),
        }
    }

    /// Writes what waits, and says whom to ring for after the commit: the dispatcher, the workers.
    pub(crate) async fn flush(&self) -> Result<(bool, bool)> {
        let Pending { audit, journal, outbox, answer, has_job } = std::mem::take(&mut *self.pending());
        let has_message = !outbox.is_empty();
        if !audit.is_empty() {
            let audit = crate::doc::audit::condensed(audit);
            self.insert_all::<crate::seal::Unsealed>(crate::seal::waiting(&audit)).await?;
            self.insert_all::<crate::doc::audit::Entity>(audit).await?;
        }
        if !journal.is_empty() {
            self.insert_all::<crate::doc::journal::Entity>(journal).await?;
        }
        if has_message {
            self.insert_all::<crate::outbox::Entity>(outbox).await?;
        }
        if let Some(answer) = answer {
            self.insert_all::<crate::http::idempotency::Entity>([answer]).await?;
        }
        self.conn().settle().await?;
        Ok((has_message, has_job))
    }

    pub(crate) async fn commit(self) -> Result<()> {
        let ReadTx { inner, app, memo, .. } = self.read;
        // before, for those who write next although they asked who they are earlier; and after, for those who asked meanwhile
        if memo.changes_base() {
            app.lasting.changed();
        }
        inner.commit().await?;
        if memo.changes_base() {
            app.lasting.changed();
        }
        crate::db::watch::commits();
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<()> {
        self.read.inner.rollback().await
    }
}
impl ReadTx {
    /// Lets the snapshot go. It is rolled back while the connection goes back to its pool: nobody waits for that.
    pub(crate) fn finish(self) {
        drop(self.inner);
        crate::db::watch::commits();
    }
}
