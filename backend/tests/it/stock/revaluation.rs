//! Revaluations: goods cost something else from now on, on somebody else's word, and can be taken back at the same value.

use super::{Store, draft, line, price};
use crate::support::client::{Client, Refused, version};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::document::{GetStockDoc, StockLineDraft};
use openapi::stock::revaluation::{
    ApproveRevaluation, CreateRevaluation, GetRevaluation, RejectRevaluation, Revaluation, RevaluationAction,
    RevaluationState, ReverseRevaluation, SubmitRevaluation, UpdateRevaluation, VoidRevaluation,
};
use openapi::{ById, Money, Nothing, Quantity};
use serde_json::{Value, json};

impl Store {
    /// A draft by the storekeeper.
    async fn revaluation(&self, lines: Value) -> Result<Revaluation, Refused> {
        let body = serde_json::from_value(json!({"reason": "市场价下跌", "lines": lines})).unwrap();
        self.keeper.call::<CreateRevaluation>(Nothing, Nothing, body).await
    }

    /// Written by the storekeeper, approved by the accountant.
    pub async fn revalued(&self, lines: Value) -> Result<Revaluation, Refused> {
        let made = self.revaluation(lines).await?;
        self.keeper.call::<SubmitRevaluation>(ById { id: made.id }, Nothing, Nothing).await?;
        self.valued_by(&self.accountant, &made).await
    }

    async fn valued_by(&self, by: &Client, of: &Revaluation) -> Result<Revaluation, Refused> {
        let now = by.call::<GetRevaluation>(ById { id: of.id }, Nothing, Nothing).await?;
        by.call_with::<ApproveRevaluation>(ById { id: of.id }, Nothing, Nothing, version(now.version)).await
    }

    pub async fn value_back(&self, of: &Revaluation) -> Result<Revaluation, Refused> {
        let reason = serde_json::from_value(json!({"reason": "价格录错"})).unwrap();
        let path = ById { id: of.id };
        self.headquarters.call_with::<ReverseRevaluation>(path, Nothing, reason, version(of.version)).await
    }
}

fn codes<T: std::fmt::Debug>(answer: Result<T, Refused>) -> Vec<(String, String)> {
    let errors = answer.unwrap_err().problem.errors;
    errors.into_iter().map(|error| (error.pointer.to_string(), error.code.to_string())).collect()
}

/// Proves: S4-9.8
#[actix_web::test]
pub async fn goods_cost_less_from_now_on_and_the_loss_is_posted_on_somebody_elses_word() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let second = StockLineDraft { unit_cost: Some(price("10")), ..line(store.part, 5) };
    store.post(draft(DocKind::StockIn, store.second, second)).await.unwrap();
    let made = store.revaluation(json!([{"product_id": store.part, "new_cost": "8.5"}])).await.unwrap();
    assert_eq!((made.state, made.is_editable), (RevaluationState::Draft, true));
    let shown = &made.lines[0];
    assert_eq!((shown.quantity, shown.old_cost), (Quantity::pieces(15), Some(price("10"))));
    assert_eq!((shown.old_value, shown.difference), (Some(Money(150_00)), Some(Money(-22_50))));

    // a draft is changed, handed in, sent back, handed in again; the writer does not approve it
    let path = ById { id: made.id };
    let other = json!({"reason": "新价目表", "lines": [{"product_id": store.part, "new_cost": "8"}]});
    let other = serde_json::from_value(other).unwrap();
    store.keeper.call_with::<UpdateRevaluation>(path.clone(), Nothing, other, version(made.version)).await.unwrap();
    store.keeper.call::<SubmitRevaluation>(path.clone(), Nothing, Nothing).await.unwrap();
    let reason = || serde_json::from_value(json!({"reason": "请附价目表"})).unwrap();
    store.accountant.call::<RejectRevaluation>(path.clone(), Nothing, reason()).await.unwrap();
    let waiting = store.keeper.call::<SubmitRevaluation>(path.clone(), Nothing, Nothing).await.unwrap();
    assert_eq!(waiting.allowed, [RevaluationAction::Void], "a storekeeper does not approve");
    let own = serde_json::from_value(json!({"org_id": store.station, "reason": "自写自批",
        "lines": [{"product_id": store.part, "new_cost": "1"}]}));
    let own = store.accountant.call::<CreateRevaluation>(Nothing, Nothing, own.unwrap()).await.unwrap();
    store.accountant.call::<SubmitRevaluation>(ById { id: own.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(store.valued_by(&store.accountant, &own).await.unwrap_err().code(), "own_document");
    store.accountant.call::<VoidRevaluation>(ById { id: own.id }, Nothing, reason()).await.unwrap();

    // stock moves before it is approved: what counts is what is there then
    store.post(store.stock_out(3)).await.unwrap();
    let posted = store.valued_by(&store.accountant, &made).await.unwrap();
    assert_eq!((posted.state, posted.loss_value), (RevaluationState::Posted, Some(Money(-24_00))));
    assert_eq!(posted.lines[0].quantity, Quantity::pieces(12));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 56_00), ("G2".to_owned(), 5, 0, 40_00)]);
    let doc = ById { id: posted.postings[0].id };
    let doc = store.headquarters.call::<GetStockDoc>(doc, Nothing, Nothing).await.unwrap();
    assert_eq!((doc.kind, doc.total_value), (DocKind::ValueChange, Some(Money(-24_00))));
    let mut books: Vec<_> = doc.accounts.iter().map(|j| (j.account, j.debit, j.credit)).collect();
    books.sort_by_key(|(_, debit, _)| debit.0);
    let expected = [(Account::PartsGood, Money::ZERO, Money(24_00)), (Account::Revaluation, Money(24_00), Money::ZERO)];
    assert_eq!(books, expected);
    store.books_are_clean().await;

    let back = store.value_back(&posted).await.unwrap();
    assert_eq!((back.state, back.postings.len()), (RevaluationState::Reversed, 0));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 70_00), ("G2".to_owned(), 5, 0, 50_00)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.8
#[actix_web::test]
async fn pieces_with_serials_keep_a_cost_of_their_own() {
    let store = Store::open().await;
    for (serial, cost) in [("BD-SN-01", "300"), ("BD-SN-02", "320")] {
        let serial = Some(serial.parse().unwrap());
        let board = StockLineDraft { serial, unit_cost: Some(price(cost)), ..line(store.board, 1) };
        store.post(draft(DocKind::StockIn, store.good, board)).await.unwrap();
    }
    let one = json!([{"product_id": store.board, "serial": "BD-SN-02", "new_cost": "400"}]);
    let one = store.revalued(one).await.unwrap();
    assert_eq!((one.gain_value, one.loss_value), (Some(Money(80_00)), Some(Money::ZERO)));
    let all = store.revalued(json!([{"product_id": store.board, "new_cost": "250"}])).await.unwrap();
    assert_eq!(all.loss_value, Some(Money(-200_00)));
    assert_eq!(store.stock(store.board).await, [("G1".to_owned(), 2, 0, 500_00)]);
    store.books_are_clean().await;

    // the second change stands on the first one's values, and each piece takes its own with it
    let leaves = StockLineDraft { serial: Some("BD-SN-01".parse().unwrap()), ..line(store.board, 1) };
    let out = store.post(draft(DocKind::StockOut, store.good, leaves)).await.unwrap();
    assert_eq!(out.total_value, Some(Money(250_00)));
    let refused = store.value_back(&all).await.unwrap_err();
    assert_eq!(refused.code(), "stock_reversal_blocked");
    store.reverse(&out).await.unwrap();
    store.value_back(&all).await.unwrap();
    store.value_back(&one).await.unwrap();
    assert_eq!(store.stock(store.board).await, [("G1".to_owned(), 2, 0, 620_00)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.8
#[actix_web::test]
async fn a_revaluation_says_what_is_wrong_with_it() {
    let store = Store::open().await;
    let twice = json!([{"product_id": store.part, "new_cost": "1"}, {"product_id": store.part, "new_cost": "2"}]);
    assert_eq!(codes(store.revaluation(twice).await), [("/lines/1/product_id".into(), "duplicate".into())]);
    let serial = json!([{"product_id": store.part, "serial": "BD-SN-X1", "new_cost": "1"}]);
    assert_eq!(codes(store.revaluation(serial).await), [("/lines/0/serial".into(), "serial_not_tracked".into())]);
    let overlap = json!([{"product_id": store.board, "new_cost": "1"},
        {"product_id": store.board, "serial": "BD-SN-X1", "new_cost": "2"}]);
    assert_eq!(codes(store.revaluation(overlap).await), [("/lines/1/product_id".into(), "duplicate".into())]);
    let below = json!([{"product_id": store.part, "new_cost": "-1"}]);
    assert_eq!(codes(store.revaluation(below).await), [("/lines/0/new_cost".into(), "out_of_range".into())]);
    assert_eq!(codes(store.revaluation(json!([])).await), [("/lines".into(), "too_few".into())]);

    let nothing = store.revalued(json!([{"product_id": store.part, "new_cost": "1"}])).await;
    assert_eq!(nothing.unwrap_err().code(), "revaluation_nothing_there");
    store.buy(4, "10").await;
    let same = store.revalued(json!([{"product_id": store.part, "new_cost": "10"}])).await;
    assert_eq!(same.unwrap_err().code(), "revaluation_no_change");
    let gone = store.revalued(json!([{"product_id": store.part, "new_cost": "0"}])).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 4, 0, 0)]);
    // what has left at the new cost cannot get the old one back; once it is back, it can
    let out = store.post(store.stock_out(1)).await.unwrap();
    let refused = store.value_back(&gone).await.unwrap_err();
    assert_eq!(refused.code(), "stock_reversal_blocked");
    assert!(refused.problem.detail.to_string().contains(&out.number), "{refused:?}");
    store.reverse(&out).await.unwrap();
    store.value_back(&gone).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 4, 0, 40_00)]);
    store.books_are_clean().await;
}

/// Proves: S4-9.8
#[actix_web::test]
async fn two_people_who_approve_at_once_post_once_while_goods_leave() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let made = store.revaluation(json!([{"product_id": store.part, "new_cost": "6"}])).await.unwrap();
    let now = store.keeper.call::<SubmitRevaluation>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    let approve = async |by: &Client| {
        by.call_with::<ApproveRevaluation>(ById { id: made.id }, Nothing, Nothing, version(now.version)).await
    };
    let (first, second, out) =
        futures::join!(approve(&store.accountant), approve(&store.headquarters), store.post(store.stock_out(4)),);
    assert!(out.is_ok());
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|done| **done).count(), 1);
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 6, 0, 36_00)]);
    store.books_are_clean().await;
}
