//! Tables `open_item` and `allocation`.

/// Open items.
pub mod item {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "open_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub side: String,
        pub party_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub origin_id: Option<Uuid>,
        pub origin_number: Option<String>,
        pub effective_on: Date,
        pub due_on: Option<Date>,
        pub amount: i64,
        pub settled: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(item, "open_item", org = OrgId, party = PartyId);

/// Allocations: how much of an item a document settled; negative when it takes that back.
pub mod allocation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "allocation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub open_item_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub created_at: DateTimeUtc,
        pub amount: i64,
        pub mirror_of: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
