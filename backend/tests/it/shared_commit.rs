//! On SQLite, requests that queue for the writer share a commit; each of them stands or falls alone.

use crate::support::client::version;
use crate::support::given::World;
use crate::support::{base, database, given};
use futures::future::join_all;
use openapi::master::customer::{CreateCustomer, CustomerFilter, ListCustomers};
use openapi::master::product::{CreateProduct, ProductKind};
use openapi::{Listing, Nothing, Role};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Notify;

fn customer(phone: &str) -> openapi::master::customer::CustomerDraft {
    serde_json::from_value(json!({"name": "韩梅梅", "kind": "person", "phone": phone})).unwrap()
}

#[actix_web::test]
async fn clients_who_write_at_once_share_commits_and_none_sees_anothers_refusal() {
    if database::is_postgres() {
        return; // every command has a connection of its own
    }
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let commits = || world.app.app.db.commits();
    let before = commits();
    for number in 0..10 {
        desk.call::<CreateCustomer>(Nothing, Nothing, customer(&format!("136000000{number:02}"))).await.unwrap();
    }
    assert_eq!(commits() - before, 10, "who is alone commits at once");
    let known = given::customer(desk, "13612345678").await;
    let before = commits();
    let write = async |number: usize| {
        // every fourth is refused after it has written something
        if number.is_multiple_of(4) {
            let path = openapi::ById { id: known.into() };
            let change = desk.call_with::<openapi::master::customer::UpdateCustomer>(
                path,
                Nothing,
                customer("13699999999"),
                version(99),
            );
            assert_eq!(change.await.unwrap_err().status, 412);
            return None;
        }
        let phone = format!("137000{number:05}");
        desk.call::<CreateCustomer>(Nothing, Nothing, customer(&phone)).await.unwrap();
        Some(phone)
    };
    let told: BTreeSet<String> = join_all((0..200).map(write)).await.into_iter().flatten().collect();
    let shared = commits() - before;
    assert!(shared < 150, "{shared} commits for 150 customers");
    let mut found = BTreeSet::new();
    for phone in &told {
        let filter = CustomerFilter { phone: Some(phone.parse().unwrap()), ..CustomerFilter::default() };
        let query = Listing { filter, ..Listing::default() };
        let page = desk.call::<ListCustomers>(Nothing, query, Nothing).await.unwrap();
        assert_eq!(page.items.len(), 1, "{phone}");
        found.insert(page.items[0].id.uuid());
    }
    assert_eq!(found.len(), told.len(), "each that was acknowledged is there once");
}

/// A client that hangs up in the middle of its turn takes nothing of the others with it.
#[actix_web::test]
async fn who_hangs_up_in_the_middle_takes_nothing_with_it() {
    if database::is_postgres() {
        return;
    }
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let write = async |number: usize| {
        let phone = format!("138000{number:05}");
        let call = desk.call::<CreateCustomer>(Nothing, Nothing, customer(&phone));
        if number.is_multiple_of(3) {
            let patience = std::time::Duration::from_micros(500 * number as u64);
            tokio::time::timeout(patience, call).await.ok().map(|done| done.unwrap().phone.to_string())
        } else {
            Some(call.await.unwrap().phone.to_string())
        }
    };
    let told = join_all((0..120).map(write)).await.into_iter().flatten().count();
    assert!(told >= 80);
    for number in (0..120_usize).filter(|number| !number.is_multiple_of(3)) {
        let filter =
            CustomerFilter { phone: Some(format!("138000{number:05}").parse().unwrap()), ..CustomerFilter::default() };
        let query = Listing { filter, ..Listing::default() };
        assert_eq!(desk.call::<ListCustomers>(Nothing, query, Nothing).await.unwrap().items.len(), 1, "{number}");
    }
}

/// Lets the n-th commit of the one writer fail from when the number is set; none while it is 0.
async fn failing_commit(world: &World) -> Arc<AtomicU32> {
    let left = Arc::new(AtomicU32::new(0));
    let count = left.clone();
    let mut writer = world.app.app.db.maintenance().get_sqlite_connection_pool().acquire().await.unwrap();
    let step = |left: u32| left.checked_sub(1);
    let hook = move || count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step) != Ok(1);
    writer.lock_handle().await.unwrap().set_commit_hook(hook);
    left
}

/// Two people record a product of the same code while the writer is busy, so that both end up in one transaction; the second is refused
/// because of the first. When their commit fails, the first was never recorded, and the second must not be told otherwise.
#[actix_web::test]
async fn a_refusal_that_rests_on_anothers_lost_write_is_not_told() {
    if database::is_postgres() {
        return;
    }
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let draft = base::product_draft(clerk, ProductKind::Part, "LOST-1").await;
    for fails in [false, true] {
        let code = format!("LOST-{}", u8::from(fails));
        let draft = || openapi::master::product::ProductDraft { code: code.parse().unwrap(), ..draft.clone() };
        let left = failing_commit(&world).await;
        let (is_begun, go_on) = (Notify::new(), Notify::new());
        let record = async || clerk.call::<CreateProduct>(Nothing, Nothing, draft()).await;
        let busy = world.app.as_system(async |_| {
            is_begun.notify_one();
            go_on.notified().await;
            Ok(())
        });
        let both = async {
            is_begun.notified().await;
            let release = async {
                // both are on their way to the writer
                tokio::time::sleep(std::time::Duration::from_millis(500)).await;
                // the commit of the busy one comes first, theirs is the second
                left.store(if fails { 2 } else { 0 }, Ordering::SeqCst);
                go_on.notify_one();
            };
            let (first, second, ()) = futures::join!(record(), record(), release);
            (first, second)
        };
        let ((first, second), ()) = futures::join!(both, busy);
        let mut seen = [first, second].map(|answer| answer.map(|_| ()).map_err(|refused| refused.code().to_owned()));
        seen.sort();
        if fails {
            // the pair is lost; who was about to be acknowledged is told so, the other finds the code free
            assert_eq!(seen, [Ok(()), Err("internal".to_owned())]);
        } else {
            assert_eq!(seen, [Ok(()), Err("already_exists".to_owned())]);
        }
    }
}
