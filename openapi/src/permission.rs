//! Permissions, the twelve roles, and how far each grant reaches.

use crate::choices;

choices! {
    /// The pre-installed roles. A company may add its own; these can be adjusted but not removed.
    Role {
        Reception = "reception" ("前台/受理", "Reception", Info),
        Engineer = "engineer" ("工程师", "Engineer", Info),
        Inspector = "inspector" ("质检", "Inspector", Info),
        Clerk = "clerk" ("内勤", "Office clerk", Info),
        Storekeeper = "storekeeper" ("库管", "Storekeeper", Info),
        Accountant = "accountant" ("财务主管", "Accountant", Info),
        Care = "care" ("客服(400)", "Customer care", Info),
        Dispatcher = "dispatcher" ("调度", "Dispatcher", Info),
        StationManager = "station_manager" ("网点(站长)", "Station manager", Warning),
        Headquarters = "headquarters" ("总部", "Headquarters", Warning),
        Dealer = "dealer" ("经销商", "Dealer", Neutral),
        Administrator = "administrator" ("管理员", "Administrator", Danger),
    }
    /// How far a grant reaches, from narrow to wide.
    Scope {
        /// Documents of the own dealer or customer account.
        Party = "party" ("本经销商/客户", "Own party", Neutral),
        /// Own or assigned to oneself.
        Own = "self" ("本人", "Own", Neutral),
        /// Of the own team.
        Team = "team" ("本组", "Team", Neutral),
        /// Of the own station.
        Station = "station" ("本网点", "Station", Neutral),
        /// Of the own station and everything below it.
        Subtree = "subtree" ("本网点及下级", "Station and below", Neutral),
        /// Everything.
        All = "all" ("全部", "All", Neutral),
    }
}

/// The right to do one thing, with the roles that have it out of the box.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// `domain.resource.verb`, stable.
    pub code: &'static str,
    /// Chinese label.
    pub zh: &'static str,
    /// English label.
    pub en: &'static str,
    /// The pre-installed grants. The administrator has every permission over everything.
    pub grants: &'static [(Role, Scope)],
}

impl PartialEq for Permission {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
impl Eq for Permission {}

impl Permission {
    /// How far `role` reaches out of the box; `None` when it has no right.
    pub fn preset(&self, role: Role) -> Option<Scope> {
        match role {
            Role::Administrator => Some(Scope::All),
            _ => self.grants.iter().find(|(r, _)| *r == role).map(|(_, scope)| *scope),
        }
    }
}

/// Declares permissions: `NAME = "code", "中文", "English" { Role: Scope, ... };`, and `PERMISSIONS`, the list of them all.
#[macro_export]
macro_rules! permissions {
    ($($name:ident = $code:literal, $zh:literal, $en:literal { $($role:ident: $scope:ident),* $(,)? };)+) => {
        $(#[doc = $en] pub const $name: $crate::permission::Permission = $crate::permission::Permission {
            code: $code, zh: $zh, en: $en,
            grants: &[$(($crate::permission::Role::$role, $crate::permission::Scope::$scope)),*],
        };)+
        /// Every permission of this module.
        pub const PERMISSIONS: &[$crate::permission::Permission] = &[$($name),+];
    };
}
