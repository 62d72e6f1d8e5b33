//! A call: who, how far, what, and under which conditions.

use crate::auth::actor::{Actor, Reach};
use crate::db::Seen;
use chrono::{DateTime, Utc};
use openapi::{Body, Endpoint, Lang};
use std::sync::{Arc, Mutex};

/// One call of endpoint `E`, checked: the right is held, path, query and body are valid.
pub struct Call<E: Endpoint> {
    /// Path parameters.
    pub path: E::Path,
    /// Query parameters.
    pub query: E::Query,
    /// Body.
    pub body: <E::Body as Body>::Data,
}

impl<E: Endpoint> Clone for Call<E> {
    fn clone(&self) -> Self {
        Call { path: self.path.clone(), query: self.query.clone(), body: self.body.clone() }
    }
}

/// What surrounds a call.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// What the call may see and change.
    pub reach: Reach,
    /// The time of the call.
    pub now: DateTime<Utc>,
    /// Language of the caller.
    pub lang: Lang,
    /// Name of the endpoint or job.
    pub operation: &'static str,
    /// Id under which it is logged.
    pub request_id: String,
    /// Address of the caller.
    pub ip: String,
    /// Browser or program of the caller.
    pub user_agent: String,
    /// The version that the change is based on.
    pub if_match: Option<i64>,
    /// The caller's key for safe retries.
    pub idempotency_key: Option<String>,
    /// Whether nobody had used that key yet when the caller was found out.
    pub is_key_new: bool,
    /// How much of the changes of base data the caller can count on.
    pub seen: Option<Seen>,
    /// Whether somebody waits for it on the wire, so that it is short and may share a commit.
    pub is_request: bool,
    /// The refresh cookie, where the browser sent one.
    pub refresh_token: Option<String>,
    /// A refresh cookie to set with the answer (empty: remove it).
    pub new_refresh_token: Arc<Mutex<Option<String>>>,
}

impl Context {
    /// The context of work that nobody asked for over the wire: jobs, start-up, demo data.
    pub fn internal(actor: Actor, now: DateTime<Utc>, operation: &'static str) -> Self {
        Context {
            actor,
            reach: Reach::All,
            now,
            lang: Lang::Zh,
            operation,
            request_id: crate::new_id().simple().to_string(),
            ip: String::new(),
            user_agent: String::new(),
            if_match: None,
            idempotency_key: None,
            is_key_new: false,
            seen: None,
            is_request: false,
            refresh_token: None,
            new_refresh_token: Arc::default(),
        }
    }

    /// Sets the refresh cookie with the answer; `None` removes it.
    pub fn set_refresh_token(&self, token: Option<String>) {
        *self.new_refresh_token.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
            Some(token.unwrap_or_default());
    }
}
