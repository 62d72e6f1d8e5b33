//! Rules in numbers that hold until somebody sets others. Each change is a row that stays.

/// So many changes are shown.
pub const SHOWN: u64 = 100;

/// Declares the table of rules that the contract declares with `openapi::rules!`, and how they are read and set:
///
/// ```text
/// platform::rules! { /// The rules of old parts.
///     policy = "part_return_policy" of PartReturnPolicy: PartReturnPolicyDraft, PartReturnPolicyChange
///         { due_days, good_days } }
/// ```
///
/// The module has `now`, what holds now; `set`; `changes`; and `shown`, the changes with the names of who made them.
#[macro_export]
macro_rules! rules {
    ($(#[$meta:meta])* $entity:ident = $table:literal of $shown:ident: $draft:ident, $change:ident
        { $($field:ident),+ $(,)? }) => {
        $(#[$meta])*
        pub mod $entity {
            use super::{$change, $draft, $shown};
            use sea_orm::entity::prelude::*;
            use sea_orm::{QueryOrder, QuerySelect};
            use std::collections::HashMap;

            #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                pub version: i64,
                pub created_at: DateTimeUtc,
                pub created_by: Uuid,
                pub updated_at: DateTimeUtc,
                pub updated_by: Uuid,
                $(pub $field: i32,)+
                pub remark: Option<String>,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}

            fn small(value: i32) -> $crate::Result<u16> {
                u16::try_from(value).map_err(|_| $crate::Failure::Internal(format!("{} in {}", value, $table)))
            }

            /// The changes, the latest first, at most so many.
            pub async fn changes(tx: &$crate::ReadTx, most: u64) -> $crate::Result<Vec<Model>> {
                let select = Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
                Ok(select.limit(most).all(tx.conn()).await?)
            }

            /// What holds now.
            pub async fn now(tx: &$crate::ReadTx) -> $crate::Result<$draft> {
                match changes(tx, 1).await?.pop() {
                    Some(row) => Ok($draft { $($field: small(row.$field)?,)+ remark: None }),
                    None => Ok($draft::preset()),
                }
            }

            /// Sets them from now on.
            pub async fn set(tx: &$crate::Tx, draft: $draft) -> $crate::Result<()> {
                let row = Model {
                    $($field: draft.$field.into(),)+
                    remark: draft.remark.map(Into::into),
                    ..Default::default()
                };
                tx.create::<Entity>(row).await.map(|_| ())
            }

            /// What holds now, and the changes with the names of who made them.
            pub fn shown(now: $draft, rows: Vec<Model>, names: &HashMap<Uuid, String>) -> $crate::Result<$shown> {
                let item = |row: Model| {
                    Ok($change {
                        id: row.id.into(),
                        $($field: small(row.$field)?,)+
                        created_at: row.created_at.into(),
                        created_by_name: names.get(&row.created_by).cloned().map(openapi::Text::stored),
                        remark: row.remark.map(openapi::Text::stored),
                    })
                };
                let items = rows.into_iter().map(item).collect::<$crate::Result<_>>()?;
                Ok($shown { $($field: now.$field,)+ items })
            }
        }
        $crate::head!($entity, $table);
    };
}
