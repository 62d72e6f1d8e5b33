//! Table `stock_reservation`.

/// Reservations.
pub mod reservation {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "stock_reservation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub claim_kind: String,
        pub claim_id: Uuid,
        pub place_id: Uuid,
        pub product_id: Uuid,
        pub condition: String,
        pub owner: String,
        pub serial: Option<String>,
        pub quantity: i64,
        pub state: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(reservation, "stock_reservation", org = OrgId);
