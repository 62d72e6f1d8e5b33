//! Reads.

use super::entity::account;
use super::model;
use crate::place::{self, not_there};
use openapi::Page;
use openapi::choice::Choice;
use openapi::master::bank_account::{BankAccount, BankAccountKind, BankAccountRow, GetBankAccount, ListBankAccounts};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListBankAccounts>) -> Result<Page<BankAccountRow>> {
    use account::Column as C;
    let filter = &call.query.filter;
    let mut base = account::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(org) = filter.org_id {
        base = base.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(is_active) = filter.is_active {
        base = base.filter(C::IsActive.eq(is_active));
    }
    let shape = Shape {
        sorts: &[("code", C::Code), ("name", C::Name), ("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt)],
        search: &[C::Code, C::Name],
    };
    let found = page(tx, &call.query, base, &shape).await?;
    let names = names_behind(tx, &found.items).await?;
    found.try_map(|row| model::list_row(row, &names))
}

pub async fn get(tx: &ReadTx, call: Call<GetBankAccount>) -> Result<BankAccount> {
    detail(tx, tx.get::<account::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: account::Model) -> Result<BankAccount> {
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &names)
}

async fn names_behind(tx: &ReadTx, rows: &[account::Model]) -> Result<HashMap<Uuid, String>> {
    place::org_names(tx, rows.iter().map(|row| row.org_id)).await
}

/// By id, wherever the station is.
pub async fn by_id(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, BankAccountRow>> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| Ok((row.id, model::list_row(row, &names)?))).collect()
}

/// The one that a document chooses: in reach of the call and in use; otherwise a wrong value at `pointer`.
pub async fn choose(tx: &ReadTx, id: Uuid, pointer: &str) -> Result<BankAccountRow> {
    let row = tx.select::<account::Entity>().filter(account::Column::Id.eq(id)).one(tx.conn()).await?;
    let row = row.filter(|row| row.is_active).ok_or_else(|| not_there(pointer))?;
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::list_row(row, &names)
}

/// Those in use of one station and kind, by code; the first is the one to take when nobody chose.
pub async fn of_kind(tx: &ReadTx, org: Uuid, kind: BankAccountKind) -> Result<Vec<BankAccountRow>> {
    let rows = account::Entity::find()
        .filter(account::Column::OrgId.eq(org))
        .filter(account::Column::Kind.eq(kind.as_str()))
        .filter(account::Column::IsActive.eq(true))
        .order_by_asc(account::Column::Code)
        .limit(200)
        .all(tx.conn())
        .await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| model::list_row(row, &names)).collect()
}
