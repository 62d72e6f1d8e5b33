//! Orders and what is received of them.

use super::{Buying, faults};
use crate::support::client::version;
use openapi::finance::Account;
use openapi::finance::period::{ClosePeriod, PeriodDraft};
use openapi::master::customer::CreateCustomer;
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::trade::purchase::order::{
    ApprovePurchaseOrder, CancelPurchaseOrder, ClosePurchaseOrder, CreatePurchaseOrder, ListPurchaseOrders,
    PurchaseAction, PurchaseOrderFilter, PurchaseState, SubmitPurchaseOrder,
};
use openapi::trade::purchase::receipt::{GoodsReceiptState, ReceivePurchaseOrder};
use openapi::{ById, Listing, Nothing, Quantity};
use serde_json::json;

/// Proves: S4-5.1
#[actix_web::test]
async fn an_order_is_received_in_two_parts_and_every_fen_of_it_is_owed() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let draft = buying.drafted().await;
    assert_eq!((draft.total_amount.0, draft.total_tax.0), (56_500, 6_500));
    assert_eq!((draft.lines[0].vat_rate, draft.lines[0].amount.0), (1300, 11_300));
    assert_eq!(draft.allowed, [PurchaseAction::Submit, PurchaseAction::Void]);
    let refused = buying
        .received(
            &store.keeper,
            &draft,
            json!({"lines": [
        {"line_id": draft.lines[0].id, "quantity": "1"}]}),
        )
        .await
        .unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"), "a draft is not received");

    let order = buying.placed().await;
    assert_eq!(order.state, PurchaseState::Placed);
    let (parts, boards) = (order.lines[0].id, order.lines[1].id);
    let first = buying
        .received(
            &store.keeper,
            &order,
            json!({"reference": "SF-77", "lines": [
                {"line_id": parts, "quantity": "3"},
                {"line_id": boards, "quantity": "1", "serials": ["BRD-0001"]},
            ]}),
        )
        .await
        .unwrap();
    assert_eq!(
        (first.state, first.lines[0].open, first.receipts.len()),
        (PurchaseState::PartlyReceived, Quantity::pieces(7), 1)
    );
    let receipt = buying.receipt(&first).await;
    // 3 × 11.30 and 226.00 without 13 %: 30.00 and 200.00
    assert_eq!(receipt.lines.iter().map(|l| l.value.0).collect::<Vec<_>>(), [3_000, 20_000]);
    assert_eq!((receipt.postings.len(), receipt.reference.as_deref()), (1, Some("SF-77")));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 3, 0, 3_000)]);
    assert_eq!(buying.net(Account::GoodsReceived).await, -23_000);

    let over = buying.received(&store.keeper, &first, json!({"lines": [{"line_id": parts, "quantity": "8"}]})).await;
    assert_eq!(faults(over), [("/lines/0/quantity".to_owned(), "receipt_exceeds_order".to_owned())]);
    let nameless =
        buying.received(&store.keeper, &first, json!({"lines": [{"line_id": boards, "quantity": "1"}]})).await;
    assert_eq!(faults(nameless), [("/lines/0/serials".to_owned(), "serials_differ".to_owned())]);
    let second = buying
        .received(
            &store.keeper,
            &first,
            json!({"lines": [
                {"line_id": parts, "quantity": "7"},
                {"line_id": boards, "quantity": "1", "serials": ["BRD-0002"]},
            ]}),
        )
        .await
        .unwrap();
    assert_eq!(second.state, PurchaseState::Received);
    assert_eq!((buying.net(Account::GoodsReceived).await, buying.net(Account::PartsGood).await), (-50_000, 50_000));
    store.books_are_clean().await;

    // the first delivery is taken back: goods, debt and order follow
    let back = buying.reversed(&receipt).await.unwrap();
    assert_eq!((back.state, back.postings.len(), back.allowed.len()), (GoodsReceiptState::Reversed, 0, 0));
    let reopened = buying.order(&order).await;
    assert_eq!((reopened.state, reopened.lines[0].received), (PurchaseState::PartlyReceived, Quantity::pieces(7)));
    assert_eq!(store.stock(store.part).await, [("G1".to_owned(), 7, 0, 7_000)]);
    assert_eq!(buying.net(Account::GoodsReceived).await, -27_000);
    let twice = buying.reversed(&back).await.unwrap_err();
    assert_eq!((twice.status, twice.code()), (409, "state_conflict"));
    let rest = buying.receipt(&second).await;
    buying.reversed(&rest).await.unwrap();
    let empty = buying.order(&order).await;
    assert_eq!((empty.state, buying.net(Account::GoodsReceived).await), (PurchaseState::Placed, 0));
    store.books_are_clean().await;
}

/// Proves: S4-5.1
#[actix_web::test]
async fn what_is_ordered_is_expected_where_it_is_to_come_until_it_came_or_the_order_is_closed() {
    let buying = Buying::open().await;
    let store = &buying.store;
    store.buy(1, "10").await;
    let expected = async || {
        let filter = StockFilter { product_id: Some(store.part), ..Default::default() };
        let query = Listing { filter, ..Listing::default() };
        let found = store.keeper.call::<ListStock>(Nothing, query, Nothing).await.unwrap().items;
        found.iter().map(|row| (row.on_hand.to_string(), row.ordered.to_string())).collect::<Vec<_>>()
    };
    let seen = |on_hand: &str, ordered: &str| vec![(on_hand.to_owned(), ordered.to_owned())];
    buying.drafted().await;
    assert_eq!(expected().await, seen("1", "0"), "nobody has ordered yet");
    let order = buying.placed().await;
    assert_eq!(expected().await, seen("1", "10"));
    let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "4"}]});
    let order = buying.received(&store.keeper, &order, came).await.unwrap();
    assert_eq!(expected().await, seen("5", "6"));
    let receipt = buying.receipt(&order).await;
    buying.reversed(&receipt).await.unwrap();
    assert_eq!(expected().await, seen("1", "10"));
    let why = serde_json::from_value(json!({"reason": "供应商缺货"})).unwrap();
    store.headquarters.call::<CancelPurchaseOrder>(ById { id: order.id }, Nothing, why).await.unwrap();
    assert_eq!(expected().await, seen("1", "0"));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn goods_that_were_used_stand_in_the_way_of_taking_their_receipt_back() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let order = buying.placed().await;
    let body = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "4"}]});
    let order = buying.received(&store.keeper, &order, body).await.unwrap();
    let out = store.post(store.stock_out(3)).await.unwrap();
    let receipt = buying.receipt(&order).await;
    let refused = buying.reversed(&receipt).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "stock_reversal_blocked"));
    assert!(refused.problem.detail.contains(&out.number), "{}", refused.problem.detail);
    store.reverse(&out).await.unwrap();
    buying.reversed(&receipt).await.unwrap();
    store.books_are_clean().await;
}

#[actix_web::test]
async fn two_people_who_receive_the_last_piece_at_once_receive_it_once() {
    let buying = Buying::open().await;
    let order = buying.placed().await;
    let body = || serde_json::from_value(json!({"lines": [{"line_id": order.lines[0].id, "quantity": "6"}]})).unwrap();
    let path = || ById { id: order.id };
    let (keeper, boss) = (&buying.store.keeper, &buying.store.headquarters);
    let (one, two) = tokio::join!(
        keeper.call_with::<ReceivePurchaseOrder>(path(), Nothing, body(), version(order.version)),
        boss.call_with::<ReceivePurchaseOrder>(path(), Nothing, body(), version(order.version)),
    );
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(won.unwrap().lines[0].received, Quantity::pieces(6));
    let lost = lost.unwrap_err();
    assert_eq!((lost.status, lost.code()), (412, "stale"), "the order is not what the second one saw");
    let now = buying.order(&order).await;
    let again = buying.received(boss, &now, json!({"lines": [{"line_id": order.lines[0].id, "quantity": "6"}]})).await;
    assert_eq!(faults(again), [("/lines/0/quantity".to_owned(), "receipt_exceeds_order".to_owned())]);
    assert_eq!(buying.store.stock(buying.store.part).await, [("G1".to_owned(), 6, 0, 6_000)]);
    buying.store.books_are_clean().await;
}

#[actix_web::test]
async fn who_writes_an_order_does_not_approve_it_and_nothing_comes_of_a_cancelled_one() {
    let buying = Buying::open().await;
    let boss = &buying.store.headquarters;
    let draft = json!({"party_id": buying.supplier, "warehouse_id": buying.store.good, "lines": [
        {"product_id": buying.store.part, "quantity": "1", "unit_price": "1"}]});
    let own = boss
        .call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft.clone()).unwrap())
        .await
        .unwrap();
    let own = boss.call::<SubmitPurchaseOrder>(ById { id: own.id }, Nothing, Nothing).await.unwrap();
    assert!(!own.allowed.contains(&PurchaseAction::Approve));
    let refused = boss.call::<ApprovePurchaseOrder>(ById { id: own.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_purchase_order"));

    let why = || serde_json::from_value(json!({"reason": "供应商缺货"})).unwrap();
    let order = buying.placed().await;
    let came = json!({"lines": [{"line_id": order.lines[0].id, "quantity": "2"}]});
    let partly = buying.received(&buying.store.keeper, &order, came.clone()).await.unwrap();
    let refused = boss.call::<CancelPurchaseOrder>(ById { id: order.id }, Nothing, why()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"), "what has come is not cancelled");
    let closed = boss.call::<ClosePurchaseOrder>(ById { id: order.id }, Nothing, why()).await.unwrap();
    assert_eq!(closed.state, PurchaseState::Closed);
    let refused = buying.received(&buying.store.keeper, &closed, came).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "state_conflict"));
    assert_eq!(buying.receipt(&partly).await.total_value.0, 2_000);

    let other = buying.placed().await;
    let other = boss.call::<CancelPurchaseOrder>(ById { id: other.id }, Nothing, why()).await.unwrap();
    assert_eq!(other.state, PurchaseState::Cancelled);
    let filter = PurchaseOrderFilter { state: Some("cancelled".parse().unwrap()), ..Default::default() };
    let query = Listing { filter, ..Listing::default() };
    let found = buying.clerk.call::<ListPurchaseOrders>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [other.id]);
}

#[actix_web::test]
async fn goods_are_not_received_into_a_closed_month_nor_from_somebody_who_is_no_supplier() {
    let buying = Buying::open().await;
    let store = &buying.store;
    let customer = json!({"name": "李雷", "kind": "person", "phone": "13800138000"});
    let customer = serde_json::from_value(customer).unwrap();
    let customer = buying.clerk.call::<CreateCustomer>(Nothing, Nothing, customer).await.unwrap().id;
    let draft = json!({"party_id": customer, "warehouse_id": store.good, "lines": [
        {"product_id": store.part, "quantity": "1", "unit_price": "1"}]});
    let refused =
        buying.clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await;
    assert_eq!(faults(refused), [("/party_id".to_owned(), "party_role_missing".to_owned())]);

    let order = buying.placed().await;
    let period = json!({"org_id": store.station, "month": "2026-10", "book": "stock"});
    let period: PeriodDraft = serde_json::from_value(period).unwrap();
    store.accountant.call::<ClosePeriod>(Nothing, Nothing, period).await.unwrap();
    let body =
        json!({"effective_at": "2026-10-15T02:00:00.000Z", "lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let refused = buying.received(&store.keeper, &order, body).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (423, "period_closed"));
    assert_eq!(buying.order(&order).await.lines[0].received, Quantity::ZERO);
}
