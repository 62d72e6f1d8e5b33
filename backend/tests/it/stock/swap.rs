//! Accessory swaps: handed in, returned whole or in part, sent to the factory and back, and who owes whom at any time.

use super::Store;
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::document::GetStockDoc;
use openapi::stock::swap::{
    CreateSwap, ListSwapBalances, ListSwapEntries, PostSwap, ReverseSwap, Swap, SwapAction, SwapBalanceFilter,
    SwapEntryFilter, SwapSide, SwapState, SwapWay, UpdateSwap, VoidSwap,
};
use openapi::stock::{Owner, PlaceKind};
use openapi::{ById, Listing, Money, Nothing, Quantity};
use serde_json::{Value, json};

/// The store with a distributor and a factory.
struct Counter {
    store: Store,
    dealer: CustomerId,
    factory: CustomerId,
}

impl Counter {
    async fn open() -> Self {
        let store = Store::open().await;
        let party = async |name: &str, phone: &str, role: &str| {
            let draft = json!({"name": name, "kind": "company", "phone": phone, "roles": [role]});
            let draft = serde_json::from_value(draft).unwrap();
            store.headquarters.call::<CreateCustomer>(Nothing, Nothing, draft).await.unwrap().id
        };
        let dealer = party("华东配件分销", "13600000001", "dealer").await;
        let factory = party("联创附件厂", "13600000002", "maker").await;
        Counter { store, dealer, factory }
    }

    fn draft(&self, way: SwapWay, line: Value) -> Value {
        let party = if way.side() == SwapSide::WeOwe { self.dealer } else { self.factory };
        let warehouse = self.store.bad;
        let mut whole = json!({"product_id": self.store.part});
        whole.as_object_mut().unwrap().extend(line.as_object().unwrap().clone());
        json!({"way": way, "party_id": party, "warehouse_id": warehouse, "lines": [whole]})
    }

    async fn write(&self, draft: Value) -> Result<Swap, Refused> {
        self.store.keeper.call::<CreateSwap>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    }

    async fn post(&self, by: &Client, of: &Swap) -> Result<Swap, Refused> {
        by.call_with::<PostSwap>(ById { id: of.id }, Nothing, Nothing, version(of.version)).await
    }

    async fn swapped(&self, draft: Value) -> Result<Swap, Refused> {
        let made = self.write(draft).await?;
        self.post(&self.store.keeper, &made).await
    }

    async fn back(&self, of: &Swap) -> Result<Swap, Refused> {
        let reason = serde_json::from_value(json!({"reason": "录错"})).unwrap();
        let path = ById { id: of.id };
        self.store.headquarters.call_with::<ReverseSwap>(path, Nothing, reason, version(of.version)).await
    }

    /// What is owed: to the distributor, by the factory.
    async fn owed(&self) -> (i64, i64) {
        let filter = SwapBalanceFilter { include_settled: Some(true), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let rows = self.store.keeper.call::<ListSwapBalances>(Nothing, query, Nothing).await.unwrap().items;
        let of = |side| rows.iter().filter(|row| row.side == side).map(|row| row.open.0 / 1000).sum();
        (of(SwapSide::WeOwe), of(SwapSide::FactoryOwes))
    }

    /// What lies where: place kind, condition, owner, pieces.
    async fn lies(&self) -> Vec<(PlaceKind, &'static str, Owner, i64)> {
        use openapi::choice::Choice;
        let filter = StockFilter { product_id: Some(self.store.part), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let rows = self.store.headquarters.call::<ListStock>(Nothing, query, Nothing).await.unwrap().items;
        let mut lies: Vec<_> =
            rows.iter().map(|r| (r.place.kind, r.condition.as_str(), r.owner, r.on_hand.0 / 1000)).collect();
        lies.sort_by_key(|l| (l.0.as_str(), l.1, l.2.as_str()));
        lies
    }
}

fn pieces(count: i64) -> Quantity {
    Quantity::pieces(count)
}

/// Proves: S4-3.1, S4-3.2, S4-3.3, S4-3.4, S4-3.5
#[actix_web::test]
async fn accessories_go_to_the_factory_and_back_and_everybody_gets_what_is_owed() {
    let counter = Counter::open().await;
    let accept = counter.draft(SwapWay::Accept, json!({"quantity": "5", "fault": "不充电"}));
    let draft = counter.write(accept).await.unwrap();
    assert_eq!((draft.state, draft.allowed.clone()), (SwapState::Draft, vec![SwapAction::Post, SwapAction::Void]));
    assert_eq!(counter.owed().await, (0, 0), "a draft owes nothing");
    let reception = counter.post(&counter.store.reception, &draft).await;
    assert_eq!(reception.unwrap_err().code(), "forbidden");
    let taken = counter.post(&counter.store.keeper, &draft).await.unwrap();
    assert_eq!((taken.state, taken.lines[0].owed), (SwapState::Posted, Some(Quantity::ZERO)));
    assert_eq!(counter.lies().await, [(PlaceKind::Warehouse, "bad", Owner::Customer, 5)]);
    // who brought what, with which fault, and when; without a unit
    let line = &taken.lines[0];
    let fault = line.fault.as_ref().map(ToString::to_string);
    assert_eq!((taken.party_id, &*taken.party_name), (counter.dealer, "华东配件分销"));
    assert_eq!((line.product_id, line.quantity, fault.as_deref()), (counter.store.part, pieces(5), Some("不充电")));
    assert_eq!(taken.posted_at.map(|at| at.utc()), Some(platform::Clock::now(&*counter.store.app.clock)));

    // four go to the factory, three come back good
    counter.swapped(counter.draft(SwapWay::Send, json!({"quantity": "4"}))).await.unwrap();
    assert_eq!(counter.owed().await, (5, 4));
    let back = counter.swapped(counter.draft(SwapWay::Back, json!({"quantity": "3"}))).await.unwrap();
    assert_eq!((back.lines[0].owed, back.lines[0].over), (Some(pieces(4)), Quantity::ZERO));
    assert_eq!(counter.owed().await, (5, 1), "the factory came one short");
    let good = (PlaceKind::Warehouse, "good", Owner::Customer, 3);
    assert_eq!(
        counter.lies().await,
        [(PlaceKind::Factory, "bad", Owner::Customer, 1), (PlaceKind::Warehouse, "bad", Owner::Customer, 1), good]
    );

    // in part, as it was handed in and repaired; nobody gets more than was handed in
    counter.swapped(counter.draft(SwapWay::Return, json!({"quantity": "2"}))).await.unwrap();
    assert_eq!(counter.owed().await, (3, 1));
    let much = counter.swapped(counter.draft(SwapWay::Return, json!({"quantity": "4"}))).await.unwrap_err();
    assert_eq!((much.status, much.code()), (409, "swap_not_owed"));

    // the rest of the factory and one more than it owes
    let more = counter.draft(SwapWay::Back, json!({"quantity": "2"}));
    let refused = counter.swapped(more.clone()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "swap_over"));
    let mut more = more;
    more["accept_over"] = json!(true);
    let over = counter.swapped(more).await.unwrap();
    assert_eq!((over.lines[0].over, counter.owed().await), (pieces(1), (3, 0)));
    let nothing = counter.swapped(counter.draft(SwapWay::Back, json!({"quantity": "1"}))).await.unwrap_err();
    assert_eq!(nothing.code(), "swap_not_owed");
    counter.store.books_are_clean().await;

    // balances of each distributor and each factory
    let filter = SwapBalanceFilter { include_settled: Some(true), ..Default::default() };
    let query = Listing { filter, ..Listing::default() };
    let balances = counter.store.accountant.call::<ListSwapBalances>(Nothing, query, Nothing).await.unwrap().items;
    let mut balances: Vec<_> =
        balances.iter().map(|b| (b.party_id, [b.taken, b.given, b.open].map(|q| q.0 / 1000))).collect();
    balances.sort_by_key(|(party, _)| *party != counter.dealer);
    assert_eq!(balances, [(counter.dealer, [5, 2, 3]), (counter.factory, [4, 4, 0])]);

    // every swap in history, with what was owed after it
    let query = Listing { filter: SwapEntryFilter::default(), ..Listing::default() };
    let entries = counter.store.accountant.call::<ListSwapEntries>(Nothing, query, Nothing).await.unwrap().items;
    let seen: Vec<_> = entries.iter().rev().map(|e| (e.way, e.quantity.0 / 1000, e.open.0 / 1000)).collect();
    let expected = [
        (SwapWay::Accept, 5, 5),
        (SwapWay::Send, 4, 4),
        (SwapWay::Back, 3, 1),
        (SwapWay::Return, 2, 3),
        (SwapWay::Back, 2, 0),
    ];
    assert_eq!(seen, expected);

    // each is taken back by its mirror, but not what has been settled since
    let settled = counter.back(&taken).await.unwrap_err();
    assert_eq!((settled.status, settled.code()), (409, "swap_not_owed"));
    let undone = counter.back(&over).await.unwrap();
    assert_eq!((undone.state, counter.owed().await), (SwapState::Reversed, (3, 1)));
    counter.store.books_are_clean().await;
}

/// Proves: S4-3.2
#[actix_web::test]
async fn a_piece_from_the_own_stock_costs_until_the_factory_sends_one_for_it() {
    let counter = Counter::open().await;
    let store = &counter.store;
    store.buy(3, "20").await;
    counter.swapped(counter.draft(SwapWay::Accept, json!({"quantity": "2", "fault": "断线"}))).await.unwrap();
    let mut other = counter.draft(SwapWay::Return, json!({"quantity": "2", "is_replaced": true}));
    other["warehouse_id"] = json!(store.good);
    let given = counter.swapped(other).await.unwrap();
    assert_eq!(counter.owed().await, (0, 0));
    let ours = [(PlaceKind::Warehouse, "bad", Owner::Company, 2), (PlaceKind::Warehouse, "good", Owner::Company, 1)];
    assert_eq!(counter.lies().await, ours, "the faulty ones are ours now");
    let doc =
        store.headquarters.call::<GetStockDoc>(ById { id: given.postings[0].id }, Nothing, Nothing).await.unwrap();
    assert_eq!(doc.kind, DocKind::SwapPosting);
    let cost = |doc: &openapi::stock::document::StockDoc| {
        let line = doc.accounts.iter().find(|j| j.account == Account::CostExchange).cloned();
        line.map(|j| j.debit - j.credit)
    };
    assert_eq!(cost(&doc), Some(Money(40_00)));
    store.books_are_clean().await;

    counter.swapped(counter.draft(SwapWay::Send, json!({"quantity": "2"}))).await.unwrap();
    let mut back = counter.draft(SwapWay::Back, json!({"quantity": "2"}));
    back["warehouse_id"] = json!(store.good);
    let back = counter.swapped(back).await.unwrap();
    let doc = store.headquarters.call::<GetStockDoc>(ById { id: back.postings[0].id }, Nothing, Nothing).await.unwrap();
    assert_eq!(cost(&doc), Some(Money(-40_00)));
    assert!(store.stock(store.part).await.contains(&("G1".to_owned(), 3, 0, 60_00)));
    store.books_are_clean().await;
    // all of it can be taken back, the latest first
    counter.back(&back).await.unwrap();
    store.books_are_clean().await;
}

impl Counter {
    /// A swap of boards, each named by its serial.
    fn boards(&self, way: SwapWay, lines: Value) -> Value {
        let mut whole = self.draft(way, json!({"quantity": "1"}));
        let line = |line: &Value| {
            let mut line = line.clone();
            line["product_id"] = json!(self.store.board);
            line["quantity"] = json!("1");
            line
        };
        whole["lines"] = lines.as_array().unwrap().iter().map(line).collect();
        whole
    }

    /// Where boards lie: serial, place kind, condition, owner.
    async fn where_is(&self, serial: &str) -> Option<(PlaceKind, String, Owner)> {
        use openapi::choice::Choice;
        use openapi::stock::movement::{ListStockMoves, StockMove, StockMoveFilter};
        let filter = StockMoveFilter { serial: Some(serial.parse().unwrap()), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let moves = self.store.headquarters.call::<ListStockMoves>(Nothing, query, Nothing).await.unwrap().items;
        let end = |last: &StockMove| if last.quantity.0 < 0 { last.from.kind } else { last.to.kind };
        moves.first().map(|last| (end(last), last.condition.as_str().to_owned(), last.owner))
    }
}

/// Proves: S4-3.2, S4-3.3, S4-3.5
#[actix_web::test]
async fn pieces_with_serials_are_named_wherever_they_go_and_are_in_one_place_at_a_time() {
    let counter = Counter::open().await;
    let store = &counter.store;
    let own = openapi::stock::document::StockLineDraft {
        serial: Some("SN-OWN".parse().unwrap()),
        unit_cost: Some(super::price("50")),
        ..super::line(store.board, 1)
    };
    store.post(super::draft(DocKind::StockIn, store.good, own)).await.unwrap();
    let came = json!([{"serial": "SN-A", "fault": "不开机"}, {"serial": "SN-B"}]);
    let twice = counter.boards(SwapWay::Accept, json!([{"serial": "SN-A"}, {"serial": "SN-A"}]));
    assert_eq!(counter.write(twice).await.unwrap_err().errors(), [("/lines/1/product_id", "duplicate")]);
    counter.swapped(counter.boards(SwapWay::Accept, came)).await.unwrap();
    let again = counter.swapped(counter.boards(SwapWay::Accept, json!([{"serial": "SN-A"}]))).await.unwrap_err();
    assert_eq!(again.code(), "stock_serial_present", "it cannot be handed in twice");
    assert_eq!(counter.owed().await, (2, 0));

    // what one hands in another does not get back, even when something of the kind is owed to him
    let other = json!({"name": "西部配件", "kind": "company", "phone": "13600000003", "roles": ["dealer"]});
    let other = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, serde_json::from_value(other).unwrap());
    let other = other.await.unwrap().id;
    let mut theirs = counter.boards(SwapWay::Accept, json!([{"serial": "SN-C"}]));
    theirs["party_id"] = json!(other);
    counter.swapped(theirs.clone()).await.unwrap();
    theirs["way"] = json!("return");
    theirs["lines"][0]["serial"] = json!("SN-B");
    assert_eq!(counter.swapped(theirs).await.unwrap_err().code(), "swap_not_owed");
    store.books_are_clean().await;

    // a piece of the own stock for SN-A, which is the company's now where it lies
    let mut new = counter.boards(SwapWay::Return, json!([{"serial": "SN-OWN", "is_replaced": true}]));
    new["warehouse_id"] = json!(store.good);
    assert_eq!(counter.write(new.clone()).await.unwrap_err().errors(), [("/lines/0/for_serial", "serial_required")]);
    new["lines"][0]["for_serial"] = json!("SN-A");
    let given = counter.swapped(new).await.unwrap();
    assert_eq!(given.lines[0].for_serial.as_ref().map(ToString::to_string).as_deref(), Some("SN-A"));
    let bad = || "bad".to_owned();
    assert_eq!(counter.where_is("SN-A").await, Some((PlaceKind::Warehouse, bad(), Owner::Company)));
    assert_eq!(counter.where_is("SN-OWN").await, Some((PlaceKind::Customer, "good".to_owned(), Owner::Company)));
    store.books_are_clean().await;

    // both go to the factory; it sends another one for SN-A, and SN-B repaired
    let sent = json!([{"serial": "SN-A"}, {"serial": "SN-B"}]);
    counter.swapped(counter.boards(SwapWay::Send, sent)).await.unwrap();
    assert_eq!(counter.where_is("SN-B").await, Some((PlaceKind::Factory, bad(), Owner::Customer)));
    let early = counter.boards(SwapWay::Return, json!([{"serial": "SN-B"}]));
    assert_eq!(counter.swapped(early).await.unwrap_err().code(), "stock_serial_elsewhere");
    let mut back = counter.boards(SwapWay::Back, json!([{"serial": "SN-X", "for_serial": "SN-A"}, {"serial": "SN-B"}]));
    back["warehouse_id"] = json!(store.good);
    let back = counter.swapped(back).await.unwrap();
    let good = || "good".to_owned();
    assert_eq!(counter.where_is("SN-X").await, Some((PlaceKind::Warehouse, good(), Owner::Company)));
    assert_eq!(counter.where_is("SN-A").await.map(|there| there.0), Some(PlaceKind::Supplier));
    assert_eq!(counter.where_is("SN-B").await, Some((PlaceKind::Warehouse, good(), Owner::Customer)));
    store.books_are_clean().await;
    let mut home = counter.boards(SwapWay::Return, json!([{"serial": "SN-B"}]));
    home["warehouse_id"] = json!(store.good);
    let home = counter.swapped(home).await.unwrap();
    assert_eq!(counter.owed().await, (1, 0), "what the other distributor handed in");
    store.books_are_clean().await;

    // the ledger of swaps knows the pieces; the latest ones are taken back first
    let query = Listing { filter: SwapEntryFilter::default(), ..Listing::default() };
    let entries = store.accountant.call::<ListSwapEntries>(Nothing, query, Nothing).await.unwrap().items;
    let serials: Vec<_> = entries.iter().map(|row| row.serial.as_ref().unwrap().to_string()).collect();
    assert_eq!(serials.iter().filter(|serial| *serial == "SN-B").count(), 4);
    let blocked = counter.back(&back).await.unwrap_err();
    assert_eq!(blocked.code(), "stock_reversal_blocked");
    counter.back(&home).await.unwrap();
    counter.back(&back).await.unwrap();
    assert_eq!(counter.where_is("SN-B").await, Some((PlaceKind::Factory, bad(), Owner::Customer)));
    store.books_are_clean().await;
}

/// Proves: S4-3.2
#[actix_web::test]
async fn two_who_return_the_last_piece_at_once_return_it_once() {
    let counter = Counter::open().await;
    counter.store.buy(4, "20").await;
    counter.swapped(counter.draft(SwapWay::Accept, json!({"quantity": "1"}))).await.unwrap();
    let mut own = counter.draft(SwapWay::Return, json!({"quantity": "1", "is_replaced": true}));
    own["warehouse_id"] = json!(counter.store.good);
    let same = counter.draft(SwapWay::Return, json!({"quantity": "1", "condition": "bad"}));
    let (own, same) = (counter.write(own).await.unwrap(), counter.write(same).await.unwrap());
    let keeper = &counter.store.keeper;
    let (one, two) = tokio::join!(counter.post(keeper, &own), counter.post(&counter.store.headquarters, &same));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1, "{one:?} {two:?}");
    let refused = one.err().or(two.err()).unwrap();
    assert_eq!(refused.code(), "swap_not_owed");
    assert_eq!(counter.owed().await, (0, 0));
    counter.store.books_are_clean().await;
}

#[actix_web::test]
async fn bad_input_names_the_field() {
    let counter = Counter::open().await;
    let faults = async |draft: Value| {
        let errors = counter.write(draft).await.unwrap_err().problem.errors;
        errors.into_iter().map(|e| (e.pointer.to_string(), e.code.to_string())).collect::<Vec<_>>()
    };
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    let mut maker = counter.draft(SwapWay::Accept, json!({"quantity": "1"}));
    maker["party_id"] = json!(counter.factory);
    assert_eq!(faults(maker).await.first().map(|f| f.0.clone()), Some("/party_id".to_owned()));
    let serial = counter.draft(SwapWay::Accept, json!({"quantity": "1", "product_id": counter.store.board}));
    assert_eq!(faults(serial).await, one("/lines/0/serial", "serial_required"));
    let plain = counter.draft(SwapWay::Accept, json!({"quantity": "1", "serial": "SN-1"}));
    assert_eq!(faults(plain).await, one("/lines/0/serial", "serial_not_tracked"));
    let other = counter.draft(SwapWay::Send, json!({"quantity": "1", "for_serial": "SN-1"}));
    assert_eq!(faults(other).await, one("/lines/0/for_serial", "unknown_value"));
    let new = counter.draft(SwapWay::Send, json!({"quantity": "1", "is_replaced": true}));
    assert_eq!(faults(new).await, one("/lines/0/is_replaced", "unknown_value"));
    let mut twice = counter.draft(SwapWay::Accept, json!({"quantity": "1"}));
    let line = twice["lines"][0].clone();
    twice["lines"].as_array_mut().unwrap().push(line);
    assert_eq!(faults(twice).await, one("/lines/1/product_id", "duplicate"));
    let none = counter.draft(SwapWay::Accept, json!({"quantity": "0"}));
    assert_eq!(faults(none).await, one("/lines/0/quantity", "out_of_range"));
    // a draft is changed and given up
    let made = counter.write(counter.draft(SwapWay::Accept, json!({"quantity": "1"}))).await.unwrap();
    let more = serde_json::from_value(counter.draft(SwapWay::Accept, json!({"quantity": "3"}))).unwrap();
    let path = || ById { id: made.id };
    let keeper = &counter.store.keeper;
    let made = keeper.call_with::<UpdateSwap>(path(), Nothing, more, version(made.version)).await.unwrap();
    assert_eq!(made.lines[0].quantity, pieces(3));
    let why = serde_json::from_value(json!({"reason": "客户取回"})).unwrap();
    let void = keeper.call::<VoidSwap>(path(), Nothing, why).await.unwrap();
    assert_eq!(void.state, SwapState::Void);
    let none = counter.swapped(counter.draft(SwapWay::Send, json!({"quantity": "1"}))).await.unwrap_err();
    assert_eq!(none.code(), "stock_insufficient");
}
