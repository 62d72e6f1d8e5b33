//! What is shipped, and what comes back.

use super::{BOOKS, Selling, faults};
use crate::support::base;
use crate::support::given;
use openapi::finance::Account;
use openapi::trade::wholesale::back::{ListSalesReturns, SalesReturnState};
use openapi::trade::wholesale::order::{CloseSalesOrder, SalesAction, SalesState, UploadSalesOrder};
use openapi::trade::wholesale::shipment::{GetSalesShipment, SalesShipmentState};
use openapi::{ById, Listing, Nothing, Quantity};
use serde_json::json;

/// Proves: S4-6.1
#[actix_web::test]
async fn an_order_is_reserved_shipped_in_two_parts_owed_to_the_fen_and_taken_back() {
    let selling = Selling::open().await;
    let store = &selling.store;
    let draft = selling.drafted("3", "113.00").await;
    assert_eq!(
        (draft.total_amount.0, draft.total_tax.0, draft.address.as_deref()),
        (33_900, 3_900, Some("深南大道 1 号"))
    );
    assert_eq!(draft.allowed, [SalesAction::Upload, SalesAction::Void]);
    let order = selling.clerk.call::<UploadSalesOrder>(ById { id: draft.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(selling.shipped(&order, "1").await.unwrap_err().code(), "state_conflict", "nobody has accepted it");
    let accepted = selling.accepted(&store.headquarters, &order, json!({})).await.unwrap();
    assert_eq!((accepted.state, accepted.lines[0].reserved), (SalesState::Accepted, Quantity::pieces(3)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 10, 3, 60_000)]);
    // what is reserved is nobody else's
    assert_eq!(store.post(store.stock_out(8)).await.unwrap_err().code(), "stock_insufficient");

    let first = selling.shipped(&order, "1").await.unwrap();
    assert_eq!(
        (first.state, first.lines[0].open, first.lines[0].reserved),
        (SalesState::PartlyShipped, Quantity::pieces(2), Quantity::pieces(2))
    );
    assert_eq!(
        faults(selling.shipped(&order, "3").await),
        [("/lines/0/quantity".to_owned(), "shipment_exceeds_order".to_owned())]
    );
    let whole = selling.shipped(&order, "2").await.unwrap();
    assert_eq!((whole.state, whole.shipments.len()), (SalesState::Shipped, 2));
    assert_eq!(selling.nets(BOOKS).await, [33_900, -30_000, -3_900, 18_000, 42_000, 0]);
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 42_000)]);
    let second = selling.shipment(&order).await;
    assert_eq!((second.amount.0, second.open.0), (22_600, 22_600));
    assert_eq!(second.due_on.naive(), store.app.clock_today() + chrono::TimeDelta::days(30));
    store.books_are_clean().await;

    // paid in part it stands; when the receipt is gone it is taken back and the order waits again
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    let paid = selling.paid(bank, second.id.uuid(), "100.00", None).await.unwrap();
    let refused = selling.unshipped(&second).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&paid.number), "{}", refused.problem.detail);
    let all: Vec<_> = whole.shipments.iter().map(|link| link.id).collect();
    let first = store.keeper.call::<GetSalesShipment>(ById { id: all[0] }, Nothing, Nothing).await.unwrap();
    let back = selling.unshipped(&first).await.unwrap();
    assert_eq!((back.state, back.open.0, back.allowed.len()), (SalesShipmentState::Reversed, 0, 0));
    let late = json!([{"line_id": first.lines[0].id, "quantity": "1", "condition": "good"}]);
    let late = selling.sent_back(&first, late).await.unwrap_err();
    assert_eq!((late.status, late.code()), (409, "shipment_not_returnable"));
    let waiting = selling.order(&order).await;
    assert_eq!(
        (waiting.state, waiting.lines[0].open, waiting.lines[0].reserved),
        (SalesState::PartlyShipped, Quantity::ONE, Quantity::ONE)
    );
    assert_eq!(selling.nets(BOOKS).await, [12_600, -20_000, -2_600, 12_000, 48_000, 0]);
    store.books_are_clean().await;

    // closed, what is reserved is free again
    let why = serde_json::from_value(json!({"reason": "客户不要了"})).unwrap();
    let closed = store.headquarters.call::<CloseSalesOrder>(ById { id: order.id }, Nothing, why).await.unwrap();
    assert_eq!((closed.state, closed.lines[0].reserved), (SalesState::Closed, Quantity::ZERO));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 8, 0, 48_000)]);
    store.books_are_clean().await;
}

/// Proves: S4-6.2
#[actix_web::test]
async fn what_comes_back_reduces_what_is_owed_and_becomes_an_advance_where_it_was_paid() {
    let selling = Selling::open().await;
    let store = &selling.store;
    let order = selling.uploaded("4", "113.00").await;
    selling.accepted(&store.headquarters, &order, json!({})).await.unwrap();
    selling.shipped(&order, "4").await.unwrap();
    let shipment = selling.shipment(&order).await;
    let line = |quantity: &str, condition: &str| json!({"line_id": shipment.lines[0].id, "quantity": quantity, "condition": condition});
    let before = selling.nets(BOOKS).await;
    assert_eq!(before, [45_200, -40_000, -5_200, 24_000, 36_000, 0]);

    // one good, one bad: the good one at its cost, the bad one worth nothing by the rules
    let back = selling.sent_back(&shipment, json!([line("1", "good"), line("1", "bad")])).await.unwrap();
    assert_eq!([back.credit, back.tax, back.set_off, back.open].map(|m| m.0), [22_600, 2_600, 22_600, 0]);
    assert_eq!(selling.nets(BOOKS).await, [22_600, -20_000, -2_600, 12_000, 42_000, 0]);
    assert_eq!(selling.nets([Account::ScrapLoss]).await, [6_000]);
    assert_eq!(store.stock(store.part).await, [("B1".to_owned(), 1, 0, 0), ("G1".to_owned(), 7, 0, 42_000)]);
    store.books_are_clean().await;
    let exceeds = |at: &str| (at.to_owned(), "return_exceeds".to_owned());
    let more = selling.sent_back(&shipment, json!([line("3", "good")])).await;
    assert_eq!(faults(more), [exceeds("/lines/0/quantity")]);
    let refused = selling.unshipped(&shipment).await.unwrap_err();
    assert!(refused.problem.detail.contains(&back.number), "{}", refused.problem.detail);

    // the rest is paid, one more comes back: the dealer has an advance, and uses it
    let bank = base::bank_account(&store.accountant, "bank", "BANK").await;
    selling.paid(bank, shipment.id.uuid(), "226.00", None).await.unwrap();
    let late = selling.sent_back(&shipment, json!([line("1", "good")])).await.unwrap();
    assert_eq!([late.credit, late.set_off, late.open].map(|m| m.0), [11_300, 0, 11_300]);
    assert_eq!(selling.nets([Account::Receivable, Account::Deposits]).await, [0, -11_300]);
    store.books_are_clean().await;
    let next = selling.uploaded("1", "113.00").await;
    selling.accepted(&store.headquarters, &next, json!({})).await.unwrap();
    selling.shipped(&next, "1").await.unwrap();
    let owed = selling.shipment(&next).await;
    let advance = given::open_item(&store.accountant, late.id.uuid()).await;
    let used = selling.paid(bank, owed.id.uuid(), "113.00", Some((advance, "113.00"))).await.unwrap();
    let refused = selling.kept(&late).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "reversal_blocked"));
    assert!(refused.problem.detail.contains(&used.number), "{}", refused.problem.detail);

    let kept = selling.kept(&back).await.unwrap();
    assert_eq!(kept.state, SalesReturnState::Reversed);
    assert_eq!(selling.nets([Account::ScrapLoss, Account::Receivable]).await, [0, 22_600]);
    store.books_are_clean().await;
    let found = selling.clerk.call::<ListSalesReturns>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    assert_eq!(found.len(), 2);
}
