//! Tables `ledger_entry`, `ledger_line` and `account_balance`.

/// Entries.
pub mod entry {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "ledger_entry")]
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
        pub effective_at: DateTimeUtc,
        pub effective_on: Date,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub origin_id: Option<Uuid>,
        pub origin_number: Option<String>,
        pub memo: Option<String>,
        pub mirror_of: Option<Uuid>,
        pub debit_total: i64,
        pub credit_total: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(entry, "ledger_entry", org = OrgId);

/// Lines.
pub mod line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub entry_id: Uuid,
        pub line_no: i32,
        pub org_id: Uuid,
        pub effective_on: Date,
        pub account: String,
        pub party_id: Option<Uuid>,
        pub bank_account_id: Option<Uuid>,
        pub debit: i64,
        pub credit: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Balances: what the lines add up to. Nil stands for no party and no bank account.
pub mod balance {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_balance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub org_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub party_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub bank_account_id: Uuid,
        pub debit: i64,
        pub credit: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
