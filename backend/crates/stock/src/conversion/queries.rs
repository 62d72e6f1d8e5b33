//! Reads.

use super::entity::{conversion, line};
use crate::document::for_document::{postings_of, values_of};
use crate::facts;
use crate::formula;
use crate::requisition::lost_product;
use openapi::stock::conversion::{
    Conversion, ConversionAction, ConversionLine, ConversionRow, ConversionState, GetConversion, ListConversions,
};
use openapi::stock::{CONVERSION_EDIT, CONVERSION_POST, CONVERSION_REVERSE, STOCK_COST};
use openapi::{ItemCode, Money, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListConversions>) -> Result<Page<ConversionRow>> {
    use conversion::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, any way Way, id org_id OrgId, id product_id ProductId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Serial, C::Remark],
    };
    let found = page(tx, &call.query, conversion::Entity::find().filter(all), &shape).await?;
    let names = facts::stations(tx, found.items.iter().map(|r| r.org_id)).await?;
    let warehouses = facts::warehouses(tx, found.items.iter().map(|r| r.warehouse_id)).await?;
    let products = facts::products(tx, found.items.iter().map(|r| r.product_id)).await?;
    found.try_map(|row| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_name = Text::stored(product.name.clone());
        let (org_name, warehouse_name) = (names.of(row.org_id), named(&warehouses, row.warehouse_id));
        Ok(shown!(row => ConversionRow {
            id, version, created_at, updated_at, org_id, number, state, way, serial, posted_at,
        } with { org_name, product_name, warehouse_name })?)
    })
}

fn named<const MAX: usize>(warehouses: &HashMap<Uuid, facts::Warehouse>, id: Uuid) -> Text<MAX> {
    Text::stored(warehouses.get(&id).map(|w| w.name.clone()).unwrap_or_default())
}

pub async fn get(tx: &ReadTx, call: Call<GetConversion>) -> Result<Conversion> {
    detail(tx, tx.get::<conversion::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: conversion::Model) -> Result<Conversion> {
    let names = facts::stations(tx, [row.org_id]).await?;
    let warehouses = facts::warehouses(tx, [row.warehouse_id, row.parts_warehouse_id]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id).chain([row.product_id])).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    // the postings of both ways carry the unit and the parts in the order in which they move
    let values = if sees_cost { values_of(tx, row.id).await? } else { Vec::new() };
    let is_apart = row.way == openapi::choice::Choice::as_str(openapi::stock::conversion::ConversionWay::Disassembly);
    let (of_unit, of_parts): (Option<Money>, &[Money]) = match (is_apart, values.as_slice()) {
        (_, []) => (None, &[]),
        (true, [unit, parts @ ..]) => (Some(*unit), parts),
        (false, [parts @ .., unit]) => (Some(*unit), parts),
    };
    let line = |(row, value): (line::Model, Option<Money>)| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        let share = row.share.and_then(|share| u16::try_from(share).ok());
        Ok::<_, Failure>(shown!(row => ConversionLine { id, product_id, serial, condition, quantity }
            with { product_code, product_name, share, value })?)
    };
    let worth = of_parts.iter().copied().map(Some).chain(std::iter::repeat(None));
    let lines = rows.into_iter().zip(worth).map(line).collect::<Result<Vec<_>>>()?;
    let product = products.get(&row.product_id).ok_or_else(lost_product)?;
    let product_code = ItemCode::stored(product.code.clone());
    let product_name = Text::stored(product.name.clone());
    let edition = formula::editions(tx, [row.formula_id]).await?.remove(&row.formula_id).unwrap_or_default();
    let is_draft = document::state_of::<conversion::Entity>(&row)? == ConversionState::Draft;
    let is_editable = is_draft && tx.may_at(CONVERSION_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let postings = postings_of(tx, row.id).await?;
    let (org_name, edition, unit_value) = (names.of(row.org_id), Text::stored(edition), of_unit);
    let warehouse_name = named(&warehouses, row.warehouse_id);
    let parts_warehouse_name = named(&warehouses, row.parts_warehouse_id);
    Ok(shown!(row => Conversion {
        id, version, created_at, updated_at, org_id, number, state, way, formula_id, product_id, serial, condition,
        warehouse_id, parts_warehouse_id, posted_at, remark,
    } with {
        allowed, is_editable, org_name, edition, product_code, product_name, warehouse_name, parts_warehouse_name,
        unit_value, lines, postings,
    })?)
}

/// What the caller may do.
async fn allowed(tx: &ReadTx, row: &conversion::Model) -> Result<Vec<ConversionAction>> {
    use ConversionAction as A;
    let mut actions = Vec::new();
    for action in document::allowed::<conversion::Entity>(tx, row)? {
        let permission = match action {
            A::Post => CONVERSION_POST,
            A::Void => CONVERSION_EDIT,
            A::Reverse => CONVERSION_REVERSE,
        };
        if tx.may_at(permission, row.org_id).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}
