//! Table `org`.

/// Stations, regions and the headquarters.
pub mod org {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "org")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub parent_id: Option<Uuid>,
        pub kind: String,
        pub code: String,
        pub name: String,
        /// Codes from the root down to this one: `/HQ/EAST/HZ01/`.
        pub path: String,
        pub grade: Option<String>,
        pub region: Option<String>,
        pub address: Option<String>,
        pub phone: Option<String>,
        pub contact: Option<String>,
        pub remark: Option<String>,
        pub is_active: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
// a station belongs to itself: whoever reaches the station reaches its record
platform::head!(base org, "org", org = Id);
