//! Tables `app_user` (who somebody is), `credential` (how that person gets in) and `password_history`.

/// People with an account.
pub mod user {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "app_user")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub login: String,
        pub name: String,
        pub phone: Option<String>,
        pub email: Option<String>,
        pub position: Option<String>,
        pub state: String,
        pub party_id: Option<Uuid>,
        pub language: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(user, "user", org = OrgId, owners = [Id]);

/// Apart from the person, so that signing in neither raises the person's version nor fills the audit log, and so that
/// no hash can end up in either.
pub mod credential {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credential")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        pub password_hash: String,
        pub must_change_password: bool,
        /// Raised when every token issued before must stop working.
        pub epoch: i64,
        /// Raised when what the person may do, or where the person belongs, has changed.
        pub rights: i64,
        pub login_count: i64,
        pub failure_count: i64,
        pub last_login_at: Option<DateTimeUtc>,
        pub last_login_ip: Option<String>,
        pub last_login_agent: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Hashes of earlier passwords.
pub mod history {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub created_at: DateTimeUtc,
        pub password_hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
