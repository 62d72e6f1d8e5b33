//! Which of our records another system means.

use crate::{Failure, Head, Result, Tx};
use openapi::{ByExternal, Resource, problem};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, IntoActiveModel, TryInsertResult};

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_ref")]
pub struct Model {
    /// The other system.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Kind of the record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// What the other system calls it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_id: String,
    /// The record; null only while it is being made.
    pub record_id: Option<Uuid>,
    /// When it was first put.
    pub created_at: DateTimeUtc,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The record of kind `E` that `by` names: the one that was put under this name before, locked and changed by `change`, or
/// the one that `make` makes. Whoever puts the same name at the same moment waits for it and then changes it.
pub async fn put<E: Head, T: Resource>(
    tx: &Tx,
    by: &ByExternal<T>,
    make: impl AsyncFnOnce() -> Result<E::Model>,
    change: impl AsyncFnOnce(E::Model) -> Result<E::Model>,
) -> Result<E::Model> {
    let mut row = Model {
        source: by.source.as_str().to_owned(),
        kind: E::NAME.to_owned(),
        external_id: by.external_id.as_str().to_owned(),
        record_id: None,
        created_at: tx.now(),
    };
    let conflict = OnConflict::columns([Column::Source, Column::Kind, Column::ExternalId]).do_nothing().to_owned();
    let claim = Entity::insert(row.clone().into_active_model().reset_all()).on_conflict(conflict).try_insert();
    if !matches!(claim.exec_without_returning(tx.conn()).await?, TryInsertResult::Inserted(1)) {
        let key = (row.source, row.kind, row.external_id);
        let known = Entity::find_by_id(key).one(tx.conn()).await?.and_then(|row| row.record_id);
        // what was put under this name lies out of reach, or is made in this very moment
        let id = known.ok_or_else(|| Failure::new(problem::BUSY))?;
        return change(tx.lock::<E>(id).await?).await;
    }
    if tx.context().if_match.is_some() {
        // a version of something that is not there
        return Err(Failure::new(problem::STALE));
    }
    let mut made = make().await?;
    row.record_id = Some(*E::stamp(&mut made).id);
    Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(made)
}
