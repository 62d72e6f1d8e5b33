//! On SQLite, requests that queue for the writer share a commit; each of them stands or falls alone.

use crate::support::client::version;
use crate::support::given::World;
use crate::support::{database, given};
use futures::future::join_all;
use openapi::master::customer::{CreateCustomer, CustomerFilter, ListCustomers};
use openapi::{Listing, Nothing, Role};
use serde_json::json;
use std::collections::BTreeSet;

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
