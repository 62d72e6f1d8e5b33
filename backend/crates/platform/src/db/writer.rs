//! Who writes. On PostgreSQL every transaction has a connection of its own. SQLite has one writer: whoever wants to write
//! queues for it, first come, first served, so that nobody is ever told that the database is busy.
//!
//! Making a commit durable waits for the disk, and that wait is shared: requests that queue at the same time run one after
//! the other in one transaction, each in a savepoint of its own, and are answered when it has committed. One that is
//! refused takes back its savepoint and nothing else, and is told so after that commit too: what it was refused for may be
//! somebody's write that is not durable yet. When nobody queues, the commit follows at once, so that one client alone
//! waits no longer than before.
//!
//! SQLite ends a transaction by itself when a statement meets a full disk, a failed read or write, or an interruption. Then
//! everything of the shared transaction is gone: its savepoint is missing, which every member finds out before it is
//! acknowledged. All of them fail as transient and run again.

use crate::failure::{DbFault, classify};
use crate::{Failure, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode};
use sea_orm::{TransactionOptions, TransactionTrait};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Requests that share a commit at most: the first of them waits for the last.
const MOST: usize = 16;

/// What a transaction runs on.
pub enum Running {
    /// A connection of its own.
    Own(DatabaseTransaction),
    /// The one writer of SQLite.
    Turn(Turn),
}

impl Running {
    /// Where statements go.
    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        match self {
            Running::Own(transaction) => transaction,
            Running::Turn(turn) => &turn.transaction,
        }
    }

    /// Makes it durable.
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Running::Own(transaction) => Ok(transaction.commit().await?),
            Running::Turn(turn) => turn.commit().await,
        }
    }

    /// Undoes it.
    pub(crate) async fn rollback(self) -> Result<()> {
        match self {
            Running::Own(transaction) => Ok(transaction.rollback().await?),
            Running::Turn(turn) => turn.rollback().await,
        }
    }
}

/// The one writer of SQLite.
#[derive(Clone)]
pub(crate) struct Writer {
    on: DatabaseConnection,
    queue: Arc<Mutex<Desk>>,
    /// Whether somebody is in the queue who will commit.
    is_due: Arc<AtomicBool>,
    losses: Arc<AtomicU64>,
    commits: Arc<AtomicU64>,
}

/// What lies before the one whose turn it is.
struct Desk {
    open: Option<Open>,
    /// Counts the shared transactions that were lost.
    losses: Arc<AtomicU64>,
    /// Counts the commits.
    commits: Arc<AtomicU64>,
}

/// A transaction that is not committed yet.
struct Open {
    transaction: Arc<DatabaseTransaction>,
    /// Those who wait for the commit.
    done: Vec<oneshot::Sender<Result<(), Lost>>>,
    /// Counts the turns. Each has a savepoint with a name of its own, so that none is ever taken for another.
    turns: u32,
    /// Whether the last turn is to be undone.
    is_unfinished: bool,
}

/// Somebody's turn at the writer.
pub struct Turn {
    // before the seat, so that it is let go of first
    transaction: Arc<DatabaseTransaction>,
    seat: Seat,
    writer: Writer,
    /// Whether the commit is shared with those who come next.
    shares: bool,
}

/// The seat at the desk; who leaves it in the middle of his turn leaves a mark.
struct Seat {
    desk: Option<OwnedMutexGuard<Desk>>,
    /// Whether nothing else is in the transaction, which then needs no savepoint.
    is_first: bool,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(mut desk) = self.desk.take() else { return };
        match desk.open.as_mut() {
            Some(open) if !self.is_first => open.is_unfinished = true,
            // nobody waits for it: the driver rolls it back
            _ => desk.open = None,
        }
    }
}

fn lost() -> Failure {
    Failure::Db(DbErr::Query(RuntimeErr::Internal(crate::failure::TRANSACTION_LOST.to_owned())))
}

/// Why a commit that was waited for did not come.
#[derive(Clone, Copy, Debug)]
enum Lost {
    /// Everything was undone before it: it may run again.
    Undone,
    /// The disk is full.
    Full,
    /// It failed.
    Failed,
}

impl Lost {
    fn failure(self) -> Failure {
        match self {
            Lost::Undone => lost(),
            Lost::Full => Failure::new(openapi::problem::STORAGE_FULL),
            Lost::Failed => Failure::Internal("a shared commit failed".to_owned()),
        }
    }
}

impl Desk {
    /// Undoes what somebody left in the middle of his turn.
    async fn tidy(&mut self) {
        let Some(open) = self.open.as_mut().filter(|open| open.is_unfinished) else { return };
        match take_back(&open.transaction, open.turns).await {
            Ok(()) => open.is_unfinished = false,
            Err(error) => self.fail(&error),
        }
    }

    /// Gives up what is open. The connection is closed when it is not at rest (see [`super::Db`]).
    fn fail(&mut self, error: &DbErr) {
        if let Some(open) = self.open.take() {
            self.losses.fetch_add(1, Ordering::AcqRel);
            log::warn!("a shared transaction of {} is lost: {error}", open.done.len());
            for done in open.done {
                done.send(Err(Lost::Undone)).ok();
            }
        }
    }

    /// Makes what is open durable, and says so to those who wait.
    async fn commit(&mut self) {
        self.tidy().await;
        let Some(Open { transaction, done, .. }) = self.open.take() else { return };
        let result = match Arc::into_inner(transaction) {
            Some(transaction) => transaction.commit().await.map_err(|error| match classify(&error) {
                DbFault::Transient => Lost::Undone,
                DbFault::Full => Lost::Full,
                _ => {
                    log::error!("a commit failed: {error}");
                    Lost::Failed
                }
            }),
            None => Err(Lost::Failed),
        };
        let counter = if result.is_ok() { &self.commits } else { &self.losses };
        counter.fetch_add(1, Ordering::AcqRel);
        for waiting in done {
            waiting.send(result).ok();
        }
    }
}

/// Undoes the savepoint of a turn.
async fn take_back(on: &DatabaseTransaction, turn: u32) -> Result<(), DbErr> {
    on.execute_unprepared(&format!("ROLLBACK TO SAVEPOINT turn_{turn}; RELEASE SAVEPOINT turn_{turn}"))
        .await
        .map(|_| ())
}

impl Writer {
    /// The writer of a connection pool that holds one connection.
    pub(crate) fn new(on: DatabaseConnection) -> Self {
        let losses = Arc::<AtomicU64>::default();
        let commits = Arc::<AtomicU64>::default();
        let desk = Desk { open: None, losses: Arc::clone(&losses), commits: Arc::clone(&commits) };
        Writer { on, queue: Arc::new(Mutex::new(desk)), is_due: Arc::default(), losses, commits }
    }

    /// Commits so far.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// How often a shared transaction was lost: what was learned from its members in between is not true.
    pub(crate) fn losses(&self) -> u64 {
        self.losses.load(Ordering::Acquire)
    }

    /// Waits for a turn. Who does not share has a transaction of his own, which is committed at once: for work that may
    /// take long.
    pub(crate) async fn turn(&self, shares: bool) -> Result<Turn> {
        let mut desk = Arc::clone(&self.queue).lock_owned().await;
        desk.tidy().await;
        if !shares && desk.open.is_some() {
            desk = committed(desk).await?;
        }
        let (transaction, is_first) = match desk.open.as_mut() {
            Some(open) => {
                open.turns += 1;
                let savepoint = format!("SAVEPOINT turn_{}", open.turns);
                if let Err(error) = open.transaction.execute_unprepared(&savepoint).await {
                    desk.fail(&error);
                    return Err(lost());
                }
                (Arc::clone(&open.transaction), false)
            }
            None => {
                let transaction = Arc::new(self.begin().await?);
                let open = Arc::clone(&transaction);
                desk.open = Some(Open { transaction: open, done: Vec::new(), turns: 0, is_unfinished: false });
                (transaction, true)
            }
        };
        let seat = Seat { desk: Some(desk), is_first };
        Ok(Turn { transaction, seat, writer: self.clone(), shares })
    }

    async fn begin(&self) -> Result<DatabaseTransaction> {
        let begin = || {
            self.on.begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
        };
        match begin().await {
            // the only writer must never be stuck: a `BEGIN` that failed after it took effect is undone first
            Err(error) if error.to_string().contains(LEFT_OPEN) => {
                log::warn!("a transaction was left open and is rolled back");
                self.on.execute_unprepared("ROLLBACK").await?;
                Ok(begin().await?)
            }
            begun => Ok(begun?),
        }
    }

    /// Queues for the commit, behind those who are in the queue now: they share it.
    fn commit_soon(&self) {
        if self.is_due.swap(true, Ordering::AcqRel) {
            return;
        }
        let writer = self.clone();
        tokio::spawn(async move {
            let mut desk = Arc::clone(&writer.queue).lock_owned().await;
            writer.is_due.store(false, Ordering::Release);
            desk.commit().await;
        });
    }
}

/// Commits whatever becomes of the caller meanwhile.
async fn committed(mut desk: OwnedMutexGuard<Desk>) -> Result<OwnedMutexGuard<Desk>> {
    let work = tokio::spawn(async move {
        desk.commit().await;
        desk
    });
    work.await.map_err(|_| lost())
}

/// What SQLite says to a `BEGIN` on a connection whose last `BEGIN` failed after it had taken effect.
const LEFT_OPEN: &str = "cannot start a transaction within a transaction";

impl Turn {
    async fn commit(self) -> Result<()> {
        let Turn { transaction, mut seat, writer, shares } = self;
        let turns = seat.desk.as_ref().and_then(|desk| desk.open.as_ref()).map_or(0, |open| open.turns);
        if !seat.is_first
            && let Err(error) = transaction.execute_unprepared(&format!("RELEASE SAVEPOINT turn_{turns}")).await
        {
            drop(transaction);
            if let Some(mut desk) = seat.desk.take() {
                desk.fail(&error);
            }
            return Err(lost());
        }
        drop(transaction);
        let Some(mut desk) = seat.desk.take() else { return Err(lost()) };
        let (done, waits) = oneshot::channel();
        let members = desk.open.as_mut().map_or(0, |open| {
            open.done.push(done);
            open.done.len()
        });
        if !shares || members >= MOST {
            drop(committed(desk).await?);
        } else {
            writer.commit_soon();
            drop(desk);
        }
        waits.await.unwrap_or(Err(Lost::Failed)).map_err(Lost::failure)
    }

    /// Undoes the turn. What it saw may be the work of others who share the transaction, so that it waits until theirs is
    /// durable, and fails as transient when it never will be: the same work may then come to another end.
    async fn rollback(self) -> Result<()> {
        let Turn { transaction, mut seat, writer, .. } = self;
        drop(transaction);
        let Some(mut desk) = seat.desk.take() else { return Ok(()) };
        if seat.is_first {
            return match desk.open.take().and_then(|open| Arc::into_inner(open.transaction)) {
                Some(whole) => Ok(whole.rollback().await?),
                None => Ok(()),
            };
        }
        if let Some(open) = desk.open.as_mut() {
            open.is_unfinished = true;
        }
        desk.tidy().await;
        let Some(open) = desk.open.as_mut() else { return Err(lost()) };
        if open.done.is_empty() {
            return Ok(());
        }
        let (done, waits) = oneshot::channel();
        open.done.push(done);
        writer.commit_soon();
        drop(desk);
        match waits.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Lost::Full)) => Err(Lost::Full.failure()),
            _ => Err(lost()),
        }
    }
}
