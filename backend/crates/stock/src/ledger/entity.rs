//! Tables `stock_place`, `stock_balance`, `stock_move` and `serial_state`.

/// Places that goods move between.
pub mod place {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_place")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub org_id: Uuid,
        pub holder_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What lies where now: the sum of the moves, kept beside them.
pub mod balance {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "stock_balance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
        pub org_id: Uuid,
        pub place_id: Uuid,
        pub product_id: Uuid,
        pub condition: String,
        pub owner: String,
        pub on_hand: i64,
        pub reserved: i64,
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The ledger: append only, the database itself refuses anything else.
pub mod entry {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "stock_move")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        pub id: Uuid,
        pub org_id: Uuid,
        pub doc_id: Uuid,
        pub line_id: Uuid,
        pub product_id: Uuid,
        pub serial: Option<String>,
        pub condition: String,
        pub owner: String,
        pub from_place_id: Uuid,
        pub to_place_id: Uuid,
        pub quantity: i64,
        pub value: i64,
        pub debit_account: String,
        pub credit_account: String,
        pub effective_at: DateTimeUtc,
        pub recorded_at: DateTimeUtc,
        pub mirror_of: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Where each serial is.
pub mod serial {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "serial_state")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub product_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub serial: String,
        pub place_id: Uuid,
        pub condition: String,
        pub owner: String,
        pub value: i64,
        pub moved_at: DateTimeUtc,
        pub doc_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Ledger rows are listed like heads, though they have neither version nor stamps and only their module writes them.
macro_rules! listed {
    ($entity:ident, $name:literal, $version:ident, $created:ident, $updated:ident) => {
        impl platform::Head for $entity::Entity {
            const NAME: &'static str = $name;
            fn id() -> $entity::Column {
                $entity::Column::Id
            }
            fn version() -> $entity::Column {
                $entity::Column::$version
            }
            fn created_at() -> $entity::Column {
                $entity::Column::$created
            }
            fn updated_at() -> $entity::Column {
                $entity::Column::$updated
            }
            fn org() -> Option<$entity::Column> {
                Some($entity::Column::OrgId)
            }
            fn owners() -> Vec<$entity::Column> {
                Vec::new()
            }
            fn party() -> Option<$entity::Column> {
                None
            }
            fn stamp(_: &mut $entity::Model) -> platform::Stamp<'_> {
                unreachable!("written by the ledger alone")
            }
        }
    };
}
listed!(balance, "stock_balance", Version, CreatedAt, UpdatedAt);
listed!(entry, "stock_move", Seq, RecordedAt, RecordedAt);
