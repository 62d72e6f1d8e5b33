//! Table `dictionary_entry`.

/// Entries of every list.
pub mod entry {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "dictionary_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub kind: String,
        pub code: String,
        pub name: String,
        pub name_en: Option<String>,
        pub parent_id: Option<Uuid>,
        pub sort_no: i32,
        pub is_active: bool,
        pub remark: Option<String>,
        pub standard_minutes: Option<i32>,
        pub level_id: Option<Uuid>,
        pub labour_price: Option<i64>,
        pub claim_fee: Option<i64>,
        pub payer: Option<String>,
        pub price: Option<i64>,
        pub tax_rate: Option<i32>,
        pub is_free_in_warranty: Option<bool>,
        pub warranty_months: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(base entry, "dictionary_entry");
