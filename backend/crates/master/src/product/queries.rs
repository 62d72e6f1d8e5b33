//! Reads.

use super::entity::{fits, product};
use super::model::{self, Sees};
use crate::dictionary;
use openapi::Page;
use openapi::master::product::{GetProduct, ListProducts, Product, ProductRow};
use openapi::master::{PRODUCT_COST, PRODUCT_PRICES};
use platform::db::list::{Shape, page};
use platform::{Call, Failure, ReadTx, Result, sorted};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListProducts>) -> Result<Page<ProductRow>> {
    use product::Column as C;
    let filter = &call.query.filter;
    let mut base = product::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(code) = &filter.code {
        base = base.filter(C::Code.eq(&**code));
    }
    if let Some(brand) = filter.brand_id {
        base = base.filter(C::BrandId.eq(brand.uuid()));
    }
    if let Some(category) = filter.category_id {
        base = base.filter(C::CategoryId.eq(category.uuid()));
    }
    if let Some(fitting) = &filter.fits_model {
        let those = Query::select()
            .column(fits::Column::ProductId)
            .from(fits::Entity)
            .and_where(fits::Column::Model.eq(&**fitting))
            .to_owned();
        base = base.filter(C::Id.in_subquery(those));
    }
    if let Some(tracked) = filter.is_serial_tracked {
        base = base.filter(C::IsSerialTracked.eq(tracked));
    }
    if let Some(is_active) = filter.is_active {
        base = base.filter(C::IsActive.eq(is_active));
    }
    let shape = Shape {
        sorts: sorted!(C: code Code, name Name, retail_price RetailPrice, created_at CreatedAt, updated_at UpdatedAt),
        search: &[C::Code, C::Name, C::Model],
    };
    let found = page(tx, &call.query, base, &shape).await?;
    let names = names_behind(tx, &found.items).await?;
    let sees = sees(tx);
    found.try_map(|row| model::list_row(row, &names, sees))
}

pub async fn get(tx: &ReadTx, call: Call<GetProduct>) -> Result<Product> {
    detail(tx, tx.get::<product::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: product::Model) -> Result<Product> {
    let models = fits::Entity::find()
        .filter(fits::Column::ProductId.eq(row.id))
        .order_by_asc(fits::Column::PositionNo)
        .all(tx.conn())
        .await?;
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, models, &names, sees(tx))
}

fn sees(tx: &ReadTx) -> Sees {
    Sees { cost: tx.actor().may(PRODUCT_COST), prices: tx.actor().may(PRODUCT_PRICES) }
}

async fn names_behind(tx: &ReadTx, rows: &[product::Model]) -> Result<HashMap<Uuid, String>> {
    dictionary::queries::named(tx, rows.iter().flat_map(|row| [row.brand_id, row.category_id]).flatten()).await
}

/// Product rows by id.
pub async fn rows(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<product::Model>> {
    tx.known::<product::Entity>(ids).await
}

/// Products by id with their cost, whoever asks.
pub async fn products(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, ProductRow>> {
    let rows = rows(tx, ids).await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row, &names, Sees::ALL)?))).collect()
}

/// The product that a document chooses: in use, with its cost; otherwise a wrong value at `pointer`.
pub async fn choose(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<ProductRow> {
    let found = products(tx, [id]).await?.remove(&id);
    found.filter(|row| row.is_active).ok_or_else(|| Failure::not_there(pointer))
}

/// Products in use by code: id, kind and brand.
pub async fn coded(
    tx: &ReadTx,
    codes: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, (Uuid, String, Option<Uuid>)>> {
    let codes: Vec<String> = codes.into_iter().collect();
    let mut found = HashMap::new();
    for part in codes.chunks(500) {
        let rows = product::Entity::find().filter(product::Column::Code.is_in(part)).all(tx.conn()).await?;
        found.extend(rows.into_iter().map(|row| (row.code, (row.id, row.kind, row.brand_id))));
    }
    Ok(found)
}

/// Products whose code or name is one of these words, in capitals or not.
pub async fn called(tx: &ReadTx, words: &[String]) -> Result<Vec<ProductRow>> {
    use product::Column as C;
    let mut ids = Vec::new();
    for part in words.chunks(500) {
        let codes = part.iter().map(|word| word.to_uppercase());
        let names = part.iter().map(|word| word.to_lowercase());
        let name = Expr::expr(Func::lower(Expr::col(C::Name)));
        let named = Condition::any().add(C::Code.is_in(codes)).add(name.is_in(names));
        let found = product::Entity::find().filter(named).order_by_asc(C::Id).all(tx.conn()).await?;
        ids.extend(found.into_iter().map(|row| row.id));
    }
    Ok(products(tx, ids).await?.into_values().collect())
}
