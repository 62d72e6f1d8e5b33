//! The tables.

/// A job.
pub mod job {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "job")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub kind: String,
        pub payload: String,
        /// For whom it is done: see `asker`.
        #[serde(skip)]
        pub asked_by: String,
        pub state: String,
        pub progress: i64,
        pub total: i64,
        pub result: Option<String>,
        pub result_link: Option<String>,
        pub error_code: Option<String>,
        pub error: Option<String>,
        pub attempts: i32,
        pub run_after: DateTimeUtc,
        pub lease_by: Option<String>,
        pub lease_until: Option<DateTimeUtc>,
        pub is_cancelling: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Which process was elected for a tick of the clock.
pub mod slot {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cron_slot")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub slot: DateTimeUtc,
        pub elected: String,
        pub elected_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

crate::head!(job, "operation");
