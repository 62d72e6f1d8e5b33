//! Right under load: many clients at once on few goods. Short here; `AFTERCARE_LOAD=full` asks for the full numbers.
//! Each test prints what it did, how long it took and its seed.

use super::{Store, draft, line, price, product, warehouse};
use crate::support::client::{Client, Refused, version};
use crate::support::{report, seed, size};
use futures::future::join_all;
use openapi::document::DocKind;
use openapi::identity::UserId;
use openapi::master::product::ProductId;
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::page::Whole;
use openapi::stock::balance::{StockFilter, SumStock};
use openapi::stock::document::{CreateStockDoc, PostStockDoc, StockDoc, StockDocDraft, StockLineDraft};
use openapi::stock::stocktake::{
    ApproveStocktake, CountStocktake, CreateStocktake, FinishStocktake, GetStocktake, StocktakeState, VoidStocktake,
};
use openapi::stock::transfer::{CreateTransfer, ShipTransfer, SignTransfer};
use openapi::{ById, Listing, Nothing, Quantity, Role};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;

/// Asks until the answer is not that one should ask again: 64 clients want more than a small pool of connections has.
async fn insisted<T>(ask: impl AsyncFn() -> Result<T, Refused>) -> Result<T, Refused> {
    loop {
        match ask().await {
            Err(refused) if refused.problem.retryable => {}
            done => return done,
        }
    }
}

/// C1: 64 clients issue 1 each of what is there 6 times out of 10, over HTTP; nobody ever sees less than nothing.
#[actix_web::test]
async fn exactly_what_is_there_can_be_issued_however_many_clients_ask() {
    const CLIENTS: usize = 64;
    let store = Store::open().await;
    let asked = size(1_000, 10_000);
    let there = asked * 6 / 10;
    store.buy(there as i64, "10.01").await;
    let share = |client: usize| (0..asked).filter(move |n| n % CLIENTS == client).count();
    let write = async |client: usize| {
        let mut drafts = Vec::new();
        for _ in 0..share(client) {
            let write = async || store.headquarters.call::<CreateStockDoc>(Nothing, Nothing, store.stock_out(1)).await;
            drafts.push(insisted(write).await.unwrap());
        }
        drafts
    };
    let drafts = join_all((0..CLIENTS).map(write)).await;
    let (begun, done, left) = (Instant::now(), Cell::new(false), Cell::new(CLIENTS));
    let issue = async |drafts: Vec<StockDoc>| {
        let mut outcomes = Vec::new();
        for doc in drafts {
            let post = async || {
                let options = version(doc.version).key(doc.id.uuid().to_string());
                store.headquarters.call_with::<PostStockDoc>(ById { id: doc.id }, Nothing, Nothing, options).await
            };
            let answer = insisted(post).await;
            outcomes.push(answer.map(|_| ()).map_err(|refused| (refused.status, refused.code().to_owned())));
        }
        left.set(left.get() - 1);
        done.set(left.get() == 0);
        outcomes
    };
    let sample = async {
        let mut seen = Vec::new();
        while !done.get() {
            let whole = || Whole(Listing { page: Default::default(), filter: StockFilter::default() });
            let sums = insisted(async || store.keeper.call::<SumStock>(Nothing, whole(), Nothing).await).await;
            seen.push(sums.unwrap().on_hand);
        }
        seen
    };
    let (outcomes, seen) = futures::join!(join_all(drafts.into_iter().map(issue)), sample);
    let mut counts: BTreeMap<Result<(), (u16, String)>, usize> = BTreeMap::new();
    for outcome in outcomes.into_iter().flatten() {
        *counts.entry(outcome).or_default() += 1;
    }
    report("C1", asked, begun, &format!("{} samples", seen.len()));
    let refused = Err((409, "stock_insufficient".to_owned()));
    assert_eq!(counts, BTreeMap::from([(Ok(()), there), (refused, asked - there)]));
    assert!(seen.iter().all(|on_hand| on_hand.0 >= 0), "{seen:?}");
    assert!(seen.is_sorted_by(|a, b| a >= b), "nothing comes in: {seen:?}");
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// C3: 32 clients want the same serials; each serial gets exactly one owner.
#[actix_web::test]
async fn each_of_many_serials_gets_exactly_one_owner() {
    let store = Store::open().await;
    let serials = size(60, 1_000);
    let named = |n: usize| format!("SN-{n:05}");
    for n in 0..serials {
        let serial = Some(named(n).parse().unwrap());
        let board = StockLineDraft { serial, unit_cost: Some(price("300")), ..line(store.board, 1) };
        store.post(draft(DocKind::StockIn, store.good, board)).await.unwrap();
    }
    let begun = Instant::now();
    let client = async |client: u64| {
        let mut random = StdRng::seed_from_u64(seed() + client);
        let mut order: Vec<usize> = (0..serials).collect();
        for n in (1..serials).rev() {
            order.swap(n, random.random_range(0..=n));
        }
        let mut owned = Vec::new();
        for n in order {
            let (serial, part) = (named(n).parse().unwrap(), platform::new_id());
            let reserve = async |tx: &platform::Tx| {
                stock::api::reserve(
                    tx,
                    stock::api::Claim::ticket(part),
                    store.good,
                    store.board,
                    Quantity::ONE,
                    Some(&serial),
                )
                .await
            };
            match store.attempt(reserve).await {
                Ok(()) => owned.push(n),
                Err(code) => assert!(["stock_serial_reserved", "stock_insufficient"].contains(&code), "{code}"),
            }
        }
        owned
    };
    let mut owned: Vec<usize> = join_all((0..32).map(client)).await.into_iter().flatten().collect();
    report("C3", serials * 32, begun, &format!("{} owners of {serials} serials", owned.len()));
    owned.sort();
    assert_eq!(owned, (0..serials).collect::<Vec<_>>());
    store.books_are_clean().await;
}

/// The goods and places of a random mix: three warehouses and an engineer at each of two stations.
struct Mix {
    store: Store,
    products: Vec<(ProductId, String)>,
    ends: [End; 2],
    refused: RefCell<BTreeMap<String, usize>>,
    done: RefCell<BTreeMap<&'static str, usize>>,
}

struct End {
    station: Uuid,
    warehouses: Vec<WarehouseId>,
    engineer: UserId,
}

/// Codes with which a legal attempt may be refused.
const REFUSALS: &[&str] =
    &["stock_insufficient", "stock_insufficient_later", "stock_reversal_blocked", "stocktake_open"];

impl Mix {
    async fn open() -> Self {
        let store = Store::open().await;
        let other = store.app.station("SH01").await;
        let third = warehouse(&store.app, store.station, "G3", WarehouseKind::Good).await;
        let mut away = Vec::new();
        for code in ["A1", "A2", "A3"] {
            away.push(warehouse(&store.app, other, code, WarehouseKind::Good).await);
        }
        let (elsewhere, _) = store.app.person("engineer2", &[Role::Engineer], other).await;
        let mut products = Vec::new();
        for n in 0..50 {
            let code = format!("MX-{n:04}");
            products.push((product(&store.app, &code, "混合件", false).await, code));
        }
        let near = End {
            station: store.station,
            warehouses: vec![store.good, store.second, third],
            engineer: store.engineer_id,
        };
        let far = End { station: other, warehouses: away, engineer: elsewhere.into() };
        Mix { store, products, ends: [near, far], refused: RefCell::default(), done: RefCell::default() }
    }

    fn note(&self, what: &'static str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => *self.done.borrow_mut().entry(what).or_default() += 1,
            Err(code) => {
                assert!(REFUSALS.contains(&code.as_str()), "{what}: {code}");
                *self.refused.borrow_mut().entry(code).or_default() += 1;
            }
        }
    }

    async fn post(&self, new: StockDocDraft) -> Result<StockDoc, String> {
        self.store.post(new).await.map_err(code)
    }

    /// One operation; `held` are the parts that the client has reserved, `posted` the documents that it may reverse.
    async fn step(&self, random: &mut StdRng, held: &mut Vec<Uuid>, posted: &mut Vec<StockDoc>) {
        let (end, other) = {
            let n = random.random_range(0..2);
            (&self.ends[n], &self.ends[1 - n])
        };
        let (product, code_of) = &self.products[random.random_range(0..self.products.len())];
        let pick = |random: &mut StdRng| end.warehouses[random.random_range(0..end.warehouses.len())];
        let (at, to, count) = (pick(random), pick(random), random.random_range(1..6_i64));
        match random.random_range(0..2000) {
            0..500 => {
                let cost = Some(price(&format!("{}.{:02}", random.random_range(1..90), random.random_range(0..100))));
                let bought = StockLineDraft { unit_cost: cost, ..line(*product, count + 3) };
                let done = self.post(draft(DocKind::StockIn, at, bought)).await;
                self.note("receive", done.map(|doc| posted.push(doc)));
            }
            500..800 => {
                let done = self.post(draft(DocKind::StockOut, at, line(*product, count))).await;
                self.note("out", done.map(|doc| posted.push(doc)));
            }
            800..1100 => self.to_engineer(end, at, *product, count).await,
            1100..1300 => {
                let part = stock::api::PartLine {
                    ticket_part: platform::new_id(),
                    product: *product,
                    serial: None,
                    quantity: Quantity::pieces(count),
                };
                let issue = || stock::api::IssueDraft {
                    ticket: platform::new_id(),
                    engineer: end.engineer,
                    warehouse: at,
                    lines: vec![part.clone()],
                };
                let done = self.store.attempt(async |tx| stock::api::return_from_engineer(tx, issue()).await).await;
                self.note("return", done.map(|_| ()).map_err(str::to_owned));
            }
            1300..1500 => {
                let part = platform::new_id();
                let reserve = async |tx: &platform::Tx| {
                    stock::api::reserve(
                        tx,
                        stock::api::Claim::ticket(part),
                        at,
                        *product,
                        Quantity::pieces(count),
                        None,
                    )
                    .await
                };
                let done = self.store.attempt(reserve).await;
                if done.is_ok() {
                    held.push(part);
                }
                self.note("reserve", done.map_err(str::to_owned));
            }
            1500..1650 => {
                let Some(part) = held.pop() else { return self.note("release", Ok(())) };
                let done =
                    self.store.attempt(async |tx| stock::api::release(tx, stock::api::Claim::ticket(part)).await).await;
                self.note("release", done.map(|_| ()).map_err(str::to_owned));
            }
            1650..1850 if at != to => {
                let moved = StockDocDraft {
                    to_warehouse_id: Some(to),
                    ..draft(DocKind::WarehouseMove, at, line(*product, count))
                };
                let done = self.post(moved).await;
                self.note("move", done.map(|doc| posted.push(doc)));
            }
            1850..1920 => self.note("transfer", self.send(at, other, *product, count).await.map_err(code)),
            1920..1922 => self.note("count", self.count(at, code_of, count).await.map_err(code)),
            _ => {
                let Some(doc) = posted.pop() else { return self.note("reverse", Ok(())) };
                let done = self.store.reverse(&doc).await;
                self.note("reverse", done.map(|_| ()).map_err(code));
            }
        }
    }

    async fn to_engineer(&self, end: &End, at: WarehouseId, product: ProductId, count: i64) {
        let part = stock::api::PartLine {
            ticket_part: platform::new_id(),
            product,
            serial: None,
            quantity: Quantity::pieces(count),
        };
        let issue = || stock::api::IssueDraft {
            ticket: platform::new_id(),
            engineer: end.engineer,
            warehouse: at,
            lines: vec![part.clone()],
        };
        let done = self.store.attempt(async |tx| stock::api::issue_to_engineer(tx, issue()).await).await;
        self.note("issue", done.map(|_| ()).map_err(str::to_owned));
    }

    /// Sent, and signed for one short, which stays in transit.
    async fn send(&self, at: WarehouseId, to: &End, product: ProductId, count: i64) -> Result<(), Refused> {
        let by: &Client = &self.store.headquarters;
        let body = json!({"warehouse_id": at, "to_org_id": to.station,
            "lines": [{"product_id": product, "quantity": count.to_string()}]});
        let made = by.call::<CreateTransfer>(Nothing, Nothing, serde_json::from_value(body).unwrap()).await?;
        let path = || ById { id: made.id };
        let shipped = by.call_with::<ShipTransfer>(path(), Nothing, Nothing, version(made.version)).await?;
        let counts = json!({"warehouse_id": to.warehouses[0],
            "lines": [{"line_id": shipped.lines[0].id, "received": (count - 1).to_string()}]});
        let counts = serde_json::from_value(counts).unwrap();
        by.call_with::<SignTransfer>(path(), Nothing, counts, version(shipped.version)).await?;
        Ok(())
    }

    async fn count(&self, at: WarehouseId, code: &str, there: i64) -> Result<(), Refused> {
        let by: &Client = &self.store.headquarters;
        let begun = by
            .call::<CreateStocktake>(Nothing, Nothing, serde_json::from_value(json!({"warehouse_id": at})).unwrap())
            .await?;
        let path = || ById { id: begun.id };
        let counted = serde_json::from_value(json!({"code": code, "quantity": there.to_string()})).unwrap();
        by.call::<CountStocktake>(path(), Nothing, counted).await?;
        let mut now = by.call::<GetStocktake>(path(), Nothing, Nothing).await?;
        while now.state != StocktakeState::Counted {
            let accept = serde_json::from_value(json!({"accept_uncounted": true})).unwrap();
            now = by.call::<FinishStocktake>(path(), Nothing, accept).await?;
        }
        let chief: &Client = &self.store.accountant;
        let seen = chief.call::<GetStocktake>(path(), Nothing, Nothing).await?;
        let done = chief.call_with::<ApproveStocktake>(path(), Nothing, Nothing, version(seen.version)).await;
        if done.is_err() {
            // what is missing is reserved, or was taken in between
            let why = serde_json::from_value(json!({"reason": "再盘"})).unwrap();
            by.call::<VoidStocktake>(path(), Nothing, why).await?;
        }
        done.map(|_| ())
    }
}

fn code(refused: Refused) -> String {
    refused.code().to_owned()
}

/// C2: 32 clients do everything at once to 50 products in 8 places; afterwards nothing has drifted, and nobody was told
/// of a deadlock.
#[actix_web::test]
async fn a_random_mix_of_many_clients_drifts_nowhere() {
    const CLIENTS: usize = 32;
    let mix = Mix::open().await;
    let operations = std::env::var("AFTERCARE_LOAD_OPERATIONS").ok().and_then(|text| text.parse().ok());
    let operations: usize = operations.unwrap_or_else(|| size(1_600, 200_000));
    let begun = Instant::now();
    let client = async |client: usize| {
        let mut random = StdRng::seed_from_u64(seed() + client as u64);
        let (mut held, mut posted) = (Vec::new(), Vec::new());
        for _ in 0..operations / CLIENTS {
            mix.step(&mut random, &mut held, &mut posted).await;
            posted.truncate(20);
        }
    };
    join_all((0..CLIENTS).map(client)).await;
    report("C2", operations, begun, &format!("{:?}, refused {:?}", mix.done.borrow(), mix.refused.borrow()));
    let checked = Instant::now();
    mix.store.books_are_clean().await;
    println!("C2: every rule of both ledgers checked in {:.1} s", checked.elapsed().as_secs_f64());
    assert!(mix.done.borrow().len() >= 8, "everything was done: {:?}", mix.done.borrow());
}
