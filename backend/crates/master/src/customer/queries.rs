//! Reads.

use super::entity::{contact, customer};
use super::model;
use crate::place::not_there;
use openapi::Page;
use openapi::master::customer::{Customer, CustomerRow, GetCustomer, ListCustomers};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListCustomers>) -> Result<Page<CustomerRow>> {
    use customer::Column as C;
    let filter = &call.query.filter;
    let mut base = customer::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(phone) = &filter.phone {
        base = base.filter(C::Phone.eq(&**phone));
    }
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("name", C::Name)],
        search: &[C::Name, C::Phone, C::Landline, C::BelongsTo, C::Address],
    };
    page(tx, &call.query, base, &shape).await?.try_map(model::list_row)
}

pub async fn get(tx: &ReadTx, call: Call<GetCustomer>) -> Result<Customer> {
    detail(tx, tx.get::<customer::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: customer::Model) -> Result<Customer> {
    let contacts = contact::Entity::find()
        .filter(contact::Column::CustomerId.eq(row.id))
        .order_by_asc(contact::Column::PositionNo)
        .all(tx.conn())
        .await?;
    model::detail(row, contacts)
}

/// The names of customers by id, for lists of other documents.
pub async fn named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows = customer::Entity::find().filter(customer::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Customers by id.
pub async fn rows(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, CustomerRow>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = customer::Entity::find().filter(customer::Column::Id.is_in(ids)).all(tx.conn()).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row)?))).collect()
}

/// Customers with this mobile phone, the latest first, at most 20.
pub async fn with_phone(tx: &ReadTx, phone: &str) -> Result<Vec<CustomerRow>> {
    use customer::Column as C;
    let rows = customer::Entity::find().filter(C::Phone.eq(phone)).order_by_desc(C::CreatedAt).limit(20);
    rows.all(tx.conn()).await?.into_iter().map(model::list_row).collect()
}

/// The customer that a document chooses, or a wrong value at `pointer`.
pub async fn choose(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<CustomerRow> {
    rows(tx, [id]).await?.remove(&id).ok_or_else(|| not_there(pointer))
}

/// Customers by mobile phone.
pub async fn by_phone(tx: &ReadTx, phones: impl IntoIterator<Item = String>) -> Result<HashMap<String, Vec<Uuid>>> {
    let mut phones: Vec<String> = phones.into_iter().collect();
    phones.sort_unstable();
    phones.dedup();
    let mut found: HashMap<String, Vec<Uuid>> = HashMap::new();
    for part in phones.chunks(500) {
        let rows = customer::Entity::find().filter(customer::Column::Phone.is_in(part)).all(tx.conn()).await?;
        rows.into_iter().for_each(|row| found.entry(row.phone).or_default().push(row.id));
    }
    Ok(found)
}
