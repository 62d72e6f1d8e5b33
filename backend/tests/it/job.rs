//! Long work: leases, cancelling, taking over, stopping; and the clock on the wall.

use crate::support::database;
use crate::support::given::World;
use chrono::Duration;
use futures::future::join_all;
use openapi::system::operation::*;
use openapi::{ById, Listing, Nothing, Role};
use platform::clock::ManualClock;
use platform::job::{cron, one};
use platform::stop::{Stop, Stopper, stop};
use platform::{Actor, App, Clock, Context, Result, Tx};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::Uuid;

/// Several processes on one database, with one clock.
struct Cluster {
    processes: Vec<App>,
    clock: Arc<ManualClock>,
    begun: Arc<Notify>,
    go_on: Arc<Notify>,
    _stopper: Stopper,
    stop: Stop,
    _folder: tempfile::TempDir,
}

impl Cluster {
    /// Their job `test.work` begins, waits to be told to go on, and ends with an effect: one more on a counter.
    async fn of(count: usize) -> Self {
        let (config, folder) = database::fresh().await;
        let clock = Arc::new(ManualClock::at(database::start_of_time()));
        let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let mut processes = Vec::new();
        for _ in 0..count {
            let mut app = backend::app::build(config.clone(), clock.clone()).await.unwrap();
            let (begun, go_on) = (begun.clone(), go_on.clone());
            let platform = Arc::get_mut(&mut app).unwrap();
            platform.jobs.on("test.work", move |running| {
                let (begun, go_on) = (begun.clone(), go_on.clone());
                async move {
                    begun.notify_one();
                    go_on.notified().await;
                    platform::http::run::write(running.app(), &running.context(), async |tx: &Tx| {
                        let count = tx.next_in("test.effect").await?;
                        running.complete(tx, &json!({ "count": count }), None).await
                    })
                    .await
                }
            });
            processes.push(app);
        }
        let (stopper, stop) = stop();
        Cluster { processes, clock, begun, go_on, _stopper: stopper, stop, _folder: folder }
    }

    async fn write<T>(&self, work: impl AsyncFn(&Tx) -> Result<T>) -> T {
        let context = Context::internal(Actor::system(Uuid::nil(), ""), self.clock.now(), "test");
        platform::http::run::write(&self.processes[0], &context, work).await.unwrap()
    }

    async fn queue(&self) -> Operation {
        self.write(async |tx| tx.enqueue("test.work", &json!({})).await).await
    }

    async fn latest(&self) -> Operation {
        platform::job::recent(&self.processes[0], 1).await.unwrap().remove(0)
    }

    /// How often the work had its effect.
    async fn effects(&self) -> i64 {
        self.write(async |tx| tx.next_in("test.effect").await).await - 1
    }

    /// Process `index` takes a job in the background.
    fn takes(&self, index: usize) -> actix_web::rt::task::JoinHandle<Result<bool>> {
        let (app, stop) = (self.processes[index].clone(), self.stop.clone());
        actix_web::rt::spawn(async move { one(&app, &format!("process {index}"), &stop).await })
    }
}

#[actix_web::test]
async fn a_job_runs_once_and_leaves_its_result() {
    let cluster = Cluster::of(1).await;
    let queued = cluster.queue().await;
    assert_eq!(queued.state, OperationState::Queued);
    cluster.go_on.notify_one();
    assert!(cluster.takes(0).await.unwrap().unwrap());
    assert!(!cluster.takes(0).await.unwrap().unwrap(), "nothing is left to do");
    let done = cluster.latest().await;
    assert_eq!((done.id, done.state, done.result.as_deref()), (queued.id, OperationState::Done, Some("{\"count\":1}")));
}

#[actix_web::test]
async fn the_job_of_a_process_that_died_is_taken_over_when_its_lease_has_run_out() {
    let cluster = Cluster::of(2).await;
    cluster.queue().await;
    let first = cluster.takes(0);
    cluster.begun.notified().await;
    // dies without a word
    first.abort();
    assert!(!cluster.takes(1).await.unwrap().unwrap(), "the lease still holds");
    cluster.clock.advance(Duration::seconds(61));
    cluster.go_on.notify_one();
    assert!(cluster.takes(1).await.unwrap().unwrap());
    assert_eq!(cluster.latest().await.state, OperationState::Done);
    assert_eq!(cluster.effects().await, 1);
}

#[actix_web::test]
async fn a_process_that_lost_its_lease_cannot_commit() {
    let cluster = Cluster::of(2).await;
    cluster.queue().await;
    let slow = cluster.takes(0);
    cluster.begun.notified().await;
    cluster.clock.advance(Duration::seconds(61));
    let quick = cluster.takes(1);
    cluster.begun.notified().await;
    // both come to their effect; who waited longer, and holds no lease any more, comes first
    cluster.go_on.notify_waiters();
    assert!(slow.await.unwrap().unwrap() && quick.await.unwrap().unwrap());
    assert_eq!(cluster.latest().await.state, OperationState::Done);
    assert_eq!(cluster.effects().await, 1);
}

#[actix_web::test]
async fn a_process_that_stops_puts_its_job_back() {
    let cluster = Cluster::of(1).await;
    cluster.queue().await;
    let running = cluster.takes(0);
    cluster.begun.notified().await;
    assert_eq!(cluster.latest().await.state, OperationState::Running);
    cluster._stopper.stop();
    assert!(running.await.unwrap().unwrap());
    assert_eq!(cluster.latest().await.state, OperationState::Queued);
    let (_stopper, stop) = stop();
    cluster.go_on.notify_one();
    assert!(one(&cluster.processes[0], "next", &stop).await.unwrap(), "another process may take it at once");
    assert_eq!(cluster.effects().await, 1);
}

#[actix_web::test]
async fn a_job_that_keeps_dying_fails_in_the_end() {
    let cluster = Cluster::of(1).await;
    cluster.queue().await;
    for _ in 0..platform::job::ATTEMPTS {
        let doomed = cluster.takes(0);
        cluster.begun.notified().await;
        doomed.abort();
        cluster.clock.advance(Duration::seconds(61));
    }
    assert!(!cluster.takes(0).await.unwrap().unwrap());
    let failed = cluster.latest().await;
    assert_eq!((failed.state, failed.error_code.as_deref()), (OperationState::Failed, Some("internal")));
    let again = cluster.write(async |tx| tx.retry_job(failed.id.uuid()).await).await;
    assert_eq!(again.state, OperationState::Queued);
}

#[actix_web::test]
async fn a_cancelled_job_leaves_nothing_behind() {
    let cluster = Cluster::of(1).await;
    let id = cluster.queue().await.id;
    let running = cluster.takes(0);
    cluster.begun.notified().await;
    let told = cluster.write(async |tx| tx.cancel_job(id.uuid()).await).await;
    assert!(told.is_cancelling);
    cluster.go_on.notify_one();
    running.await.unwrap().unwrap();
    assert_eq!(cluster.latest().await.state, OperationState::Cancelled);
    assert_eq!(cluster.effects().await, 0);
}

#[actix_web::test]
async fn operations_are_seen_by_who_asked_and_by_who_manages_them() {
    let world = World::build().await;
    let (desk, other) = (&world.near.people[&Role::Reception], &world.near.people[&Role::Clerk]);
    let user = world.near.users[&Role::Reception];
    let mine = Context {
        actor: Actor { user_id: user, ..Actor::anonymous() },
        ..Context::internal(Actor::anonymous(), world.app.clock.now(), "test")
    };
    let work = async |tx: &Tx| tx.enqueue("test.nobody-knows", &json!({})).await;
    let id = platform::http::run::write(&world.app.app, &mine, work).await.unwrap().id;
    let seen = desk.call::<GetOperation>(ById { id }, Nothing, Nothing).await.unwrap();
    assert_eq!((seen.state, seen.kind.as_str()), (OperationState::Queued, "test.nobody-knows"));
    assert_eq!(other.call::<GetOperation>(ById { id }, Nothing, Nothing).await.unwrap_err().status, 404);
    assert_eq!(other.call::<CancelOperation>(ById { id }, Nothing, Nothing).await.unwrap_err().status, 404);
    let count = async |who: &crate::support::client::Client| {
        who.call::<ListOperations>(Nothing, Listing::default(), Nothing).await.unwrap().items.len()
    };
    assert_eq!((count(desk).await, count(other).await, count(&world.admin).await), (1, 0, 1));
    let cancelled = desk.call::<CancelOperation>(ById { id }, Nothing, Nothing).await.unwrap();
    assert_eq!(cancelled.state, OperationState::Cancelled);
    let again = desk.call::<CancelOperation>(ById { id }, Nothing, Nothing).await.unwrap();
    assert_eq!((again.state, again.version), (OperationState::Cancelled, cancelled.version));
}

#[actix_web::test]
async fn three_processes_run_each_slot_once_whatever_their_clocks_do() {
    let cluster = Cluster::of(3).await;
    let entry = cron::Entry { job: "tidy.answers", at: "0 15 * * * *" };
    let elected = async || {
        let votes = cluster
            .processes
            .iter()
            .enumerate()
            .map(|(n, app)| async move { cron::elect(app, &format!("process {n}"), entry).await.unwrap() });
        join_all(votes).await.into_iter().filter(|won| *won).count()
    };
    for hour in 0..5 {
        assert_eq!(elected().await, 1, "hour {hour}");
        assert_eq!(elected().await, 0, "hour {hour}: the slot is taken");
        cluster.clock.advance(Duration::hours(1));
    }
    cluster.clock.advance(Duration::hours(-3));
    assert_eq!(elected().await, 0, "a clock that jumps back finds its slots taken");
    assert_eq!(platform::job::recent(&cluster.processes[0], 50).await.unwrap().len(), 5);
    cluster.clock.advance(Duration::hours(3));
    let (_stopper, stop) = stop();
    while one(&cluster.processes[1], "worker", &stop).await.unwrap() {}
    let all = platform::job::recent(&cluster.processes[0], 50).await.unwrap();
    assert!(all.iter().all(|operation| operation.state == OperationState::Done));
}
