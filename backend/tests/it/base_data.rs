//! Base data: dictionaries, products, warehouses, accounts.

use crate::support::base::{self, entry};
use crate::support::client::version;
use crate::support::given::World;
use openapi::master::bank_account::{BankAccountFilter, ListBankAccounts};
use openapi::master::dictionary::{
    CreateDictionaryEntry, DeactivateDictionaryEntry, DictionaryEntryDraft, DictionaryEntryFilter, DictionaryKind,
    GetDictionaryEntry, ListDictionaryEntries, Payer, UpdateDictionaryEntry,
};
use openapi::master::product::{
    CreateProduct, DeactivateProduct, GetProduct, ListProducts, ProductDraft, ProductFilter, ProductKind, UpdateProduct,
};
use openapi::master::warehouse::{GetWarehouse, ListWarehouses, WarehouseFilter};
use openapi::query::AnyOf;
use openapi::{ById, Id, Listing, Nothing, Role, UnitPrice};
use serde_json::json;

fn draft(value: serde_json::Value) -> DictionaryEntryDraft {
    serde_json::from_value(value).unwrap()
}

/// Proves: S4-14.9, S4-14.10, S4-14.11, S4-14.12, S4-14.2, S2-2.4
#[actix_web::test]
async fn a_new_installation_has_dictionaries_whose_entries_carry_what_their_list_asks_for() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let state = entry(desk, DictionaryKind::WarrantyState, "OUT").await;
    assert_eq!(state.payer, Some(Payer::Customer));
    let method = entry(desk, DictionaryKind::RepairMethod, "M11").await;
    assert!(method.standard_minutes.is_some() && method.level_name.is_some());
    let level = entry(desk, DictionaryKind::RepairLevel, "L2").await;
    assert_eq!(
        (Some(level.id), level.labour_price.is_some(), level.claim_fee.is_some()),
        (method.level_id, true, true)
    );
    let visit = entry(desk, DictionaryKind::ServiceItem, "SM").await;
    assert_eq!(
        (visit.price, visit.tax_rate, visit.is_free_in_warranty),
        (Some(UnitPrice(500_000)), Some(600), Some(true))
    );
    let group = entry(desk, DictionaryKind::Fault, "F01").await;
    let filter = DictionaryEntryFilter { parent_id: Some(group.id), ..DictionaryEntryFilter::default() };
    let query = Listing { filter, ..Listing::default() };
    let faults = desk.call::<ListDictionaryEntries>(Nothing, query, Nothing).await.unwrap();
    assert_eq!(faults.items.len(), 5);
    assert!(faults.items.iter().all(|f| f.parent_name == Some(group.name.clone())));
}

#[actix_web::test]
async fn an_attribute_of_another_list_a_missing_one_and_a_used_code_are_named() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let wrong = [
        (json!({"kind": "warranty_state", "code": "X", "name": "x"}), "/payer", "required"),
        (json!({"kind": "brand", "code": "X", "name": "x", "payer": "customer"}), "/payer", "not_applicable"),
        (json!({"kind": "brand", "code": "HUAWEI", "name": "x"}), "/code", "taken"),
    ];
    for (body, pointer, code) in wrong {
        let refused = clerk.call::<CreateDictionaryEntry>(Nothing, Nothing, draft(body)).await.unwrap_err();
        assert_eq!(refused.errors(), [(pointer, code)]);
    }
    let top = entry(clerk, DictionaryKind::Fault, "F0101").await.id;
    let deep = draft(json!({"kind": "fault", "code": "X", "name": "x", "parent_id": top}));
    let refused = clerk.call::<CreateDictionaryEntry>(Nothing, Nothing, deep).await.unwrap_err();
    assert_eq!(refused.errors(), [("/parent_id", "parent_not_top")]);
    let brand = entry(clerk, DictionaryKind::Brand, "HUAWEI").await.id;
    let alien = draft(json!({"kind": "repair_method", "code": "X", "name": "x", "level_id": brand}));
    let refused = clerk.call::<CreateDictionaryEntry>(Nothing, Nothing, alien).await.unwrap_err();
    assert_eq!(refused.errors(), [("/level_id", "reference_not_found")]);
}

#[actix_web::test]
async fn an_entry_out_of_use_stays_where_it_is_and_cannot_be_chosen_anew() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let product = base::product(clerk, ProductKind::Unit, "P60-X").await;
    let brand = product.brand_id.unwrap();
    let off = clerk.call::<DeactivateDictionaryEntry>(ById { id: brand }, Nothing, Nothing).await.unwrap();
    assert!(!off.is_active);
    let mut same = base::product_draft(clerk, ProductKind::Unit, "P60-X").await;
    same.name = "改名".parse().unwrap();
    let kept =
        clerk.call_with::<UpdateProduct>(ById { id: product.id }, Nothing, same.clone(), version(1)).await.unwrap();
    assert_eq!(kept.brand_id, Some(brand));
    let fresh = ProductDraft { code: "P60-Y".parse().unwrap(), ..same };
    let refused = clerk.call::<CreateProduct>(Nothing, Nothing, fresh).await.unwrap_err();
    assert_eq!(refused.errors(), [("/brand_id", "reference_not_found")]);
    let entry = clerk.call::<GetDictionaryEntry>(ById { id: brand }, Nothing, Nothing).await.unwrap();
    let moved = draft(json!({"kind": "cause", "code": "HUAWEI", "name": "华为"}));
    let refused = clerk
        .call_with::<UpdateDictionaryEntry>(ById { id: brand }, Nothing, moved, version(entry.version))
        .await
        .unwrap_err();
    assert_eq!(refused.errors(), [("/kind", "not_changeable")]);
}

/// Proves: S4-14.1, S2-2.3
#[actix_web::test]
async fn parts_are_found_by_the_model_they_fit_and_costs_are_hidden_from_those_who_may_not_see_them() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let priced = ProductDraft {
        standard_cost: Some(UnitPrice(2_600_000)),
        applicable_models: vec!["MATE-9".parse().unwrap()],
        ..base::product_draft(clerk, ProductKind::Part, "LCD-9").await
    };
    let made = clerk.call::<CreateProduct>(Nothing, Nothing, priced.clone()).await.unwrap();
    assert_eq!(made.standard_cost, Some(UnitPrice(2_600_000)));
    for (role, sees) in [(Role::Reception, false), (Role::Engineer, false), (Role::Storekeeper, true)] {
        let person = &world.far.people[&role];
        let read = person.call::<GetProduct>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
        assert_eq!(read.standard_cost.is_some(), sees, "{role}");
        let filter = ProductFilter { fits_model: Some("MATE-9".parse().unwrap()), ..ProductFilter::default() };
        let query = Listing { filter, ..Listing::default() };
        let rows = person.call::<ListProducts>(Nothing, query, Nothing).await.unwrap().items;
        assert_eq!(rows.iter().map(|r| r.id).collect::<Vec<_>>(), [made.id]);
        assert_eq!(rows[0].standard_cost.is_some(), sees, "{role}");
        let sorted = person.request("GET", "/api/v1/master/products?sort=standard_cost").send().await.unwrap();
        assert_eq!(sorted.status(), 422);
        let filtered = person.request("GET", "/api/v1/master/products?standard_cost=260").send().await.unwrap();
        assert_eq!(filtered.status(), 422);
    }
    let negative = ProductDraft { code: "NEG".parse().unwrap(), retail_price: UnitPrice(-1), ..priced.clone() };
    let refused = clerk.call::<CreateProduct>(Nothing, Nothing, negative).await.unwrap_err();
    assert_eq!(refused.errors(), [("/retail_price", "out_of_range")]);
    let off = clerk.call::<DeactivateProduct>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    assert!(!off.is_active && off.version == made.version + 1);
}

/// Proves: S4-14.13
#[actix_web::test]
async fn warehouses_and_accounts_belong_to_their_station() {
    let world = World::build().await;
    let keeper = &world.near.people[&Role::Storekeeper];
    let good = WarehouseFilter { kind: Some(AnyOf(vec!["good".parse().unwrap()])), ..WarehouseFilter::default() };
    let query = Listing { filter: good, ..Listing::default() };
    let mine = keeper.call::<ListWarehouses>(Nothing, query.clone(), Nothing).await.unwrap().items;
    assert_eq!(mine.iter().map(|w| w.org_id.uuid()).collect::<Vec<_>>(), [world.near.id]);
    assert!(mine[0].org_name.starts_with("NEAR"));
    let theirs = Id::new(world.far.objects["warehouse"]);
    let refused = keeper.call::<GetWarehouse>(ById { id: theirs }, Nothing, Nothing).await.unwrap_err();
    assert_eq!(refused.status, 404);
    let all = world.admin.call::<ListWarehouses>(Nothing, query, Nothing).await.unwrap().items;
    assert_eq!(all.len(), 2);
    let manager = &world.near.people[&Role::StationManager];
    let elsewhere = json!({"org_id": world.far.id, "code": "W9", "name": "别处", "kind": "good"});
    let answer = manager.request("POST", "/api/v1/master/warehouses").json(&elsewhere).send().await.unwrap();
    let problem: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(problem["errors"][0]["pointer"], "/org_id");
    let accounts = Listing { filter: BankAccountFilter::default(), ..Listing::default() };
    let desk = &world.near.people[&Role::Reception];
    let accounts = desk.call::<ListBankAccounts>(Nothing, accounts, Nothing).await.unwrap().items;
    assert!(!accounts.is_empty() && accounts.iter().all(|a| a.org_id.uuid() == world.near.id));
}
