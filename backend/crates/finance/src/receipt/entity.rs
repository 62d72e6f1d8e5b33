//! Tables `receipt` and `receipt_payment`.

/// Heads.
pub mod receipt {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "receipt")]
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
        pub effective_at: DateTimeUtc,
        pub effective_on: Date,
        pub posted_at: DateTimeUtc,
        pub cashier_id: Uuid,
        pub cashier_name: String,
        pub received: i64,
        pub allocated: i64,
        pub deposit_used: i64,
        pub advance: i64,
        pub remark: Option<String>,
        pub reversal_of: Option<Uuid>,
        pub original_cashier_id: Option<Uuid>,
        pub reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(receipt, "receipt", org = OrgId, owners = [CashierId], party = PartyId);

/// Payments.
pub mod payment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "receipt_payment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub receipt_id: Uuid,
        pub line_no: i32,
        pub method: String,
        pub bank_account_id: Uuid,
        pub amount: i64,
        pub reference: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
