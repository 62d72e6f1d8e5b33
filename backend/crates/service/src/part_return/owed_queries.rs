//! Reads of what is owed.

use super::entity::owed;
use openapi::choice::Choice;
use openapi::service::owed_part::{GetOwedPart, ListOwedParts, OwedPart, OwedPartAction, OwedPartRow, OwedPartState};
use openapi::{ItemCode, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// Days before the last one from which a part is due soon.
pub const SOON: chrono::Days = chrono::Days::new(7);

pub async fn list(tx: &ReadTx, call: Call<ListOwedParts>) -> Result<Page<OwedPartRow>> {
    use owed::Column as C;
    let filter = &call.query.filter;
    let today = tx.today();
    let waiting = || Condition::all().add(C::State.eq(OwedPartState::Open.as_str()));
    let late = waiting().add(C::DueOn.lt(today));
    let soon = today.checked_add_days(SOON).unwrap_or(today);
    let soon = waiting().add(C::DueOn.between(today, soon));
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id product_id ProductId, id ticket_id TicketId, id return_id ReturnId,
        text number Number
    )
    .add_option(filter.is_overdue.map(|wanted| if wanted { late } else { late.not() }))
    .add_option(filter.is_due_soon.map(|wanted| if wanted { soon } else { soon.not() }));
    let sorts = sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, due_on DueOn);
    let shape = Shape { sorts, search: &[C::Number, C::TicketNumber, C::ReturnNumber, C::Serial] };
    let found = page(tx, &call.query, owed::Entity::find().filter(all), &shape).await?;
    let beside = Beside::of(tx, &found.items).await?;
    found.try_map(|row| {
        let (org_name, is_overdue) = (beside.station(row.org_id), is_overdue(tx, &row));
        let (product_code, product_name) = beside.product(row.product_id)?;
        Ok(shown!(row => OwedPartRow {
            id, version, created_at, updated_at, org_id, number, state, ticket_id, ticket_number, product_id, serial,
            quantity, unit_price, payer, finished_on, due_on, return_id, return_number, deduction,
        } with { org_name, product_code, product_name, is_overdue })?)
    })
}

fn is_overdue(tx: &ReadTx, row: &owed::Model) -> bool {
    row.state == OwedPartState::Open.as_str() && row.due_on < tx.today()
}

/// Stations and products of some old parts, read together.
pub struct Beside {
    stations: HashMap<Uuid, identity::api::Station>,
    products: HashMap<Uuid, openapi::master::product::ProductRow>,
}

impl Beside {
    pub async fn of(tx: &ReadTx, rows: &[owed::Model]) -> Result<Self> {
        Ok(Beside {
            stations: identity::api::stations_named(tx.conn(), rows.iter().map(|row| row.org_id)).await?,
            products: master::api::products(tx, rows.iter().map(|row| row.product_id)).await?,
        })
    }

    pub fn station<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.stations.get(&id).map_or_else(String::new, |station| station.name.clone()))
    }

    /// Code and name of a product; a foreign key rules out that it is gone.
    pub fn product(&self, id: Uuid) -> Result<(ItemCode, Text<120>)> {
        let product = self.products.get(&id);
        let product = product.ok_or_else(|| Failure::Internal("an old part has no product".to_owned()))?;
        Ok((product.code.clone(), product.name.clone()))
    }
}

pub async fn get(tx: &ReadTx, call: Call<GetOwedPart>) -> Result<OwedPart> {
    detail(tx, tx.get::<owed::Entity>(call.path.id).await?).await
}

/// The detail. Of its steps only two are for people to take.
pub async fn detail(tx: &ReadTx, row: owed::Model) -> Result<OwedPart> {
    let beside = Beside::of(tx, std::slice::from_ref(&row)).await?;
    let follows = |action| !matches!(action, OwedPartAction::Waive | OwedPartAction::Restore);
    let allowed = document::allowed_on::<owed::Entity>(tx, &row, follows).await?;
    let (org_name, is_overdue) = (beside.station(row.org_id), is_overdue(tx, &row));
    let (product_code, product_name) = beside.product(row.product_id)?;
    Ok(shown!(row => OwedPart {
        id, version, created_at, updated_at, org_id, number, state, ticket_id, ticket_number, part_id, product_id, serial,
        quantity, unit_price, payer, finished_on, due_on, good_until, return_id, return_number, deduction, waived_because,
    } with { allowed, is_editable: false, org_name, product_code, product_name, is_overdue })?)
}
