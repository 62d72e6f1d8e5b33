//! A typed client: it knows paths, bodies and replies from the endpoint rows.

use super::faults;
use openapi::{Access, Body, Encoded, Endpoint, Lang, Method, PathParams, Problem, QueryString, Reply};
use reqwest::header::HeaderMap;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A caller with or without a token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    /// The access token.
    pub token: Option<String>,
    /// The language asked for.
    pub lang: Lang,
}

/// An answer that is not a success.
#[derive(Debug)]
pub struct Refused {
    /// HTTP status.
    pub status: u16,
    /// The problem document.
    pub problem: Problem,
    /// Headers of the answer.
    pub headers: HeaderMap,
}

impl Refused {
    /// The stable code.
    pub fn code(&self) -> &str {
        &self.problem.code
    }

    /// Pointers and codes of the single wrong values.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        self.problem.errors.iter().map(|e| (e.pointer.as_str(), e.code.as_str())).collect()
    }
}

/// Preconditions of one request.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The version that the change is based on.
    pub if_match: Option<i64>,
    /// Key for safe retries.
    pub key: Option<String>,
}

/// `If-Match` with this version.
pub fn version(version: i64) -> Options {
    Options { if_match: Some(version), key: None }
}

impl Options {
    /// Adds an idempotency key.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// The rows of which this process has sent a request that succeeded twice.
static REPEATED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// The names of the rows whose request was repeated with its key and gave its first answer again, in this process.
pub fn repeated() -> BTreeSet<&'static str> {
    REPEATED.lock().unwrap().clone()
}

fn is_first(name: &str) -> bool {
    !REPEATED.lock().unwrap().contains(name)
}

/// The same request with the same key gives the first answer again, byte for byte; no story notices that it came twice.
async fn assert_repeats(name: &'static str, request: reqwest::RequestBuilder, first: (u16, &str, &[u8])) {
    let answer = request.send().await.unwrap();
    let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(header("idempotent-replayed"), "true", "{name} forgets its key");
    let (status, etag) = (answer.status().as_u16(), header("etag"));
    let bytes = answer.bytes().await.unwrap();
    assert!((status, etag.as_str(), &*bytes) == first, "{name} answers its repetition in another way");
    REPEATED.lock().unwrap().insert(name);
}

impl Client {
    pub fn new(url: &str) -> Self {
        // the server closes connections that nobody uses for some seconds: none is used again that it may be closing
        let idle = std::time::Duration::from_secs(1);
        let http = reqwest::Client::builder().cookie_store(true).pool_idle_timeout(idle).build().unwrap();
        Client { http, url: url.to_owned(), token: None, lang: Lang::Zh }
    }

    /// The same caller with a token.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Client { token: Some(token.into()), ..self.clone() }
    }

    /// The same caller at another server.
    pub fn at(&self, url: &str) -> Self {
        Client { url: url.to_owned(), ..self.clone() }
    }

    /// The same caller in another language.
    pub fn in_language(&self, lang: Lang) -> Self {
        Client { lang, ..self.clone() }
    }

    /// A request by hand, with token and language.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request =
            self.http.request(method, format!("{}{path}", self.url)).header("accept-language", self.lang.tag());
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Calls an endpoint; a POST gets a fresh idempotency key.
    pub async fn call<E: Endpoint>(
        &self,
        path: E::Path,
        query: E::Query,
        body: <E::Body as Body>::Data,
    ) -> Result<<E::Reply as Reply>::Data, Refused> {
        self.call_with::<E>(path, query, body, Options::default()).await
    }

    /// Calls an endpoint with preconditions.
    pub async fn call_with<E: Endpoint>(
        &self,
        path: E::Path,
        query: E::Query,
        body: <E::Body as Body>::Data,
        options: Options,
    ) -> Result<<E::Reply as Reply>::Data, Refused> {
        let query = query.render();
        let target = format!("{}{}{query}", path.fill(E::PATH), if query.is_empty() { "" } else { "?" });
        let mut request = self.request(E::METHOD.as_str(), &target);
        if let Some(version) = options.if_match {
            request = request.header("if-match", format!("\"{version}\""));
        }
        if E::METHOD == Method::Post {
            let key = options.key.unwrap_or_else(|| platform::new_id().to_string());
            request = request.header("idempotency-key", key);
        }
        if let Some(media_type) = E::Body::MEDIA_TYPE {
            request = request.header("content-type", media_type).body(E::Body::render(&body));
        }
        let repeat = if E::POSTS && is_first(E::NAME) { request.try_clone() } else { None };
        // like the browser application: once more, with the same key, when the connection broke on the way
        let again = request.try_clone();
        let is_command = E::METHOD == Method::Post && matches!(E::ACCESS, Access::Needs(_));
        let faulty = if is_command { faults::through(E::NAME, &request).await } else { None };
        let answer = match (faulty, again) {
            (Some(answer), _) => answer,
            (None, again) => match (request.send().await, again) {
                (Err(_), Some(again)) => again.send().await.unwrap(),
                (first, _) => first.unwrap(),
            },
        };
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (media_type, etag) = (text("content-type"), text("etag"));
        let bytes = answer.bytes().await.unwrap().to_vec();
        if let Some(repeat) = repeat.filter(|_| status == E::Reply::STATUS) {
            assert_repeats(E::NAME, repeat, (status, &etag, &bytes)).await;
        }
        if status != E::Reply::STATUS {
            let problem = serde_json::from_slice(&bytes).unwrap_or_else(|e| {
                panic!(
                    "{} {target}: {status} is no problem document ({e}): {}",
                    E::NAME,
                    String::from_utf8_lossy(&bytes)
                )
            });
            return Err(Refused { status, problem, headers });
        }
        let version = etag.trim_matches('"').parse().ok();
        let encoded = Encoded { media_type, file_name: None, is_inline: true, bytes, version };
        Ok(E::Reply::decode(encoded)
            .unwrap_or_else(|e| panic!("{}: the reply does not fit the contract: {e}", E::NAME)))
    }
}
