//! Reads.

use super::model;
use crate::facts::{self, Names};
use crate::wholesale::entity::{order, order_line as line};
use crate::wholesale::shipment;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::trade::wholesale::order::{
    CreditStanding, GetSalesOrder, ListSalesOrders, SalesAction, SalesLine, SalesOrder, SalesOrderRow, SalesState,
};
use openapi::trade::wholesale::{WHOLESALE_ACCEPT, WHOLESALE_EDIT};
use openapi::{Money, Page, Quantity, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListSalesOrders>) -> Result<Page<SalesOrderRow>> {
    use order::Column as C;
    let filter = &call.query.filter;
    let of_product = |id: openapi::master::product::ProductId| {
        let lines = line::Entity::find().select_only().column(line::Column::OrderId);
        C::Id.in_subquery(lines.filter(line::Column::ProductId.eq(id.uuid())).into_query())
    };
    let all = narrowed!(filter, C:
        any state State, any source Source, id org_id OrgId, id party_id PartyId, text customer_ref CustomerRef,
        text number Number
    )
    .add_option(filter.product_id.map(of_product));
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::CustomerRef, C::Remark],
    };
    let found = page(tx, &call.query, order::Entity::find().filter(all), &shape).await?;
    let of = |r: &order::Model| (r.org_id, r.party_id, r.warehouse_id.unwrap_or_default());
    let names = Names::of(tx, found.items.iter().map(of)).await?;
    found.try_map(|row| {
        let (org_name, party_name) = (names.station(row.org_id), names.party(row.party_id));
        Ok(shown!(row => SalesOrderRow {
            id, version, created_at, updated_at, org_id, number, state, source, customer_ref, expected_on,
            total_quantity, shipped_quantity, total_amount,
        } with { org_name, party_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetSalesOrder>) -> Result<SalesOrder> {
    detail(tx, tx.get::<order::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: order::Model) -> Result<SalesOrder> {
    use SalesAction as A;
    let names = Names::of(tx, [(row.org_id, row.party_id, row.warehouse_id.unwrap_or_default())]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let reserved = stock::api::reserved(tx, DocKind::SalesOrder, rows.iter().map(|l| l.id)).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        let is_serial_tracked = products.get(&row.product_id).is_some_and(|p| p.is_serial_tracked);
        let (open, vat_rate) = (model::open(&row), u16::try_from(row.vat_rate).unwrap_or_default());
        let reserved = reserved.get(&row.id).copied().unwrap_or(Quantity::ZERO);
        Ok::<_, Failure>(shown!(row => SalesLine {
            id, product_id, condition, serial, quantity, list_price, unit_price, amount, shipped, remark,
        } with { product_code, product_name, is_serial_tracked, open, vat_rate, reserved })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_own = row.created_by == tx.actor().user_id;
    let is_barred =
        |action: A| matches!(action, A::Complete | A::TakeBack | A::Clear) || (action == A::Accept && is_own);
    let allowed = document::allowed_on::<order::Entity>(tx, &row, is_barred).await?;
    let state = document::state_of::<order::Entity>(&row)?;
    let is_editable = state == SalesState::Draft && tx.may_on::<order::Entity>(WHOLESALE_EDIT, &row).await?;
    let credit = match state {
        SalesState::Uploaded if tx.may_at(WHOLESALE_ACCEPT, row.org_id).await? => {
            let buyer = master::api::customers(tx, [row.party_id]).await?.remove(&row.party_id);
            Some(credit_of(tx, buyer.and_then(|b| b.credit_limit), row.party_id, row.id).await?)
        }
        _ => None,
    };
    let shipments = shipment::queries::of_order(tx, row.id).await?;
    let (org_name, party_name) = (names.station(row.org_id), names.party(row.party_id));
    let warehouse_name = row.warehouse_id.map(|id| names.warehouse(id));
    Ok(shown!(row => SalesOrder {
        id, version, created_at, updated_at, org_id, number, state, party_id, warehouse_id, source, customer_ref, address,
        expected_on, remark, credit_reason, total_amount, total_tax,
    } with { allowed, is_editable, org_name, party_name, warehouse_name, credit, lines, shipments })?)
}

#[derive(FromQueryResult)]
struct Sum {
    amount: Option<i64>,
}

/// What a customer may owe, owes and has ordered, other than by `except`.
pub async fn credit_of(tx: &ReadTx, limit: Option<Money>, party: Uuid, except: Uuid) -> Result<CreditStanding> {
    use line::Column as L;
    let waiting = [SalesState::Accepted, SalesState::PartlyShipped].map(|state| state.as_str());
    let orders = order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::PartyId.eq(party))
        .filter(order::Column::Id.ne(except))
        .filter(order::Column::State.is_in(waiting));
    let rest = Expr::expr(Expr::col(L::Amount).sub(Expr::col(L::ShippedAmount)).sum()).cast_as("BIGINT");
    let sum = line::Entity::find()
        .filter(L::OrderId.in_subquery(orders.into_query()))
        .select_only()
        .column_as(rest, "amount")
        .into_model::<Sum>()
        .one(tx.conn())
        .await?;
    let ordered = Money(sum.and_then(|sum| sum.amount).unwrap_or_default());
    Ok(model::standing(limit, &finance::api::standing_of(tx, party.into()).await?, ordered))
}
