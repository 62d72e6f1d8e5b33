//! Long work in the background: imports, exports, anything that answers 202.

use crate::query::AnyOf;
use crate::{ById, Detail, Id, Page, Resource, Timestamp, Versioned, choices, endpoints};
use serde::{Deserialize, Serialize};

/// Id of an operation.
pub type OperationId = Id<Operation>;

choices! {
    /// Where an operation is.
    OperationState {
        Queued = "queued" ("排队中", "Queued", Neutral),
        Running = "running" ("进行中", "Running", Info),
        Done = "done" ("已完成", "Done", Success),
        Failed = "failed" ("失败", "Failed", Danger),
        Cancelled = "cancelled" ("已取消", "Cancelled", Warning),
    }
    /// What can be done to an operation.
    OperationAction {
        Cancel = "cancel" ("取消任务", "Cancel", Warning),
    }
}

impl OperationState {
    /// Whether nothing more will happen.
    pub const fn is_final(self) -> bool {
        matches!(self, OperationState::Done | OperationState::Failed | OperationState::Cancelled)
    }
}

/// A piece of long work: ask for it again until its state is `done`, `failed` or `cancelled`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Operation {
    /// Id.
    pub id: OperationId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// What is done, for example `import.customer`.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "import.customer"))]
    pub kind: String,
    /// Where it is.
    pub state: OperationState,
    /// Steps done.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1200))]
    pub progress: i64,
    /// Steps in all; 0 while that is unknown.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 5000))]
    pub total: i64,
    /// What came out, as JSON; its shape belongs to the kind.
    #[cfg_attr(feature = "schema", schema(max_length = 100_000, example = "{\"created\":5000}"))]
    pub result: Option<String>,
    /// Where the result can be fetched, a path of this API.
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub result_link: Option<String>,
    /// Stable code of the failure.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "invalid"))]
    pub error_code: Option<String>,
    /// What went wrong, in the language of the person who asked.
    #[cfg_attr(feature = "schema", schema(max_length = 2000))]
    pub error: Option<String>,
    /// Whether it has been told to stop.
    pub is_cancelling: bool,
}
impl Resource for Operation {
    const NAME: &'static str = "operation";
}
impl Versioned for Operation {
    fn version(&self) -> i64 {
        self.version
    }
}

/// Filter of the operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct OperationFilter {
    /// States.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<OperationState>, required = false))]
    pub state: Option<AnyOf<OperationState>>,
}
impl crate::page::Filter for OperationFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "System";
    /// List the operations.
    ///
    /// One's own; everybody's with the permission `system.operation.manage`.
    ListOperations: Get "/api/v1/system/operations" signed_in, list OperationFilter => Page<Operation>;
    /// How far an operation is.
    GetOperation: Get "/api/v1/system/operations/{id}" signed_in, path ById<Operation> => Detail<Operation>;
    /// Stop an operation.
    ///
    /// One that waits is cancelled at once; one that runs stops at its next step, and nothing of it remains. An operation
    /// that has ended stays as it is.
    CancelOperation: Post "/api/v1/system/operations/{id}/cancel" signed_in, path ById<Operation> => Detail<Operation>;
}
