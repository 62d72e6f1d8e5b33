//! The audit log: one row for each change of one record. Append only.

use crate::db::list::{Shape, page};
use crate::{Call, Head, ReadTx, Result, Stamp};
use openapi::Page;
use openapi::system::{AuditRow, ListAudit};
use sea_orm::QueryFilter;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub created_at: DateTimeUtc,
    /// Who; nil for the system.
    pub actor_id: Uuid,
    /// The person's name then.
    pub actor_name: String,
    /// The endpoint, or the job.
    pub operation: String,
    /// Table of the record.
    pub subject_kind: String,
    /// The record.
    pub subject_id: Uuid,
    /// JSON before.
    pub before: Option<String>,
    /// JSON after.
    pub after: Option<String>,
    /// Address of the caller.
    pub ip: String,
    /// Id of the request.
    pub request_id: String,
    /// Hash of all that: see [`crate::seal`]. Rows older than the seals have none.
    #[serde(skip)]
    pub hash: Option<Vec<u8>>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Listed like a head, though it has no version and never changes.
impl Head for Entity {
    const NAME: &'static str = "audit";
    fn id() -> Column {
        Column::Id
    }
    fn version() -> Column {
        Column::Id
    }
    fn created_at() -> Column {
        Column::CreatedAt
    }
    fn updated_at() -> Column {
        Column::CreatedAt
    }
    fn org() -> Option<Column> {
        None
    }
    fn owners() -> Vec<Column> {
        Vec::new()
    }
    fn party() -> Option<Column> {
        None
    }
    fn stamp(_: &mut Model) -> Stamp<'_> {
        unreachable!("audit rows are never changed")
    }
}

/// Lists the audit log.
pub async fn list(tx: &ReadTx, call: Call<ListAudit>) -> Result<Page<AuditRow>> {
    let filter = &call.query.filter;
    let mut base = Entity::find();
    if let Some(kind) = &filter.subject_kind {
        base = base.filter(Column::SubjectKind.eq(&**kind));
    }
    if let Some(id) = filter.subject_id {
        base = base.filter(Column::SubjectId.eq(id.uuid()));
    }
    let shape = Shape {
        sorts: &[("created_at", Column::CreatedAt)],
        search: &[Column::ActorName, Column::Operation, Column::RequestId],
    };
    Ok(page(tx, &call.query, base, &shape).await?.map(row))
}

fn row(model: Model) -> AuditRow {
    let Model {
        id,
        created_at,
        actor_id,
        actor_name,
        operation,
        subject_kind,
        subject_id,
        before,
        after,
        ip,
        request_id,
        hash: _,
    } = model;
    AuditRow {
        id: id.into(),
        created_at: created_at.into(),
        actor_name: (!actor_id.is_nil()).then_some(actor_name),
        operation,
        subject_kind,
        subject_id: subject_id.into(),
        before,
        after,
        ip,
        request_id,
    }
}
