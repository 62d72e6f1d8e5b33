//! Tables `unit`, `unit_resale` and `unit_event`.

/// Units.
pub mod unit {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub serial: String,
        pub brand_id: Uuid,
        pub product_id: Uuid,
        pub customer_id: Option<Uuid>,
        pub status: String,
        pub is_abnormal: bool,
        pub sold_on: Option<Date>,
        pub manufactured_on: Option<Date>,
        pub installed_on: Option<Date>,
        pub warranty_months: Option<i32>,
        pub extended_until: Option<Date>,
        pub void_reason: Option<String>,
        pub dealer: Option<String>,
        pub invoice_no: Option<String>,
        pub colour: Option<String>,
        pub sw_version: Option<String>,
        pub location: Option<String>,
        pub remark: Option<String>,
        pub resold_on: Option<Date>,
        pub resold_months: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
// no owning station: a customer may walk into any of them
platform::head!(unit, "unit", party = CustomerId);

/// Sales of refurbished units, with what the units were before.
pub mod resale {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_resale")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub created_at: DateTimeUtc,
        pub customer_id: Option<Uuid>,
        pub sold_on: Date,
        pub months: i32,
        pub stands: bool,
        pub customer_before: Option<Uuid>,
        pub status_before: String,
        pub void_before: Option<String>,
        pub resold_on_before: Option<Date>,
        pub resold_months_before: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened, append only.
pub mod event {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "unit_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Option<Uuid>,
        pub serial: String,
        pub happened_at: DateTimeUtc,
        pub created_at: DateTimeUtc,
        pub kind: String,
        pub doc_kind: Option<String>,
        pub doc_id: Option<Uuid>,
        pub doc_number: Option<String>,
        pub actor_id: Uuid,
        pub actor_name: String,
        pub note: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
