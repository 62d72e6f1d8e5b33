//! Reads.

use super::entity::{line, receipt};
use crate::facts::{self, Names};
use crate::purchase::back;
use openapi::trade::purchase::PURCHASE_RETURN_EDIT;
use openapi::trade::purchase::receipt::{
    GetGoodsReceipt, GoodsReceipt, GoodsReceiptLine, GoodsReceiptLink, GoodsReceiptRow, GoodsReceiptState,
    ListGoodsReceipts,
};
use openapi::{Page, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListGoodsReceipts>) -> Result<Page<GoodsReceiptRow>> {
    use receipt::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id party_id PartyId, id order_id OrderId, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, effective_at EffectiveAt),
        search: &[C::Number, C::OrderNumber, C::Reference, C::Remark],
    };
    let found = page(tx, &call.query, receipt::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.party_id, r.warehouse_id))).await?;
    found.try_map(|row| {
        let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
        Ok(shown!(row => GoodsReceiptRow {
            id, version, created_at, updated_at, org_id, number, state, order_id, order_number, effective_at, reference,
            total_quantity, total_value,
        } with { party_name, warehouse_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetGoodsReceipt>) -> Result<GoodsReceipt> {
    detail(tx, tx.get::<receipt::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: receipt::Model) -> Result<GoodsReceipt> {
    let names = Names::of(tx, [(row.org_id, row.party_id, row.warehouse_id)]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        Ok::<_, Failure>(
            shown!(row => GoodsReceiptLine { id, order_line_id, product_id, serial, quantity, value, returned }
            with { product_code, product_name })?,
        )
    };
    let is_returnable = document::state_of::<receipt::Entity>(&row)? == GoodsReceiptState::Posted
        && rows.iter().any(|l| l.returned < l.quantity)
        && tx.may_at(PURCHASE_RETURN_EDIT, row.org_id).await?;
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let allowed = document::allowed_on::<receipt::Entity>(tx, &row, |_| false).await?;
    let returns = back::queries::of_receipt(tx, row.id).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
    Ok(shown!(row => GoodsReceipt {
        id, version, created_at, updated_at, org_id, number, state, order_id, order_number, party_id, warehouse_id,
        effective_at, reference, remark, reason, total_quantity, total_value,
    } with { allowed, is_editable: false, party_name, warehouse_name, lines, is_returnable, returns, postings })?)
}

/// The receipts of an order, the first one first, at most 500.
pub async fn of_order(tx: &ReadTx, order: Uuid) -> Result<Vec<GoodsReceiptLink>> {
    let select = receipt::Entity::find().filter(receipt::Column::OrderId.eq(order));
    let rows = select.order_by_asc(receipt::Column::CreatedAt).order_by_asc(receipt::Column::Id).limit(500);
    let link = |row: receipt::Model| {
        Ok(shown!(row => GoodsReceiptLink { id, number, state, effective_at, reference, total_quantity, total_value })?)
    };
    rows.all(tx.conn()).await?.into_iter().map(link).collect()
}
