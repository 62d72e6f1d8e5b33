//! Faults on demand: the n-th thing that a command asks of its database fails, for every n in turn.
//!
//! While they are [on](on), each command that a test client sends is sent with a fault at its first step, then at its second, and so on,
//! until it gets through without meeting one. A command that failed has to leave nothing behind, and the same request with the same key
//! has to have one effect: any story of the suite shows that, by ending as it always does.
//!
//! SQLite: the writing connection interrupts its statement after so many instructions of its virtual machine (doubling, so that late
//! failures take no more than a dozen tries). PostgreSQL: a proxy cuts the connection before the n-th request of the protocol reaches the
//! server, or after the server has done it and before the answer is known; the last to be cut is the answer to `COMMIT`.

use super::proxy;
use platform::App;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// Where the next fault happens.
#[derive(Default)]
pub struct Fault {
    /// Steps until it; 0: none is due; [`COMMIT`]: the next commit.
    left: AtomicI64,
    /// Steps since it was set.
    taken: AtomicI64,
    /// Whether the step is done before the connection is cut.
    is_after: AtomicBool,
    /// Whether it happened.
    happened: AtomicBool,
}

/// In place of a number of steps: the next commit.
const COMMIT: i64 = -1;

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is done.
    Done,
    /// It is not done.
    Refused,
    /// It is done, and nobody is told.
    Untold,
}

impl Fault {
    fn arm(&self, step: i64, is_after: bool) {
        self.happened.store(false, Ordering::SeqCst);
        self.is_after.store(is_after, Ordering::SeqCst);
        self.taken.store(0, Ordering::SeqCst);
        self.left.store(step, Ordering::SeqCst);
    }

    fn disarm(&self) -> bool {
        self.left.store(0, Ordering::SeqCst);
        self.happened.load(Ordering::SeqCst)
    }

    /// Takes one step.
    pub fn step(&self, is_commit: bool) -> Fate {
        self.taken.fetch_add(1, Ordering::SeqCst);
        let is_due = match self.left.load(Ordering::SeqCst) {
            COMMIT => is_commit && self.left.swap(0, Ordering::SeqCst) == COMMIT,
            left => left > 0 && self.left.fetch_sub(1, Ordering::SeqCst) == 1,
        };
        if !is_due {
            return Fate::Done;
        }
        self.happened.store(true, Ordering::SeqCst);
        if self.is_after.load(Ordering::SeqCst) { Fate::Untold } else { Fate::Refused }
    }
}

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
    static CURRENT: RefCell<Option<Arc<Fault>>> = const { RefCell::new(None) };
    static HAPPENED: RefCell<BTreeMap<&'static str, usize>> = const { RefCell::new(BTreeMap::new()) };
}

/// From here on, servers of this test have faults and its clients ask until none is left.
pub fn on() {
    ON.set(true);
}

/// Whether they have: what is asked again after a fault may take another number.
pub fn are_on() -> bool {
    ON.get()
}

/// How many faults each command met so far.
pub fn happened() -> BTreeMap<&'static str, usize> {
    HAPPENED.take()
}

/// Puts the proxy before PostgreSQL where faults are on.
pub fn before_start(config: &mut platform::Config) {
    if !ON.get() {
        return;
    }
    let fault = Arc::<Fault>::default();
    CURRENT.set(Some(Arc::clone(&fault)));
    if super::database::is_postgres() {
        config.database = platform::config::Secret::new(proxy::before(config.database.reveal(), fault));
    }
}

/// Keeps the server's connections at hand where faults are on.
pub fn after_start(app: &App) {
    if ON.get() {
        APP.set(Some(app.clone()));
    }
}

/// Makes the writing connection of SQLite fail on demand. A connection that failed in the middle may be another by the next request.
async fn watch_writer(fault: &Arc<Fault>) {
    let app = APP.with_borrow(Clone::clone).filter(|_| !super::database::is_postgres());
    let Some(app) = app else { return };
    let fault = Arc::clone(fault);
    let mut writer = app.db.maintenance().get_sqlite_connection_pool().acquire().await.unwrap();
    writer.lock_handle().await.unwrap().set_progress_handler(1, move || fault.step(false) == Fate::Done);
}

/// Sends a request under every fault in turn; answers the first that met none.
pub async fn through(name: &'static str, request: &reqwest::RequestBuilder) -> Option<reqwest::Response> {
    let fault = CURRENT.with_borrow(Clone::clone).filter(|_| ON.get())?;
    if !super::database::is_postgres() {
        for doubling in 0..40 {
            if let Some(answer) = attempt(name, request, &fault, 1 << doubling, false).await {
                return Some(answer);
            }
        }
        panic!("{name} never ends");
    }
    // how many steps there are is known once the commit was reached
    if let Some(answer) = attempt(name, request, &fault, COMMIT, false).await {
        return Some(answer);
    }
    let (last, mut step) = (fault.taken.load(Ordering::SeqCst), 1);
    while step < last {
        for is_after in [false, true] {
            if let Some(answer) = attempt(name, request, &fault, step, is_after).await {
                return Some(answer);
            }
        }
        // the long run fails at every single one
        step += super::size(1.max(usize::try_from(step).unwrap() / 2), 1) as i64;
    }
    // done and not told: what is asked again is answered from memory
    let told = attempt(name, request, &fault, COMMIT, true).await;
    if told.is_some() { told } else { Some(request.try_clone()?.send().await.unwrap()) }
}

/// Sends it once; `None` when it failed as it was to fail.
async fn attempt(
    name: &'static str,
    request: &reqwest::RequestBuilder,
    fault: &Arc<Fault>,
    step: i64,
    is_after: bool,
) -> Option<reqwest::Response> {
    watch_writer(fault).await;
    fault.arm(step, is_after);
    let answer = request.try_clone().unwrap().send().await.unwrap();
    if !fault.disarm() {
        return Some(answer);
    }
    HAPPENED.with_borrow_mut(|all| *all.entry(name).or_default() += 1);
    let status = answer.status().as_u16();
    if status < 500 {
        // the background met the fault, or the server asked once more by itself
        return Some(answer);
    }
    let said: openapi::Problem = answer.json().await.unwrap();
    assert!(status == 500 || said.retryable, "{name} at step {step}: {said:?}");
    None
}
