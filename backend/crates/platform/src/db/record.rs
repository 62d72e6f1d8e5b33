//! What every head table has in common, and writing rows with their audit trail.

use crate::db::Write;
use crate::db::later::{Origin, Sums};
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    ModelTrait, QueryFilter, QueryTrait, Value,
};
use serde::Serialize;
use std::sync::Arc;
use uuid::Uuid;

/// The columns that are identical in every head table, for writing.
pub struct Stamp<'a> {
    /// Id.
    pub id: &'a mut Uuid,
    /// Counts changes, from 1.
    pub version: &'a mut i64,
    /// Created at.
    pub created_at: &'a mut DateTime<Utc>,
    /// Created by.
    pub created_by: &'a mut Uuid,
    /// Last change.
    pub updated_at: &'a mut DateTime<Utc>,
    /// Last change by.
    pub updated_by: &'a mut Uuid,
}

/// An entity with id, version and stamps: a master record or the head of a document.
/// Implement it with [`crate::head!`].
pub trait Head:
    EntityTrait<
        Model: ModelTrait<Entity = Self>
                   + IntoActiveModel<<Self as EntityTrait>::ActiveModel>
                   + Serialize
                   + Send
                   + Sync,
        ActiveModel: ActiveModelTrait<Entity = Self> + ActiveModelBehavior + Send,
    >
{
    /// The table, and the kind of object in the API.
    const NAME: &'static str;
    /// Whether it is base data whose changes the database counts: the process keeps it (see [`crate::db`]).
    const IS_BASE: bool = false;
    /// Column of the id.
    fn id() -> Self::Column;
    /// Column of the version.
    fn version() -> Self::Column;
    /// Column of the creation time.
    fn created_at() -> Self::Column;
    /// Column of the last change.
    fn updated_at() -> Self::Column;
    /// Column of the owning station; `None` when the record is everybody's.
    fn org() -> Option<Self::Column>;
    /// Column of the other station that sees it: the far end of what goes from one station to another.
    fn also() -> Option<Self::Column> {
        None
    }
    /// Columns of the people whose own it is.
    fn owners() -> Vec<Self::Column>;
    /// Column of the dealer or customer whose it is.
    fn party() -> Option<Self::Column>;
    /// The stamps of a row.
    fn stamp(model: &mut Self::Model) -> Stamp<'_>;
}

/// Implements [`Head`] for an entity module: `head!(customer, "customer");`,
/// `head!(ticket, "ticket", org = OrgId, owners = [EngineerId], party = CustomerId);`, `head!(base product, "product");`
#[macro_export]
macro_rules! head {
    (base $entity:ident, $($rest:tt)+) => { $crate::head!(@ true, $entity, $($rest)+); };
    ($entity:ident, $($rest:tt)+) => { $crate::head!(@ false, $entity, $($rest)+); };
    (@ $base:literal, $entity:ident, $name:literal $(, org = $org:ident $(also $also:ident)?)? $(, owners = [$($owner:ident),+])? $(, party = $party:ident)?) => {
        impl $crate::Head for $entity::Entity {
            const NAME: &'static str = $name;
            const IS_BASE: bool = $base;
            fn id() -> $entity::Column { $entity::Column::Id }
            fn version() -> $entity::Column { $entity::Column::Version }
            fn created_at() -> $entity::Column { $entity::Column::CreatedAt }
            fn updated_at() -> $entity::Column { $entity::Column::UpdatedAt }
            fn org() -> Option<$entity::Column> { [$($entity::Column::$org)?].into_iter().next() }
            $($(fn also() -> Option<$entity::Column> { Some($entity::Column::$also) })?)?
            fn owners() -> Vec<$entity::Column> { vec![$($($entity::Column::$owner),+)?] }
            fn party() -> Option<$entity::Column> { [$($entity::Column::$party)?].into_iter().next() }
            fn stamp(model: &mut $entity::Model) -> $crate::Stamp<'_> {
                $crate::Stamp {
                    id: &mut model.id, version: &mut model.version,
                    created_at: &mut model.created_at, created_by: &mut model.created_by,
                    updated_at: &mut model.updated_at, updated_by: &mut model.updated_by,
                }
            }
        }
    };
}

/// The change of a row from one state to another: only of what differs, so that an index over other columns is left alone.
fn change<E: Head>(id: Uuid, before: &E::Model, after: &E::Model) -> sea_orm::UpdateMany<E> {
    let mut update = E::update_many().filter(E::id().eq(id)).filter(E::version().eq(before.get(E::version())));
    for column in E::Column::iter() {
        let value = after.get(column);
        if value != before.get(column) {
            update = update.col_expr(column, column.save_as(Expr::val(value)));
        }
    }
    update
}

impl Tx {
    /// Inserts a new head row: stamps it (version 1; an id is made when it is nil) and leaves an audit row.
    pub async fn create<E: Head>(&self, model: E::Model) -> Result<E::Model> {
        self.create_at::<E>(model, self.now()).await
    }

    /// The same for a record that is taken over from another system: it keeps the time at which it was made there.
    pub async fn create_at<E: Head>(&self, mut model: E::Model, created_at: DateTime<Utc>) -> Result<E::Model> {
        let (now, by) = (self.now(), self.actor().user_id);
        let stamp = E::stamp(&mut model);
        if stamp.id.is_nil() {
            *stamp.id = crate::new_id();
        }
        let id = *stamp.id;
        (*stamp.version, *stamp.created_at, *stamp.created_by, *stamp.updated_at, *stamp.updated_by) =
            (1, created_at, by, now, by);
        let row = model.clone().into_active_model().reset_all();
        let insert = E::insert(row).build(self.conn().get_database_backend());
        self.conn().row_later(E::default().table_name(), id, insert, (None, 1));
        self.note_base::<E>();
        self.memo().forget_named::<E>();
        self.memo().put::<E, _>(id, &model);
        self.audit(E::NAME, id, None, Some(serde_json::to_string(&model)?));
        Ok(model)
    }

    /// Writes a changed head row: raises the version, stamps it and leaves an audit row with before and after. A row that was
    /// written before in this transaction, and not sent yet, is written once.
    /// A row that somebody else changed since `before` was read is refused as stale, at the latest when the transaction
    /// commits.
    pub async fn save<E: Head>(&self, before: &E::Model, mut after: E::Model) -> Result<E::Model> {
        let stamp = E::stamp(&mut after);
        let (id, version) = (*stamp.id, *stamp.version);
        (*stamp.version, *stamp.updated_at, *stamp.updated_by) = (version + 1, self.now(), self.actor().user_id);
        self.save_later::<E>(id, version, before, &after);
        self.note_base::<E>();
        self.memo().forget::<E>();
        self.memo().put::<E, _>(id, &after);
        self.audit(E::NAME, id, Some(serde_json::to_string(before)?), Some(serde_json::to_string(&after)?));
        Ok(after)
    }

    /// Writes a row that is added or changed twice in one go once, as it is in the end. `version` is that of `before`.
    fn save_later<E: Head>(&self, id: Uuid, version: i64, before: &E::Model, after: &E::Model) {
        let (backend, table) = (self.conn().get_database_backend(), E::default().table_name());
        let actor = self.actor().user_id;
        let refers = E::Column::iter().filter_map(|column| match after.get(column) {
            Value::Uuid(Some(other)) if other != actor && before.get(column) != Value::Uuid(Some(other)) => Some(other),
            _ => None,
        });
        let write = |origin: &Origin| match origin {
            Some(row) => Some(change::<E>(id, row.downcast_ref()?, after).build(backend)),
            None => Some(E::insert(after.clone().into_active_model().reset_all()).build(backend)),
        };
        if !self.conn().rewrite(table, (id, version), &refers.collect::<Vec<_>>(), write) {
            let statement = change::<E>(id, before, after).build(backend);
            self.conn().row_later(table, id, statement, (Some(Arc::new(before.clone())), version + 1));
        }
    }

    /// Keeps the change of a locked row back that has a version and no audit of its own. `change` makes the statement that brings
    /// the row from what it was to what it shall be: when it is changed twice before anything is sent, that is done at once.
    pub fn change_row<M: Clone + Send + Sync + 'static>(
        &self,
        table: &'static str,
        (id, version): (Uuid, i64),
        before: &M,
        change: impl Fn(&M) -> sea_orm::Statement,
    ) {
        let again = |origin: &Origin| origin.as_ref()?.downcast_ref().map(&change);
        if !self.conn().rewrite(table, (id, version), &[], again) {
            self.conn().row_later(table, id, change(before), (Some(Arc::new(before.clone())), version + 1));
        }
    }

    /// Rows as they are in the database, whatever is kept back of them: for those who know that better themselves.
    pub async fn beneath<E: EntityTrait>(&self, select: sea_orm::Select<E>) -> Result<Vec<E::Model>> {
        let rows = self.conn().all_apart(select.build(self.conn().get_database_backend())).await?;
        Ok(rows.iter().map(|row| sea_orm::FromQueryResult::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// Whether a write of a table is kept back.
    pub fn is_waiting(&self, table: &str) -> bool {
        self.conn().is_waiting(table)
    }

    /// Whether something is added to a sum of a group and kept back, so that what is added to it now goes along.
    pub fn adds_to(&self, table: &str, group: &str, key: &str) -> bool {
        self.conn().adds_to(table, group, key)
    }

    /// Adds amounts to sums of a table, each at least once there or made by the statement, kept back until something is asked
    /// that names the table. What is added to the same `group` of sums meanwhile is added at once.
    pub fn add_up(
        &self,
        table: &'static str,
        group: String,
        sums: Sums,
        statement: impl FnOnce(&Sums) -> sea_orm::Statement,
    ) {
        self.conn().add_up(table, group, sums, statement);
    }

    /// Inserts rows that belong to a head (lines, entries); their head's audit row speaks for them.
    pub async fn insert_all<E>(&self, rows: impl IntoIterator<Item = E::Model>) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    {
        let rows: Vec<E::ActiveModel> = rows.into_iter().map(|row| row.into_active_model().reset_all()).collect();
        // 30 columns × 500 rows stay below the parameter limit of both databases
        for part in rows.chunks(500) {
            let rows = u64::try_from(part.len()).unwrap_or_default();
            self.later::<E>(None, Write::Add(rows), &E::insert_many(part.to_vec()));
        }
        Ok(())
    }

    /// Inserts rows at once and answers with what the statement returns of them: `ON CONFLICT DO NOTHING RETURNING` names
    /// those that were not there. `refers` are the tables that the rows point to: what is kept back of those, or of the
    /// table itself, is written before, and nothing else is.
    pub async fn insert_now<E: EntityTrait>(
        &self,
        insert: &sea_orm::sea_query::InsertStatement,
        refers: &[&str],
    ) -> Result<Vec<E::Model>> {
        let table = E::default();
        let tables: Vec<&str> = refers.iter().copied().chain([table.table_name()]).collect();
        let statement = self.conn().get_database_backend().build(insert);
        let rows = self.conn().ask_about(&tables, statement).await?;
        Ok(rows.iter().map(|row| sea_orm::FromQueryResult::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// Writes a row that belongs to a head, whole; its head's audit row speaks for it.
    pub async fn put_line<E>(&self, id: Uuid, row: E::Model) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    {
        let update = E::update(row.into_active_model().reset_all()).validate()?;
        self.later::<E>(Some(id), Write::Change(1), &update);
        Ok(())
    }

    /// Removes rows that belong to a head.
    pub async fn remove<E: EntityTrait>(&self, rows: sea_orm::DeleteMany<E>) -> Result<()> {
        self.later::<E>(None, Write::Remove, &rows);
        Ok(())
    }

    /// Keeps a statement back that writes to a table, until something is asked that it might change.
    /// `id` is the row, where it is one that nothing else of the transaction touches unnamed.
    pub fn write(&self, table: &'static str, id: Option<Uuid>, how: Write, statement: sea_orm::Statement) {
        self.conn().later(table, id, how, statement);
    }

    fn later<E: EntityTrait>(&self, id: Option<Uuid>, how: Write, query: &impl QueryTrait) {
        self.conn().later(E::default().table_name(), id, how, query.build(self.conn().get_database_backend()));
    }

    fn note_base<E: Head>(&self) {
        if E::IS_BASE {
            self.base_changes();
        }
    }
}
