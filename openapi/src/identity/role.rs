//! Roles: named sets of rights. Twelve come with the product; a company may adjust them and add its own.

use super::{ROLE_EDIT, ROLE_VIEW, RoleId, USER_EDIT, UserId};
use crate::{
    ById, Created, Detail, ItemCode, Json, NoContent, Note, Page, Resource, Scope, Text, Timestamp, Versioned, choices,
    endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

choices! {
    /// What can be done to a role.
    RoleAction {
        Edit = "edit" ("编辑", "Edit", Neutral),
        Assign = "assign" ("分配人员", "Assign people", Info),
        Delete = "delete" ("删除", "Delete", Danger),
    }
}

/// One right of a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Code of the permission.
    pub permission: Text<100>,
    /// How far it reaches.
    pub scope: Scope,
}

/// What is typed in for a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    /// Code, unique; that of a pre-installed role cannot be changed.
    pub code: ItemCode,
    /// Chinese name.
    pub name_zh: Text<60>,
    /// English name.
    pub name_en: Text<60>,
    /// Whether station managers may give it to the people of their stations without holding each of its rights themselves.
    #[serde(default)]
    pub is_station_role: bool,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
    /// The rights; each permission at most once. They are ignored for the administrator, who has them all.
    #[serde(default)]
    #[validate(nested, length(max = 1000))]
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub grants: Vec<Grant>,
}

/// A role with its rights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleDetail {
    /// Id.
    pub id: RoleId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Code.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "engineer"))]
    pub code: String,
    /// Chinese name.
    pub name_zh: Text<60>,
    /// English name.
    pub name_en: Text<60>,
    /// Whether it came with the product.
    pub is_preset: bool,
    /// Whether station managers may give it away.
    pub is_station_role: bool,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// The rights, by code.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub grants: Vec<Grant>,
    /// How many users have it.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub member_count: i64,
    /// What the caller may do to it now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<RoleAction>,
}
impl Resource for RoleDetail {
    const NAME: &'static str = "role";
}
impl Versioned for RoleDetail {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A role in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleRow {
    /// Id.
    pub id: RoleId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Code.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "engineer"))]
    pub code: String,
    /// Chinese name.
    pub name_zh: Text<60>,
    /// English name.
    pub name_en: Text<60>,
    /// Whether it came with the product.
    pub is_preset: bool,
    /// Whether station managers may give it away.
    pub is_station_role: bool,
    /// How many users have it.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub member_count: i64,
}

/// Filter of the role list. `q` looks in code and names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct RoleFilter {
    /// Whether it came with the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_preset: Option<bool>,
}
impl crate::page::Filter for RoleFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "code", "name_zh"];
    const DEFAULT_SORT: &'static str = "created_at";
}

/// People to add to a role, or to take out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleMembers {
    /// 1 to 200 users.
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
    pub user_ids: Vec<UserId>,
}

/// A permission that can be granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PermissionItem {
    /// Code: `domain.resource.verb`.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "master.customer.view"))]
    pub code: String,
    /// Label in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "查看客户"))]
    pub label: String,
}

/// Every permission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PermissionItems {
    /// In the order of the domains.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub items: Vec<PermissionItem>,
}

endpoints! { "Roles";
    /// List roles.
    ListRoles: Get "/api/v1/identity/roles" needs ROLE_VIEW, list RoleFilter => Page<RoleRow>;
    /// Read a role with its rights.
    GetRole: Get "/api/v1/identity/roles/{id}" needs ROLE_VIEW, path ById<RoleDetail> => Detail<RoleDetail>;
    /// Add a role.
    CreateRole: Post "/api/v1/identity/roles" needs ROLE_EDIT, body RoleDraft => Created<RoleDetail>;
    /// Change a role and its rights.
    UpdateRole: Put "/api/v1/identity/roles/{id}" needs ROLE_EDIT, path ById<RoleDetail>, body RoleDraft => Detail<RoleDetail>;
    /// Remove a role that nobody has.
    DeleteRole: Delete "/api/v1/identity/roles/{id}" needs ROLE_EDIT, path ById<RoleDetail> => NoContent;
    /// Give a role to many people at once.
    AddRoleMembers: Post "/api/v1/identity/roles/{id}/add-members" needs USER_EDIT, path ById<RoleDetail>, body RoleMembers => Detail<RoleDetail>;
    /// Take a role from many people at once.
    RemoveRoleMembers: Post "/api/v1/identity/roles/{id}/remove-members" needs USER_EDIT, path ById<RoleDetail>, body RoleMembers => Detail<RoleDetail>;
    /// Every permission that can be granted.
    ListPermissions: Get "/api/v1/identity/permissions" needs ROLE_VIEW => Json<PermissionItems>;
}
