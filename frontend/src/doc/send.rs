//! Calls without their types, so that the pages of the kit are compiled once and not once per document.

use crate::api::{self, ApiError, DataOf, Options};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use openapi::{Access, Endpoint, Permission, Reply};
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;

/// A reply whose type only its page knows.
pub type Anything = Arc<dyn Any + Send + Sync>;

/// What came back: the value, its JSON, and its version.
#[derive(Clone)]
pub struct Got {
    /// The value.
    pub value: Anything,
    /// As JSON; null when it is not JSON.
    pub json: Value,
    /// Its version, 0 when it has none.
    pub version: i64,
}

/// A call: id, raw query, JSON body, options.
pub type Sender =
    Arc<dyn Fn(String, String, Vec<u8>, Options) -> LocalBoxFuture<'static, Result<Got, ApiError>> + Send + Sync>;

/// The call of `E`.
pub fn sender<E: Endpoint>() -> Sender
where
    DataOf<E>: Send + Sync,
{
    Arc::new(|id, query, json, options| {
        async move {
            // an action without fields still sends an object where a body is expected
            let json = if json.is_empty() && E::ROW.is_json { b"{}".to_vec() } else { json };
            let data = api::send_raw::<E>(&id, &query, &json, options).await?;
            let encoded = <E::Reply as Reply>::encode(&data).map_err(|_| ApiError::Unreadable)?;
            let version = encoded.version.unwrap_or_default();
            let json = serde_json::from_slice(&encoded.bytes).unwrap_or(Value::Null);
            Ok(Got { value: Arc::new(data), json, version })
        }
        .boxed_local()
    })
}

/// The permission that `E` needs.
pub fn permission<E: Endpoint>() -> Option<Permission> {
    match E::ACCESS {
        Access::Needs(permission) => Some(permission),
        Access::Public | Access::SignedIn => None,
    }
}

/// Whether the signed-in person may call a row with this permission; reactive.
pub fn allowed(permission: Option<Permission>) -> bool {
    permission.is_none_or(api::session::may)
}

/// The idempotency key of one user action: the same until the body changes or the action has succeeded.
#[derive(Default)]
pub struct ActionKey(Option<(Vec<u8>, String)>);

impl ActionKey {
    /// The key for this body.
    pub fn for_body(&mut self, body: &[u8]) -> String {
        match &self.0 {
            Some((known, key)) if known == body => key.clone(),
            _ => {
                let key = api::new_key();
                self.0 = Some((body.to_vec(), key.clone()));
                key
            }
        }
    }

    /// The action has succeeded; the next one is another.
    pub fn done(&mut self) {
        self.0 = None;
    }
}
