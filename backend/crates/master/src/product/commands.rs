//! Writes.

use super::entity::{fits, product};
use super::{model, queries};
use crate::api::ProductIdentityChanging;
use crate::dictionary;
use openapi::Issue;
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::{
    ActivateProduct, CreateProduct, DeactivateProduct, Product, ProductDraft, PutProduct, UpdateProduct,
};
use openapi::master::{COST_FORBIDDEN, PRODUCT_COST};
use platform::doc::external;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateProduct>) -> Result<Product> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds a product.
pub(crate) async fn add(tx: &Tx, draft: ProductDraft) -> Result<product::Model> {
    check(tx, None, &draft).await?;
    let (row, models) = model::filled(product::Model { is_active: true, ..Default::default() }, draft);
    let row = tx.create::<product::Entity>(row).await?;
    tx.insert_all::<fits::Entity>(model::model_rows(row.id, models)).await?;
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateProduct>) -> Result<Product> {
    let before = tx.lock::<product::Entity>(call.path.id).await?;
    let row = change(tx, before, call.body).await?;
    queries::detail(tx, row).await
}

/// Puts a product as another system knows it.
pub async fn put(tx: &Tx, call: Call<PutProduct>) -> Result<Product> {
    let draft = &call.body;
    let make = async || add(tx, draft.clone()).await;
    let row =
        external::put::<product::Entity, _>(tx, &call.path, make, async |row| change(tx, row, draft.clone()).await);
    queries::detail(tx, row.await?).await
}

async fn change(tx: &Tx, before: product::Model, draft: ProductDraft) -> Result<product::Model> {
    check(tx, Some(&before), &draft).await?;
    let (mut after, models) = model::filled(before.clone(), draft);
    if !tx.actor().may(PRODUCT_COST) {
        after.standard_cost = before.standard_cost;
    }
    if model::identity_differs(&before, &after) {
        tx.emit(&ProductIdentityChanging { product_id: before.id.into() }).await?;
    }
    let row = tx.save::<product::Entity>(&before, after).await?;
    fits::Entity::delete_many().filter(fits::Column::ProductId.eq(row.id)).exec(tx.conn()).await?;
    tx.insert_all::<fits::Entity>(model::model_rows(row.id, models)).await?;
    Ok(row)
}

pub async fn deactivate(tx: &Tx, call: Call<DeactivateProduct>) -> Result<Product> {
    set_active(tx, call.path.id.uuid(), false).await
}

pub async fn activate(tx: &Tx, call: Call<ActivateProduct>) -> Result<Product> {
    set_active(tx, call.path.id.uuid(), true).await
}

async fn set_active(tx: &Tx, id: Uuid, is_active: bool) -> Result<Product> {
    let before = tx.lock::<product::Entity>(id).await?;
    let row = match before.is_active == is_active {
        true => before,
        false => tx.save::<product::Entity>(&before, product::Model { is_active, ..before.clone() }).await?,
    };
    queries::detail(tx, row).await
}

async fn check(tx: &Tx, before: Option<&product::Model>, draft: &ProductDraft) -> Result<()> {
    let mut wrong = model::draft_issues(draft);
    if draft.standard_cost.is_some() && !tx.actor().may(PRODUCT_COST) {
        wrong.push(("/standard_cost".to_owned(), Issue::new(COST_FORBIDDEN)));
    }
    if !wrong.is_empty() {
        return Err(Failure::fields(wrong));
    }
    let kept = |column: fn(&product::Model) -> Option<Uuid>| before.and_then(column);
    let choices = [
        (DictionaryKind::Brand, draft.brand_id, kept(|row| row.brand_id), "/brand_id"),
        (DictionaryKind::ProductCategory, draft.category_id, kept(|row| row.category_id), "/category_id"),
    ];
    for (kind, id, kept, pointer) in choices {
        if let Some(id) = id {
            dictionary::queries::chosen(tx, kind, id.uuid(), kept, pointer).await?;
        }
    }
    Ok(())
}
