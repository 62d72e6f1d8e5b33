//! Reads.

use super::entity::{contact, customer};
use super::model;
use openapi::choice::Choice;
use openapi::master::customer::{Customer, CustomerRow, GetCustomer, ListCustomers, PartyRole};
use openapi::master::{CUSTOMER_CONTACT, CUSTOMER_TERMS, PARTY_ROLE_MISSING};
use openapi::problem::field;
use openapi::{Issue, Page};
use platform::db::list::{Shape, page};
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListCustomers>) -> Result<Page<CustomerRow>> {
    use customer::Column as C;
    let filter = &call.query.filter;
    let mut base = customer::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(roles) = &filter.role {
        base = base.filter(of_roles(&roles.0));
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

/// Parties that are any of these. No role is spelled within another. All but customers are few: an index keeps them.
fn of_roles(roles: &[PartyRole]) -> Condition {
    use customer::Column as C;
    let any = roles.iter().fold(Condition::any(), |any, role| any.add(C::Roles.contains(role.as_str())));
    if roles.contains(&PartyRole::Customer) { any } else { Condition::all().add(C::Roles.ne("customer")).add(any) }
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
    let runs = match row.runs_org_id {
        Some(org) => identity::api::station_in(tx, org).await?.map(|station| station.name),
        None => None,
    };
    let actor = tx.actor();
    model::detail(row, contacts, runs, (actor.may(CUSTOMER_CONTACT), actor.may(CUSTOMER_TERMS)))
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
    rows(tx, [id]).await?.remove(&id).ok_or_else(|| Failure::not_there(pointer))
}

/// The party that a document chooses because of what it is, or a wrong value at `pointer`.
pub async fn choose_as(tx: &ReadTx, id: Uuid, wanted: &[PartyRole], pointer: &str) -> Result<CustomerRow> {
    let party = choose(tx, id, pointer).await?;
    if party.roles.iter().any(|role| wanted.contains(role)) {
        return Ok(party);
    }
    let role = wanted.first().map(|role| role.label(tx.lang())).unwrap_or_default();
    Err(Failure::field(pointer, Issue::new(PARTY_ROLE_MISSING).with("role", role)))
}

/// The party that runs a station.
pub async fn running(tx: &ReadTx, org: Uuid) -> Result<Option<Uuid>> {
    let row = customer::Entity::find().filter(customer::Column::RunsOrgId.eq(org)).one(tx.conn()).await?;
    Ok(row.map(|row| row.id))
}

/// A party, locked: what is decided by its terms is decided one by one.
pub async fn hold(tx: &Tx, id: Uuid) -> Result<CustomerRow> {
    let select = customer::Entity::find_by_id(id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    let row = select.one(tx.conn()).await?.ok_or_else(Failure::not_found)?;
    model::list_row(row, true)
}

/// Parties by name: those whose name only one has.
pub async fn called(tx: &ReadTx, names: &[String]) -> Result<HashMap<String, Uuid>> {
    let mut found: HashMap<String, Vec<Uuid>> = HashMap::new();
    for part in names.chunks(500) {
        let select = customer::Entity::find().filter(customer::Column::Name.is_in(part.iter().cloned()));
        for row in select.all(tx.conn()).await? {
            found.entry(row.name).or_default().push(row.id);
        }
    }
    let alone = |(name, ids): (String, Vec<Uuid>)| match ids.as_slice() {
        [id] => Some((name, *id)),
        _ => None,
    };
    Ok(found.into_iter().filter_map(alone).collect())
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
