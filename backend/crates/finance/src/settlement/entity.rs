//! Tables `settlement` and `settlement_line`.

/// Heads.
pub mod settlement {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "settlement")]
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
        pub party_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub effective_at: DateTimeUtc,
        pub effective_on: Date,
        pub posted_at: DateTimeUtc,
        pub total: i64,
        pub customer_total: i64,
        pub vat_total: i64,
        pub reversal_of: Option<Uuid>,
        pub reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(settlement, "settlement", org = OrgId, party = PartyId);

/// Lines.
pub mod line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "settlement_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub settlement_id: Uuid,
        pub line_no: i32,
        pub payer: String,
        pub kind: String,
        pub description: String,
        pub item_id: Option<Uuid>,
        pub quantity: i64,
        pub unit_price: i64,
        pub amount: i64,
        pub vat: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
