//! What the home page and the board show: counts by state, columns, to-dos, engineers with their load.

use super::state::{Stage, TicketState};
use super::ticket::TicketRow;
use crate::choices;
use crate::identity::{OrgId, UserId};
use serde::{Deserialize, Serialize};

choices! {
    /// What waits for somebody.
    TodoKind {
        Accept = "accept" ("待受理", "To accept", Neutral),
        Assign = "assign" ("待派工", "To assign", Warning),
        Diagnose = "diagnose" ("待检测", "To diagnose", Info),
        Repair = "repair" ("维修中", "To repair", Info),
        Parts = "parts" ("待料", "Waiting for parts", Warning),
        Inspect = "inspect" ("待质检", "To inspect", Info),
        Settle = "settle" ("待结算", "To settle", Warning),
        Handover = "handover" ("待取机", "To hand over", Info),
        CallBack = "call_back" ("待回访", "To call back", Info),
        Audit = "audit" ("待审计", "To audit", Neutral),
        Overdue = "overdue" ("已超期", "Overdue", Danger),
        Abnormal = "abnormal" ("异常序列号", "Abnormal serials", Danger),
    }
}

/// How many tickets are in one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StateCount {
    /// State.
    pub state: TicketState,
    /// Stage that the state belongs to.
    pub stage: Stage,
    /// How many.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub count: i64,
}

/// How many tickets there are, within the caller's scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketCounts {
    /// Every state once, in order.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub states: Vec<StateCount>,
    /// Open and past the promised time.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub overdue: i64,
    /// Open, with a serial that is not on file.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1))]
    pub abnormal: i64,
    /// Open and without an engineer.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 2))]
    pub unassigned: i64,
    /// Taken in today.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 17))]
    pub created_today: i64,
    /// Handed over today.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 14))]
    pub completed_today: i64,
}

/// A kind of work that waits for the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Todo {
    /// What.
    pub kind: TodoKind,
    /// How many tickets.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 5))]
    pub count: i64,
    /// Query of the ticket list that shows them.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "state=pending_qc"))]
    pub query: String,
}

/// What waits for the caller, by the rights held; kinds with nothing waiting are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Todos {
    /// Most urgent first.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub items: Vec<Todo>,
}

/// One column of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BoardColumn {
    /// State.
    pub state: TicketState,
    /// Stage that the state belongs to.
    pub stage: Stage,
    /// How many tickets are in it, also those that are not shown.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub count: i64,
    /// The first 50: critical and urgent ones first, then by promised time.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub cards: Vec<TicketRow>,
}

/// The board: one column for each open state and for completed ones, which show the last seven days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Board {
    /// The columns in order.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub columns: Vec<BoardColumn>,
}

/// What the board shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct BoardQuery {
    /// Only this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Only this engineer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub engineer_id: Option<UserId>,
}

/// Somebody who can repair, with the open tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EngineerLoad {
    /// The engineer.
    pub user_id: UserId,
    /// Name.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
    pub name: String,
    /// Employee number.
    #[cfg_attr(feature = "schema", schema(max_length = 32, example = "19145"))]
    pub login: String,
    /// Open tickets in hand.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 4))]
    pub open_tickets: i64,
}

/// The engineers of a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Engineers {
    /// By name.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub items: Vec<EngineerLoad>,
}
