//! People and places: stations, users, roles, sessions.

pub mod login;
pub mod role;
pub mod session;
pub mod station;
pub mod team;
pub mod user;

use crate::{Id, codes, permissions};

/// Id of a station.
pub type OrgId = Id<station::Station>;
/// Id of a user.
pub type UserId = Id<user::User>;
/// Id of a role.
pub type RoleId = Id<role::RoleDetail>;

codes! {
    LOGIN_FAILED = 401 "login_failed", "工号或密码错误", "Wrong employee number or password";
    ACCOUNT_LOCKED = 429 "account_locked", "登录失败次数过多，请 {minutes} 分钟后再试", "Too many failures, try again in {minutes} minutes";
    SESSION_ENDED = 401 "session_ended", "登录已失效，请重新登录", "The session has ended, sign in again";
    PASSWORD_WRONG = 422 "password_wrong", "原密码不正确", "The current password is wrong";
    PASSWORD_REUSED = 422 "password_reused", "新密码不能与最近使用过的密码相同", "The new password was used before";
    PASSWORD_WEAK = 422 "password_weak", "密码过于简单", "The password is too simple";
    STATION_PARENT = 422 "station_parent", "上级机构不能是自己、自己的下级或该类型的机构", "Not a possible parent: itself, below itself, or of the wrong kind";
    STATION_IN_USE = 409 "station_in_use", "仍有 {users} 名在职员工和 {stations} 个下级机构，不能停用", "It still has {users} active users and {stations} open stations below it";
    STATION_CLOSED = 422 "station_closed", "该网点已停用", "The station is closed";
    BEYOND_OWN_RIGHTS = 403 "beyond_own_rights", "超出您本人的权限：{what}", "Beyond your own rights: {what}";
    OWN_ACCOUNT = 409 "own_account", "不能对自己的账号执行此操作", "Not possible for your own account";
    LAST_ADMINISTRATOR = 409 "last_administrator", "必须保留至少一名在职的管理员", "At least one active administrator must remain";
    ROLE_FIXED = 409 "role_fixed", "预置角色不能删除或改编号，管理员角色的权限不能修改", "A pre-installed role cannot be removed or renumbered, and the administrator's rights are fixed";
}

permissions! {
    STATION_VIEW = "identity.station.view", "查看网点", "View stations" {
        Reception: Station, Engineer: Station, Inspector: Station, Clerk: Station, Storekeeper: Station,
        Accountant: All, Care: All, Dispatcher: Subtree, StationManager: Subtree, Headquarters: All,
    };
    STATION_NAME_VIEW = "identity.station.name", "查看全部网点名称", "See the names of all stations" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All,
    };
    STATION_EDIT = "identity.station.edit", "维护网点", "Maintain stations" { Headquarters: All };
    USER_VIEW = "identity.user.view", "查看员工", "View users" { StationManager: Subtree, Headquarters: All, Clerk: Station };
    USER_EDIT = "identity.user.edit", "维护员工", "Maintain users" { StationManager: Subtree };
    TEAM_VIEW = "identity.team.view", "查看班组", "View teams" {
        Reception: Station, Engineer: Station, Inspector: Station, Clerk: Station, Storekeeper: Station,
        Care: All, Dispatcher: Subtree, StationManager: Subtree, Headquarters: All,
    };
    TEAM_EDIT = "identity.team.edit", "维护班组", "Maintain teams" { Dispatcher: Subtree, StationManager: Subtree };
    ROLE_VIEW = "identity.role.view", "查看角色", "View roles" { StationManager: All, Headquarters: All };
    ROLE_EDIT = "identity.role.edit", "维护角色", "Maintain roles" {};
    LOGIN_VIEW = "identity.login.view", "查看登录情况", "View sign-ins" { StationManager: Subtree, Headquarters: All };
}
