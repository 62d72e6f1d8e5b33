//! The table.

use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Uuid,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub purpose: String,
    pub file_name: String,
    pub media_type: String,
    pub size: i64,
    /// Key in the object store.
    pub object: String,
    /// Key of the thumbnail.
    pub thumbnail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
