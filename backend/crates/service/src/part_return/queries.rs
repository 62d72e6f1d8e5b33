//! Reads of returns.

use super::entity::{back, line, owed};
use super::model;
use super::owed_queries::Beside;
use openapi::finance::open_item::OpenItemSide;
use openapi::service::part_return::{
    GetPartReturn, ListPartReturns, PartReturn, PartReturnAction, PartReturnLine, PartReturnRow, PartReturnState,
};
use openapi::service::{PART_RETURN_EDIT, PART_RETURN_EXAMINE, PART_RETURN_REVERSE, PART_RETURN_SHIP};
use openapi::{Page, Quantity, Text, UnitPrice, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListPartReturns>) -> Result<Page<PartReturnRow>> {
    use back::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C: any state State, id org_id OrgId, text number Number)
        .add_option(filter.has_deduction.map(|wanted| if wanted { C::Deduction.gt(0) } else { C::Deduction.eq(0) }));
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::TrackingNumber, C::Remark],
    };
    let found = page(tx, &call.query, back::Entity::find().filter(all), &shape).await?;
    let ends = found.items.iter().flat_map(|row| [row.org_id, row.to_org_id]);
    let stations = identity::api::stations_named(tx.conn(), ends).await?;
    let makers = master::api::customer_named(tx, found.items.iter().filter_map(|row| row.maker_id)).await?;
    found.try_map(|row| {
        let maker_name = row.maker_id.and_then(|id| makers.get(&id)).cloned().map(Text::stored);
        let (org_name, to_org_name) = (named(&stations, row.org_id), named(&stations, row.to_org_id));
        Ok(shown!(row => PartReturnRow {
            id, version, created_at, updated_at, org_id, number, state, courier, tracking_number, shipped_at, examined_at,
            total_quantity, deduction,
        } with { org_name, to_org_name, maker_name })?)
    })
}

fn named(stations: &HashMap<Uuid, identity::api::Station>, id: Uuid) -> Text<100> {
    Text::stored(stations.get(&id).map_or_else(String::new, |station| station.name.clone()))
}

pub async fn get(tx: &ReadTx, call: Call<GetPartReturn>) -> Result<PartReturn> {
    detail(tx, tx.get::<back::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: back::Model) -> Result<PartReturn> {
    let stations = identity::api::stations_named(tx.conn(), [row.org_id, row.to_org_id]).await?;
    let stores = master::api::warehouse_facts(tx, [row.warehouse_id]).await?;
    let warehouse_name = Text::stored(stores.into_iter().next().map_or_else(String::new, |(_, _, name, _)| name));
    let parties = master::api::customer_named(tx, [row.party_id, row.maker_id].into_iter().flatten()).await?;
    let named_party = |id: Option<Uuid>| id.and_then(|id| parties.get(&id)).cloned().map(Text::stored);
    let (party_name, maker_name) = (named_party(row.party_id), named_party(row.maker_id));
    let lines = lines(tx, &row).await?;
    let is_draft = document::state_of::<back::Entity>(&row)? == PartReturnState::Draft;
    let is_editable = is_draft && tx.may_at(PART_RETURN_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let open = finance::api::open_of(tx, row.id, OpenItemSide::Receivable).await?;
    let (org_name, to_org_name) = (named(&stations, row.org_id), named(&stations, row.to_org_id));
    Ok(shown!(row => PartReturn {
        id, version, created_at, updated_at, org_id, number, state, warehouse_id, to_org_id, maker_id, transfer_id,
        transfer_number,
        courier, tracking_number, shipped_at, examined_at, remark, total_quantity, deduction, party_id,
    } with { allowed, is_editable, org_name, warehouse_name, to_org_name, maker_name, party_name, open, lines })?)
}

async fn lines(tx: &ReadTx, row: &back::Model) -> Result<Vec<PartReturnLine>> {
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let parts = owed::Entity::find().filter(owed::Column::Id.is_in(rows.iter().map(|line| line.owed_part_id)));
    let parts = parts.all(tx.conn()).await?;
    let beside = Beside::of(tx, &parts).await?;
    let parts: HashMap<Uuid, owed::Model> = parts.into_iter().map(|of| (of.id, of)).collect();
    let shipped_on = row.shipped_at.map(|at| tx.date_of(at));
    let one = |line: line::Model| {
        let of = parts.get(&line.owed_part_id);
        let of = of.ok_or_else(|| Failure::Internal("a line has no old part".to_owned()))?;
        let (product_code, product_name) = beside.product(of.product_id)?;
        let due_on = model::due_on(of, &line.declared);
        let days_late = shipped_on.map(|on| model::days_late(due_on, on));
        Ok::<_, Failure>(shown!(line => PartReturnLine {
            id, owed_part_id, declared, quantity, verdict, received, missing_amount, verdict_amount, late_amount, remark,
        } with {
            owed_part_number: of.number.clone(), ticket_id: of.ticket_id.into(), ticket_number: of.ticket_number.clone(),
            product_id: of.product_id.into(), product_code, product_name,
            serial: of.serial.clone().map(openapi::Serial::stored), owed: Quantity(of.quantity), due_on: due_on.into(),
            days_late, unit_price: UnitPrice(of.unit_price),
        })?)
    };
    rows.into_iter().map(one).collect()
}

/// What the caller may do: each end its part, and nobody examines what he wrote.
async fn allowed(tx: &ReadTx, row: &back::Model) -> Result<Vec<PartReturnAction>> {
    use PartReturnAction as A;
    let mut actions = Vec::new();
    for action in document::allowed::<back::Entity>(tx, row)? {
        let (permission, org) = match action {
            A::Ship => (PART_RETURN_SHIP, row.org_id),
            A::Examine if row.created_by == tx.actor().user_id => continue,
            A::Examine => (PART_RETURN_EXAMINE, row.to_org_id),
            A::Recall => (PART_RETURN_REVERSE, row.org_id),
            A::Reopen => (PART_RETURN_REVERSE, row.to_org_id),
            A::Void => (PART_RETURN_EDIT, row.org_id),
        };
        if tx.may_at(permission, org).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}
