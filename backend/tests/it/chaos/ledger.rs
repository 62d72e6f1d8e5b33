//! C4: the money ledger under many clerks who post, take back and close months at once.

use crate::support::given::customer;
use crate::support::money::{allocation, attempt, bank_account, receipt, repair, the_books_tie};
use crate::support::{TestApp, database, report, seed, size};
use futures::future::join_all;
use openapi::finance::Book;
use openapi::finance::receipt::{PayMethod, ReceiptId};
use openapi::finance::settlement::SettlementId;
use openapi::{Month, Role};
use platform::{Failure, Tx};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sea_orm::{ConnectionTrait, Statement};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;

/// Codes with which a clerk may be refused.
const REFUSALS: &[&str] =
    &["cashier_cannot_reverse", "state_conflict", "reversal_blocked", "period_closed", "period_already_closed", "busy"];

/// Clerks who work at the same time.
const CLERKS: u64 = 8;

#[actix_web::test]
async fn every_entry_balances_whatever_is_posted_taken_back_and_closed_at_once() {
    let wanted = size(250, 100_000);
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    let desk = app.person("desk-1", &[Role::Reception], org).await.1;
    let (payer, till) = (customer(&desk, "13800138001").await, bank_account(&app, org, "TILL").await);
    let (begun, posted) = (Instant::now(), Cell::new(0));
    let done = RefCell::new(BTreeMap::<String, usize>::new());
    let note = |what: &str, failure: Option<Failure>| {
        let said = match failure {
            None => what.to_owned(),
            Some(failure) => {
                let code = failure.code().code;
                assert!(REFUSALS.contains(&code), "{what}: {failure}");
                format!("{what}: {code}")
            }
        };
        *done.borrow_mut().entry(said).or_default() += 1;
    };
    let clerk = async |n: u64| {
        let mut random = StdRng::seed_from_u64(seed() + n);
        let people = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let (mut settlements, mut receipts) = (Vec::<SettlementId>::new(), Vec::<ReceiptId>::new());
        while posted.get() < wanted {
            let who = people[random.random_range(0..2)];
            let failure = match random.random_range(0..100) {
                0..30 => {
                    let draft =
                        repair(&app, org, payer, random.random_range(1..50_000), random.random_range(1..50_000));
                    let settle = async |tx: &Tx| finance::api::settle(tx, draft.clone()).await;
                    let made = attempt(&app, who, org, settle).await;
                    ("settle", made.map(|made| settlements.push(made.id)).err())
                }
                30..65 => {
                    let amount = random.random_range(1..100_000);
                    let item = settlements.last().copied();
                    let mut draft = receipt(payer, &[(PayMethod::Cash, till, amount)], &[]);
                    // some belong into a month that may be closed by now
                    let back =
                        random.random_bool(0.1).then(|| platform::Clock::now(&*app.clock) - chrono::Duration::days(40));
                    draft.effective_at = back.map(Into::into);
                    let pay = async |tx: &Tx| {
                        let mut draft = draft.clone();
                        if let Some(settlement) = item {
                            let found = finance::api::settlement(tx, settlement).await?;
                            let open = found.open_item_id.filter(|_| found.customer_total.0 >= amount);
                            draft.allocations = open.iter().map(|id| allocation(&(*id, amount))).collect();
                        }
                        finance::api::receive(tx, draft).await
                    };
                    match attempt(&app, who, org, pay).await {
                        Ok(made) => {
                            receipts.push(made.id);
                            ("receive", None)
                        }
                        // more than is open of it by now: paid in advance instead
                        Err(failure) if failure.code().code == "open_item_exceeded" => {
                            let receive = async |tx: &Tx| finance::api::receive(tx, draft.clone()).await;
                            let made = attempt(&app, who, org, receive).await;
                            ("advance", made.map(|made| receipts.push(made.id)).err())
                        }
                        Err(failure) => ("receive", Some(failure)),
                    }
                }
                65..85 => {
                    let Some(id) = receipts.pop() else { continue };
                    let undo = async |tx: &Tx| finance::api::reverse_receipt(tx, id, "随机").await;
                    ("reverse receipt", attempt(&app, who, org, undo).await.err())
                }
                85..98 => {
                    let Some(id) = settlements.pop() else { continue };
                    let undo = async |tx: &Tx| finance::api::reverse_settlement(tx, id, "随机").await;
                    ("reverse settlement", attempt(&app, who, org, undo).await.err())
                }
                98 if random.random_bool(0.2) => {
                    app.clock.advance(chrono::Duration::days(3));
                    continue;
                }
                _ => {
                    let last = Month::of(platform::Clock::now(&*app.clock).date_naive()).previous();
                    let close = async |tx: &Tx| master::api::close_period(tx, org, last, Book::Money).await;
                    ("close", attempt(&app, who, org, close).await.err())
                }
            };
            if failure.1.is_none() && failure.0 != "close" {
                posted.set(posted.get() + 1);
            }
            note(failure.0, failure.1);
        }
    };
    join_all((0..CLERKS).map(clerk)).await;
    report("C4", posted.get(), begun, &format!("{:?}", done.borrow()));
    let db = app.app.db.maintenance();
    let ask = async |sql: &str| {
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap()
    };
    let entries = ask("SELECT COUNT(*) FROM ledger_entry").await;
    assert!(entries >= i64::try_from(wanted).unwrap(), "{entries}");
    let askew = "SELECT COUNT(*) FROM (SELECT entry_id FROM ledger_line GROUP BY entry_id HAVING SUM(debit) <> SUM(credit)) askew";
    assert_eq!(ask(askew).await, 0, "an entry does not balance");
    assert_eq!(ask("SELECT CAST(SUM(debit) - SUM(credit) AS BIGINT) FROM ledger_line").await, 0);
    assert_eq!(ask("SELECT CAST(SUM(debit) - SUM(credit) AS BIGINT) FROM account_balance").await, 0);
    let tables = ["ledger_entry", "ledger_line"];
    let mut attempts: Vec<String> = tables.iter().map(|table| format!("DELETE FROM {table}")).collect();
    attempts.push("UPDATE ledger_line SET debit = debit + 1, credit = credit + 1".to_owned());
    attempts.push("UPDATE ledger_entry SET memo = 'x'".to_owned());
    if database::is_postgres() {
        attempts.push("TRUNCATE ledger_line".to_owned());
    }
    for sql in attempts {
        // by the very connection that the product writes with
        let refused = db.execute_unprepared(&sql).await.unwrap_err();
        assert!(refused.to_string().contains("append only"), "{sql}: {refused}");
    }
    the_books_tie(&app).await;
}
