//! For whom a job is done. It acts with the rights that this person had when asking.

use crate::{Actor, Context, Reach, Result};
use openapi::{Lang, Scope};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub enum Asker {
    /// The clock, or the command line at a station.
    System { org_id: Uuid, org_path: String },
    /// Somebody.
    Person(Box<Person>),
}

#[derive(Serialize, Deserialize)]
pub struct Person {
    user_id: Uuid,
    session_id: Uuid,
    login: String,
    name: String,
    org_id: Uuid,
    org_path: String,
    org_code: String,
    party_id: Option<Uuid>,
    team: Vec<Uuid>,
    grants: HashMap<String, Scope>,
    reach: Reach,
    lang: Lang,
    ip: String,
}

impl Asker {
    /// Who asks now.
    pub fn of(context: &Context) -> Self {
        let Actor {
            user_id,
            session_id,
            login,
            name,
            org_id,
            org_path,
            org_code,
            party_id,
            team,
            grants,
            // may change before the job runs
            is_leaf: _,
            must_change_password: _,
        } = context.actor.clone();
        if user_id.is_nil() {
            return Asker::System { org_id, org_path };
        }
        Asker::Person(Box::new(Person {
            user_id,
            session_id,
            login,
            name,
            org_id,
            org_path,
            org_code,
            party_id,
            team: team.to_vec(),
            grants: (*grants).clone(),
            reach: context.reach.clone(),
            lang: context.lang,
            ip: context.ip.clone(),
        }))
    }

    /// The context in which the work is done.
    pub fn context(stored: &str, operation: &'static str, now: chrono::DateTime<chrono::Utc>) -> Result<Context> {
        let person = match serde_json::from_str(stored)? {
            Asker::System { org_id, org_path } => {
                return Ok(Context::internal(Actor::system(org_id, &org_path), now, operation));
            }
            Asker::Person(person) => *person,
        };
        let Person {
            user_id,
            session_id,
            login,
            name,
            org_id,
            org_path,
            org_code,
            party_id,
            team,
            grants,
            reach,
            lang,
            ip,
        } = person;
        let actor = Actor {
            user_id,
            session_id,
            login,
            name,
            org_id,
            org_path,
            org_code,
            party_id,
            team: team.into(),
            grants: Arc::new(grants),
            is_leaf: false,
            must_change_password: false,
        };
        Ok(Context { reach, lang, ip, ..Context::internal(actor, now, operation) })
    }
}
