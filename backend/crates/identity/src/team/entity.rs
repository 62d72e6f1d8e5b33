//! Tables `team` and `team_member`.

platform::table! {
    /// Teams.
    team = "team", org = OrgId {
        name: String,
        leader_id: Uuid,
        territory: Option<String>,
        remark: Option<String>,
        is_active: bool,
    }
}

/// Who is in which team, the leaders too.
pub mod member {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team_member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
