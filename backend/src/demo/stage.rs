//! Acting as somebody, at some time, inside the process.

use openapi::{Access, Body, Endpoint, Reply, Scope};
use platform::clock::ManualClock;
use platform::http::Api;
use platform::{Actor, App, Call, Clock, Context, Failure, Result};
use std::sync::Arc;
use uuid::Uuid;

/// The company while it is being made.
pub struct Stage {
    /// A platform whose clock is ours.
    pub app: App,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// Its operations.
    pub api: Api,
    /// Everybody, headquarters first.
    pub people: Vec<Actor>,
}

impl Stage {
    /// Calls an operation as somebody.
    pub async fn act<E: Endpoint>(
        &self,
        who: &Actor,
        path: E::Path,
        query: E::Query,
        body: <E::Body as Body>::Data,
    ) -> Result<<E::Reply as Reply>::Data> {
        let context = Context::internal(who.clone(), self.clock.now(), E::NAME);
        self.api.call::<E>(&self.app, context, Call { path, query, body }).await
    }

    /// Somebody who may call `E` at a station: of the station itself first, else of headquarters.
    pub fn able<E: Endpoint>(&self, station: Uuid) -> Result<&Actor> {
        let Access::Needs(permission) = E::ACCESS else { return self.first(station) };
        let may = |person: &&Actor, here: bool| match person.scope(permission) {
            Some(Scope::All | Scope::Subtree) => here || person.org_path == "/HQ/",
            Some(Scope::Station | Scope::Team) => here,
            _ => false,
        };
        let here = self.people.iter().find(|p| p.org_id == station && may(p, true));
        let found = here.or_else(|| self.people.iter().find(|p| p.org_id != station && may(p, false)));
        found.ok_or_else(|| Failure::Internal(format!("nobody may call {} at {station}", E::NAME)))
    }

    /// Somebody by login.
    pub fn person(&self, login: &str) -> Result<&Actor> {
        let found = self.people.iter().find(|p| p.login == login);
        found.ok_or_else(|| Failure::Internal(format!("nobody is called {login}")))
    }

    fn first(&self, station: Uuid) -> Result<&Actor> {
        let found = self.people.iter().find(|p| p.org_id == station);
        found.ok_or_else(|| Failure::Internal(format!("nobody works at {station}")))
    }

    /// The people of a station who hold a right, by login.
    pub fn holders(&self, station: Uuid, role_in_login: &str) -> Vec<&Actor> {
        self.people.iter().filter(|p| p.org_id == station && p.login.contains(role_in_login)).collect()
    }
}
