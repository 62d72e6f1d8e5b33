//! Orders, the credit that they need, and the prices that they take.

use super::{Selling, faults};
use crate::support::client::{Client, version};
use openapi::trade::retail::sale::{FindRetailGoods, RetailGoodsQuery};
use openapi::trade::wholesale::order::{
    CreateSalesOrder, RejectSalesOrder, ReviseSalesOrder, SalesState, UploadSalesOrder,
};
use openapi::trade::wholesale::price::{CreatePrice, DeletePrice, ListPrices, PriceFilter};
use openapi::{ById, Listing, Nothing, Plain, Role};
use serde_json::json;

/// Proves: S4-6.1, S4-14.7
#[actix_web::test]
async fn credit_and_overdue_stand_in_the_way_until_somebody_with_the_right_gives_a_reason() {
    let selling = Selling::open().await;
    let (store, boss) = (&selling.store, &selling.store.headquarters);
    let one = selling.uploaded("2", "1000").await;
    let two = selling.uploaded("2", "1000").await;
    selling.accepted(boss, &one, json!({})).await.unwrap();
    let seen = selling.order(&two).await.credit.unwrap();
    assert_eq!([seen.limit, seen.owed, seen.ordered, seen.free].map(|m| m.0), [300_000, 0, 200_000, 100_000]);
    let refused = selling.accepted(boss, &two, json!({})).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "credit_exceeded"));
    assert!(
        refused.problem.detail.contains("4000.00") || refused.problem.detail.contains("4,000.00"),
        "{}",
        refused.problem.detail
    );
    let refused = selling.accepted(boss, &two, json!({"credit_reason": "老客户"})).await.unwrap_err();
    assert_eq!(refused.status, 403, "headquarters does not release beyond the credit");
    let released = selling.accepted(&store.accountant, &two, json!({"credit_reason": "老客户"})).await.unwrap();
    assert_eq!(released.credit_reason.as_deref(), Some("老客户"));
    selling.shipped(&one, "2").await.unwrap();

    // 31 days later something is overdue, however little is ordered
    store.app.clock.advance(chrono::TimeDelta::days(31));
    let (_, clerk) = store.app.person("late-clerk", &[Role::Clerk], store.station).await;
    let (_, boss) = store.app.person("late-boss", &[Role::Headquarters], store.app.headquarters().await).await;
    let draft = json!({"party_id": selling.dealer, "warehouse_id": store.good,
        "lines": [{"product_id": store.part, "quantity": "1", "unit_price": "1"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let small = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft).await.unwrap();
    clerk.call::<UploadSalesOrder>(ById { id: small.id }, Nothing, Nothing).await.unwrap();
    let refused = selling.accepted(&boss, &small, json!({})).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "credit_overdue"));
    let why = || serde_json::from_value(json!({"reason": "逾期未付"})).unwrap();
    let again = boss.call::<ReviseSalesOrder>(ById { id: small.id }, Nothing, why()).await.unwrap();
    assert_eq!(again.state, SalesState::Draft);
    clerk.call::<UploadSalesOrder>(ById { id: small.id }, Nothing, Nothing).await.unwrap();
    let rejected = boss.call::<RejectSalesOrder>(ById { id: small.id }, Nothing, why()).await.unwrap();
    assert_eq!((rejected.state, rejected.allowed.len()), (SalesState::Rejected, 0));
    store.books_are_clean().await;
}

#[actix_web::test]
async fn of_two_orders_that_fit_the_credit_one_by_one_only_one_is_accepted_at_once() {
    let selling = Selling::open().await;
    let (boss, books) = (&selling.store.headquarters, &selling.store.accountant);
    let (one, two) = (selling.uploaded("2", "1000").await, selling.uploaded("2", "1000").await);
    let (first, second) =
        tokio::join!(selling.accepted(boss, &one, json!({})), selling.accepted(books, &two, json!({})));
    let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(won.unwrap().state, SalesState::Accepted);
    assert_eq!(lost.unwrap_err().code(), "credit_exceeded");
    selling.store.books_are_clean().await;
}

#[actix_web::test]
async fn prices_follow_their_level_and_their_day_in_wholesale_and_at_the_counter() {
    let selling = Selling::open().await;
    let (store, books) = (&selling.store, &selling.store.accountant);
    let set = async |level: &str, from: &str, price: &str| {
        let draft = json!({"product_id": store.part, "level": level, "from_on": from, "unit_price": price});
        books.call::<CreatePrice>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await
    };
    let today = store.app.clock_today();
    let (now, later) = (today.to_string(), (today + chrono::TimeDelta::days(5)).to_string());
    let first = set("wholesale", &now, "95").await.unwrap();
    assert!(first.is_in_force && !first.is_removable && first.until_on.is_none());
    let ahead = set("wholesale", &later, "90").await.unwrap();
    assert!(!ahead.is_in_force && ahead.is_removable);
    set("retail", &now, "130").await.unwrap();
    let twice = set("wholesale", &later, "91").await;
    assert_eq!(faults(twice), [("/from_on".to_owned(), "price_day_taken".to_owned())]);
    let past = set("wholesale", "2026-01-01", "1").await;
    assert_eq!(faults(past), [("/from_on".to_owned(), "out_of_range".to_owned())]);
    let refused =
        books.call_with::<DeletePrice>(ById { id: first.id }, Nothing, Nothing, version(1)).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "price_in_force"));

    let price_of = async |by: &Client| {
        let draft = json!({"party_id": selling.dealer, "warehouse_id": store.good,
            "lines": [{"product_id": store.part, "quantity": "1"}]});
        let draft = serde_json::from_value(draft).unwrap();
        by.call::<CreateSalesOrder>(Nothing, Nothing, draft).await.unwrap().lines[0].unit_price.0 / 10_000
    };
    assert_eq!(price_of(&selling.clerk).await, 95);
    let query = Plain(RetailGoodsQuery { warehouse_id: store.good, code: "PA-1001".parse().unwrap() });
    let goods = store.reception.call::<FindRetailGoods>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(goods[0].retail_price.0, 1_300_000);
    let prices = async |filter| {
        books.call::<ListPrices>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap().items
    };
    let level = Some("wholesale".parse().unwrap());
    let in_force = prices(PriceFilter { level: level.clone(), is_in_force: Some(true), ..Default::default() }).await;
    assert_eq!(
        in_force.iter().map(|p| (p.unit_price.0, p.until_on.map(|d| d.to_string()))).collect::<Vec<_>>(),
        [(950_000, Some((today + chrono::TimeDelta::days(4)).to_string()))]
    );
    let on = Some(later.parse().unwrap());
    let then = prices(PriceFilter { level, on, ..Default::default() }).await;
    assert_eq!(then.iter().map(|p| p.id).collect::<Vec<_>>(), [ahead.id]);
    store.app.clock.advance(chrono::TimeDelta::days(5));
    let (_, later) = store.app.person("late-clerk", &[Role::Clerk], store.station).await;
    assert_eq!(price_of(&later).await, 90);
}
