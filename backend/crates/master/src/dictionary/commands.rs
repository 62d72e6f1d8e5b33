//! Writes.

use super::entity::entry;
use super::{model, queries};
use openapi::Issue;
use openapi::choice::Choice;
use openapi::master::dictionary::{
    ActivateDictionaryEntry, CreateDictionaryEntry, DeactivateDictionaryEntry, DictionaryEntry, DictionaryEntryDraft,
    DictionaryKind, UpdateDictionaryEntry,
};
use openapi::master::{NOT_CHANGEABLE, PARENT_NOT_TOP};
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateDictionaryEntry>) -> Result<DictionaryEntry> {
    let row = add(tx, call.body).await?;
    queries::detail(tx, row).await
}

/// Adds an entry.
pub(crate) async fn add(tx: &Tx, draft: DictionaryEntryDraft) -> Result<entry::Model> {
    check(tx, None, &draft).await?;
    let blank = entry::Model { is_active: true, kind: draft.kind.as_str().to_owned(), ..Default::default() };
    tx.create::<entry::Entity>(model::filled(blank, draft)).await
}

pub async fn update(tx: &Tx, call: Call<UpdateDictionaryEntry>) -> Result<DictionaryEntry> {
    let before = tx.lock::<entry::Entity>(call.path.id).await?;
    if before.kind != call.body.kind.as_str() {
        return Err(Failure::field("/kind", Issue::new(NOT_CHANGEABLE)));
    }
    check(tx, Some(&before), &call.body).await?;
    let row = tx.save::<entry::Entity>(&before, model::filled(before.clone(), call.body)).await?;
    queries::detail(tx, row).await
}

pub async fn deactivate(tx: &Tx, call: Call<DeactivateDictionaryEntry>) -> Result<DictionaryEntry> {
    set_active(tx, call.path.id.uuid(), false).await
}

pub async fn activate(tx: &Tx, call: Call<ActivateDictionaryEntry>) -> Result<DictionaryEntry> {
    set_active(tx, call.path.id.uuid(), true).await
}

async fn set_active(tx: &Tx, id: Uuid, is_active: bool) -> Result<DictionaryEntry> {
    let before = tx.lock::<entry::Entity>(id).await?;
    let row = match before.is_active == is_active {
        true => before,
        false => tx.save::<entry::Entity>(&before, entry::Model { is_active, ..before.clone() }).await?,
    };
    queries::detail(tx, row).await
}

/// The attributes fit the kind, and what is referred to exists.
async fn check(tx: &Tx, before: Option<&entry::Model>, draft: &DictionaryEntryDraft) -> Result<()> {
    let wrong = model::attribute_issues(draft);
    if !wrong.is_empty() {
        return Err(Failure::fields(wrong));
    }
    if let Some(level) = draft.level_id {
        let kept = before.and_then(|row| row.level_id);
        queries::chosen(tx, DictionaryKind::RepairLevel, level.uuid(), kept, "/level_id").await?;
    }
    let Some(parent) = draft.parent_id else { return Ok(()) };
    let kept = before.and_then(|row| row.parent_id);
    let parent = queries::chosen(tx, draft.kind, parent.uuid(), kept, "/parent_id").await?;
    let has_children = match before {
        Some(row) => has_children(tx, row.id).await?,
        None => false,
    };
    // two levels: the parent has none itself, and whoever has children stays on top
    if parent.parent_id.is_some() || has_children || before.is_some_and(|row| row.id == parent.id) {
        return Err(Failure::field("/parent_id", Issue::new(PARENT_NOT_TOP)));
    }
    Ok(())
}

async fn has_children(tx: &Tx, id: Uuid) -> Result<bool> {
    let child = entry::Entity::find().filter(entry::Column::ParentId.eq(id)).limit(1).one(tx.conn()).await?;
    Ok(child.is_some())
}

/// The refusal for a code that nobody knows.
pub(super) fn unknown(pointer: &str) -> Failure {
    Failure::not_there(pointer)
}
