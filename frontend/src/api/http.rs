//! The wire: one request with the browser's `fetch`.

use super::ApiError;
use leptos::prelude::window;
use openapi::{Encoded, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestCredentials, RequestInit, Response};

/// A request without its token.
pub(super) struct Exchange {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<(&'static str, Vec<u8>)>,
}

/// A fresh idempotency key.
pub fn new_key() -> String {
    window().crypto().map_or_else(|_| format!("k{}", crate::ui::now_ms()), |crypto| crypto.random_uuid())
}

/// Sends it, and once more after a moment when the network failed: the idempotency key makes that safe.
pub(super) async fn fetch_twice(exchange: &Exchange, token: Option<String>) -> Result<Encoded, ApiError> {
    match fetch(exchange, token.as_deref()).await {
        Err(ApiError::Network) => {
            crate::ui::pause(600).await;
            fetch(exchange, token.as_deref()).await
        }
        other => other,
    }
}

fn request(exchange: &Exchange, token: Option<&str>) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json, application/problem+json, */*")?;
    for (name, value) in &exchange.headers {
        headers.set(name, value)?;
    }
    if let Some(token) = token {
        headers.set("authorization", &format!("Bearer {token}"))?;
    }
    let init = RequestInit::new();
    init.set_method(exchange.method);
    init.set_credentials(RequestCredentials::SameOrigin);
    if let Some((media_type, bytes)) = &exchange.body {
        headers.set("content-type", media_type)?;
        init.set_body(&js_sys::Uint8Array::from(bytes.as_slice()));
    }
    init.set_headers(&headers);
    Request::new_with_str_and_init(&exchange.url, &init)
}

async fn fetch(exchange: &Exchange, token: Option<&str>) -> Result<Encoded, ApiError> {
    let failed = |_: JsValue| if window().navigator().on_line() { ApiError::Network } else { ApiError::Offline };
    let request = request(exchange, token).map_err(|_| ApiError::Unreadable)?;
    let response = JsFuture::from(window().fetch_with_request(&request)).await.map_err(failed)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::Unreadable)?;
    let buffer = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    if response.ok() { Ok(encoded(&response, bytes)) } else { Err(refused(&response, &bytes)) }
}

fn encoded(response: &Response, bytes: Vec<u8>) -> Encoded {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let disposition = header("content-disposition").unwrap_or_default();
    Encoded {
        media_type: header("content-type").unwrap_or_default(),
        file_name: file_name(&disposition),
        is_inline: disposition.starts_with("inline"),
        bytes,
        version: header("etag").and_then(|tag| tag.trim_start_matches("W/").trim_matches('"').parse().ok()),
    }
}

/// The name in a `Content-Disposition`, the extended form (RFC 8187) first.
fn file_name(disposition: &str) -> Option<String> {
    let part = |key: &str| disposition.split(';').map(str::trim).find_map(|p| p.strip_prefix(key));
    let extended = part("filename*=UTF-8''").or_else(|| part("filename*=utf-8''"));
    let decoded = extended.and_then(|name| js_sys::decode_uri_component(name).ok()).map(String::from);
    decoded.or_else(|| part("filename=").map(|name| name.trim_matches('"').to_owned()))
}

/// The problem in a refusal. A proxy may answer without one.
fn refused(response: &Response, bytes: &[u8]) -> ApiError {
    match openapi::read::json::<Problem>(bytes) {
        Ok(problem) => ApiError::Problem(Box::new(problem)),
        Err(_) if matches!(response.status(), 502..=504) => ApiError::Network,
        Err(_) => ApiError::Problem(Box::new(Problem {
            kind: "about:blank".to_owned(),
            title: response.status_text(),
            status: response.status(),
            detail: format!("HTTP {} {}", response.status(), response.status_text()),
            instance: String::new(),
            code: String::new(),
            request_id: response.headers().get("x-request-id").ok().flatten().unwrap_or_default(),
            errors: Vec::new(),
            retryable: false,
        })),
    }
}
