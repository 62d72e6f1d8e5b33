//! The seals of the audit log: whether anybody changed it behind the product's back.

use crate::system::operation::Operation;
use crate::system::{AUDIT_VIEW, AuditId};
use crate::{Accepted, Json, Timestamp, choices, endpoints, permissions};
use serde::{Deserialize, Serialize};

permissions! {
    AUDIT_VERIFY = "system.audit.verify", "校验操作日志", "Verify the audit log" { Headquarters: All };
}

choices! {
    /// What is wrong with a row of the audit log, or with a seal.
    AuditFault {
        Changed = "changed" ("日志被修改", "A row was changed", Danger),
        Removed = "removed" ("日志被删除", "A row was removed", Danger),
        Added = "added" ("日志被插入", "A row was added", Danger),
        SealChanged = "seal_changed" ("封签被修改", "A seal was changed", Danger),
        SealMissing = "seal_missing" ("封签缺失", "A seal is missing", Danger),
        KeyUnknown = "key_unknown" ("封签密钥未知", "A seal was made with an unknown key", Warning),
    }
}

/// A seal: it lists the audit rows since the seal before, and its root covers them and everything sealed earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditSeal {
    /// Counts the seals from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 4711))]
    pub seq: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rows in it.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 23))]
    pub row_count: i64,
    /// Rows sealed so far, with these.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 105_310))]
    pub total: i64,
    /// The root, hexadecimal. Whoever keeps it elsewhere can prove later that nothing up to here was changed.
    #[cfg_attr(feature = "schema", schema(max_length = 64, example = "9f3c41d2a7"))]
    pub root: String,
}

/// How the audit log is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditSealing {
    /// The last seal; null before the first.
    pub last: Option<AuditSeal>,
    /// Rows that wait for the next seal.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub waiting: i64,
    /// The oldest of them.
    pub waiting_since: Option<Timestamp>,
    /// The last verification, whoever asked for it; its `result` is an `AuditVerdict` once it is done.
    pub verification: Option<Operation>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditFinding {
    /// What.
    pub fault: AuditFault,
    /// The row, where it is one.
    pub row: Option<AuditId>,
    /// The seal that lists it, or should be there.
    pub seal: Option<i64>,
    /// When the row says that it was written.
    pub at: Option<Timestamp>,
    /// The operation that the row names.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "UpdateCustomer"))]
    pub operation: Option<String>,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditVerdict {
    /// Whether nothing is wrong.
    pub is_intact: bool,
    /// Seals looked at.
    pub seals: i64,
    /// Sealed rows looked at.
    pub rows: i64,
    /// Rows that waited for their seal then.
    pub waiting: i64,
    /// The last seal looked at.
    pub last: Option<AuditSeal>,
    /// How many things are wrong.
    pub faults: i64,
    /// The first of them, in the order of the log; at most 100.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub findings: Vec<AuditFinding>,
}

endpoints! { "System";
    /// How the audit log is sealed: its last seal, what waits for the next, and what the last verification found.
    GetAuditSealing: Get "/api/v1/system/audit/sealing" needs AUDIT_VIEW => Json<AuditSealing>;
    /// Verify the audit log.
    ///
    /// Compares every row with the seals, in the background. Follow the operation; its `result` names what is wrong.
    VerifyAudit: Post "/api/v1/system/audit/verifications" needs AUDIT_VERIFY => Accepted<Operation>;
}
