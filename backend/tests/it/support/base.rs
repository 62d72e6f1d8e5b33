//! Base data for tests: products, warehouses, accounts and units as people would record them.

use super::client::Client;
use openapi::master::bank_account::CreateBankAccount;
use openapi::master::dictionary::{DictionaryEntry, DictionaryEntryFilter, DictionaryKind, ListDictionaryEntries};
use openapi::master::product::{CreateProduct, Product, ProductDraft, ProductKind};
use openapi::master::unit::{CreateUnit, UnitDraft};
use openapi::master::warehouse::CreateWarehouse;
use openapi::query::AnyOf;
use openapi::{Listing, Nothing, UnitPrice};
use serde_json::json;
use uuid::Uuid;

/// An entry of the pre-installed dictionaries.
pub async fn entry(by: &Client, kind: DictionaryKind, code: &str) -> DictionaryEntry {
    let filter = DictionaryEntryFilter {
        kind: Some(AnyOf(vec![kind])),
        code: Some(code.parse().unwrap()),
        ..DictionaryEntryFilter::default()
    };
    let query = Listing { filter, ..Listing::default() };
    by.call::<ListDictionaryEntries>(Nothing, query, Nothing).await.unwrap().items.remove(0)
}

/// What a part looks like; a phone of Huawei with twelve months of warranty when it is a main unit.
pub async fn product_draft(by: &Client, kind: ProductKind, code: &str) -> ProductDraft {
    let brand = entry(by, DictionaryKind::Brand, "HUAWEI").await.id;
    let is_unit = kind == ProductKind::Unit;
    ProductDraft {
        code: code.parse().unwrap(),
        name: format!("产品 {code}").parse().unwrap(),
        kind,
        brand_id: is_unit.then_some(brand),
        category_id: None,
        model: Some("P60".parse().unwrap()),
        uom: "个".parse().unwrap(),
        is_serial_tracked: is_unit,
        returns_old_part: !is_unit,
        is_claimable: true,
        has_three_guarantees: is_unit,
        warranty_months: 12,
        standard_cost: None,
        wholesale_price: UnitPrice(3_000_000),
        retail_price: UnitPrice(4_800_000),
        warranty_price: UnitPrice(3_500_000),
        applicable_models: vec!["P60".parse().unwrap()],
        remark: None,
    }
}

/// A product, recorded by a clerk.
pub async fn product(by: &Client, kind: ProductKind, code: &str) -> Product {
    let draft = product_draft(by, kind, code).await;
    by.call::<CreateProduct>(Nothing, Nothing, draft).await.unwrap()
}

/// A warehouse of one's own station, recorded by its manager.
pub async fn warehouse(by: &Client, kind: &str, code: &str) -> Uuid {
    let draft = json!({ "code": code, "name": format!("仓库 {code}"), "kind": kind });
    let draft = serde_json::from_value(draft).unwrap();
    by.call::<CreateWarehouse>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// A cash or bank account of one's own station, recorded by the accountant.
pub async fn bank_account(by: &Client, kind: &str, code: &str) -> Uuid {
    let draft = json!({ "code": code, "name": format!("账户 {code}"), "kind": kind });
    let draft = serde_json::from_value(draft).unwrap();
    by.call::<CreateBankAccount>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// What a unit of a product looks like.
pub fn unit_draft(product: Uuid, serial: &str) -> UnitDraft {
    serde_json::from_value(json!({ "serial": serial, "product_id": product })).unwrap()
}

/// A unit of a product, recorded at reception.
pub async fn unit(by: &Client, product: Uuid, serial: &str) -> Uuid {
    by.call::<CreateUnit>(Nothing, Nothing, unit_draft(product, serial)).await.unwrap().id.uuid()
}
