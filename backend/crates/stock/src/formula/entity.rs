//! Tables `formula` and `formula_line`.

/// Heads; every station sees them.
pub mod formula {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "formula")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub product_id: Uuid,
        pub edition: String,
        pub is_active: bool,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(formula, "formula");

platform::table! {
    /// Parts, in the order they were typed.
    line = "formula_line" of FormulaId as formula_id {
        product_id: Uuid,
        quantity: i64,
        share: i64,
    }
}
