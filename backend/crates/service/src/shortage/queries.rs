//! Reads.

use super::entity::shortage;
use super::model;
use crate::ticket::entity::ticket;
use crate::ticket::no_promise;
use openapi::choice::Choice;
use openapi::service::TICKET_PARTS;
use openapi::service::shortage::{GetShortage, ListShortages, Shortage, ShortageAction, ShortageRow, ShortageState};
use openapi::{Page, Quantity, Text, Timestamp, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListShortages>) -> Result<Page<ShortageRow>> {
    use shortage::Column as C;
    let filter = &call.query.filter;
    let late = Condition::all().add(C::State.eq(ShortageState::Waiting.as_str())).add(C::DueAt.lt(tx.now()));
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id product_id ProductId, id ticket_id TicketId, text number Number
    )
    .add_option(filter.is_overdue.map(|wanted| if wanted { late } else { late.not() }));
    let sorts = sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, due_at DueAt);
    let shape = Shape { sorts, search: &[C::Number, C::TicketNumber] };
    let found = page(tx, &call.query, shortage::Entity::find().filter(all), &shape).await?;
    let known = Known::of(tx, &found.items).await?;
    found.try_map(|row| known.row(tx, row))
}

pub async fn get(tx: &ReadTx, call: Call<GetShortage>) -> Result<Shortage> {
    detail(tx, tx.get::<shortage::Entity>(call.path.id).await?).await
}

/// What stands beside some shortages, read together.
struct Known {
    stations: HashMap<Uuid, identity::api::Station>,
    tickets: HashMap<Uuid, ticket::Model>,
    products: HashMap<Uuid, openapi::master::product::ProductRow>,
    incoming: HashMap<(Uuid, Uuid), Quantity>,
}

impl Known {
    async fn of(tx: &ReadTx, rows: &[shortage::Model]) -> Result<Self> {
        let orgs: HashSet<Uuid> = rows.iter().map(|row| row.org_id).collect();
        let products: HashSet<Uuid> = rows.iter().map(|row| row.product_id).collect();
        let (orgs, goods): (Vec<Uuid>, Vec<Uuid>) = (orgs.into_iter().collect(), products.iter().copied().collect());
        Ok(Known {
            incoming: stock::api::under_way(tx, &orgs, &goods).await?,
            stations: identity::api::stations_named(tx.conn(), orgs).await?,
            tickets: tickets(tx, rows).await?,
            products: master::api::products(tx, products).await?,
        })
    }

    fn row(&self, tx: &ReadTx, row: shortage::Model) -> Result<ShortageRow> {
        let lost = || Failure::Internal(format!("{} points nowhere", row.number));
        let product = self.products.get(&row.product_id).ok_or_else(lost)?;
        let ticket = self.tickets.get(&row.ticket_id).ok_or_else(lost)?;
        let (product_code, product_name) = (product.code.clone(), product.name.clone());
        let engineer_name = ticket.engineer_name.clone();
        let (org_name, missing) = (self.station(&row), Quantity(still_missing(&row)));
        let (incoming, due) = (self.incoming(&row), due_at(&row));
        let is_overdue = is_overdue(tx, &row);
        Ok(shown!(row => ShortageRow {
            id, version, created_at, updated_at, org_id, number, state, ticket_id, ticket_number, product_id, quantity,
            allocated, closed_at,
        } with { org_name, engineer_name, product_code, product_name, missing, due_at: due, is_overdue, incoming })?)
    }

    fn station<const MAX: usize>(&self, row: &shortage::Model) -> Text<MAX> {
        Text::stored(self.stations.get(&row.org_id).map_or_else(String::new, |station| station.name.clone()))
    }

    fn incoming(&self, row: &shortage::Model) -> Quantity {
        self.incoming.get(&(row.org_id, row.product_id)).copied().unwrap_or_default()
    }
}

async fn tickets(tx: &ReadTx, rows: &[shortage::Model]) -> Result<HashMap<Uuid, ticket::Model>> {
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.ticket_id).collect();
    let rows = tx.known::<ticket::Entity>(ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What is still missing; nothing once nobody waits any more.
fn still_missing(row: &shortage::Model) -> i64 {
    if row.state == ShortageState::Waiting.as_str() { model::missing(row) } else { 0 }
}

fn due_at(row: &shortage::Model) -> Option<Timestamp> {
    (row.due_at < no_promise()).then(|| row.due_at.into())
}

fn is_overdue(tx: &ReadTx, row: &shortage::Model) -> bool {
    row.state == ShortageState::Waiting.as_str() && row.due_at < tx.now()
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: shortage::Model) -> Result<Shortage> {
    let known = Known::of(tx, std::slice::from_ref(&row)).await?;
    let lost = || Failure::Internal(format!("{} points nowhere", row.number));
    let product = known.products.get(&row.product_id).ok_or_else(lost)?;
    let ticket = known.tickets.get(&row.ticket_id).ok_or_else(lost)?;
    let stores = master::api::warehouse_facts(tx, [row.warehouse_id]).await?;
    let warehouse_name = Text::stored(stores.into_iter().next().map_or_else(String::new, |(_, _, name, _)| name));
    let allowed = allowed(tx, &row).await?;
    let ahead = ahead(tx, &row).await?;
    let (product_code, product_name) = (product.code.clone(), product.name.clone());
    let (ticket_state, unit_name) = (stored(&ticket.state)?, ticket.product_name.clone());
    let engineer_name = ticket.engineer_name.clone();
    let (org_name, missing) = (known.station(&row), Quantity(still_missing(&row)));
    let (incoming, due, is_overdue) = (known.incoming(&row), due_at(&row), is_overdue(tx, &row));
    Ok(shown!(row => Shortage {
        id, version, created_at, updated_at, org_id, number, state, ticket_id, ticket_number, part_id, product_id,
        warehouse_id, quantity, allocated, closed_at,
    } with {
        allowed, is_editable: false, org_name, ticket_state, unit_name, engineer_name, product_code, product_name,
        warehouse_name, missing, due_at: due, is_overdue, ahead, incoming,
    })?)
}

/// How many wait before it for the same part.
async fn ahead(tx: &ReadTx, row: &shortage::Model) -> Result<i64> {
    use shortage::Column as C;
    if row.state != ShortageState::Waiting.as_str() {
        return Ok(0);
    }
    let sooner = Condition::any()
        .add(C::DueAt.lt(row.due_at))
        .add(Condition::all().add(C::DueAt.eq(row.due_at)).add(C::Id.lt(row.id)));
    let select = shortage::Entity::find()
        .filter(C::OrgId.eq(row.org_id))
        .filter(C::ProductId.eq(row.product_id))
        .filter(C::State.eq(ShortageState::Waiting.as_str()))
        .filter(sooner);
    Ok(i64::try_from(select.count(tx.conn()).await?).unwrap_or(i64::MAX))
}

/// What people may do: the other steps follow by themselves.
async fn allowed(tx: &ReadTx, row: &shortage::Model) -> Result<Vec<ShortageAction>> {
    let mut actions = document::allowed::<shortage::Entity>(tx, row)?;
    let theirs = ticket::Entity::find()
        .filter(tx.in_reach_of::<ticket::Entity>(TICKET_PARTS))
        .filter(ticket::Column::Id.eq(row.ticket_id));
    actions.retain(|action| *action == ShortageAction::Cancel);
    if !actions.is_empty() && theirs.count(tx.conn()).await? == 0 {
        actions.clear();
    }
    Ok(actions)
}
