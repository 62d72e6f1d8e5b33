//! Mirrors: what was posted can be taken back, once, at its original value, and never past what depends on it.

use super::{Store, draft, line, price};
use openapi::document::DocKind;
use openapi::finance::Account;
use openapi::stock::document::{GetStockDoc, StockDocState, StockLineDraft};
use openapi::{ById, Money, Nothing};

/// Proves: S4-9.1
#[actix_web::test]
async fn a_posted_document_is_taken_back_once_by_its_mirror() {
    let store = Store::open().await;
    let bought = store.buy(3, "10").await;
    let reversed = store.reverse(&bought).await.unwrap();
    assert_eq!(reversed.state, StockDocState::Reversed);
    let mirror = ById { id: reversed.reversed_by.clone().unwrap().id };
    let mirror = store.headquarters.call::<GetStockDoc>(mirror, Nothing, Nothing).await.unwrap();
    assert_eq!(mirror.reversal_of.as_ref().map(|link| link.id), Some(bought.id));
    assert_eq!((mirror.total_quantity.0, mirror.total_value), (-3000, Some(Money(-30_00))));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    assert_eq!(store.reverse(&reversed).await.unwrap_err().code(), "state_conflict");
    assert_eq!(store.reverse(&mirror).await.unwrap_err().code(), "stock_already_reversed");
    store.books_are_clean().await;
}

/// The blocking chain is named, and once it is reversed the way is free.
#[actix_web::test]
async fn what_later_documents_took_cannot_be_taken_back_and_they_are_named() {
    let store = Store::open().await;
    let bought = store.buy(5, "10").await;
    let first = store.post(store.stock_out(2)).await.unwrap();
    let second = store.post(store.stock_out(2)).await.unwrap();
    let refused = store.reverse(&bought).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_reversal_blocked"));
    let title = refused.problem.title.clone();
    assert!(title.contains(&first.number) && title.contains(&second.number), "{title}");
    store.reverse(&second).await.unwrap();
    store.reverse(&first).await.unwrap();
    store.reverse(&bought).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}

/// The mirror carries the original cost; what the average lost or gained meanwhile becomes a gain or loss of its own.
#[actix_web::test]
async fn a_reversal_at_another_average_shows_the_difference() {
    let store = Store::open().await;
    store.buy(10, "10").await;
    let dear = store.buy(10, "20").await;
    store.post(store.stock_out(10)).await.unwrap();
    // ten are left at 15.00 each; taking ten back at 20.00 leaves −50.00 in an empty cell
    let reversed = store.reverse(&dear).await.unwrap();
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    let mirror = ById { id: reversed.reversed_by.unwrap().id };
    let mirror = store.headquarters.call::<GetStockDoc>(mirror, Nothing, Nothing).await.unwrap();
    let gain = mirror.accounts.iter().find(|a| a.account == Account::Revaluation).unwrap();
    assert_eq!((gain.debit, gain.credit), (Money::ZERO, Money(50_00)));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn a_serial_that_moved_on_names_the_document_that_moved_it() {
    let store = Store::open().await;
    let serial = Some("SN-0007".parse().unwrap());
    let board = StockLineDraft { serial, unit_cost: Some(price("300")), ..line(store.board, 1) };
    let bought = store.post(draft(DocKind::StockIn, store.good, board.clone())).await.unwrap();
    let board = StockLineDraft { unit_cost: None, ..board };
    let gone = store.post(draft(DocKind::StockOut, store.good, board)).await.unwrap();
    let refused = store.reverse(&bought).await.unwrap_err();
    assert_eq!(refused.code(), "stock_reversal_blocked");
    assert!(refused.problem.title.contains(&gone.number), "{}", refused.problem.title);
    store.reverse(&gone).await.unwrap();
    store.reverse(&bought).await.unwrap();
    store.books_are_clean().await;
}

/// A chain goes in one command when every document of it is named; else nothing happens and all of it is named.
#[actix_web::test]
pub async fn a_blocking_chain_is_taken_back_in_one_command_or_not_at_all() {
    let store = Store::open().await;
    let bought = store.buy(5, "10").await;
    let first = store.post(store.stock_out(2)).await.unwrap();
    let second = store.post(store.stock_out(2)).await.unwrap();
    let before = store.stock(store.part).await;
    let named = |refused: &crate::support::client::Refused| -> Vec<String> {
        refused.problem.errors.iter().filter_map(|error| error.params.get("document").cloned()).collect()
    };
    let half = store.reverse_with(&bought, &[&second.number]).await.unwrap_err();
    assert_eq!((half.status, half.code()), (409, "stock_reversal_blocked"));
    assert_eq!(named(&half), [second.number.clone(), first.number.clone()]);
    assert_eq!(store.stock(store.part).await, before, "nothing happened");
    let strange = store.reverse_with(&bought, &["CK0000"]).await.unwrap_err();
    assert_eq!(strange.code(), "stock_reversal_blocked");

    let chain: Vec<String> = named(&half);
    let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
    let reversed = store.reverse_with(&bought, &chain).await.unwrap();
    assert_eq!(reversed.state, StockDocState::Reversed);
    for doc in [&first, &second] {
        let now = store.headquarters.call::<GetStockDoc>(ById { id: doc.id }, Nothing, Nothing).await.unwrap();
        assert_eq!(now.state, StockDocState::Reversed);
    }
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 0, 0, 0)]);
    store.books_are_clean().await;
}
