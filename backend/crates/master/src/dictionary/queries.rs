//! Reads.

use super::commands::unknown;
use super::entity::entry;
use super::model;
use openapi::Page;
use openapi::choice::Choice;
use openapi::master::dictionary::{DictionaryEntry, DictionaryKind, GetDictionaryEntry, ListDictionaryEntries};
use platform::db::list::{Shape, page};
use platform::{Call, ReadTx, Result, sorted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListDictionaryEntries>) -> Result<Page<DictionaryEntry>> {
    use entry::Column as C;
    let filter = &call.query.filter;
    let mut base = entry::Entity::find();
    if let Some(kinds) = &filter.kind {
        base = base.filter(C::Kind.is_in(kinds.0.iter().map(ToString::to_string)));
    }
    if let Some(parent) = filter.parent_id {
        base = base.filter(C::ParentId.eq(parent.uuid()));
    }
    if let Some(code) = &filter.code {
        base = base.filter(C::Code.eq(&**code));
    }
    if let Some(is_active) = filter.is_active {
        base = base.filter(C::IsActive.eq(is_active));
    }
    let shape = Shape {
        sorts: sorted!(C: sort_no SortNo, code Code, name Name, created_at CreatedAt, updated_at UpdatedAt),
        search: &[C::Code, C::Name, C::NameEn],
    };
    let found = page(tx, &call.query, base, &shape).await?;
    let names = names_behind(tx, &found.items).await?;
    found.try_map(|row| model::detail(row, &names))
}

pub async fn get(tx: &ReadTx, call: Call<GetDictionaryEntry>) -> Result<DictionaryEntry> {
    detail(tx, tx.get::<entry::Entity>(call.path.id).await?).await
}

pub(super) async fn detail(tx: &ReadTx, row: entry::Model) -> Result<DictionaryEntry> {
    let names = names_behind(tx, std::slice::from_ref(&row)).await?;
    model::detail(row, &names)
}

/// Names of the parents and levels that entries point at.
async fn names_behind(tx: &ReadTx, rows: &[entry::Model]) -> Result<HashMap<Uuid, String>> {
    named(tx, rows.iter().flat_map(|row| [row.parent_id, row.level_id]).flatten()).await
}

/// Names of entries by id.
pub async fn named(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows = rows(tx, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Entries by id.
pub async fn entries(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, DictionaryEntry>> {
    let rows = rows(tx, ids).await?;
    let names = names_behind(tx, &rows).await?;
    rows.into_iter().map(|row| Ok((row.id, model::detail(row, &names)?))).collect()
}

async fn rows(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<entry::Model>> {
    tx.known::<entry::Entity>(ids).await
}

/// The entry that a document chooses: of this list, and in use unless the document had it before.
/// Otherwise a wrong value at `pointer`.
pub async fn chosen(
    tx: &ReadTx,
    kind: DictionaryKind,
    id: Uuid,
    kept: Option<Uuid>,
    pointer: &str,
) -> Result<entry::Model> {
    let row = rows(tx, [id]).await?.pop();
    let fits = |row: &entry::Model| row.kind == kind.as_str() && (row.is_active || kept == Some(id));
    row.filter(fits).ok_or_else(|| unknown(pointer))
}

/// The entry that a document chooses, as the contract shows it.
pub async fn choose(tx: &ReadTx, kind: DictionaryKind, id: Uuid, pointer: &str) -> Result<DictionaryEntry> {
    let row = chosen(tx, kind, id, None, pointer).await?;
    detail(tx, row).await
}

/// An entry by its code.
pub async fn by_code(tx: &ReadTx, kind: DictionaryKind, code: &str) -> Result<Option<DictionaryEntry>> {
    let row = entry::Entity::find()
        .filter(entry::Column::Kind.eq(kind.as_str()))
        .filter(entry::Column::Code.eq(code))
        .one(tx.conn())
        .await?;
    match row {
        Some(row) => Ok(Some(detail(tx, row).await?)),
        None => Ok(None),
    }
}

/// Every entry in use of one list, in its order.
pub async fn in_use(tx: &ReadTx, kind: DictionaryKind) -> Result<Vec<entry::Model>> {
    let read = async || {
        let rows = entry::Entity::find()
            .filter(entry::Column::Kind.eq(kind.as_str()))
            .filter(entry::Column::IsActive.eq(true))
            .order_by_asc(entry::Column::SortNo)
            .order_by_asc(entry::Column::Code)
            .limit(1000);
        Ok::<_, platform::Failure>(rows.all(tx.conn()).await?)
    };
    tx.lasting(format!("entries in use of {}", kind.as_str()), read).await
}

/// Whether there is no entry at all.
pub async fn is_empty(tx: &ReadTx) -> Result<bool> {
    Ok(entry::Entity::find().limit(1).one(tx.conn()).await?.is_none())
}

/// The entries in use of a list by code and by both names, in lower case.
pub async fn spelled(tx: &ReadTx, kind: DictionaryKind) -> Result<HashMap<String, Uuid>> {
    let spellings = |row: entry::Model| {
        let names = [Some(row.code), Some(row.name), row.name_en];
        names.into_iter().flatten().map(move |name| (name.to_lowercase(), row.id))
    };
    Ok(in_use(tx, kind).await?.into_iter().flat_map(spellings).collect())
}
