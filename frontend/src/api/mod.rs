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
    let bytes = <E::Body as Body>::render(&body);
    let media_type = <E::Body as Body>::MEDIA_TYPE;
    let url = url::<E>(&path, &query);
    let encoded = exchange(&E::ROW, url, media_type.map(|t| (t, bytes)), options).await?;
    <E::Reply as Reply>::decode(encoded).map_err(|_| ApiError::Unreadable)
}

/// Calls `E` with what a generic page has: the id as text, the raw query and the body as JSON. The contract checks all three.
pub async fn send_raw<E: Endpoint>(
    id: &str,
    query: &str,
    json: &[u8],
    options: Options,
) -> Result<DataOf<E>, ApiError> {
    let lang = crate::text::lang();
    let path = E::Path::parse(|_| Some(id)).ok_or_else(ApiError::not_found)?;
    let query = E::Query::parse(query, lang).map_err(ApiError::invalid)?;
    let body = <E::Body as Body>::parse(json, lang).map_err(|refusal| ApiError::invalid(refusal.errors))?;
    send::<E>(path, query, body, options).await
}

fn url<E: Endpoint>(path: &E::Path, query: &E::Query) -> String {
    let mut url = path.fill(E::PATH);
    let query = query.render();
    if !query.is_empty() {
        url.push('?');
        url.push_str(&query);
    }
    url
}

/// Sends one request; renews the token once when it has expired, and repeats once when the network failed on the way.
async fn exchange(
    row: &Row,
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
