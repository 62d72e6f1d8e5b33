//! Random legal commands against a naive model: after each case every rule holds and the past is what a fold says.

use super::conversion::Bench;
use super::{Store, draft, line, price};
use crate::support::random_steps;
use chrono::{DateTime, Duration, Utc};
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::stock::Condition;
use openapi::stock::balance::{AsOfQuery, GetStockAsOf};
use openapi::stock::conversion::Conversion;
use openapi::stock::document::{StockDoc, StockDocDraft, StockLineDraft};
use openapi::stock::revaluation::Revaluation;
use openapi::stock::stocktake::VoidStocktake;
use openapi::{Nothing, Plain};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;

/// One thing that somebody may try.
#[derive(Clone, Debug)]
enum Try {
    Buy { count: i64, cost: i64, days_ago: i64, second: bool },
    Sell { count: i64, days_ago: i64, second: bool },
    Reserve { count: i64 },
    Release { which: usize },
    Issue { count: i64, reserved: bool },
    Return { count: i64 },
    Consume { count: i64 },
    Move { count: i64, days_ago: i64, way: Moved },
    Count { off: i64 },
    Revalue { cost: i64 },
    ValueBack { which: usize },
    Apart,
    Together,
    ConvertBack { which: usize },
    Reverse { which: usize },
}

/// How goods move between warehouses.
#[derive(Clone, Copy, Debug)]
enum Moved {
    Plain,
    TurnBad { worth: i64 },
    TurnGood,
}

/// Steps of one sequence.
const LENGTH: usize = 200;

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        3 => (1..20_i64, 1..5000_i64, 0..18_i64, any::<bool>())
            .prop_map(|(count, cost, days_ago, second)| Try::Buy { count, cost, days_ago, second }),
        3 => (1..15_i64, 0..18_i64, any::<bool>())
            .prop_map(|(count, days_ago, second)| Try::Sell { count, days_ago, second }),
        2 => (1..8_i64).prop_map(|count| Try::Reserve { count }),
        1 => any::<usize>().prop_map(|which| Try::Release { which }),
        3 => (1..8_i64, any::<bool>()).prop_map(|(count, reserved)| Try::Issue { count, reserved }),
        1 => (1..8_i64).prop_map(|count| Try::Return { count }),
        2 => (1..8_i64).prop_map(|count| Try::Consume { count }),
        3 => (1..8_i64, 0..18_i64, moved()).prop_map(|(count, days_ago, way)| Try::Move { count, days_ago, way }),
        1 => (-3..4_i64).prop_map(|off| Try::Count { off }),
        1 => (0..5000_i64).prop_map(|cost| Try::Revalue { cost }),
        1 => any::<usize>().prop_map(|which| Try::ValueBack { which }),
        1 => Just(Try::Apart),
        1 => Just(Try::Together),
        1 => any::<usize>().prop_map(|which| Try::ConvertBack { which }),
        3 => any::<usize>().prop_map(|which| Try::Reverse { which }),
    ];
    proptest::collection::vec(one, LENGTH)
}

fn moved() -> impl Strategy<Value = Moved> {
    prop_oneof![
        2 => Just(Moved::Plain),
        2 => (0..3000_i64).prop_map(|worth| Moved::TurnBad { worth }),
        2 => Just(Moved::TurnGood),
    ]
}

/// When something happened, where, and by how many pieces.
type Effect = (DateTime<Utc>, &'static str, i64);

/// What the naive model remembers: every change of a place, by when it took effect.
#[derive(Default)]
struct Naive {
    changes: Vec<(DateTime<Utc>, &'static str, i64)>,
    docs: Vec<(StockDoc, Vec<Effect>)>,
    parts: Vec<uuid::Uuid>,
    revaluations: Vec<Revaluation>,
    conversions: Vec<(Conversion, Vec<Effect>)>,
    /// Boards that came out of units and may go into one of the same number again.
    boards: Vec<u32>,
    serials: u32,
}

/// Codes with which a legal attempt may be refused.
const REFUSALS: &[&str] = &[
    "stock_insufficient",
    "stock_insufficient_later",
    "stock_reversal_blocked",
    "stock_serial_moved_later",
    "revaluation_no_change",
    "revaluation_nothing_there",
];

async fn run(bench: &Bench, naive: &mut Naive, step: Try) {
    let store = &bench.store;
    let now = platform::Clock::now(&*store.app.clock);
    store.app.clock.advance(Duration::seconds(1));
    let place = |second: bool| if second { ("G2", store.second) } else { ("G1", store.good) };
    match step {
        Try::Buy { count, cost, days_ago, second } => {
            let (name, warehouse) = place(second);
            let line = StockLineDraft {
                unit_cost: Some(price(&format!("{}.{:02}", cost / 100, cost % 100))),
                ..line(store.part, count)
            };
            let at = now - Duration::days(days_ago);
            let draft = StockDocDraft { effective_at: Some(at.into()), ..draft(DocKind::StockIn, warehouse, line) };
            let doc = store.post(draft).await.unwrap();
            naive.note(Some(doc), vec![(at, name, count)]);
        }
        Try::Sell { count, days_ago, second } => {
            let (name, warehouse) = place(second);
            let at = now - Duration::days(days_ago);
            let line = line(store.part, count);
            let draft = StockDocDraft { effective_at: Some(at.into()), ..draft(DocKind::StockOut, warehouse, line) };
            match store.post(draft).await {
                Ok(doc) => naive.note(Some(doc), vec![(at, name, -count)]),
                Err(refused) => assert!(REFUSALS.contains(&refused.code()), "{refused:?}"),
            }
        }
        Try::Reserve { count } => {
            let part = platform::new_id();
            let quantity = openapi::Quantity::pieces(count);
            let done = store
                .attempt(async |tx| {
                    stock::api::reserve(tx, stock::api::Claim::ticket(part), store.good, store.part, quantity, None)
                        .await
                })
                .await;
            match done {
                Ok(()) => naive.parts.push(part),
                Err(code) => assert_eq!(code, "stock_insufficient"),
            }
        }
        Try::Release { which } => {
            if let Some(part) = naive.some_part(which) {
                store.attempt(async |tx| stock::api::release(tx, stock::api::Claim::ticket(part)).await).await.unwrap();
            }
        }
        Try::Issue { count, reserved } => {
            let part = reserved.then(|| naive.some_part(0)).flatten().unwrap_or_else(platform::new_id);
            let done = store.issue(platform::new_id(), store.part_line(part, count)).await;
            naive.outcome(done.map(|_| ()), vec![(at_of(store), "G1", -count), (at_of(store), "engineer", count)]);
        }
        Try::Return { count } => {
            let draft = || store.issue_draft(platform::new_id(), store.part_line(platform::new_id(), count));
            let done = store.attempt(async |tx| stock::api::return_from_engineer(tx, draft()).await).await;
            naive.outcome(done.map(|_| ()), vec![(at_of(store), "engineer", -count), (at_of(store), "G1", count)]);
        }
        Try::Consume { count } => {
            let line = store.part_line(platform::new_id(), count);
            let done = store.consume(platform::new_id(), line, Payer::Customer).await;
            naive.outcome(done.map(|_| ()), vec![(at_of(store), "engineer", -count)]);
        }
        Try::Move { count, days_ago, way } => {
            use Condition::{Bad, Good};
            let at = now - Duration::days(days_ago);
            let (from, to, moved) = match way {
                Moved::Plain => (("G1", store.good), ("G2", store.second), line(store.part, count)),
                Moved::TurnBad { worth } => {
                    let worth = Some(price(&format!("{}.{:02}", worth / 100, worth % 100)));
                    let turned = StockLineDraft { unit_cost: worth, ..store.turned(count, Good, Bad) };
                    (("G1", store.good), ("B1", store.bad), turned)
                }
                Moved::TurnGood => (("B1", store.bad), ("G2", store.second), store.turned(count, Bad, Good)),
            };
            let draft = StockDocDraft { effective_at: Some(at.into()), ..store.move_of(from.1, to.1, moved) };
            match store.post(draft).await {
                Ok(doc) => naive.note(Some(doc), vec![(at, from.0, -count), (at, to.0, count)]),
                Err(refused) => assert!(REFUSALS.contains(&refused.code()), "{refused:?}"),
            }
        }
        Try::Count { off } => {
            let there = naive.before(at_of(store) + Duration::seconds(1)).remove("G1").unwrap_or_default();
            let off = off.max(-there);
            let begun = store.begin().await;
            store.counted(&begun, "PA-1001", &(there + off).to_string()).await;
            let mut done = store.finished(&begun, false).await.unwrap();
            if off != 0 {
                done = store.finished(&begun, true).await.unwrap();
            }
            match store.approved(&done).await {
                Ok(_) => naive.note(None, vec![(at_of(store), "G1", off)]),
                // what is missing is reserved
                Err(refused) => {
                    assert_eq!(refused.code(), "stock_insufficient");
                    let reason = serde_json::from_value(serde_json::json!({"reason": "再盘"})).unwrap();
                    let path = openapi::ById { id: done.id };
                    store.keeper.call::<VoidStocktake>(path, Nothing, reason).await.unwrap();
                }
            }
        }
        Try::Revalue { cost } => {
            let cost = format!("{}.{:02}", cost / 100, cost % 100);
            let lines = serde_json::json!([{"product_id": store.part, "new_cost": cost}]);
            match store.revalued(lines).await {
                Ok(done) => naive.revaluations.push(done),
                Err(refused) => assert!(REFUSALS.contains(&refused.code()), "{refused:?}"),
            }
        }
        Try::ValueBack { which } => {
            if !naive.revaluations.is_empty() {
                let done = naive.revaluations.remove(which % naive.revaluations.len());
                if let Err(refused) = store.value_back(&done).await {
                    assert_eq!(refused.code(), "stock_reversal_blocked", "{refused:?}");
                    naive.revaluations.push(done);
                }
            }
        }
        Try::Apart | Try::Together | Try::ConvertBack { .. } => convert(bench, naive, step).await,
        Try::Reverse { which } => {
            if naive.docs.is_empty() {
                return;
            }
            let (doc, changes) = naive.docs.remove(which % naive.docs.len());
            match store.reverse(&doc).await {
                Ok(_) => naive.note(None, changes.into_iter().map(|(at, name, by)| (at, name, -by)).collect()),
                Err(refused) => {
                    assert!(REFUSALS.contains(&refused.code()), "{refused:?}");
                    naive.docs.push((doc, changes));
                }
            }
        }
    }
}

/// Units come apart into a board and two bad parts, and parts become units again.
async fn convert(bench: &Bench, naive: &mut Naive, step: Try) {
    let at = at_of(&bench.store);
    match step {
        Try::Apart => {
            naive.serials += 1;
            let n = naive.serials;
            bench.bring(&format!("PH-{n}"), &format!("{n}.07")).await;
            let done = bench.apart(&format!("PH-{n}"), &format!("BD-{n}")).await.unwrap();
            naive.conversion(done, vec![(at, "G2", 3), (at, "B1", -1)]);
            // the unit was brought in for it
            naive.changes.push((at, "B1", 1));
            naive.boards.push(n);
        }
        Try::Together => {
            let Some(n) = naive.boards.pop() else { return };
            match bench.together(&format!("PH-{n}"), &format!("BD-{n}"), "bad").await {
                Ok(done) => naive.conversion(done, vec![(at, "G2", -3), (at, "B1", 1)]),
                Err(refused) => {
                    assert!(["stock_insufficient", "stock_serial_elsewhere"].contains(&refused.code()), "{refused:?}")
                }
            }
        }
        Try::ConvertBack { which } if !naive.conversions.is_empty() => {
            let (done, changes) = naive.conversions.remove(which % naive.conversions.len());
            match bench.back(&done).await {
                Ok(_) => naive.changes.extend(changes.iter().map(|(_, name, by)| (done_at(&done), *name, -by))),
                Err(refused) => {
                    assert_eq!(refused.code(), "stock_reversal_blocked", "{refused:?}");
                    naive.conversions.push((done, changes));
                }
            }
        }
        _ => {}
    }
}

fn done_at(of: &Conversion) -> DateTime<Utc> {
    of.posted_at.unwrap().utc()
}

fn at_of(store: &Store) -> DateTime<Utc> {
    platform::Clock::now(&*store.app.clock)
}

impl Naive {
    fn note(&mut self, doc: Option<StockDoc>, changes: Vec<(DateTime<Utc>, &'static str, i64)>) {
        self.changes.extend(changes.iter().copied());
        self.docs.extend(doc.map(|doc| (doc, changes)));
    }

    fn conversion(&mut self, done: Conversion, changes: Vec<Effect>) {
        self.changes.extend(changes.iter().copied());
        self.conversions.push((done, changes));
    }

    fn outcome(&mut self, done: Result<(), &'static str>, changes: Vec<(DateTime<Utc>, &'static str, i64)>) {
        match done {
            Ok(()) => self.note(None, changes),
            Err(code) => assert!(REFUSALS.contains(&code), "{code}"),
        }
    }

    fn some_part(&mut self, which: usize) -> Option<uuid::Uuid> {
        (!self.parts.is_empty()).then(|| self.parts.remove(which % self.parts.len()))
    }

    /// What lay in each place before an instant, by counting.
    fn before(&self, end: DateTime<Utc>) -> HashMap<&'static str, i64> {
        let mut sums: HashMap<&'static str, i64> = HashMap::new();
        for (_, name, by) in self.changes.iter().filter(|(at, _, _)| *at < end) {
            *sums.entry(name).or_default() += by;
        }
        sums.retain(|_, sum| *sum != 0);
        sums
    }
}

/// Property: random posting, back-dating, reserving, issuing, returning, consuming and reversing keep every rule of both
/// ledgers, and stock as of any day equals a naive fold.
#[actix_web::test]
async fn random_commands_keep_every_rule_and_the_past_is_a_fold() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    for case in 0..random_steps(400).div_ceil(LENGTH) {
        let bench = Bench::open().await;
        let store = &bench.store;
        let mut naive = Naive::default();
        let steps = tries().new_tree(&mut runner).unwrap().current();
        for step in steps.clone() {
            run(&bench, &mut naive, step).await;
        }
        store.books_are_clean().await;
        for day in [3, 8, 14, 20, 21] {
            let on = chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
            let query =
                AsOfQuery { on: on.into(), org_id: None, include_below: None, warehouse_id: None, product_id: None };
            let then = store.headquarters.call::<GetStockAsOf>(Nothing, Plain(query), Nothing).await.unwrap();
            let mut kept: HashMap<String, i64> = HashMap::new();
            for row in then.items {
                *kept.entry(row.place.name.map(String::from).unwrap_or_default()).or_default() += row.quantity.0 / 1000;
            }
            kept.retain(|_, sum| *sum != 0);
            let end = on.and_hms_opt(16, 0, 0).unwrap().and_utc();
            let folded = naive.before(end).into_iter().map(|(name, sum)| (name.to_owned(), sum)).collect();
            assert_eq!(kept, folded, "case {case}, day {day}, steps {steps:?}");
        }
    }
}
