//! Tables `customer` and `customer_contact`.

/// Heads.
pub mod customer {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "customer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub name: String,
        pub kind: String,
        pub phone: String,
        pub landline: Option<String>,
        pub email: Option<String>,
        pub belongs_to: Option<String>,
        pub region: Option<String>,
        pub address: Option<String>,
        pub remark: Option<String>,
        pub roles: String,
        pub tax_no: Option<String>,
        pub credit_limit: Option<i64>,
        pub price_level: Option<String>,
        pub terms_days: Option<i32>,
        pub runs_org_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(customer, "customer");

/// Contacts, in the order they were typed.
pub mod contact {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "customer_contact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub customer_id: Uuid,
        pub position_no: i32,
        pub name: String,
        pub phone: String,
        pub position: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
