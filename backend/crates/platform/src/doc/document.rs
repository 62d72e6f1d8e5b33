//! What every document with lines and a life does the same way: its state, its draft, its lines.

use super::lifecycle::{self, stored};
use crate::{Failure, Head, ReadTx, Result, Tx};
use openapi::choice::Choice;
use openapi::document::Lifecycle;
use openapi::problem;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

/// A head table with a state that follows a state table. Implement it with [`crate::document!`].
pub trait Document: Head {
    /// The state table.
    type Life: Lifecycle;
    /// The stored state.
    fn state(row: &Self::Model) -> &str;
    /// The same row in another state.
    fn in_state(row: &Self::Model, state: &str) -> Self::Model;
    /// Id and number, for links and messages.
    fn name(row: &Self::Model) -> (Uuid, &str);
}

/// Implements [`Document`] for an entity module whose head has `state` and `number`: `document!(requisition, RequisitionLife);`
#[macro_export]
macro_rules! document {
    ($entity:ident, $life:ty) => {
        impl $crate::doc::document::Document for $entity::Entity {
            type Life = $life;
            fn state(row: &$entity::Model) -> &str {
                &row.state
            }
            fn in_state(row: &$entity::Model, state: &str) -> $entity::Model {
                $entity::Model { state: state.to_owned(), ..row.clone() }
            }
            fn name(row: &$entity::Model) -> (uuid::Uuid, &str) {
                (row.id, &row.number)
            }
        }
    };
}

type StateOf<E> = <<E as Document>::Life as Lifecycle>::State;
type ActionOf<E> = <<E as Document>::Life as Lifecycle>::Action;

/// Lines that belong to a head, in the order they were typed. Implement it with [`crate::lines!`].
pub trait Lines:
    EntityTrait<
        Model: IntoActiveModel<<Self as EntityTrait>::ActiveModel> + ModelTrait<Entity = Self> + Send + Sync,
        ActiveModel: ActiveModelTrait<Entity = Self> + ActiveModelBehavior + Send,
    >
{
    /// Column of the head's id.
    fn head() -> Self::Column;
    /// Column of the id.
    fn id() -> Self::Column;
    /// Column of the line's place, from 0.
    fn place() -> Self::Column;
}

/// Implements [`Lines`] for an entity module with `line_no`: `lines!(line, DocId);`
#[macro_export]
macro_rules! lines {
    ($entity:ident, $head:ident) => {
        impl $crate::doc::document::Lines for $entity::Entity {
            fn head() -> $entity::Column {
                $entity::Column::$head
            }
            fn id() -> $entity::Column {
                $entity::Column::Id
            }
            fn place() -> $entity::Column {
                $entity::Column::LineNo
            }
        }
    };
}

/// Declares a table of a document: the module, its entity and, for heads, [`Head`] and [`Document`]:
///
/// ```text
/// table! { /// Heads.
///     requisition = "requisition", org = OrgId, life RequisitionLife { number: String, state: String, remark: Option<String> } }
/// table! { /// Lines.
///     line = "requisition_line" of RequisitionId { product_id: Uuid, quantity: i64 } }
/// ```
///
/// A head with `party = PartyId` is in reach of the account of that dealer or customer. Heads get id, version, stamps and `org_id`; so does a record of a station, which has no `life`. Lines get id, the head's id (named last) and `line_no`.
#[macro_export]
macro_rules! table {
    ($(#[$meta:meta])* $entity:ident = $name:literal, org = $org:ident $(also $also:ident)? $(, owners = [$($owner:ident),+])? $(, party = $party:ident)?, life $life:ty
        { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        pub mod $entity {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                pub version: i64,
                pub created_at: DateTimeUtc,
                pub created_by: Uuid,
                pub updated_at: DateTimeUtc,
                pub updated_by: Uuid,
                pub org_id: Uuid,
                pub number: String,
                pub state: String,
                $(pub $field: $ty,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}
        }
        $crate::head!($entity, $name, org = $org $(also $also)? $(, owners = [$($owner),+])? $(, party = $party)?);
        $crate::document!($entity, $life);
    };
    ($(#[$meta:meta])* $entity:ident = $name:literal, org = $org:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        pub mod $entity {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                pub version: i64,
                pub created_at: DateTimeUtc,
                pub created_by: Uuid,
                pub updated_at: DateTimeUtc,
                pub updated_by: Uuid,
                pub org_id: Uuid,
                $(pub $field: $ty,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}
        }
        $crate::head!($entity, $name, org = $org);
    };
    ($(#[$meta:meta])* $entity:ident = $name:literal of $head:ident as $head_id:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        pub mod $entity {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                pub $head_id: Uuid,
                pub line_no: i32,
                $(pub $field: $ty,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}
        }
        $crate::lines!($entity, $head);
    };
}

/// The state of a row, by its type.
pub fn state_of<E: Document>(row: &E::Model) -> Result<StateOf<E>> {
    stored(E::state(row))
}

/// What the actor may do to a row, by the state table and the actor's rights.
pub fn allowed<E: Document>(tx: &ReadTx, row: &E::Model) -> Result<Vec<ActionOf<E>>> {
    Ok(lifecycle::allowed::<E::Life>(tx, state_of::<E>(row)?))
}

/// What the actor may do to a row, by the state table and how far each right reaches; `is_barred` names actions that
/// follow from other documents, or that are not the actor's to take.
pub async fn allowed_on<E: Document>(
    tx: &ReadTx,
    row: &E::Model,
    is_barred: impl Fn(ActionOf<E>) -> bool,
) -> Result<Vec<ActionOf<E>>> {
    let mut allowed = Vec::new();
    for step in E::Life::actions(state_of::<E>(row)?) {
        if !is_barred(step.action) && tx.may_on::<E>(step.permission, row).await? {
            allowed.push(step.action);
        }
    }
    Ok(allowed)
}

/// Takes a step: the state table must know it (409) and the actor must hold its right (403). Writes the timeline and
/// returns the row in its new state, which the caller completes and saves.
pub fn stepped<E: Document>(tx: &Tx, row: &E::Model, action: ActionOf<E>, note: Option<&str>) -> Result<E::Model> {
    let state = lifecycle::advance::<E::Life>(tx, E::name(row).0, state_of::<E>(row)?, action, note)?;
    Ok(E::in_state(row, state.as_str()))
}

/// Takes a step that follows from something else: whoever caused that needs no right of its own for it.
pub fn followed<E: Document>(tx: &Tx, row: &E::Model, action: ActionOf<E>, note: Option<&str>) -> Result<E::Model> {
    let (from, (id, number)) = (state_of::<E>(row)?, E::name(row));
    let wrong = || Failure::Internal(format!("{number} cannot {} in {}", action.as_str(), from.as_str()));
    let step = E::Life::step(from, action).ok_or_else(wrong)?;
    tx.journal(E::Life::subject(), id, action.as_str(), Some(from.as_str()), step.to.as_str(), note);
    Ok(E::in_state(row, step.to.as_str()))
}

/// A step that changes nothing but the state: locks the object of the path, steps, saves.
pub async fn step<E: Document>(tx: &Tx, id: Uuid, action: ActionOf<E>, note: Option<&str>) -> Result<E::Model> {
    let before = tx.lock::<E>(id).await?;
    let after = stepped::<E>(tx, &before, action, note)?;
    tx.save::<E>(&before, after).await
}

/// Locks the object of the path for a change of its content, which only `draft` allows (409 otherwise).
pub async fn lock_draft<E: Document>(tx: &Tx, id: Uuid, draft: StateOf<E>) -> Result<E::Model> {
    let row = tx.lock::<E>(id).await?;
    let state = state_of::<E>(&row)?;
    if state == draft {
        return Ok(row);
    }
    let action = tx.lang().pick("修改", "change");
    Err(Failure::new(problem::STATE_CONFLICT).with("state", state.label(tx.lang())).with("action", action))
}

/// Writes a new document with its lines and the first entry of its timeline.
pub async fn open<E: Document, L: Lines>(tx: &Tx, row: E::Model, lines: Vec<L::Model>) -> Result<E::Model> {
    let row = tx.create::<E>(row).await?;
    tx.insert_all::<L>(lines).await?;
    lifecycle::created::<E::Life>(tx, E::name(&row).0, state_of::<E>(&row)?);
    Ok(row)
}

/// Writes a changed draft and puts other lines in the place of its lines.
pub async fn rewrite<E: Document, L: Lines>(
    tx: &Tx,
    before: &E::Model,
    after: E::Model,
    lines: Vec<L::Model>,
) -> Result<E::Model> {
    let row = tx.save::<E>(before, after).await?;
    tx.remove(L::delete_many().filter(L::head().eq(E::name(&row).0))).await?;
    tx.insert_all::<L>(lines).await?;
    Ok(row)
}

/// The lines of a head, in order.
pub async fn lines_of<L: Lines>(tx: &ReadTx, head: Uuid) -> Result<Vec<L::Model>> {
    Ok(L::find().filter(L::head().eq(head)).order_by_asc(L::place()).all(tx.conn()).await?)
}

/// The lines of several heads, head by head, in order.
pub async fn lines_of_all<L: Lines>(tx: &ReadTx, heads: impl IntoIterator<Item = Uuid>) -> Result<Vec<L::Model>> {
    let select = L::find().filter(L::head().is_in(heads));
    Ok(select.order_by_asc(L::head()).order_by_asc(L::place()).all(tx.conn()).await?)
}

/// Writes a changed line; its head's audit row speaks for it.
pub async fn save_line<L: Lines>(tx: &Tx, line: L::Model) -> Result<()> {
    let id = match line.get(L::id()) {
        sea_orm::Value::Uuid(Some(id)) => id,
        other => return Err(Failure::Internal(format!("the id of a line is {other:?}"))),
    };
    tx.put_line::<L>(id, line).await
}
