//! People and places: stations, users, roles, sessions.

pub mod session;
pub mod station;
pub mod user;

use crate::{Id, Resource, codes, permissions};

/// A station of the network: headquarters, region or service station.
#[derive(Clone, Copy, Debug)]
pub struct StationRef;
impl Resource for StationRef {
    const NAME: &'static str = "org";
}

/// Id of a station.
pub type OrgId = Id<StationRef>;

/// A person who works with the system.
#[derive(Clone, Copy, Debug)]
pub struct UserRef;
impl Resource for UserRef {
    const NAME: &'static str = "user";
}
/// Id of a user.
pub type UserId = Id<UserRef>;

codes! {
    LOGIN_FAILED = 401 "login_failed", "工号或密码错误", "Wrong employee number or password";
    ACCOUNT_LOCKED = 429 "account_locked", "登录失败次数过多，请 {minutes} 分钟后再试", "Too many failures, try again in {minutes} minutes";
    SESSION_ENDED = 401 "session_ended", "登录已失效，请重新登录", "The session has ended, sign in again";
    PASSWORD_WRONG = 422 "password_wrong", "原密码不正确", "The current password is wrong";
    PASSWORD_REUSED = 422 "password_reused", "新密码不能与最近使用过的密码相同", "The new password was used before";
    PASSWORD_WEAK = 422 "password_weak", "密码过于简单", "The password is too simple";
}

permissions! {
    USER_VIEW = "identity.user.view", "查看员工", "View users" { StationManager: Subtree, Headquarters: All, Clerk: Station };
    USER_EDIT = "identity.user.edit", "维护员工", "Maintain users" { StationManager: Subtree };
}
