//! What a process keeps of base data is never older than what the caller can count on, whoever changed it.

use crate::support::base;
use crate::support::client::Client;
use crate::support::given::World;
use openapi::document::DocKind;
use openapi::master::product::{ActivateProduct, DeactivateProduct, ProductId, ProductKind};
use openapi::stock::document::CreateStockDoc;
use openapi::system::number::UpdateNumberRule;
use openapi::{ById, Nothing, Quantity, Role};
use sea_orm::ConnectionTrait;
use serde_json::json;

/// Writes a document that brings a product in.
async fn stock_in(by: &Client, world: &World, product: ProductId) -> Result<String, Vec<(String, String)>> {
    let draft = json!({
        "kind": DocKind::StockIn, "warehouse_id": world.near.objects["warehouse"],
        "lines": [{"product_id": product, "quantity": Quantity::ONE, "unit_cost": "10.00"}],
    });
    let made = by.call::<CreateStockDoc>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await;
    made.map(|doc| doc.number).map_err(|refused| {
        refused.errors().into_iter().map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).collect()
    })
}

#[actix_web::test]
async fn a_change_in_one_process_counts_for_the_next_request_to_another() {
    let world = World::build().await;
    let other = world.app.another().await;
    let (clerk, keeper) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Storekeeper]);
    let keeper_there = keeper.at(&other.url);
    let part = base::product(clerk, ProductKind::Part, "P-KEPT").await.id;
    let refused = vec![("/lines/0/product_id".to_owned(), "reference_not_found".to_owned())];
    for round in 0..5 {
        // both know the product
        assert!(stock_in(keeper, &world, part).await.is_ok(), "round {round}");
        assert!(stock_in(&keeper_there, &world, part).await.is_ok(), "round {round}");
        clerk.call::<DeactivateProduct>(ById { id: part }, Nothing, Nothing).await.unwrap();
        assert_eq!(stock_in(&keeper_there, &world, part).await, Err(refused.clone()), "round {round}: elsewhere");
        assert_eq!(stock_in(keeper, &world, part).await, Err(refused.clone()), "round {round}: here");
        clerk.at(&other.url).call::<ActivateProduct>(ById { id: part }, Nothing, Nothing).await.unwrap();
    }
}

#[actix_web::test]
async fn a_change_past_the_program_counts_too() {
    let world = World::build().await;
    let (clerk, keeper) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Storekeeper]);
    let part = base::product(clerk, ProductKind::Part, "P-KEPT").await.id;
    assert!(stock_in(keeper, &world, part).await.is_ok());
    let by_hand = "UPDATE product SET is_active = FALSE WHERE code = 'P-KEPT'";
    world.app.app.db.maintenance().execute_unprepared(by_hand).await.unwrap();
    assert!(stock_in(keeper, &world, part).await.is_err());
}

#[actix_web::test]
async fn a_number_rule_counts_from_the_next_document_in_every_process() {
    let world = World::build().await;
    let other = world.app.another().await;
    let (clerk, keeper) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Storekeeper]);
    let part = base::product(clerk, ProductKind::Part, "P-KEPT").await.id;
    let keeper_there = keeper.at(&other.url);
    stock_in(&keeper_there, &world, part).await.unwrap();
    let path = openapi::system::number::ByDocKind { kind: DocKind::StockIn };
    let pattern = serde_json::from_value(json!({"pattern": "NEW{SEQ:3}"})).unwrap();
    let based_on = crate::support::client::version(1);
    world.admin.call_with::<UpdateNumberRule>(path, Nothing, pattern, based_on).await.unwrap();
    assert_eq!(stock_in(&keeper_there, &world, part).await.unwrap(), "NEW001");
}

/// A command that is refused after it changed base data leaves nothing in what the process keeps.
#[actix_web::test]
async fn what_was_taken_back_is_not_kept() {
    let world = World::build().await;
    let (clerk, keeper) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Storekeeper]);
    let part = base::product(clerk, ProductKind::Part, "P-KEPT").await.id;
    let (app, now) = (&world.app.app, platform::Clock::now(&*world.app.clock));
    let (org, path) = identity::api::headquarters(app).await.unwrap();
    let context = platform::Context::internal(platform::Actor::system(org, &path), now, "test");
    let failed = platform::http::run::write(app, &context, async |tx| {
        let sql = tx.statement("UPDATE product SET is_active = $1 WHERE code = 'P-KEPT'", [false.into()]);
        tx.base_changes();
        tx.conn().execute_raw(sql).await?;
        assert!(!master::api::products(tx, [part.uuid()]).await?[&part.uuid()].is_active);
        Err::<(), _>(platform::Failure::not_found())
    });
    assert!(failed.await.is_err());
    assert!(stock_in(keeper, &world, part).await.is_ok());
}
