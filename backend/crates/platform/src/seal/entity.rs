//! The tables.

/// A seal over audit rows. Append only.
pub mod seal {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_seal")]
    pub struct Model {
        /// Counts the seals from 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        /// When it was made.
        pub created_at: DateTimeUtc,
        /// Rows in it.
        pub row_count: i64,
        /// Rows sealed so far, with these.
        pub total: i64,
        /// Ids and hashes of its rows: see `chain::list`.
        pub content: Vec<u8>,
        /// Which key made the root.
        pub key_name: String,
        /// Keyed hash of everything above and the root before.
        pub root: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Audit rows that no seal lists yet. A row comes in with its audit row and leaves with its seal, whatever the order in
/// which transactions commit.
pub mod unsealed {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_unsealed")]
    pub struct Model {
        /// The row.
        #[sea_orm(primary_key, auto_increment = false)]
        pub audit_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
