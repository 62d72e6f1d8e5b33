//! The timeline of documents: every step, who and when. Append only.

use crate::{ReadTx, Result};
use openapi::document::JournalEntry;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Kind of the document.
    pub subject_kind: String,
    /// The document.
    pub subject_id: Uuid,
    /// When.
    pub created_at: DateTimeUtc,
    /// Who; nil for the system.
    pub actor_id: Uuid,
    /// The person's name then.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// State before.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: String,
    /// Reason or remark.
    pub note: Option<String>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The timeline of one document, oldest first.
pub async fn of(tx: &ReadTx, kind: &str, id: Uuid) -> Result<Vec<JournalEntry>> {
    let rows = Entity::find()
        .filter(Column::SubjectKind.eq(kind))
        .filter(Column::SubjectId.eq(id))
        .order_by_asc(Column::Id)
        .limit(2000)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(entry).collect())
}

fn entry(model: Model) -> JournalEntry {
    let Model {
        id,
        subject_kind: _,
        subject_id: _,
        created_at,
        actor_id: _,
        actor_name,
        action,
        from_state,
        to_state,
        note,
    } = model;
    JournalEntry { id: id.into(), at: created_at.into(), by_name: actor_name, action, from_state, to_state, note }
}
