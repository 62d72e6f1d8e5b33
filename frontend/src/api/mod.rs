//! The client of the API, typed by the endpoint rows of the contract.
//!
//! ```text
//! let page = call::<ListCustomers>(Nothing, Listing::default(), Nothing).await?;
//! let saved = send::<UpdateCustomer>(ById { id }, Nothing, draft, Options::if_match(version)).await?;
//! ```
//!
//! A page never writes a path, a header or a token. The access token lives in memory only; when it has expired it is
//! renewed once for all waiting calls, and the call is repeated with the same idempotency key.

mod error;
mod http;
mod loader;
pub mod session;

pub use error::ApiError;
pub use http::new_key;
pub use loader::Loader;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use openapi::{Access, Body, Encoded, Endpoint, Method, PathParams, QueryString, Reply, Row};

/// What a successful call of `E` returns.
pub type DataOf<E> = <<E as Endpoint>::Reply as Reply>::Data;
/// What a call of `E` sends.
pub type BodyOf<E> = <<E as Endpoint>::Body as Body>::Data;

/// What may accompany a call.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The version that the change is based on.
    pub if_match: Option<i64>,
    /// The idempotency key of the user's action; a fresh one is made for a POST without.
    pub key: Option<String>,
}

impl Options {
    /// Based on this version.
    pub fn if_match(version: i64) -> Self {
        Options { if_match: Some(version), key: None }
    }

    /// Part of the user's action with this key: repeating it has one effect.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// Calls `E`.
pub async fn call<E: Endpoint>(path: E::Path, query: E::Query, body: BodyOf<E>) -> Result<DataOf<E>, ApiError> {
    send::<E>(path, query, body, Options::default()).await
}

/// Calls `E` with options.
pub async fn send<E: Endpoint>(
    path: E::Path,
    query: E::Query,
    body: BodyOf<E>,
    options: Options,
) -> Result<DataOf<E>, ApiError> {
    let answer =
        exchange(const { &E::ROW }, path.fill(E::PATH), query.render(), <E::Body as Body>::render(&body), options);
    <E::Reply as Reply>::decode(answer.await?).map_err(|_| ApiError::Unreadable)
}

/// A row of the contract without its types, as pages that are compiled once for all rows call it: the id as text, the
/// raw query and the body as JSON. The server checks all three, with the same code as the form that made them.
#[derive(Clone, Copy)]
pub struct Wire {
    row: &'static Row,
    fill: fn(&str, &str) -> Option<String>,
}

impl Wire {
    /// The row of `E`.
    pub const fn of<E: Endpoint>() -> Self {
        Wire { row: const { &E::ROW }, fill: fill::<E::Path> }
    }

    /// The permission that it needs.
    pub const fn needs(self) -> Option<openapi::Permission> {
        match self.row.access {
            Access::Needs(permission) => Some(permission),
            Access::Public | Access::SignedIn => None,
        }
    }

    /// Calls it.
    pub fn send(self, id: &str, query: String, json: Vec<u8>, options: Options) -> Answer {
        // an action without fields still sends an object where a body is expected
        let body = if json.is_empty() && self.row.is_json { b"{}".to_vec() } else { json };
        match (self.fill)(self.row.path, id) {
            Some(path) => exchange(self.row, path, query, body, options),
            None => async { Err(ApiError::not_found()) }.boxed_local(),
        }
    }
}

/// Calls `E` with the id as text and the body as JSON.
pub fn send_json<E: Endpoint>(
    id: &str,
    json: Vec<u8>,
    options: Options,
) -> impl Future<Output = Result<DataOf<E>, ApiError>> + use<E> {
    let answer = Wire::of::<E>().send(id, String::new(), json, options);
    async move { <E::Reply as Reply>::decode(answer.await?).map_err(|_| ApiError::Unreadable) }
}

/// What comes back, undecoded.
pub type Answer = LocalBoxFuture<'static, Result<Encoded, ApiError>>;

/// Fills a path; `None` when the id cannot be one.
fn fill<P: PathParams>(template: &str, id: &str) -> Option<String> {
    Some(P::parse(|_| Some(id))?.fill(template))
}

/// Sends one request. Boxed, so that the calls of pages do not each hold a copy of the whole conversation.
fn exchange(row: &'static Row, path: String, query: String, body: Vec<u8>, options: Options) -> Answer {
    let url = if query.is_empty() { path } else { format!("{path}?{query}") };
    let media_type = if row.is_json { "application/json" } else { "application/octet-stream" };
    converse(row, url, row.has_body.then_some((media_type, body)), options).boxed_local()
}

/// Renews the token once when it has expired, and repeats once when the network failed on the way.
async fn converse(
    row: &'static Row,
    url: String,
    body: Option<(&'static str, Vec<u8>)>,
    options: Options,
) -> Result<Encoded, ApiError> {
    let mut headers = vec![("accept-language", crate::text::lang().tag().to_owned())];
    if let Some(version) = options.if_match {
        headers.push(("if-match", format!("\"{version}\"")));
    }
    if row.method == Method::Post {
        headers.push(("idempotency-key", options.key.unwrap_or_else(new_key)));
    }
    let request = http::Exchange { method: row.method.as_str(), url, headers, body };
    let is_public = row.access == Access::Public;
    if !is_public && session::token().is_none() {
        session::renew().await?;
    }
    let answer = http::fetch_twice(&request, if is_public { None } else { session::token() }).await;
    match answer {
        Err(ApiError::Problem(problem)) if problem.status == 401 && !is_public => {
            session::renew().await?;
            http::fetch_twice(&request, session::token()).await
        }
        other => other,
    }
}
