//! Reads.

use super::entity::{contact, customer};
use super::model;
use crate::place::not_there;
use openapi::master::CUSTOMER_CONTACT;
use openapi::master::customer::{Customer, CustomerRow, GetCustomer, ListCustomers};
use openapi::problem::field;
use openapi::{Issue, Page};
use platform::db::list::{Shape, page};
use platform::{Call, Failure, ReadTx, Result};
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
    // what one may not see one may neither search nor guess
    let sees_phones = tx.actor().may(CUSTOMER_CONTACT);
    if let Some(phone) = &filter.phone {
        if !sees_phones {
            return Err(Failure::field("?phone", Issue::new(field::UNKNOWN_FIELD)));
        }
        base = base.filter(C::Phone.eq(&**phone));
    }
    let mut search = vec![C::Name, C::BelongsTo, C::Address];
    if sees_phones {
        search.extend([C::Phone, C::Landline]);
    }
    let sorts = &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("name", C::Name)];
    let found = page(tx, &call.query, base, &Shape { sorts, search: &search }).await?;
    found.try_map(|row| model::list_row(row, sees_phones))
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
    model::detail(row, contacts, tx.actor().may(CUSTOMER_CONTACT))
}

/// The names of customers by id, for lists of other documents.
pub async fn named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows = customer::Entity::find().filter(customer::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Customers by id, with their phones whoever asks.
pub async fn rows(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, CustomerRow>> {
    let rows = tx.known::<customer::Entity>(ids).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row, true)?))).collect()
}

/// Customers with this mobile phone, the latest first, at most 20.
pub async fn with_phone(tx: &ReadTx, phone: &str) -> Result<Vec<CustomerRow>> {
    use customer::Column as C;
    let rows = customer::Entity::find().filter(C::Phone.eq(phone)).order_by_desc(C::CreatedAt).limit(20);
    rows.all(tx.conn()).await?.into_iter().map(|row| model::list_row(row, true)).collect()
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
