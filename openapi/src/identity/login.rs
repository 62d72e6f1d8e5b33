//! Sign-ins: who was here, when and from where, who is here now, and who failed.

use super::user::UserState;
use super::{LOGIN_VIEW, OrgId, UserId};
use crate::query::AnyOf;
use crate::{EmployeeNumber, Id, Page, Text, Timestamp, choices, endpoints};
use serde::{Deserialize, Serialize};

choices! {
    /// How an attempt to sign in ended.
    LoginOutcome {
        SignedIn = "signed_in" ("成功", "Signed in", Success),
        Failed = "failed" ("失败", "Failed", Warning),
        Locked = "locked" ("已锁定", "Locked", Danger),
    }
}

/// The sign-ins of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LoginRow {
    /// Id of the user.
    pub id: UserId,
    /// When the user was added.
    pub created_at: Timestamp,
    /// Last change of the user.
    pub updated_at: Timestamp,
    /// Employee number.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Own station.
    pub org_id: OrgId,
    /// Name of the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
    /// Whether the person may sign in.
    pub state: UserState,
    /// Whether a device of the person was in use within the last 15 minutes.
    pub is_online: bool,
    /// Last sign-in.
    pub last_login_at: Option<Timestamp>,
    /// Address of the last sign-in.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "127.0.0.1"))]
    pub last_login_ip: Option<String>,
    /// Browser of the last sign-in.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "Chrome on Windows"))]
    pub last_login_agent: Option<String>,
    /// Sign-ins so far.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 214))]
    pub login_count: i64,
    /// Failed attempts so far.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub failure_count: i64,
    /// Locked until then; null when not locked.
    pub locked_until: Option<Timestamp>,
}

/// Filter of the sign-in overview. `q` looks in employee number and name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct LoginFilter {
    /// This station and everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// Only those who are here now, or only those who are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_online: Option<bool>,
    /// Only those who never signed in, or only those who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub never: Option<bool>,
}
impl crate::page::Filter for LoginFilter {
    const SORTS: &'static [&'static str] = &["login", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "login";
}

/// Id of an attempt to sign in.
pub type LoginEventId = Id<LoginEvent>;

/// One attempt to sign in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LoginEvent {
    /// Id.
    pub id: LoginEventId,
    /// When.
    pub created_at: Timestamp,
    /// Equal to `created_at`: an attempt is never changed.
    pub updated_at: Timestamp,
    /// The user; null when there is none with that number.
    pub user_id: Option<UserId>,
    /// Employee number as typed.
    #[cfg_attr(feature = "schema", schema(max_length = 32, example = "19145"))]
    pub login: String,
    /// How it ended.
    pub outcome: LoginOutcome,
    /// Address.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "127.0.0.1"))]
    pub ip: String,
    /// Browser.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "Chrome on Windows"))]
    pub user_agent: String,
}

/// Filter of the attempts. `q` looks in employee number and address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct LoginEventFilter {
    /// Of this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub user_id: Option<UserId>,
    /// Outcomes, separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<LoginOutcome>, required = false))]
    pub outcome: Option<AnyOf<LoginOutcome>>,
}
impl crate::page::Filter for LoginEventFilter {
    const SORTS: &'static [&'static str] = &["created_at"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "Sign-ins";
    /// The sign-ins of each person: last one, count, failures, who is here now.
    ListLogins: Get "/api/v1/identity/logins" needs LOGIN_VIEW, list LoginFilter => Page<LoginRow>;
    /// Every attempt to sign in.
    ListLoginEvents: Get "/api/v1/identity/login-events" needs LOGIN_VIEW, list LoginEventFilter => Page<LoginEvent>;
}
