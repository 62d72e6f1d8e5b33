//! Signing in, staying signed in, signing out.

use super::{OrgId, UserId};
use crate::{
    ById, Created, EmployeeNumber, Id, Json, Lang, NoContent, Password, Resource, Scope, Timestamp, Versioned,
    endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a session.
pub type SessionId = Id<SessionRow>;

/// Somebody's employee number and password.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Employee number.
    pub login: EmployeeNumber,
    /// Password.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 128))]
    pub password: String,
}

/// A right that the signed-in person holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeldPermission {
    /// Code of the permission.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "master.customer.view"))]
    pub code: String,
    /// How far it reaches.
    pub scope: Scope,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the user.
    pub user_id: UserId,
    /// Employee number.
    #[cfg_attr(feature = "schema", schema(max_length = 32, example = "19145"))]
    pub login: String,
    /// Name.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub name: String,
    /// Id of the own station.
    pub org_id: OrgId,
    /// Name of the own station.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "杭州西湖服务站"))]
    pub org_name: String,
    /// Role names in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub roles: Vec<String>,
    /// What the person may do.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub permissions: Vec<HeldPermission>,
    /// Whether a new password must be set before anything else.
    pub must_change_password: bool,
    /// Language of the person.
    #[cfg_attr(feature = "schema", schema(value_type = String, max_length = 10, example = "zh-CN"))]
    pub language: Lang,
}

/// A fresh access token. The refresh token travels in an HttpOnly cookie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Session {
    /// Send it as `Authorization: Bearer …`.
    #[cfg_attr(feature = "schema", schema(max_length = 4000))]
    pub access_token: String,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Whose it is.
    pub me: Me,
}
impl Versioned for Session {
    fn version(&self) -> i64 {
        1
    }
}

/// A signed-in device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SessionRow {
    /// Id.
    pub id: SessionId,
    /// When it began.
    pub created_at: Timestamp,
    /// Last use.
    pub used_at: Timestamp,
    /// Address.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "127.0.0.1"))]
    pub ip: String,
    /// Browser.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "Chrome on Windows"))]
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
}
impl Resource for SessionRow {
    const NAME: &'static str = "session";
}

/// The signed-in devices of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sessions {
    /// Latest use first.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub items: Vec<SessionRow>,
}

/// A change of the own password.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The password until now.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 128))]
    pub current: String,
    /// The new one.
    pub new: Password,
}

endpoints! { "Sessions";
    /// Sign in.
    ///
    /// Answers the same way and in the same time for a wrong password and for an unknown employee number.
    SignIn: Post "/api/v1/identity/sessions" public, body Credentials => Created<Session>;
    /// Get a fresh access token.
    ///
    /// Uses and rotates the refresh cookie. Reuse of an old one ends the whole family of sessions.
    RefreshSession: Post "/api/v1/identity/sessions/refresh" public => Json<Session>;
    /// Sign out.
    SignOut: Post "/api/v1/identity/sessions/sign-out" public => NoContent;
    /// List the own signed-in devices.
    ListSessions: Get "/api/v1/identity/sessions" signed_in => Json<Sessions>;
    /// End one of the own sessions.
    RevokeSession: Post "/api/v1/identity/sessions/{id}/revoke" signed_in, path ById<SessionRow> => NoContent;
    /// The signed-in person.
    GetMe: Get "/api/v1/identity/me" signed_in => Json<Me>;
    /// Change the own password.
    ///
    /// Ends every other session of the person.
    ChangePassword: Post "/api/v1/identity/me/password" signed_in, body PasswordChange => Json<Session>;
}
