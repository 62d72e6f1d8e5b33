//! Writes.

use super::entity::{contact, customer};
use super::{model, queries};
use openapi::master::customer::{CreateCustomer, Customer, CustomerDraft, UpdateCustomer};
use platform::{Call, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub async fn create(tx: &Tx, call: Call<CreateCustomer>) -> Result<Customer> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds a customer.
pub(crate) async fn add(tx: &Tx, draft: CustomerDraft) -> Result<customer::Model> {
    let blank = customer::Model { org_id: tx.actor().org_id, ..Default::default() };
    let (row, contacts) = model::filled(blank, draft);
    let row = tx.create::<customer::Entity>(row).await?;
    tx.insert_all::<contact::Entity>(model::contact_rows(row.id, contacts)).await?;
    Ok(row)
}

pub async fn update(tx: &Tx, call: Call<UpdateCustomer>) -> Result<Customer> {
    let before = tx.lock::<customer::Entity>(call.path.id).await?;
    let (after, contacts) = model::filled(before.clone(), call.body);
    let row = tx.save::<customer::Entity>(&before, after).await?;
    contact::Entity::delete_many().filter(contact::Column::CustomerId.eq(row.id)).exec(tx.conn()).await?;
    tx.insert_all::<contact::Entity>(model::contact_rows(row.id, contacts)).await?;
    queries::detail(tx, row).await
}
