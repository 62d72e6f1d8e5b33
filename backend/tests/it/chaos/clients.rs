//! Many clients at once: who repeats, who gives up half-way, who is late, who guesses.

use crate::support::client::{Client, Options, Refused, version};
use crate::support::given::customer;
use crate::support::money::{bank_account, receipt, the_books_tie};
use crate::support::{TestApp, report, seed, size};
use futures::future::join_all;
use openapi::finance::receipt::{CreateReceipt, ListReceipts, PayMethod, Receipt};
use openapi::identity::session::{Credentials, SignIn};
use openapi::master::customer::{GetCustomer, UpdateCustomer};
use openapi::{ById, Listing, Nothing, Role};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// C5: each request for money is sent up to five times at once with its key, some of them by clients that hang up half-way; each has one
/// effect and one answer.
#[actix_web::test]
async fn a_request_that_is_sent_many_times_has_one_effect_and_one_answer() {
    let asked = size(100, 5_000);
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    let desk = app.person("desk-1", &[Role::Reception], org).await.1;
    let (payer, till) = (customer(&desk, "13800138001").await, bank_account(&app, org, "TILL").await);
    let begun = Instant::now();
    let send = async |key: String, amount: i64, hangs_up: Option<Duration>| {
        let draft = receipt(payer, &[(PayMethod::Cash, till, amount)], &[]);
        let asking = desk.call_with::<CreateReceipt>(Nothing, Nothing, draft, Options::default().key(key));
        match hangs_up {
            Some(after) => tokio::time::timeout(after, asking).await.ok(),
            None => Some(asking.await),
        }
    };
    let gate = Semaphore::new(32);
    let one = async |n: usize| {
        let _turn = gate.acquire().await.unwrap();
        let mut random = StdRng::seed_from_u64(seed() + n as u64);
        let (key, amount) = (format!("key-{n}"), random.random_range(1..100_000));
        let times = random.random_range(1..=5);
        let patience: Vec<_> = (0..times)
            .map(|_| random.random_bool(0.3).then(|| Duration::from_millis(random.random_range(0..20))))
            .collect();
        let answers = join_all(patience.into_iter().map(|after| send(key.clone(), amount, after))).await;
        let mut made: Vec<Receipt> = Vec::new();
        for answer in answers.into_iter().flatten() {
            match answer {
                Ok(receipt) => made.push(receipt),
                Err(refused) => assert!(refused.problem.retryable, "{refused:?}"),
            }
        }
        // whoever was told nothing asks until there is an answer
        loop {
            match send(key.clone(), amount, None).await.unwrap() {
                Ok(receipt) => break made.push(receipt),
                Err(refused) => assert!(refused.problem.retryable, "{refused:?}"),
            }
        }
        assert!(made.windows(2).all(|two| two[0] == two[1]), "{made:?}");
        (times + 1, made.remove(0).number)
    };
    let done: Vec<(usize, String)> = join_all((0..asked).map(one)).await;
    let sent: usize = done.iter().map(|(times, _)| times).sum();
    report("C5", sent, begun, &format!("{asked} receipts"));
    let numbers: BTreeSet<String> = done.into_iter().map(|(_, number)| number).collect();
    let wanted: BTreeSet<String> = (1..=asked).map(|n| format!("SK202611{n:05}")).collect();
    assert_eq!(numbers, wanted, "one number each, without a gap");
    the_books_tie(&app).await;
}

/// C6: editors who change the same records at once with `If-Match`; who comes late is told, nobody's change is lost.
#[actix_web::test]
async fn of_many_editors_nobody_overwrites_another_unawares() {
    const EDITORS: usize = 32;
    let (records, rounds) = (size(10, 100), size(4, 30));
    let app = TestApp::start().await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    let mut ids = Vec::new();
    for n in 0..records {
        ids.push(customer(&desk, &format!("1380000{n:04}")).await);
    }
    let begun = Instant::now();
    let editor = async |n: usize| {
        let mut random = StdRng::seed_from_u64(seed() + n as u64);
        let (mut done, mut late) = (vec![0_u64; records], 0);
        for _ in 0..rounds {
            let at = random.random_range(0..records);
            let path = || ById { id: ids[at].into() };
            let seen = desk.call::<GetCustomer>(path(), Nothing, Nothing).await.unwrap();
            let count: u64 = seen.remark.as_ref().map_or(0, |text| text.parse().unwrap());
            let change =
                json!({"name": "李雷", "kind": "person", "phone": &*seen.phone, "remark": (count + 1).to_string()});
            let draft = serde_json::from_value(change).unwrap();
            match desk.call_with::<UpdateCustomer>(path(), Nothing, draft, version(seen.version)).await {
                Ok(_) => done[at] += 1,
                Err(refused) if refused.status == 412 => late += 1,
                Err(refused) => assert!(refused.problem.retryable, "{refused:?}"),
            }
        }
        (done, late)
    };
    let all = join_all((0..EDITORS).map(editor)).await;
    let late: usize = all.iter().map(|(_, late)| late).sum();
    report("C6", EDITORS * rounds, begun, &format!("{late} came late and were told"));
    for (at, id) in ids.iter().enumerate() {
        let wanted: u64 = all.iter().map(|(done, _)| done[at]).sum();
        let found = desk.call::<GetCustomer>(ById { id: (*id).into() }, Nothing, Nothing).await.unwrap();
        assert_eq!(found.remark.map_or(0, |text| text.parse().unwrap()), wanted, "a change was lost");
    }
    assert!(late > 0, "they never met");
}

/// C7: numbers of money documents have no gap and no double under many clients, though every tenth fails after its number was taken.
#[actix_web::test]
async fn numbers_have_no_gap_under_many_clients_and_failures() {
    let asked = size(200, 5_000);
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    let desk = app.person("desk-1", &[Role::Reception], org).await.1;
    let books = app.person("books-1", &[Role::Accountant], org).await.1;
    let (payer, till) = (customer(&desk, "13800138001").await, bank_account(&app, org, "TILL").await);
    let month: Value = json!({"org_id": org, "month": "2026-10", "book": "money"});
    let month = serde_json::from_value(month).unwrap();
    books.call::<openapi::finance::period::ClosePeriod>(Nothing, Nothing, month).await.unwrap();
    let begun = Instant::now();
    let gate = Semaphore::new(32);
    let take = async |n: usize| {
        let _turn = gate.acquire().await.unwrap();
        let draft = |fails: bool| {
            let mut draft = receipt(payer, &[(PayMethod::Cash, till, 100 + n as i64)], &[]);
            // the ledger refuses a closed month, after the number was taken
            draft.effective_at = fails.then(|| "2026-10-05T02:00:00Z".parse().unwrap());
            draft
        };
        loop {
            match desk.call::<CreateReceipt>(Nothing, Nothing, draft(n.is_multiple_of(10))).await {
                Ok(made) => return Some(made.number),
                Err(refused) if refused.problem.retryable => {}
                Err(refused) => {
                    assert_eq!((refused.code(), n % 10), ("period_closed", 0));
                    return None;
                }
            }
        }
    };
    let numbers: Vec<String> = join_all((0..asked).map(take)).await.into_iter().flatten().collect();
    report("C7", asked, begun, &format!("{} refused after their number was taken", asked - numbers.len()));
    assert_eq!(numbers.len(), asked - asked.div_ceil(10));
    let wanted: BTreeSet<String> = (1..=numbers.len()).map(|n| format!("SK202611{n:05}")).collect();
    assert_eq!(numbers.into_iter().collect::<BTreeSet<_>>(), wanted);
    let kept =
        Listing { page: openapi::PageQuery { include_total: Some(true), ..Default::default() }, ..Listing::default() };
    let page = desk.call::<ListReceipts>(Nothing, kept, Nothing).await.unwrap();
    assert_eq!(page.total.unwrap().count as usize, wanted.len());
    the_books_tie(&app).await;
}

async fn guess(client: &Client, login: &str, password: &str) -> Result<(), Refused> {
    let credentials = Credentials { login: login.parse().unwrap(), password: password.to_owned() };
    client.call::<SignIn>(Nothing, Nothing, credentials).await.map(|_| ())
}

/// H7: guessing gets nowhere: an account that exists and one that does not answer alike, and both lock.
#[actix_web::test]
async fn guessing_passwords_gets_nowhere_and_tells_nothing() {
    let guesses = size(50, 10_000);
    let app = TestApp::start().await;
    let station = app.station("HZ01").await;
    let hash = platform::auth::password::hash("correct horse battery".to_owned()).await.unwrap();
    app.as_system(async |tx| {
        let new = identity::api::NewPerson {
            login: "19145".parse().unwrap(),
            name: "李雷".parse().unwrap(),
            station,
            roles: &[Role::Reception],
            password_hash: hash.clone(),
            is_final: true,
            party_id: None,
        };
        identity::api::add_person(tx, new).await
    })
    .await;
    let begun = Instant::now();
    let (mut known, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    let mut times = [Duration::ZERO; 2];
    for n in 0..guesses {
        for (at, (login, seen)) in [("19145", &mut known), ("19146", &mut unknown)].into_iter().enumerate() {
            let asked = Instant::now();
            let refused = guess(&app.anonymous(), login, &format!("guess-{n}-password")).await.unwrap_err();
            times[at] += asked.elapsed();
            seen.insert((refused.status, refused.code().to_owned(), refused.problem.detail.clone()));
        }
    }
    let [known_took, unknown_took] = times.map(|time| time.as_secs_f64() * 1000.0 / guesses as f64);
    report(
        "H7",
        2 * guesses,
        begun,
        &format!("{known_took:.1} ms for an account that exists, {unknown_took:.1} ms for none"),
    );
    assert_eq!(known, unknown);
    assert!(known.iter().any(|(status, code, _)| *status == 429 && code == "account_locked"), "{known:?}");
    assert_eq!(guess(&app.anonymous(), "19145", "correct horse battery").await.unwrap_err().status, 429);
}
