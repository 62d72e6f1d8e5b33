//! Calls without their types, so that the pages of the kit are compiled once and not once per document.

use crate::api::{self, ApiError, DataOf, Options, Wire};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use openapi::{Encoded, Endpoint, Permission, Reply};
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;

/// A reply whose type only its page knows.
pub type Anything = Arc<dyn Any + Send + Sync>;

/// What came back: the value, what it was read from, and its version.
#[derive(Clone)]
pub struct Got {
    /// The value.
    pub value: Anything,
    /// As it came.
    pub bytes: Arc<Vec<u8>>,
    /// Its version, 0 when it has none.
    pub version: i64,
}

impl Got {
    /// As JSON; null when it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }
}

/// A call: id, raw query, JSON body, options.
pub type Sender =
    Arc<dyn Fn(String, String, Vec<u8>, Options) -> LocalBoxFuture<'static, Result<Got, ApiError>> + Send + Sync>;

/// Reads a reply.
type Read = fn(Encoded) -> Result<Anything, ApiError>;

/// The call of `E`, with its reply.
pub fn sender<E: Endpoint>() -> Sender
where
    DataOf<E>: Send + Sync,
{
    through(Wire::of::<E>(), value_of::<E::Reply>)
}

/// The call of `E`, when nobody looks at the reply: it is not even read.
pub fn teller<E: Endpoint>() -> Sender {
    through(Wire::of::<E>(), |_| Ok(Arc::new(())))
}

fn through(wire: Wire, read: Read) -> Sender {
    Arc::new(move |id, query, json, options| {
        let answer = wire.send(&id, query, json, options);
        async move {
            let encoded = answer.await?;
            let (version, bytes) = (encoded.version.unwrap_or_default(), Arc::new(encoded.bytes.clone()));
            Ok(Got { value: read(encoded)?, bytes, version })
        }
        .boxed_local()
    })
}

fn value_of<R: Reply>(encoded: Encoded) -> Result<Anything, ApiError>
where
    R::Data: Send + Sync,
{
    let data = R::decode(encoded).map_err(|_| ApiError::Unreadable)?;
    Ok(Arc::new(data))
}

/// The permission that `E` needs.
pub fn permission<E: Endpoint>() -> Option<Permission> {
    Wire::of::<E>().needs()
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
