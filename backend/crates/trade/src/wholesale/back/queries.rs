//! Reads.

use crate::facts::{self, Names};
use crate::wholesale::entity::{back, back_line as line};
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::trade::wholesale::back::{
    GetSalesReturn, ListSalesReturns, SalesReturn, SalesReturnAction, SalesReturnLine, SalesReturnRow, SalesReturnState,
};
use openapi::trade::wholesale::shipment::SalesReturnLink;
use openapi::{Page, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListSalesReturns>) -> Result<Page<SalesReturnRow>> {
    use back::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id party_id PartyId, id shipment_id ShipmentId, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, effective_at EffectiveAt),
        search: &[C::Number, C::ShipmentNumber, C::CreditNo, C::Remark],
    };
    let found = page(tx, &call.query, back::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.party_id, Uuid::nil()))).await?;
    found.try_map(|row| {
        let party_name = names.party(row.party_id);
        Ok(shown!(row => SalesReturnRow {
            id, version, created_at, updated_at, org_id, number, state, shipment_number, effective_at, remark,
            total_quantity, credit,
        } with { party_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetSalesReturn>) -> Result<SalesReturn> {
    detail(tx, tx.get::<back::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: back::Model) -> Result<SalesReturn> {
    let names = Names::of(tx, [(row.org_id, row.party_id, Uuid::nil())]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        Ok::<_, Failure>(shown!(row => SalesReturnLine {
            id, shipment_line_id, product_id, serial, condition, quantity, credit, tax,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let allowed = document::allowed_on::<back::Entity>(tx, &row, |action| {
        action == SalesReturnAction::Approve && row.created_by == tx.actor().user_id
    })
    .await?;
    let open = finance::api::open_of(tx, row.id, OpenItemSide::Deposit).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let (org_name, party_name) = (names.station(row.org_id), names.party(row.party_id));
    Ok(shown!(row => SalesReturn {
        id, version, created_at, updated_at, org_id, number, state, shipment_id, shipment_number, party_id, effective_at,
        credit_no, remark, reason, total_quantity, credit, tax, set_off,
    } with { allowed, is_editable: false, org_name, party_name, open, lines, postings })?)
}

/// The returns of a shipment, the first one first, at most 200.
pub async fn of_shipment(tx: &ReadTx, shipment: Uuid) -> Result<Vec<SalesReturnLink>> {
    let select = back::Entity::find().filter(back::Column::ShipmentId.eq(shipment));
    let rows = select.order_by_asc(back::Column::CreatedAt).order_by_asc(back::Column::Id).limit(200);
    let link = |row: back::Model| Ok(shown!(row => SalesReturnLink { id, number, state, credit })?);
    rows.all(tx.conn()).await?.into_iter().map(link).collect()
}

/// The numbers of the returns of a shipment in force.
pub async fn posted_of(tx: &ReadTx, shipment: Uuid) -> Result<Vec<String>> {
    let select = back::Entity::find()
        .filter(back::Column::ShipmentId.eq(shipment))
        .filter(back::Column::State.eq(SalesReturnState::Posted.as_str()));
    let rows = select.order_by_asc(back::Column::Number).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}
