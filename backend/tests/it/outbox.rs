//! What is told after the transaction: never without it, never lost, in one order.

use crate::support::database;
use crate::support::given::World;
use chrono::Duration;
use openapi::system::notification::*;
use openapi::{ById, Lang, Listing, Nothing, PageQuery, Role, problem};
use platform::clock::ManualClock;
use platform::outbox::deliver;
use platform::{Actor, App, Clock, Context, Failure, Result, Tx};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// What a sink got: topic, content, place in the feed.
type Got = Arc<Mutex<Vec<(String, i64)>>>;

struct Post {
    app: App,
    other: App,
    clock: Arc<ManualClock>,
    got: Got,
    failures: Arc<AtomicUsize>,
    _folder: tempfile::TempDir,
}

impl Post {
    /// Two processes whose sink for `test` fails as often as it is told to.
    async fn open() -> Self {
        let (config, folder) = database::fresh().await;
        let clock = Arc::new(ManualClock::at(database::start_of_time()));
        let (got, failures) = (Got::default(), Arc::new(AtomicUsize::new(0)));
        let process = async || {
            let mut app = backend::app::build(config.clone(), clock.clone()).await.unwrap();
            let (got, failures) = (got.clone(), failures.clone());
            Arc::get_mut(&mut app).unwrap().sinks.on("test", move |_, message| {
                let (got, failures) = (got.clone(), failures.clone());
                Box::pin(async move {
                    let fails = |left: usize| left.checked_sub(1);
                    if failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
                        return Err(Failure::new(problem::UNAVAILABLE));
                    }
                    got.lock().unwrap().push((message.payload.clone(), message.feed_seq));
                    Ok(())
                })
            });
            app
        };
        let (app, other) = (process().await, process().await);
        Post { app, other, clock, got, failures, _folder: folder }
    }

    async fn write(&self, work: impl AsyncFn(&Tx) -> Result<()>) -> Result<()> {
        let context = Context::internal(Actor::system(Uuid::nil(), ""), self.clock.now(), "test");
        platform::http::run::write(&self.app, &context, work).await
    }

    fn delivered(&self) -> Vec<(String, i64)> {
        self.got.lock().unwrap().clone()
    }
}

#[actix_web::test]
async fn a_message_goes_with_its_transaction_or_not_at_all() {
    let post = Post::open().await;
    let failed = post.write(async |tx| {
        tx.outbox("test", &json!("lost"))?;
        Err(Failure::not_found())
    });
    assert!(failed.await.is_err());
    assert_eq!(deliver(&post.app, "one").await.unwrap(), 0);
    post.write(async |tx| tx.outbox("test", &json!("kept"))).await.unwrap();
    assert_eq!(deliver(&post.app, "one").await.unwrap(), 1);
    assert_eq!(deliver(&post.app, "one").await.unwrap(), 0);
    assert_eq!(post.delivered(), [("\"kept\"".to_owned(), 1)]);
}

#[actix_web::test]
async fn a_sink_that_fails_gets_the_message_again_later_with_the_same_place() {
    let post = Post::open().await;
    post.failures.store(2, Ordering::SeqCst);
    post.write(async |tx| tx.outbox("test", &json!(1))).await.unwrap();
    deliver(&post.app, "one").await.unwrap();
    assert_eq!(deliver(&post.app, "one").await.unwrap(), 0, "not at once");
    post.write(async |tx| tx.outbox("test", &json!(2))).await.unwrap();
    for _ in 0..3 {
        post.clock.advance(Duration::minutes(1));
        deliver(&post.app, "one").await.unwrap();
    }
    let mut delivered = post.delivered();
    delivered.sort();
    assert_eq!(delivered, [("1".to_owned(), 1), ("2".to_owned(), 2)]);
}

#[actix_web::test]
async fn two_dispatchers_deliver_each_message_once_and_the_feed_has_no_gap() {
    let post = Post::open().await;
    for n in 0..120 {
        post.write(async |tx| tx.outbox("test", &json!(n))).await.unwrap();
    }
    let work = async |app: &App, name: &str| while deliver(app, name).await.unwrap() > 0 {};
    futures::join!(work(&post.app, "one"), work(&post.other, "two"));
    let mut places: Vec<i64> = post.delivered().iter().map(|(_, place)| *place).collect();
    places.sort_unstable();
    assert_eq!(places, (1..=120).collect::<Vec<_>>());
}

#[actix_web::test]
async fn a_person_is_told_reads_it_and_nobody_else_sees_it() {
    let world = World::build().await;
    let (engineer, colleague) = (&world.near.people[&Role::Engineer], &world.near.people[&Role::Clerk]);
    let user = world.near.users[&Role::Engineer];
    let tell = async |tx: &Tx| {
        tx.notify(user, "工单已分配给您", "A ticket was assigned to you", Some("/service/tickets/1"))?;
        tx.notify(user, "库存不足", "Stock is short", None)
    };
    world.app.as_system(tell).await;
    deliver(&world.app.app, "one").await.unwrap();
    let list = async |who: &crate::support::client::Client, query| {
        who.call::<ListNotifications>(Nothing, query, Nothing).await.unwrap().items
    };
    let all = list(engineer, Listing::default()).await;
    assert_eq!(all.len(), 2);
    assert_eq!(list(colleague, Listing::default()).await, []);
    let english = list(&engineer.in_language(Lang::En), Listing::default()).await;
    assert!(english.iter().any(|n| n.title == "A ticket was assigned to you" && n.link.is_some() && !n.is_read));
    let id = all[0].id;
    assert_eq!(colleague.call::<ReadNotification>(ById { id }, Nothing, Nothing).await.unwrap_err().status, 404);
    assert!(engineer.call::<ReadNotification>(ById { id }, Nothing, Nothing).await.unwrap().is_read);
    assert_eq!(engineer.call::<CountUnread>(Nothing, Nothing, Nothing).await.unwrap().count, 1);
    let unread = Listing { page: PageQuery::default(), filter: NotificationFilter { is_read: Some(false) } };
    assert_eq!(list(engineer, unread).await.len(), 1);
    engineer.call::<ReadAllNotifications>(Nothing, Nothing, Nothing).await.unwrap();
    assert_eq!(engineer.call::<CountUnread>(Nothing, Nothing, Nothing).await.unwrap().count, 0);
}
