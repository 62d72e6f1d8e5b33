//! Records that other systems put under their own names.

use crate::support::client::version;
use crate::support::given::World;
use openapi::master::customer::{Customer, CustomerDraft, CustomerKind, GetCustomer, ListCustomers, PutCustomer};
use openapi::master::product::{ProductDraft, ProductKind, PutProduct};
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::document::{ListStockDocs, PostStockDoc, PutStockDoc, StockDocFilter, StockDocState};
use openapi::{ByExternal, ById, Listing, Nothing, Quantity, Role};
use serde_json::json;

fn by<T>(source: &str, name: &str) -> ByExternal<T> {
    ByExternal::new(source.parse().unwrap(), name.parse().unwrap())
}

fn draft(name: &str, phone: &str) -> CustomerDraft {
    CustomerDraft {
        name: name.parse().unwrap(),
        kind: CustomerKind::Person,
        phone: phone.parse().unwrap(),
        landline: None,
        email: None,
        belongs_to: None,
        region: None,
        address: None,
        remark: None,
        roles: vec![openapi::master::customer::PartyRole::Customer],
        tax_no: None,
        credit_limit: None,
        price_level: None,
        terms_days: None,
        runs_org_id: None,
        contacts: Vec::new(),
    }
}

fn part(code: &str) -> ProductDraft {
    let draft = json!({
        "code": code, "name": "屏幕总成", "kind": "part", "uom": "个", "is_serial_tracked": false,
        "returns_old_part": false, "is_claimable": true, "warranty_months": 12, "wholesale_price": "8.00",
        "retail_price": "10.00", "warranty_price": "6.00",
    });
    serde_json::from_value(draft).unwrap()
}

#[actix_web::test]
async fn what_is_put_under_a_name_is_made_once_and_changed_from_then_on() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let count = async || clerk.call::<ListCustomers>(Nothing, Listing::default(), Nothing).await.unwrap().items.len();
    let before = count().await;
    let made = clerk.call::<PutCustomer>(by("crm", "C-0001"), Nothing, draft("李雷", "13811110001")).await.unwrap();
    assert_eq!(made.version, 1);
    let moved = clerk.call::<PutCustomer>(by("crm", "C-0001"), Nothing, draft("李雷雷", "13811110002")).await.unwrap();
    assert_eq!((moved.id, moved.version, &*moved.name), (made.id, 2, "李雷雷"));
    // another system, or another kind of record, may use the same name
    let other = clerk.call::<PutCustomer>(by("erp", "C-0001"), Nothing, draft("韩梅梅", "13811110003")).await.unwrap();
    assert_ne!(other.id, made.id);
    let screen = clerk.call::<PutProduct>(by("crm", "C-0001"), Nothing, part("C-0001")).await.unwrap();
    assert_eq!(screen.kind, ProductKind::Part);
    assert_eq!(count().await, before + 2);

    // a version that is sent is heeded, and nothing changes
    let stale =
        clerk.call_with::<PutCustomer>(by("crm", "C-0001"), Nothing, draft("谁", "13811110004"), version(1)).await;
    assert_eq!(stale.unwrap_err().status, 412);
    let nobody =
        clerk.call_with::<PutCustomer>(by("crm", "new"), Nothing, draft("谁", "13811110004"), version(1)).await;
    assert_eq!(nobody.unwrap_err().status, 412, "a version of something that is not there");
    let now = clerk.call::<GetCustomer>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((now.version, count().await), (2, before + 2));

    // what is wrong leaves no name behind
    let taken = clerk.call::<PutProduct>(by("crm", "P-2"), Nothing, part("C-0001")).await.unwrap_err();
    assert_eq!(taken.errors(), [("/code", "taken")]);
    assert_eq!(clerk.call::<PutProduct>(by("crm", "P-2"), Nothing, part("C-0002")).await.unwrap().version, 1);
    let engineer = &world.near.people[&Role::Engineer];
    let refused = engineer.call::<PutCustomer>(by("crm", "C-0001"), Nothing, draft("谁", "13811110004")).await;
    assert_eq!(refused.unwrap_err().status, 403);
    let odd = clerk
        .request("PUT", "/api/v1/master/customers/by-external/crm/a%20b")
        .header("content-type", "application/json");
    assert_eq!(odd.body("{}").send().await.unwrap().status(), 404);
}

#[actix_web::test]
async fn many_who_put_the_same_name_at_once_make_one_record() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let put = |n: usize| {
        let clerk = clerk.clone();
        async move {
            let draft = draft(&format!("客户{n}"), "13811110001");
            clerk.call::<PutCustomer>(by::<Customer>("crm", "C-7"), Nothing, draft).await
        }
    };
    let answers = futures::future::join_all((0..12).map(put)).await;
    let done: Vec<Customer> = answers.into_iter().map(Result::unwrap).collect();
    assert!(done.iter().all(|customer| customer.id == done[0].id));
    let last = done.iter().map(|customer| customer.version).max();
    assert_eq!(last, Some(12), "every one of them had its effect");
}

/// The other system may not have heard the answer, and says it again.
#[actix_web::test]
async fn what_is_put_and_posted_at_once_moves_once_however_often_it_is_put() {
    let world = World::build().await;
    let keeper = &world.near.people[&Role::Storekeeper];
    let clerk = &world.near.people[&Role::Clerk];
    let part = clerk.call::<PutProduct>(by("wms", "SKU-2"), Nothing, part("SKU-2")).await.unwrap().id;
    let body = |count: &str| {
        json!({"kind": "stock_in", "reason": "other", "warehouse_id": world.near.objects["warehouse"], "post": true,
            "lines": [{"product_id": part, "quantity": count, "unit_cost": "6"}]})
    };
    let put = |name: &'static str, count: &str| {
        let (keeper, body) = (keeper.clone(), serde_json::from_value(body(count)).unwrap());
        async move { keeper.call::<PutStockDoc>(by("wms", name), Nothing, body).await }
    };
    let there = async || {
        let filter = StockFilter { product_id: Some(part), ..Default::default() };
        let all = keeper.call::<ListStock>(Nothing, Listing { filter, ..Default::default() }, Nothing).await.unwrap();
        all.items.iter().map(|row| row.on_hand).sum::<Quantity>()
    };
    let posted = put("GR-90", "5").await.unwrap();
    assert_eq!((posted.state, posted.moves.len()), (StockDocState::Posted, 1));
    let again = put("GR-90", "5").await.unwrap_err();
    assert_eq!((again.status, again.code(), there().await), (409, "state_conflict", Quantity::pieces(5)));

    // all at once under a new number: one of them
    let answers = futures::future::join_all((0..6).map(|_| put("GR-91", "2"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.iter().filter_map(|a| a.as_ref().err()).all(|e| e.code() == "state_conflict"), "{answers:?}");
    assert_eq!(there().await, Quantity::pieces(7));

    // a draft that is there already is posted by the put that says so; what cannot be posted leaves no name behind
    let mut draft = body("1");
    draft["post"] = json!(false);
    let draft = serde_json::from_value(draft).unwrap();
    let written = keeper.call::<PutStockDoc>(by("wms", "GR-92"), Nothing, draft).await.unwrap();
    let posted = put("GR-92", "3").await.unwrap();
    assert_eq!((posted.id, posted.state, there().await), (written.id, StockDocState::Posted, Quantity::pieces(10)));
    let mut out = body("11");
    (out["kind"], out["lines"][0]["unit_cost"]) = (json!("stock_out"), json!(null));
    let out = || serde_json::from_value(out.clone()).unwrap();
    let refused = keeper.call::<PutStockDoc>(by("wms", "GI-1"), Nothing, out()).await.unwrap_err();
    assert_eq!((refused.code(), there().await), ("stock_insufficient", Quantity::pieces(10)));
    assert_eq!(put("GR-93", "1").await.unwrap().version, 2, "written, then posted");
    assert_eq!(
        keeper.call::<PutStockDoc>(by("wms", "GI-1"), Nothing, out()).await.unwrap().state,
        StockDocState::Posted
    );
    assert_eq!(there().await, Quantity::ZERO);
}

/// Proves: S2-0.2a
#[actix_web::test]
async fn a_warehouse_system_moves_stock_under_its_own_numbers_and_asks_what_lies_there() {
    let world = World::build().await;
    let keeper = &world.near.people[&Role::Storekeeper];
    let clerk = &world.near.people[&Role::Clerk];
    let (good, part) = (
        world.near.objects["warehouse"],
        clerk.call::<PutProduct>(by("wms", "SKU-1"), Nothing, part("SKU-1")).await.unwrap().id,
    );
    let arrived = |count: &str| {
        let line = json!({"product_id": part, "quantity": count, "unit_cost": "6"});
        let body = json!({"kind": "stock_in", "reason": "other", "warehouse_id": good, "reference": "ASN-77", "lines": [line]});
        serde_json::from_value(body).unwrap()
    };
    let put = async |count: &str| keeper.call::<PutStockDoc>(by("wms", "GR-77"), Nothing, arrived(count)).await;
    let first = put("5").await.unwrap();
    let corrected = put("7").await.unwrap();
    assert_eq!((corrected.id, corrected.version, corrected.total_quantity), (first.id, 2, Quantity::pieces(7)));
    let posted = keeper.call_with::<PostStockDoc>(ById { id: first.id }, Nothing, Nothing, version(2)).await.unwrap();
    assert_eq!(posted.state, StockDocState::Posted);

    // told once more after it was posted: nothing comes in twice
    assert_eq!(put("7").await.unwrap_err().code(), "state_conflict");
    let far = &world.far.people[&Role::Storekeeper];
    let foreign = far.call::<PutStockDoc>(by("wms", "GR-78"), Nothing, arrived("1")).await.unwrap_err();
    assert_eq!(foreign.errors(), [("/warehouse_id", "reference_not_found")]);
    let taken = far.call::<PutStockDoc>(by("wms", "GR-77"), Nothing, arrived("1")).await.unwrap_err();
    assert_eq!(taken.status, 404, "the number belongs to a document of another station");

    let filter = StockFilter { product_id: Some(part), ..Default::default() };
    let stock = keeper.call::<ListStock>(Nothing, Listing { filter, ..Default::default() }, Nothing).await.unwrap();
    assert_eq!(stock.items.iter().map(|row| row.on_hand).collect::<Vec<_>>(), [Quantity::pieces(7)]);
    let filter = StockDocFilter { number: Some(posted.number.parse().unwrap()), ..Default::default() };
    let docs = keeper.call::<ListStockDocs>(Nothing, Listing { filter, ..Default::default() }, Nothing).await.unwrap();
    assert_eq!(docs.items.len(), 1);
}
