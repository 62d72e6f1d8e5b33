//! The acting person and the reach of a right.

use crate::auth::token::Claims;
use crate::{Db, Result};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use openapi::{Permission, Scope};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Who acts, and what that person may do.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The user; nil for the system and for somebody who has not signed in.
    pub user_id: Uuid,
    /// The session; nil for the system.
    pub session_id: Uuid,
    /// Employee number.
    pub login: String,
    /// Name as shown in journals.
    pub name: String,
    /// Own station.
    pub org_id: Uuid,
    /// Path of the own station in the tree.
    pub org_path: String,
    /// Whether no station stands below the own one.
    pub is_leaf: bool,
    /// Code of the own station, for numbers.
    pub org_code: String,
    /// The party (dealer, customer) of an outside account.
    pub party_id: Option<Uuid>,
    /// The others of the teams at the own station.
    pub team: Arc<[Uuid]>,
    /// Permission code → how far it reaches.
    pub grants: Arc<HashMap<String, Scope>>,
    /// Whether only the change of the password is allowed.
    pub must_change_password: bool,
}

impl Actor {
    /// Nobody yet.
    pub fn anonymous() -> Self {
        Actor {
            user_id: Uuid::nil(),
            session_id: Uuid::nil(),
            login: String::new(),
            name: String::new(),
            org_id: Uuid::nil(),
            org_path: String::new(),
            is_leaf: false,
            org_code: String::new(),
            party_id: None,
            team: Arc::default(),
            grants: Arc::default(),
            must_change_password: false,
        }
    }

    /// The system itself: jobs, start-up. Holds every permission over everything.
    pub fn system(org_id: Uuid, org_path: &str) -> Self {
        let grants = openapi::registry::permissions().map(|p| (p.code.to_owned(), Scope::All)).collect();
        Actor {
            name: "系统".to_owned(),
            login: "system".to_owned(),
            org_id,
            org_path: org_path.to_owned(),
            grants: Arc::new(grants),
            ..Actor::anonymous()
        }
    }

    /// How far the right reaches; `None` when it is not held.
    pub fn scope(&self, permission: Permission) -> Option<Scope> {
        self.grants.get(permission.code).copied()
    }

    /// Whether the right is held at all.
    pub fn may(&self, permission: Permission) -> bool {
        self.grants.contains_key(permission.code)
    }

    /// What the right reaches in the database.
    pub fn reach(&self, scope: Scope) -> Reach {
        match scope {
            Scope::All => Reach::All,
            Scope::Subtree => Reach::Subtree(self.org_path.clone()),
            Scope::Station => Reach::Station(self.org_id),
            Scope::Team => {
                let people = std::iter::once(self.user_id).chain(self.team.iter().copied());
                Reach::People(people.collect(), self.org_id)
            }
            Scope::Own => Reach::People(vec![self.user_id], self.org_id),
            Scope::Party => Reach::Party(self.party_id.unwrap_or_else(Uuid::nil)),
        }
    }
}

/// The part of the data that a call may see and change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// Everything.
    All,
    /// A station and everything below it, by path.
    Subtree(String),
    /// One station.
    Station(Uuid),
    /// What is these people's own, within one station: the caller's, or the caller's team's.
    People(Vec<Uuid>, Uuid),
    /// What belongs to one dealer or customer.
    Party(Uuid),
}

/// What one statement says about a caller.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub actor: Actor,
    /// Changes of base data so far.
    pub base_changes: i64,
    /// Whether there is an answer, or a request at work, under the caller's key.
    pub is_key_known: bool,
}

/// Knows people: turns the claims of a checked token into an actor.
pub trait Directory: Send + Sync {
    /// The caller with these claims, or a refusal when the session or the user is no longer good. `key` is what the caller
    /// sent for safe retries.
    fn caller<'a>(
        &'a self,
        db: &'a Db,
        claims: &'a Claims,
        now: DateTime<Utc>,
        key: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Caller>>;
}
