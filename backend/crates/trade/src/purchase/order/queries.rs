//! Reads.

use super::entity::{line, order};
use super::model;
use crate::facts::{self, Names};
use crate::purchase::{invoice, receipt};
use openapi::choice::Choice;
use openapi::trade::purchase::PURCHASE_EDIT;
use openapi::trade::purchase::order::{
    GetPurchaseOrder, ListPurchaseOrders, PurchaseAction, PurchaseLine, PurchaseOrder, PurchaseOrderRow, PurchaseState,
};
use openapi::{Page, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

pub async fn list(tx: &ReadTx, call: Call<ListPurchaseOrders>) -> Result<Page<PurchaseOrderRow>> {
    use order::Column as C;
    let filter = &call.query.filter;
    let of_product = |id: openapi::master::product::ProductId| {
        let lines = line::Entity::find().select_only().column(line::Column::OrderId);
        C::Id.in_subquery(lines.filter(line::Column::ProductId.eq(id.uuid())).into_query())
    };
    let all = narrowed!(filter, C: any state State, id org_id OrgId, id party_id PartyId, text number Number)
        .add_option(filter.product_id.map(of_product));
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Remark],
    };
    let found = page(tx, &call.query, order::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.party_id, r.warehouse_id))).await?;
    let waiting = [PurchaseState::Placed, PurchaseState::PartlyReceived];
    found.try_map(|row| {
        let is_waiting = waiting.iter().any(|state| state.as_str() == row.state);
        let is_overdue = is_waiting && row.expected_on.is_some_and(|day| day < tx.today());
        let (org_name, party_name) = (names.station(row.org_id), names.party(row.party_id));
        let warehouse_name = names.warehouse(row.warehouse_id);
        Ok(shown!(row => PurchaseOrderRow {
            id, version, created_at, updated_at, org_id, number, state, expected_on, total_quantity, received_quantity,
            total_amount,
        } with { org_name, party_name, warehouse_name, is_overdue })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetPurchaseOrder>) -> Result<PurchaseOrder> {
    detail(tx, tx.get::<order::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: order::Model) -> Result<PurchaseOrder> {
    use PurchaseAction as A;
    let names = Names::of(tx, [(row.org_id, row.party_id, row.warehouse_id)]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let to_invoice = invoice::queries::to_invoice(tx, row.id, &rows).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        let is_serial_tracked = products.get(&row.product_id).is_some_and(|p| p.is_serial_tracked);
        let open = model::open(&row);
        let vat_rate = u16::try_from(row.vat_rate).unwrap_or_default();
        Ok::<_, Failure>(shown!(row => PurchaseLine {
            id, product_id, quantity, unit_price, amount, received, expected_on, remark,
        } with { product_code, product_name, is_serial_tracked, open, vat_rate })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_draft = document::state_of::<order::Entity>(&row)? == PurchaseState::Draft;
    let is_editable = is_draft && tx.may_at(PURCHASE_EDIT, row.org_id).await?;
    // nobody approves the own order; what follows from receipts is offered to nobody
    let is_own = row.created_by == tx.actor().user_id;
    let is_barred =
        |action: A| matches!(action, A::Complete | A::TakeBack | A::Clear) || (action == A::Approve && is_own);
    let allowed = document::allowed_on::<order::Entity>(tx, &row, is_barred).await?;
    let receipts = receipt::queries::of_order(tx, row.id).await?;
    let (org_name, party_name) = (names.station(row.org_id), names.party(row.party_id));
    let warehouse_name = names.warehouse(row.warehouse_id);
    Ok(shown!(row => PurchaseOrder {
        id, version, created_at, updated_at, org_id, number, state, party_id, warehouse_id, expected_on, remark,
        total_amount, total_tax,
    } with { allowed, is_editable, org_name, party_name, warehouse_name, lines, receipts, to_invoice })?)
}
