//! Tables `product` and `product_model`.

/// Heads.
pub mod product {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "product")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub code: String,
        pub name: String,
        pub kind: String,
        pub brand_id: Option<Uuid>,
        pub category_id: Option<Uuid>,
        pub model: Option<String>,
        pub uom: String,
        pub is_serial_tracked: bool,
        pub returns_old_part: bool,
        pub is_claimable: bool,
        pub has_three_guarantees: bool,
        pub warranty_months: i32,
        pub standard_cost: Option<i64>,
        pub wholesale_price: i64,
        pub retail_price: i64,
        pub warranty_price: i64,
        pub is_active: bool,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(base product, "product");

/// Models that a part fits, in the order they were typed.
pub mod fits {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "product_model")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub product_id: Uuid,
        pub position_no: i32,
        pub model: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
