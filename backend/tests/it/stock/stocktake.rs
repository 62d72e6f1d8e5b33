//! Stocktakes: frozen, counted blind, counted again, approved by somebody else, posted while stock keeps moving.

use super::{Store, draft, line, price};
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::document::{GetStockDoc, StockLineDraft};
use openapi::stock::stocktake::{
    ApproveStocktake, CountStocktake, CreateStocktake, FinishStocktake, GetStocktake, RejectStocktake,
    ReverseStocktake, Stocktake, StocktakeAction, StocktakeCount, StocktakeLine, StocktakeState, UncountStocktake,
    VoidStocktake,
};
use openapi::{ById, Money, Nothing, Quantity};
use serde_json::{Value, json};

impl Store {
    pub async fn begin(&self) -> Stocktake {
        let body = serde_json::from_value(json!({"warehouse_id": self.good, "remark": "月末盘点"})).unwrap();
        self.keeper.call::<CreateStocktake>(Nothing, Nothing, body).await.unwrap()
    }

    async fn count(&self, by: &Client, of: &Stocktake, body: Value) -> Result<StocktakeCount, Refused> {
        let body = serde_json::from_value(body).unwrap();
        by.call::<CountStocktake>(ById { id: of.id }, Nothing, body).await
    }

    pub async fn counted(&self, of: &Stocktake, code: &str, quantity: &str) -> StocktakeCount {
        self.count(&self.keeper, of, json!({"code": code, "quantity": quantity})).await.unwrap()
    }

    pub async fn finished(&self, of: &Stocktake, accept: bool) -> Result<Stocktake, Refused> {
        let body = serde_json::from_value(json!({ "accept_uncounted": accept })).unwrap();
        self.keeper.call::<FinishStocktake>(ById { id: of.id }, Nothing, body).await
    }

    async fn seen(&self, by: &Client, of: &Stocktake) -> Stocktake {
        by.call::<GetStocktake>(ById { id: of.id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn approved(&self, of: &Stocktake) -> Result<Stocktake, Refused> {
        let now = self.seen(&self.accountant, of).await;
        let path = ById { id: of.id };
        self.accountant.call_with::<ApproveStocktake>(path, Nothing, Nothing, version(now.version)).await
    }

    /// Brings boards in, each with its serial.
    async fn boards(&self, serials: &[&str]) {
        for serial in serials {
            let serial = Some(serial.parse().unwrap());
            let board = StockLineDraft { serial, unit_cost: Some(price("300")), ..line(self.board, 1) };
            self.post(draft(DocKind::StockIn, self.good, board)).await.unwrap();
        }
    }
}

fn of<'a>(stocktake: &'a Stocktake, code: &str, serial: Option<&str>) -> &'a StocktakeLine {
    let fits = |l: &&StocktakeLine| &*l.product_code == code && l.serial.as_deref() == serial;
    stocktake.lines.iter().find(fits).unwrap_or_else(|| panic!("no line of {code} {serial:?}"))
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let errors = answer.unwrap_err().problem.errors;
    errors.into_iter().map(|error| (error.pointer.to_string(), error.code.to_string())).collect()
}

/// Proves: S4-9.6B, S1e-4.3.2
#[actix_web::test]
pub async fn a_warehouse_is_counted_blind_again_where_it_differs_and_posted_by_somebody_else() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    store.boards(&["BD-SN-01", "BD-SN-02"]).await;
    let begun = store.begin().await;
    assert_eq!((begun.state, begun.is_blind, begun.open_lines), (StocktakeState::Counting, true, 3));
    assert_eq!(begun.lines.len(), 1, "serials are not given away: {:?}", begun.lines);
    assert!(begun.lines.iter().all(|l| l.expected.is_none() && l.difference.is_none()));
    let again = serde_json::from_value(json!({ "warehouse_id": store.good })).unwrap();
    let again = store.headquarters.call::<CreateStocktake>(Nothing, Nothing, again).await;
    assert_eq!(again.unwrap_err().code(), "stocktake_open");

    // two shelves add up; a serial is enough for a board; one too many is taken back
    store.counted(&begun, "PA-1001", "5").await;
    let typo = store.counted(&begun, "pa-1001", "30").await;
    assert_eq!(typo.total, Quantity::pieces(35));
    let uncount = serde_json::from_value(json!({ "count_id": typo.id })).unwrap();
    store.keeper.call::<UncountStocktake>(ById { id: begun.id }, Nothing, uncount).await.unwrap();
    assert_eq!(store.counted(&begun, "PA-1001", "3").await.total, Quantity::pieces(8));
    assert_eq!(store.counted(&begun, "BD-SN-01", "1").await.serial.as_deref(), Some("BD-SN-01"));
    let stray = json!({"code": "BD-2001", "serial": "BD-SN-77", "quantity": "1"});
    store.count(&store.keeper, &begun, stray.clone()).await.unwrap();
    assert_eq!(codes(store.count(&store.keeper, &begun, stray).await), [("/quantity".into(), "duplicate".into())]);

    let early = store.finished(&begun, false).await;
    assert_eq!(early.unwrap_err().code(), "stocktake_uncounted");
    let second = store.finished(&begun, true).await.unwrap();
    assert_eq!((second.state, second.round, second.open_lines), (StocktakeState::Recounting, 2, 3));
    let looked_for: Vec<_> = second.lines.iter().filter_map(|l| l.serial.as_deref()).collect();
    assert_eq!(looked_for, ["BD-SN-02", "BD-SN-77"], "what was right is not counted again");
    assert!(second.lines.iter().all(|l| l.expected.is_none() && l.counted.is_none() && l.counted_before.is_none()));

    // the recount finds one more part, the stray board again, and not the missing one
    store.counted(&begun, "PA-1001", "9").await;
    store.counted(&begun, "BD-SN-02", "0").await;
    store
        .count(&store.keeper, &begun, json!({"code": "BD-2001", "serial": "BD-SN-77", "quantity": "1"}))
        .await
        .unwrap();
    let done = store.finished(&begun, false).await.unwrap();
    assert_eq!((done.state, done.is_blind), (StocktakeState::Counted, false));
    let part = of(&done, "PA-1001", None);
    assert_eq!((part.expected, part.counted), (Some(Quantity::pieces(10)), Some(Quantity::pieces(9))));
    assert_eq!((part.counted_before, part.difference_value), (Some(Quantity::pieces(8)), Some(Money(-10_00))));
    assert_eq!((done.gain_value, done.loss_value), (Some(Money(300_00)), Some(Money(-310_00))));
    assert_eq!(done.allowed, [StocktakeAction::Void], "the keeper does not approve what the keeper counted");

    let posted = store.approved(&begun).await.unwrap();
    assert_eq!((posted.state, posted.postings.len()), (StocktakeState::Posted, 1));
    assert!(store.stock(store.part).await.contains(&("G1".to_owned(), 9, 0, 90_00)));
    assert!(store.stock(store.board).await.contains(&("G1".to_owned(), 2, 0, 600_00)));
    let doc =
        store.headquarters.call::<GetStockDoc>(ById { id: posted.postings[0].id }, Nothing, Nothing).await.unwrap();
    assert_eq!(doc.kind, DocKind::StockDifference);
    let lost = doc.accounts.iter().find(|j| j.account == Account::CountDifference).unwrap();
    assert_eq!((lost.debit, lost.credit), (Money(310_00), Money(300_00)));
    store.books_are_clean().await;

    let reason = serde_json::from_value(json!({"reason": "盘错库位"})).unwrap();
    let (head, path) = (&store.headquarters, ById { id: begun.id });
    let back = head.call_with::<ReverseStocktake>(path, Nothing, reason, version(posted.version)).await.unwrap();
    assert_eq!((back.state, back.postings.len()), (StocktakeState::Reversed, 0));
    assert!(store.stock(store.part).await.contains(&("G1".to_owned(), 10, 0, 100_00)));
    store.books_are_clean().await;
}

/// Proves: S4-9.6B
#[actix_web::test]
async fn stock_keeps_moving_and_only_the_difference_is_posted() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let begun = store.begin().await;
    // one leaves before it is counted, two come and three leave before it is approved
    store.post(store.stock_out(1)).await.unwrap();
    store.counted(&begun, "PA-1001", "8").await;
    store.buy(2, "10").await;
    store.finished(&begun, false).await.unwrap();
    store.counted(&begun, "PA-1001", "10").await;
    let done = store.finished(&begun, false).await.unwrap();
    let part = of(&done, "PA-1001", None);
    assert_eq!((part.expected, part.book), (Some(Quantity::pieces(10)), Some(Quantity::pieces(11))));
    assert_eq!(part.difference, Some(Quantity::pieces(-1)));
    store.post(store.stock_out(3)).await.unwrap();
    store.approved(&begun).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 70_00)], "8 by the books less the missing one");
    store.books_are_clean().await;
}

/// Proves: S4-9.6B
#[actix_web::test]
async fn what_leaves_the_first_shelf_before_the_second_is_counted_is_no_gain() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let begun = store.begin().await;
    assert!(!store.counted(&begun, "PA-1001", "6").await.is_moved);
    // two leave the shelf that was counted, before somebody counts the other one
    store.post(store.stock_out(2)).await.unwrap();
    assert!(store.counted(&begun, "PA-1001", "4").await.is_moved);
    let second = store.finished(&begun, false).await.unwrap();
    assert_eq!((second.state, second.round, second.open_lines), (StocktakeState::Recounting, 2, 1));
    assert!(second.lines[0].is_moved && second.lines[0].is_open);
    // nobody gets round the new count
    assert_eq!(store.finished(&begun, true).await.unwrap_err().code(), "stocktake_moved");
    store.counted(&begun, "PA-1001", "4").await;
    // one leaves one shelf and one comes to the other: the books are as before, and the sum is as unsure
    store.post(store.stock_out(1)).await.unwrap();
    store.buy(1, "10").await;
    let moved = store.counted(&begun, "PA-1001", "5").await;
    assert!(moved.is_moved && moved.total == Quantity::pieces(9));
    let third = store.finished(&begun, false).await.unwrap();
    assert_eq!((third.state, third.round), (StocktakeState::Recounting, 3));
    store.counted(&begun, "PA-1001", "3").await;
    store.counted(&begun, "PA-1001", "5").await;
    let done = store.finished(&begun, false).await.unwrap();
    assert_eq!((done.state, of(&done, "PA-1001", None).difference), (StocktakeState::Counted, Some(Quantity::ZERO)));
    let posted = store.approved(&begun).await.unwrap();
    assert_eq!((posted.state, posted.postings.len()), (StocktakeState::Posted, 0));
    store.books_are_clean().await;
}

/// Proves: S4-9.6B
#[actix_web::test]
async fn nobody_approves_what_they_began_or_counted_and_a_rejected_count_goes_on() {
    let store = Store::open().await;
    store.buy(4, "10").await;
    let begun = store.begin().await;
    store.counted(&begun, "PA-1001", "2").await;
    store.count(&store.headquarters, &begun, json!({"code": "PA-1001", "quantity": "1"})).await.unwrap();
    store.finished(&begun, false).await.unwrap();
    let done = store.finished(&begun, true).await.unwrap();
    assert_eq!(of(&done, "PA-1001", None).difference, Some(Quantity::pieces(-1)), "counted before stands");
    let path = || ById { id: begun.id };
    let (head, at) = (&store.headquarters, version(done.version));
    let counter = head.call_with::<ApproveStocktake>(path(), Nothing, Nothing, at).await;
    assert_eq!(counter.unwrap_err().code(), "own_count");
    let at = version(done.version);
    let keeper = store.keeper.call_with::<ApproveStocktake>(path(), Nothing, Nothing, at).await;
    assert_eq!(keeper.unwrap_err().code(), "forbidden");
    let late = store.count(&store.keeper, &begun, json!({"code": "PA-1001", "quantity": "1"})).await;
    assert_eq!(late.unwrap_err().code(), "state_conflict");
    let reason = || serde_json::from_value(json!({"reason": "请再盘一次"})).unwrap();
    let back = store.accountant.call::<RejectStocktake>(path(), Nothing, reason()).await.unwrap();
    assert_eq!((back.state, back.round, back.is_blind), (StocktakeState::Recounting, 3, true));
    store.counted(&begun, "PA-1001", "4").await;
    let right = store.finished(&begun, false).await.unwrap();
    assert_eq!(of(&right, "PA-1001", None).difference, Some(Quantity::ZERO));
    let posted = store.approved(&begun).await.unwrap();
    assert_eq!(
        (posted.state, posted.postings.len()),
        (StocktakeState::Posted, 0),
        "nothing differs, nothing is posted"
    );
    // the warehouse may be counted again, and a stocktake be given up
    let next = store.begin().await;
    let void = store.keeper.call::<VoidStocktake>(ById { id: next.id }, Nothing, reason()).await.unwrap();
    assert_eq!(void.state, StocktakeState::Void);
    store.books_are_clean().await;
}

/// Proves: S4-9.6B
#[actix_web::test]
async fn many_count_at_once_and_nothing_is_lost() {
    let store = Store::open().await;
    store.buy(50, "10").await;
    let begun = store.begin().await;
    let one = async || store.counted(&begun, "PA-1001", "1").await;
    let all = (0..20).map(|_| one());
    futures::future::join_all(all).await;
    let now = store.seen(&store.keeper, &begun).await;
    assert_eq!(of(&now, "PA-1001", None).counted, Some(Quantity::pieces(20)));
    assert_eq!(now.counts.len(), 20);
    assert_eq!(now.counts[0].total, Quantity::pieces(20));
}

#[actix_web::test]
async fn bad_input_names_the_field() {
    let store = Store::open().await;
    store.buy(1, "10").await;
    let begun = store.begin().await;
    let refused = async |body| codes(store.count(&store.keeper, &begun, body).await);
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    assert_eq!(refused(json!({"code": "NO-SUCH", "quantity": "1"})).await, one("/code", "unknown_item"));
    assert_eq!(refused(json!({"code": "BD-2001", "quantity": "1"})).await, one("/serial", "serial_required"));
    let plain = json!({"code": "PA-1001", "serial": "SN-1", "quantity": "1"});
    assert_eq!(refused(plain).await, one("/serial", "serial_not_tracked"));
    assert_eq!(refused(json!({"code": "PA-1001", "quantity": "-1"})).await, one("/quantity", "out_of_range"));
    assert_eq!(refused(json!({"code": "PA-1001", "quantity": "1000001"})).await, one("/quantity", "out_of_range"));
    let half = json!({"code": "BD-2001", "serial": "SN-1", "quantity": "0.5"});
    assert_eq!(refused(half).await, one("/quantity", "serial_required"));
    let engineer = store.count(&store.engineer, &begun, json!({"code": "PA-1001", "quantity": "1"})).await;
    assert_eq!(engineer.unwrap_err().code(), "forbidden");
}
