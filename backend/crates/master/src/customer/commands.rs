//! Writes.

use super::entity::{contact, customer};
use super::{model, queries};
use openapi::master::CUSTOMER_TERMS;
use openapi::master::customer::{CreateCustomer, Customer, CustomerDraft, PutCustomer, UpdateCustomer};
use platform::doc::external;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub async fn create(tx: &Tx, call: Call<CreateCustomer>) -> Result<Customer> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds a customer.
pub(crate) async fn add(tx: &Tx, draft: CustomerDraft) -> Result<customer::Model> {
    let blank = customer::Model { org_id: tx.actor().org_id, ..Default::default() };
    let (row, contacts) = model::filled(blank.clone(), draft);
    let row = agreed(tx, &blank, row).await?;
    let row = tx.create::<customer::Entity>(row).await?;
    tx.insert_all::<contact::Entity>(model::contact_rows(row.id, contacts)).await?;
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateCustomer>) -> Result<Customer> {
    let before = tx.lock::<customer::Entity>(call.path.id).await?;
    let row = change(tx, before, call.body).await?;
    queries::detail(tx, row).await
}

/// Puts a customer as another system knows it.
pub async fn put(tx: &Tx, call: Call<PutCustomer>) -> Result<Customer> {
    let draft = &call.body;
    let make = async || add(tx, draft.clone()).await;
    let row =
        external::put::<customer::Entity, _>(tx, &call.path, make, async |row| change(tx, row, draft.clone()).await);
    queries::detail(tx, row.await?).await
}

async fn change(tx: &Tx, before: customer::Model, draft: CustomerDraft) -> Result<customer::Model> {
    let (after, contacts) = model::filled(before.clone(), draft);
    let after = agreed(tx, &before, after).await?;
    let row = tx.save::<customer::Entity>(&before, after).await?;
    contact::Entity::delete_many().filter(contact::Column::CustomerId.eq(row.id)).exec(tx.conn()).await?;
    tx.insert_all::<contact::Entity>(model::contact_rows(row.id, contacts)).await?;
    Ok(row)
}

/// Credit, prices, terms and the station that it runs are agreed on by those who have the right to.
async fn agreed(tx: &Tx, before: &customer::Model, after: customer::Model) -> Result<customer::Model> {
    if tx.actor().may(CUSTOMER_TERMS) {
        if let Some(org) = after.runs_org_id
            && identity::api::station_in(tx, org).await?.is_none()
        {
            return Err(Failure::not_there("/runs_org_id"));
        }
        return Ok(after);
    }
    let (row, issues) = model::with_agreed_terms(before, after);
    if issues.is_empty() { Ok(row) } else { Err(Failure::fields(issues)) }
}
