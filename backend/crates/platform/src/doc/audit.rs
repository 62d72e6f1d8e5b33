//! The audit log: one row for each change of one record. Append only.

use crate::db::list::{Shape, page};
use crate::{Call, Head, ReadTx, Result, Stamp};
use openapi::Page;
use openapi::system::{AuditRow, ListAudit};
use sea_orm::QueryFilter;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

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

/// One row for each record that a transaction touched: what it was before the first change and after the last, and of a
/// change only the fields that became different; who and when are columns of the row already. Each row gets the hash of
/// its content.
pub(crate) fn condensed(rows: Vec<Model>) -> Vec<Model> {
    let mut places = HashMap::new();
    let mut kept: Vec<Model> = Vec::with_capacity(rows.len());
    for row in rows {
        match places.entry((row.subject_kind.clone(), row.subject_id)) {
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(row);
            }
            Entry::Occupied(known) => {
                if let Some(first) = kept.get_mut(*known.get()) {
                    first.after = row.after;
                }
            }
        }
    }
    for row in &mut kept {
        if let (Some(before), Some(after)) = (&row.before, &row.after)
            && let Some((before, after)) = difference(before, after)
        {
            (row.before, row.after) = (Some(before), Some(after));
        }
        row.hash = Some(crate::seal::content_hash(row).to_vec());
    }
    kept
}

/// The fields of two objects that differ, but for the stamps; `None` where they are no objects.
fn difference(before: &str, after: &str) -> Option<(String, String)> {
    type Fields = serde_json::Map<String, serde_json::Value>;
    let before: Fields = serde_json::from_str(before).ok()?;
    let after: Fields = serde_json::from_str(after).ok()?;
    let only = |these: &Fields, others: &Fields| {
        let differs =
            |name: &str, value| !matches!(name, "updated_at" | "updated_by") && others.get(name) != Some(value);
        let left = these.iter().filter(|(name, value)| differs(name, value));
        serde_json::to_string(&left.collect::<BTreeMap<_, _>>()).ok()
    };
    Some((only(&before, &after)?, only(&after, &before)?))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(subject: u128, before: Option<&str>, after: Option<&str>) -> Model {
        Model {
            id: Uuid::now_v7(),
            created_at: Default::default(),
            actor_id: Uuid::nil(),
            actor_name: String::new(),
            operation: String::new(),
            subject_kind: "thing".to_owned(),
            subject_id: Uuid::from_u128(subject),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            ip: String::new(),
            request_id: String::new(),
            hash: None,
        }
    }

    #[test]
    fn a_record_that_is_touched_twice_has_one_row_with_what_became_different() {
        let rows = condensed(vec![
            change(1, None, Some(r#"{"a":1,"version":1}"#)),
            change(
                2,
                Some(r#"{"a":1,"b":2,"updated_at":1,"version":3}"#),
                Some(r#"{"a":7,"b":2,"updated_at":2,"version":4}"#),
            ),
            change(1, Some(r#"{"a":1,"version":1}"#), Some(r#"{"a":2,"version":2}"#)),
            change(2, Some(r#"{"a":7,"b":2,"version":4}"#), Some(r#"{"a":7,"b":2,"c":null,"version":5}"#)),
            change(3, Some(r#"{"a":1}"#), None),
        ]);
        assert!(rows.iter().all(|row| row.hash.as_deref() == Some(&crate::seal::content_hash(row)[..])));
        let texts: Vec<_> = rows.iter().map(|row| (row.before.as_deref(), row.after.as_deref())).collect();
        assert_eq!(
            texts,
            [
                (None, Some(r#"{"a":2,"version":2}"#)),
                (Some(r#"{"a":1,"version":3}"#), Some(r#"{"a":7,"c":null,"version":5}"#)),
                (Some(r#"{"a":1}"#), None),
            ]
        );
    }
}
