//! The table.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub created_at: DateTimeUtc,
    pub topic: String,
    pub payload: String,
    pub state: String,
    pub attempts: i32,
    pub next_attempt_at: DateTimeUtc,
    pub claimed_until: Option<DateTimeUtc>,
    pub claimed_by: Option<String>,
    pub done_at: Option<DateTimeUtc>,
    pub feed_seq: Option<i64>,
    pub error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The states of a message.
pub struct State;

impl State {
    /// Waits for its time.
    pub const PENDING: &str = "pending";
    /// In the hands of a dispatcher.
    pub const CLAIMED: &str = "claimed";
    /// Delivered.
    pub const DONE: &str = "done";
    /// Given up.
    pub const FAILED: &str = "failed";
}
