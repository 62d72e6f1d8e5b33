//! Reads.

use crate::facts::{self, Names};
use crate::wholesale::back::queries as backs;
use crate::wholesale::entity::{shipment, shipment_line as line};
use openapi::finance::open_item::OpenItemSide;
use openapi::trade::wholesale::WHOLESALE_RETURN_ASK;
use openapi::trade::wholesale::shipment::{
    GetSalesShipment, ListSalesShipments, SalesShipment, SalesShipmentLine, SalesShipmentLink, SalesShipmentRow,
    SalesShipmentState,
};
use openapi::{Page, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListSalesShipments>) -> Result<Page<SalesShipmentRow>> {
    use shipment::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id party_id PartyId, id order_id OrderId, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, effective_at EffectiveAt),
        search: &[C::Number, C::OrderNumber, C::TrackingNo, C::Remark],
    };
    let found = page(tx, &call.query, shipment::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.party_id, r.warehouse_id))).await?;
    found.try_map(|row| {
        let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
        Ok(shown!(row => SalesShipmentRow {
            id, version, created_at, updated_at, org_id, number, state, order_number, effective_at, due_on, courier,
            tracking_no, total_quantity, amount,
        } with { party_name, warehouse_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetSalesShipment>) -> Result<SalesShipment> {
    detail(tx, tx.get::<shipment::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: shipment::Model) -> Result<SalesShipment> {
    let names = Names::of(tx, [(row.org_id, row.party_id, row.warehouse_id)]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let is_returnable = document::state_of::<shipment::Entity>(&row)? == SalesShipmentState::Posted
        && rows.iter().any(|l| l.returned < l.quantity)
        && tx.may_on::<shipment::Entity>(WHOLESALE_RETURN_ASK, &row).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        Ok::<_, Failure>(shown!(row => SalesShipmentLine {
            id, order_line_id, product_id, serial, condition, quantity, unit_price, amount, tax, returned,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let allowed = document::allowed_on::<shipment::Entity>(tx, &row, |_| false).await?;
    let open = finance::api::open_of(tx, row.id, OpenItemSide::Receivable).await?;
    let returns = backs::of_shipment(tx, row.id).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
    Ok(shown!(row => SalesShipment {
        id, version, created_at, updated_at, org_id, number, state, order_id, order_number, party_id, warehouse_id,
        address, effective_at, due_on, courier, tracking_no, remark, reason, total_quantity, amount, tax,
    } with {
        allowed, is_editable: false, party_name, warehouse_name, open, is_returnable, lines, returns, postings,
    })?)
}

/// The shipments of an order, the first one first, at most 500.
pub async fn of_order(tx: &ReadTx, order: Uuid) -> Result<Vec<SalesShipmentLink>> {
    let select = shipment::Entity::find().filter(shipment::Column::OrderId.eq(order));
    let rows = select.order_by_asc(shipment::Column::CreatedAt).order_by_asc(shipment::Column::Id).limit(500);
    let link = |row: shipment::Model| {
        Ok(shown!(row => SalesShipmentLink {
            id, number, state, effective_at, courier, tracking_no, total_quantity, amount,
        })?)
    };
    rows.all(tx.conn()).await?.into_iter().map(link).collect()
}
