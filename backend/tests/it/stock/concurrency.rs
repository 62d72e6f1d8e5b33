//! Many at once: nobody takes what is not there, nobody sees a deadlock.

use super::{Store, draft, line, price};
use futures::future::join_all;
use openapi::document::DocKind;
use openapi::stock::document::StockLineDraft;

/// Many reserve the same serial; one gets it. Many bring the same serial in; one does.
#[actix_web::test]
async fn a_serial_has_exactly_one_owner() {
    let store = Store::open().await;
    let board = |count: usize| StockLineDraft {
        serial: Some(format!("SN-{count:04}").parse().unwrap()),
        unit_cost: Some(price("300")),
        ..line(store.board, 1)
    };
    let warehouses = [store.good, store.second];
    let bring = (0..8).map(|n| store.post(draft(DocKind::StockIn, warehouses[n % 2], board(1))));
    let brought = join_all(bring).await;
    assert_eq!(brought.iter().filter(|r| r.is_ok()).count(), 1);
    assert!(brought.iter().filter_map(|r| r.as_ref().err()).all(|r| r.code() == "stock_serial_present"));
    for n in 2..6 {
        store.post(draft(DocKind::StockIn, store.good, board(n))).await.unwrap();
    }
    let reserve = async |n: usize| {
        let serial = format!("SN-{:04}", 2 + n % 4).parse().unwrap();
        let one = openapi::Quantity::ONE;
        let part = platform::new_id();
        store
            .attempt(async |tx| {
                stock::api::reserve(tx, stock::api::Claim::ticket(part), store.good, store.board, one, Some(&serial))
                    .await
            })
            .await
    };
    let outcomes = join_all((0..32).map(reserve)).await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 4, "{outcomes:?}");
    store.books_are_clean().await;
}

/// Documents over the same cells in opposite order wait for each other and never for ever.
#[actix_web::test]
async fn crossing_documents_do_not_deadlock() {
    let store = Store::open().await;
    let other = super::product(&store.app, "PA-1002", "电池", false).await;
    for product in [store.part, other] {
        let line = StockLineDraft { unit_cost: Some(price("10")), ..line(product, 500) };
        store.post(draft(DocKind::StockIn, store.good, line)).await.unwrap();
    }
    let ticket = platform::new_id();
    let cross = async |n: usize| {
        let mut lines = vec![store.part_line(platform::new_id(), 1), store.part_line(platform::new_id(), 1)];
        lines[n % 2].product = other;
        let draft = || stock::api::IssueDraft { lines: lines.clone(), ..store.issue_draft(ticket, lines[0].clone()) };
        store.attempt(async |tx| stock::api::issue_to_engineer(tx, draft()).await).await.map(|_| ())
    };
    let outcomes = join_all((0..100).map(cross)).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    store.books_are_clean().await;
}
