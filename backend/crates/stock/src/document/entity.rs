//! Tables `stock_doc` and `stock_doc_line`.

/// Heads.
pub mod doc {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "stock_doc")]
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
        pub kind: String,
        pub reason: String,
        pub state: String,
        pub warehouse_id: Option<Uuid>,
        pub to_warehouse_id: Option<Uuid>,
        pub witness_id: Option<Uuid>,
        pub engineer_id: Option<Uuid>,
        pub ticket_id: Option<Uuid>,
        pub effective_at: Option<DateTimeUtc>,
        pub posted_at: Option<DateTimeUtc>,
        pub posted_by: Option<Uuid>,
        pub reversal_of: Option<Uuid>,
        pub reference: Option<String>,
        pub remark: Option<String>,
        pub total_quantity: i64,
        pub total_value: Option<i64>,
        pub source_kind: Option<String>,
        pub source_id: Option<Uuid>,
        pub source_number: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(doc, "stock_doc", org = OrgId, owners = [EngineerId, CreatedBy]);

/// Lines, in the order they were typed.
pub mod line {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "stock_doc_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub doc_id: Uuid,
        pub line_no: i32,
        pub product_id: Uuid,
        pub serial: Option<String>,
        pub condition: String,
        pub to_condition: Option<String>,
        pub owner: String,
        pub quantity: i64,
        pub unit_cost: Option<i64>,
        pub ticket_part_id: Option<Uuid>,
        pub payer: Option<String>,
        pub remark: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
