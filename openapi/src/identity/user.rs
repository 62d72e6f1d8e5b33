//! Users: the people who work with the system. The employee number is the login.

use super::{OrgId, RoleId, USER_EDIT, USER_VIEW, UserId};
use crate::master::customer::CustomerId;
use crate::query::AnyOf;
use crate::{
    ById, Created, Detail, Email, EmployeeNumber, Json, Lang, NoContent, Note, Page, Password, Phone, Resource, Role,
    Text, Timestamp, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// Whether somebody may sign in.
    UserState {
        Active = "active" ("在职", "Active", Success),
        Disabled = "disabled" ("停用", "Disabled", Neutral),
    }
    /// What can be done to a user.
    UserAction {
        Edit = "edit" ("编辑", "Edit", Neutral),
        ResetPassword = "reset_password" ("重置密码", "Reset password", Warning),
        Unlock = "unlock" ("解锁", "Unlock", Info),
        Disable = "disable" ("停用", "Disable", Danger),
        Enable = "enable" ("启用", "Enable", Success),
    }
}

/// What is typed in for a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserDraft {
    /// Employee number, the login; unique.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Own station.
    pub org_id: OrgId,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<Email>,
    /// Position (职位).
    #[serde(default)]
    pub position: Option<Text<60>>,
    /// Language of the interface.
    #[cfg_attr(feature = "schema", schema(value_type = String, max_length = 10, example = "zh-CN"))]
    #[serde(default)]
    pub language: Lang,
    /// The customer or dealer whose documents an outside account sees.
    #[serde(default)]
    pub party_id: Option<CustomerId>,
    /// Roles, at most 20. One may only give what reaches no further than one's own rights.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub role_ids: Vec<RoleId>,
    /// The one-time password of a new user, to be changed at the first sign-in. Leave it out when changing a user.
    #[serde(default)]
    pub first_password: Option<Password>,
}

/// A role that somebody has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleName {
    /// Id.
    pub id: RoleId,
    /// Name in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "工程师"))]
    pub name: String,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Own station.
    pub org_id: OrgId,
    /// Name of the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
    /// Employee number.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// E-mail.
    pub email: Option<Email>,
    /// Position.
    pub position: Option<Text<60>>,
    /// Language of the interface.
    #[cfg_attr(feature = "schema", schema(value_type = String, max_length = 10, example = "zh-CN"))]
    pub language: Lang,
    /// The customer or dealer of an outside account.
    pub party_id: Option<CustomerId>,
    /// Roles.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub roles: Vec<RoleName>,
    /// Ids of the roles, as in a draft.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub role_ids: Vec<RoleId>,
    /// Whether the person may sign in.
    pub state: UserState,
    /// Whether a new password must be set at the next sign-in.
    pub must_change_password: bool,
    /// Locked until then after too many failures; null when not locked.
    pub locked_until: Option<Timestamp>,
    /// Last sign-in.
    pub last_login_at: Option<Timestamp>,
    /// Sign-ins so far.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 214))]
    pub login_count: i64,
    /// What the caller may do to the user now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<UserAction>,
}
impl Resource for User {
    const NAME: &'static str = "user";
}
impl Versioned for User {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A user in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UserRow {
    /// Id.
    pub id: UserId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Own station.
    pub org_id: OrgId,
    /// Name of the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
    /// Employee number.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Position.
    pub position: Option<Text<60>>,
    /// Roles.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub roles: Vec<RoleName>,
    /// Whether the person may sign in.
    pub state: UserState,
    /// Whether sign-in is locked after too many failures.
    pub is_locked: bool,
}

/// Filter of the user list. `q` looks in employee number, name, phone and e-mail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct UserFilter {
    /// Active, disabled, or both separated by a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<UserState>, required = false))]
    pub state: Option<AnyOf<UserState>>,
    /// This station and everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// People with this role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub role_id: Option<RoleId>,
    /// Exactly this employee number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 32, nullable = false))]
    pub login: Option<EmployeeNumber>,
}
impl crate::page::Filter for UserFilter {
    const SORTS: &'static [&'static str] = &["login", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "login";
}

/// Why somebody's account is disabled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DisableReason {
    /// The reason, for the log.
    pub reason: Note<500>,
}

/// A new one-time password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// It must be changed at the next sign-in.
    pub password: Password,
}

/// Whom a picker offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ColleagueQuery {
    /// Only this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub id: Option<UserId>,
    /// Beginning or part of employee number or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub q: Option<Text<60>>,
    /// Only people with this pre-installed role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = Role, required = false))]
    pub role: Option<Role>,
    /// Only people of this station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
}

/// Somebody who can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// Id.
    pub id: UserId,
    /// Employee number.
    pub login: EmployeeNumber,
    /// Name.
    pub name: Text<100>,
    /// Own station.
    pub org_id: OrgId,
    /// Name of the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
}

/// People who can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Colleagues {
    /// By employee number, at most 50.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub items: Vec<Colleague>,
}

endpoints! { "Users";
    /// List users.
    ListUsers: Get "/api/v1/identity/users" needs USER_VIEW, list UserFilter => Page<UserRow>;
    /// Read a user.
    GetUser: Get "/api/v1/identity/users/{id}" needs USER_VIEW, path ById<User> => Detail<User>;
    /// Add a user.
    ///
    /// The one-time password must be changed at the first sign-in.
    CreateUser: Post "/api/v1/identity/users" needs USER_EDIT, body UserDraft => Created<User>;
    /// Change a user and the user's roles.
    UpdateUser: Put "/api/v1/identity/users/{id}" needs USER_EDIT, path ById<User>, body UserDraft => Detail<User>;
    /// Disable a user.
    ///
    /// Every session of the person ends at once.
    DisableUser: Post "/api/v1/identity/users/{id}/disable" needs USER_EDIT, path ById<User>, body DisableReason => Detail<User>;
    /// Enable a disabled user.
    EnableUser: Post "/api/v1/identity/users/{id}/enable" needs USER_EDIT, path ById<User> => Detail<User>;
    /// Unlock a user after too many failed sign-ins.
    UnlockUser: Post "/api/v1/identity/users/{id}/unlock" needs USER_EDIT, path ById<User> => Detail<User>;
    /// Give a user a new one-time password.
    ///
    /// Every session of the person ends at once.
    ResetPassword: Post "/api/v1/identity/users/{id}/reset-password" needs USER_EDIT, path ById<User>, body PasswordReset => NoContent;
    /// Colleagues to choose from.
    ///
    /// Active people of the own station and the stations below it; everybody for those who see every station.
    ListColleagues: Get "/api/v1/identity/colleagues" signed_in, query ColleagueQuery => Json<Colleagues>;
}
