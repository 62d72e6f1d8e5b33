//! Reads.

use super::carried;
use super::entity::{line, transfer};
use crate::document::for_document::postings_of;
use crate::facts;
use crate::ledger::snapshot::marks;
use crate::requisition::lost_product;
use openapi::choice::Choice;
use openapi::stock::transfer::{
    GetTransfer, ListTransfers, Transfer, TransferAction, TransferLine, TransferRow, TransferState,
};
use openapi::stock::{TRANSFER_EDIT, TRANSFER_RESOLVE, TRANSFER_REVERSE, TRANSFER_SHIP, TRANSFER_SIGN};
use openapi::{ItemCode, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListTransfers>) -> Result<Page<TransferRow>> {
    use transfer::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id to_org_id ToOrgId, id requisition_id RequisitionId,
        flag is_auto_signed IsAutoSigned, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::TrackingNumber, C::Remark],
    };
    let found = page(tx, &call.query, transfer::Entity::find().filter(all), &shape).await?;
    let stations = facts::stations(tx, found.items.iter().flat_map(|r| [r.org_id, r.to_org_id])).await?;
    let warehouses = facts::warehouses(tx, found.items.iter().map(|r| r.warehouse_id)).await?;
    found.try_map(|row| {
        let (org_name, to_org_name) = (stations.of(row.org_id), stations.of(row.to_org_id));
        let warehouse_name = named(&warehouses, row.warehouse_id);
        Ok(shown!(row => TransferRow {
            id, version, created_at, updated_at, org_id, number, state, courier, tracking_number, shipped_at, signed_at,
            is_auto_signed, total_quantity,
        } with { org_name, to_org_name, warehouse_name })?)
    })
}

fn named(warehouses: &HashMap<Uuid, facts::Warehouse>, id: Uuid) -> Text<60> {
    Text::stored(warehouses.get(&id).map_or_else(String::new, |w| w.name.clone()))
}

pub async fn get(tx: &ReadTx, call: Call<GetTransfer>) -> Result<Transfer> {
    detail(tx, tx.get::<transfer::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: transfer::Model) -> Result<Transfer> {
    let stations = facts::stations(tx, [row.org_id, row.to_org_id]).await?;
    let warehouses = facts::warehouses(tx, [Some(row.warehouse_id), row.to_warehouse_id].into_iter().flatten()).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let line = |row: line::Model| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        Ok::<_, Failure>(shown!(row => TransferLine {
            id, product_id, serial, condition, quantity, requisition_line_id, received, damaged, missing, surplus, remark,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_draft = document::state_of::<transfer::Entity>(&row)? == TransferState::Draft;
    let is_editable = is_draft && tx.may_at(TRANSFER_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let postings = postings_of(tx, row.id).await?;
    let source = carried::source_of(&row)?;
    let (org_name, to_org_name) = (stations.of(row.org_id), stations.of(row.to_org_id));
    let warehouse_name = named(&warehouses, row.warehouse_id);
    let to_warehouse_name = row.to_warehouse_id.map(|id| named(&warehouses, id));
    Ok(shown!(row => Transfer {
        id, version, created_at, updated_at, org_id, number, state, warehouse_id, to_org_id, to_warehouse_id,
        requisition_id, courier, tracking_number, shipped_at, sign_within_days, sign_by, signed_at, is_auto_signed, remark,
    } with {
        allowed, is_editable, source, org_name, warehouse_name, to_org_name, to_warehouse_name, lines, postings,
    })?)
}

/// What the caller may do: each end its part. What follows from a count is not a choice.
async fn allowed(tx: &ReadTx, row: &transfer::Model) -> Result<Vec<TransferAction>> {
    use TransferAction as A;
    let mut actions = Vec::new();
    if row.source_id.is_some() {
        return Ok(actions);
    }
    for action in document::allowed::<transfer::Entity>(tx, row)? {
        let (permission, org) = match action {
            A::Ship => (TRANSFER_SHIP, row.org_id),
            A::Sign => (TRANSFER_SIGN, row.to_org_id),
            A::Resolve => (TRANSFER_RESOLVE, row.org_id),
            A::Recall | A::Unsign => (TRANSFER_REVERSE, row.org_id),
            A::Void => (TRANSFER_EDIT, row.org_id),
            A::SignPartly | A::Settle => continue,
        };
        if tx.may_at(permission, org).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}

/// The shipments that nobody signed for in time.
pub async fn overdue(tx: &ReadTx) -> Result<Vec<Uuid>> {
    use transfer::Column as C;
    let select = transfer::Entity::find()
        .filter(C::State.eq(TransferState::InTransit.as_str()))
        .filter(C::SignBy.lt(tx.now()))
        .filter(C::SourceId.is_null())
        .order_by_asc(C::SignBy)
        .order_by_asc(C::Id);
    Ok(select.all(tx.conn()).await?.into_iter().map(|row| row.id).collect())
}

/// Numbers of transfers by id.
pub async fn numbers(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = transfer::Entity::find().filter(transfer::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

/// The company's good stock on its way to stations, by station and product.
pub async fn under_way(
    tx: &ReadTx,
    orgs: &[Uuid],
    products: &[Uuid],
) -> Result<HashMap<(Uuid, Uuid), openapi::Quantity>> {
    if orgs.is_empty() || products.is_empty() {
        return Ok(HashMap::new());
    }
    let mut values = Vec::new();
    let orgs = marks(&mut values, orgs);
    let products = marks(&mut values, products);
    let sql = format!(
        "SELECT t.to_org_id, b.product_id, CAST(SUM(b.on_hand) AS BIGINT) AS quantity FROM stock_balance b \
         JOIN stock_place p ON p.id = b.place_id AND p.kind = 'transit' JOIN transfer t ON t.id = p.holder_id \
         WHERE b.on_hand > 0 AND b.condition = 'good' AND b.owner = 'company' AND t.to_org_id IN ({orgs}) \
         AND b.product_id IN ({products}) GROUP BY t.to_org_id, b.product_id"
    );
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, values);
    let row = |row: sea_orm::QueryResult| {
        let key = (row.try_get("", "to_org_id")?, row.try_get("", "product_id")?);
        Ok((key, openapi::Quantity(row.try_get("", "quantity")?)))
    };
    tx.conn().query_all_raw(statement).await?.into_iter().map(row).collect()
}

/// The transfers that fulfil some requisitions, oldest first; not those that were voided.
pub async fn of_requisitions(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<transfer::Model>> {
    use transfer::Column as C;
    let select = transfer::Entity::find().filter(C::RequisitionId.is_in(ids));
    let select = select.filter(C::State.ne(TransferState::Void.as_str()));
    Ok(select.order_by_asc(C::CreatedAt).order_by_asc(C::Id).all(tx.conn()).await?)
}
