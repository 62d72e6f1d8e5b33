//! Reads.

use super::entity::{formula, line};
use crate::facts;
use crate::requisition::lost_product;
use openapi::stock::formula::{Formula, FormulaLine, FormulaRow, GetFormula, ListFormulas};
use openapi::{ItemCode, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListFormulas>) -> Result<Page<FormulaRow>> {
    use formula::Column as C;
    let filter = &call.query.filter;
    let words = call.query.page.q.as_deref().filter(|words| !words.trim().is_empty());
    let said = words.map(|words| {
        let meant = facts::Meant { words: Some(words), ..Default::default() };
        let named = C::ProductId.in_subquery(meant.ids(tx));
        sea_orm::Condition::any().add(named).add(tx.dialect().contains(C::Edition, words))
    });
    let all = narrowed!(filter, C: id product_id ProductId, flag is_active IsActive).add_option(said);
    let shape = Shape { sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)], search: &[] };
    let found = page(tx, &call.query, formula::Entity::find().filter(all), &shape).await?;
    let products = facts::products(tx, found.items.iter().map(|r| r.product_id)).await?;
    found.try_map(|row| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        Ok(shown!(row => FormulaRow { id, version, created_at, updated_at, product_id, edition, is_active }
            with { product_code, product_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetFormula>) -> Result<Formula> {
    detail(tx, tx.get::<formula::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: formula::Model) -> Result<Formula> {
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id).chain([row.product_id])).await?;
    let line = |row: line::Model| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        let share = u16::try_from(row.share).unwrap_or_default();
        Ok::<_, Failure>(
            shown!(row => FormulaLine { product_id, quantity } with { product_code, product_name, share })?,
        )
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let product = products.get(&row.product_id).ok_or_else(lost_product)?;
    let product_code = ItemCode::stored(product.code.clone());
    let product_name = Text::stored(product.name.clone());
    Ok(shown!(row => Formula { id, version, created_at, updated_at, product_id, edition, is_active, remark }
        with { product_code, product_name, lines })?)
}

/// A formula with its parts, when new documents may use it.
pub async fn usable(tx: &ReadTx, id: Uuid) -> Result<Option<(formula::Model, Vec<line::Model>)>> {
    let found = formula::Entity::find_by_id(id).filter(formula::Column::IsActive.eq(true)).one(tx.conn()).await?;
    match found {
        Some(row) => Ok(Some((row, document::lines_of::<line::Entity>(tx, id).await?))),
        None => Ok(None),
    }
}

/// Editions by id.
pub async fn editions(
    tx: &ReadTx,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<std::collections::HashMap<Uuid, String>> {
    let rows = formula::Entity::find().filter(formula::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.edition)).collect())
}
