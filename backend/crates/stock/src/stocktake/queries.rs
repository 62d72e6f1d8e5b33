//! Reads. While a stocktake is counted they keep to themselves what the books expect.

use super::entity::{count, line, stocktake};
use super::model;
use crate::document::for_document::postings_of;
use crate::facts;
use crate::requisition::lost_product;
use openapi::stock::STOCK_COST;
use openapi::stock::stocktake::{
    GetStocktake, ListStocktakes, Stocktake, StocktakeAction, StocktakeCount, StocktakeLine, StocktakeRow,
};
use openapi::stock::{STOCKTAKE_APPROVE, STOCKTAKE_COUNT, STOCKTAKE_EDIT, STOCKTAKE_REVERSE};
use openapi::{ItemCode, Money, Page, Quantity, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many counts are shown.
const LATEST: u64 = 30;

pub async fn list(tx: &ReadTx, call: Call<ListStocktakes>) -> Result<Page<StocktakeRow>> {
    use stocktake::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id warehouse_id WarehouseId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Remark],
    };
    let found = page(tx, &call.query, stocktake::Entity::find().filter(all), &shape).await?;
    let stations = facts::stations(tx, found.items.iter().map(|r| r.org_id)).await?;
    let warehouses = facts::warehouses(tx, found.items.iter().map(|r| r.warehouse_id)).await?;
    found.try_map(|row| {
        let (org_name, warehouse_name) = (stations.of(row.org_id), named(&warehouses, row.warehouse_id));
        Ok(shown!(row => StocktakeRow {
            id, version, created_at, updated_at, org_id, number, state, frozen_at, different_lines, remark,
        } with { org_name, warehouse_name })?)
    })
}

fn named(warehouses: &HashMap<Uuid, facts::Warehouse>, id: Uuid) -> Text<60> {
    Text::stored(warehouses.get(&id).map_or_else(String::new, |w| w.name.clone()))
}

pub async fn get(tx: &ReadTx, call: Call<GetStocktake>) -> Result<Stocktake> {
    detail(tx, tx.get::<stocktake::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: stocktake::Model) -> Result<Stocktake> {
    let state = document::state_of::<stocktake::Entity>(&row)?;
    let is_blind = model::is_blind(state);
    let sees_cost = tx.actor().may(STOCK_COST) && !is_blind;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id).collect::<HashSet<_>>()).await?;
    let bins = crate::bins::bins(tx, [row.warehouse_id], products.keys().copied()).await?;
    let bin = |line: &line::Model| bins.get(&(row.warehouse_id, line.product_id)).cloned();
    let open = rows.iter().filter(|line| model::is_open(line, row.round)).count();
    let sum = |is_gain: bool| {
        let values = rows.iter().map(model::worth).filter(|worth| (worth.0 > 0) == is_gain);
        sees_cost.then(|| values.sum::<Money>())
    };
    let (gain_value, loss_value) = (sum(true), sum(false));
    let counts = latest(tx, &row, &rows, &products).await?;
    let line = |line: line::Model| {
        let product = products.get(&line.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        let bin = bin(&line);
        let bare = |quantity: Option<i64>| quantity.filter(|_| !is_blind).map(Quantity);
        let expected = bare(Some(line.expected));
        let (book, counted_before) = (bare(line.book), bare(line.before_counted));
        let difference = bare(line.counted.map(|_| model::difference(&line).0));
        let difference_value = difference.filter(|_| sees_cost).map(|_| model::worth(&line));
        let is_open = is_blind && model::is_open(&line, row.round);
        let is_moved = is_blind && line.is_moved;
        // a recount starts from nothing
        let counted = line.counted.filter(|_| !is_blind || line.counted_round == row.round).map(Quantity);
        Ok::<_, Failure>(shown!(line => StocktakeLine { id, product_id, serial, condition, owner }
            with { product_code, product_name, bin, expected, book, counted, counted_before, difference, difference_value, is_open, is_moved })?)
    };
    let listed = rows.into_iter().filter(|line| !is_blind || model::is_listed(line, row.round));
    let mut lines = listed.map(line).collect::<Result<Vec<_>>>()?;
    // from shelf to shelf; what has no bin comes last
    lines.sort_by(|a, b| (a.bin.is_none(), a.bin.as_deref()).cmp(&(b.bin.is_none(), b.bin.as_deref())));
    let allowed = allowed(tx, &row).await?;
    let postings = postings_of(tx, row.id).await?;
    let warehouses = facts::warehouses(tx, [row.warehouse_id]).await?;
    let warehouse_name = named(&warehouses, row.warehouse_id);
    let open_lines = if is_blind { i64::try_from(open).unwrap_or(i64::MAX) } else { 0 };
    Ok(shown!(row => Stocktake {
        id, version, created_at, updated_at, org_id, number, state, warehouse_id, frozen_at, round, remark,
    } with {
        allowed, is_editable: false, warehouse_name, is_blind, open_lines, gain_value, loss_value, lines, counts, postings,
    })?)
}

/// The latest counts of the round.
async fn latest(
    tx: &ReadTx,
    head: &stocktake::Model,
    lines: &[line::Model],
    products: &HashMap<Uuid, facts::Product>,
) -> Result<Vec<StocktakeCount>> {
    use count::Column as C;
    let rows = count::Entity::find()
        .filter(C::StocktakeId.eq(head.id))
        .filter(C::Round.eq(head.round))
        .filter(C::IsTakenBack.eq(false))
        .order_by_desc(C::LineNo)
        .limit(LATEST)
        .all(tx.conn())
        .await?;
    let people = facts::people(tx, rows.iter().map(|row| row.counted_by).collect::<HashSet<_>>()).await?;
    let lines: HashMap<Uuid, &line::Model> = lines.iter().map(|line| (line.id, line)).collect();
    let one = |row: count::Model| described(row, &lines, products, &people);
    rows.into_iter().map(one).collect()
}

/// One count of a line.
pub async fn count(tx: &ReadTx, row: count::Model, line: &line::Model) -> Result<StocktakeCount> {
    let products = facts::products(tx, [line.product_id]).await?;
    let people = facts::people(tx, [row.counted_by]).await?;
    described(row, &HashMap::from([(line.id, line)]), &products, &people)
}

fn described(
    row: count::Model,
    lines: &HashMap<Uuid, &line::Model>,
    products: &HashMap<Uuid, facts::Product>,
    people: &HashMap<Uuid, String>,
) -> Result<StocktakeCount> {
    let line = *lines.get(&row.line_id).ok_or_else(lost_product)?;
    let product = products.get(&line.product_id).ok_or_else(lost_product)?;
    let (total, is_moved) = (Quantity(line.counted.unwrap_or_default()), line.is_moved);
    let (line, by) = (line.clone(), people.get(&row.counted_by).cloned().unwrap_or_default());
    Ok(shown!(line => StocktakeCount { serial, condition } with {
        id: row.id.into(),
        product_name: Text::stored(product.name.clone()),
        product_code: ItemCode::stored(product.code.clone()),
        quantity: Quantity(row.quantity),
        total,
        is_moved,
        by_name: Text::stored(by.clone()),
        at: row.counted_at.into(),
    })?)
}

/// Whether somebody counted in a stocktake.
pub async fn has_counted(tx: &ReadTx, id: Uuid, person: Uuid) -> Result<bool> {
    let select =
        count::Entity::find().filter(count::Column::StocktakeId.eq(id)).filter(count::Column::CountedBy.eq(person));
    Ok(select.select_only().column(count::Column::Id).limit(1).into_tuple::<Uuid>().one(tx.conn()).await?.is_some())
}

/// What the caller may do. Nobody approves what they began or counted.
async fn allowed(tx: &ReadTx, row: &stocktake::Model) -> Result<Vec<StocktakeAction>> {
    use StocktakeAction as A;
    let me = tx.actor().user_id;
    let mut actions = Vec::new();
    for action in document::allowed::<stocktake::Entity>(tx, row)? {
        let permission = match action {
            A::Finish => STOCKTAKE_COUNT,
            A::Approve if row.created_by == me || has_counted(tx, row.id, me).await? => continue,
            A::Approve | A::Reject => STOCKTAKE_APPROVE,
            A::Reverse => STOCKTAKE_REVERSE,
            A::Void => STOCKTAKE_EDIT,
            A::Differ => continue,
        };
        if tx.may_at(permission, row.org_id).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}
