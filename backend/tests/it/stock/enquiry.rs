//! Current stock, its sums, and who has a part.

use super::{Store, draft, line, price, warehouse};
use openapi::document::DocKind;
use openapi::master::warehouse::WarehouseKind;
use openapi::page::Whole;
use openapi::query::AnyOf;
use openapi::stock::PlaceKind;
use openapi::stock::availability::{AvailabilityQuery, GetAvailability, Nearness};
use openapi::stock::balance::{ListStock, StockFilter, SumStock};
use openapi::stock::document::StockLineDraft;
use openapi::stock::transfer::{CreateTransfer, ShipTransfer};
use openapi::{ById, Listing, Money, Nothing, Plain, Quantity, Role};

fn listing(filter: StockFilter) -> Listing<StockFilter> {
    Listing { page: Default::default(), filter }
}

/// Proves: S4-9.9
#[actix_web::test]
async fn headquarters_sees_every_station_and_a_station_its_own_with_sums() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let other = store.app.station("SH01").await;
    let away = warehouse(&store.app, other, "F1", WarehouseKind::Good).await;
    let there = StockLineDraft { unit_cost: Some(price("20")), ..line(store.part, 7) };
    store.post(draft(DocKind::StockIn, away, there)).await.unwrap();
    let sums = async |client: &crate::support::client::Client, filter: StockFilter| {
        client.call::<SumStock>(Nothing, Whole(listing(filter)), Nothing).await.unwrap()
    };
    let all = sums(&store.headquarters, StockFilter::default()).await;
    assert_eq!((all.rows, all.on_hand, all.value), (2, Quantity::pieces(12), Some(Money(190_00))));
    let own = sums(&store.keeper, StockFilter::default()).await;
    assert_eq!((own.rows, own.on_hand, own.value), (1, Quantity::pieces(5), Some(Money(50_00))));
    let desk = sums(&store.reception, StockFilter::default()).await;
    assert_eq!((desk.on_hand, desk.value), (Quantity::pieces(5), None), "no cost without the right");
    let root = store.app.headquarters().await;
    let below = StockFilter { org_id: Some(root.into()), include_below: Some(true), ..Default::default() };
    assert_eq!(sums(&store.headquarters, below.clone()).await.rows, 2);
    assert_eq!(sums(&store.headquarters, StockFilter { include_below: None, ..below }).await.rows, 0);
    let none = StockFilter { model: Some("没有的型号".parse().unwrap()), ..Default::default() };
    assert_eq!(sums(&store.headquarters, none).await.rows, 0);
    let answer = store.headquarters.request("GET", "/api/v1/stock/balances/sums?limit=5").send().await.unwrap();
    assert_eq!(answer.status(), 422, "a sum has no pages");
}

/// Proves: S4-9.9
#[actix_web::test]
async fn whoever_orders_parts_sees_who_has_them_and_never_what_they_cost() {
    let store = Store::open().await;
    store.buy(5, "10").await;
    let other = store.app.station("SH01").await;
    let away = warehouse(&store.app, other, "F1", WarehouseKind::Good).await;
    let there = StockLineDraft { unit_cost: Some(price("20")), ..line(store.part, 7) };
    store.post(draft(DocKind::StockIn, away, there)).await.unwrap();
    let (_, clerk) = store.app.person("clerk", &[Role::Clerk], store.station).await;
    let asked = AvailabilityQuery { product_id: None, q: Some("PA-1001".parse().unwrap()) };
    let found = clerk.call::<GetAvailability>(Nothing, Plain(asked.clone()), Nothing).await.unwrap();
    let rows: Vec<_> = found.items.iter().map(|r| (r.org_name.to_string(), r.nearness, r.available.0 / 1000)).collect();
    assert_eq!(rows, [("HZ01 服务站".to_owned(), Nearness::Own, 5), ("SH01 服务站".to_owned(), Nearness::Near, 7)]);
    let desk = store.reception.call::<GetAvailability>(Nothing, Plain(asked.clone()), Nothing).await.unwrap();
    assert_eq!(desk.items.len(), found.items.len(), "the desk tells a customer where the part is");
    let refused = store.engineer.call::<GetAvailability>(Nothing, Plain(asked.clone()), Nothing).await.unwrap_err();
    assert_eq!(refused.code(), "forbidden");

    // what is on its way is said where it goes to, and who sends it has it no more
    let send = serde_json::from_value(serde_json::json!({
        "warehouse_id": away, "to_org_id": store.station,
        "lines": [{"product_id": store.part, "quantity": "2"}]
    }));
    let sent = store.headquarters.call::<CreateTransfer>(Nothing, Nothing, send.unwrap()).await.unwrap();
    let path = ById { id: sent.id };
    let version = crate::support::client::version(sent.version);
    store.headquarters.call_with::<ShipTransfer>(path, Nothing, Nothing, version).await.unwrap();
    let found = clerk.call::<GetAvailability>(Nothing, Plain(asked), Nothing).await.unwrap();
    let rows: Vec<_> = found.items.iter().map(|r| (r.available.0 / 1000, r.incoming.0 / 1000)).collect();
    assert_eq!(rows, [(5, 2), (5, 0)]);
    let own = store.keeper.call::<ListStock>(Nothing, listing(StockFilter::default()), Nothing).await.unwrap();
    assert_eq!(own.items[0].incoming, Quantity::pieces(2));
    let transit = StockFilter { place_kind: Some(AnyOf(vec![PlaceKind::Transit])), ..Default::default() };
    let transit = store.headquarters.call::<ListStock>(Nothing, listing(transit), Nothing).await.unwrap();
    assert_eq!(transit.items[0].place.name.as_deref(), Some(&*sent.number), "goods in transit name their transfer");
}
