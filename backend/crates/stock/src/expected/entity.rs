//! Table `stock_expected`.

/// Expected goods, line by line of the document that ordered them.
pub mod expected {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_expected")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub org_id: Uuid,
        pub warehouse_id: Uuid,
        pub product_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub expected_on: Option<Date>,
        pub quantity: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
