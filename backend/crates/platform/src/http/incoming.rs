//! What a request brings: token, body, and the preconditions in its headers.

use crate::http::call::Context;
use crate::http::idempotency;
use crate::{Failure, Result};
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, web};
use openapi::{Access, Encoded, Method, Row, problem};

pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// What tells a request from another one with the same idempotency key.
pub(super) fn fingerprint(operation: &str, request: &HttpRequest, body: &[u8]) -> String {
    let path = format!("{}?{}", request.path(), request.query_string());
    idempotency::request_fingerprint(operation, &path, body)
}

pub(crate) fn invalid(errors: Vec<openapi::FieldError>) -> Failure {
    let issues = errors.into_iter().filter_map(|error| {
        let code = openapi::registry::codes().find(|c| c.code == error.code)?;
        Some((error.pointer, openapi::Issue { code, params: error.params }))
    });
    Failure::fields(issues.collect())
}

/// Which body a row takes.
pub(crate) struct BodyRule {
    /// None without a body.
    pub(crate) media_type: Option<&'static str>,
    pub(crate) is_json: bool,
    pub(crate) max_bytes: usize,
}

impl BodyRule {
    /// Reads the body; a longer one is not read to its end.
    pub(super) async fn read(&self, request: &HttpRequest, payload: web::Payload) -> Result<web::Bytes> {
        let Some(media_type) = self.media_type else { return Ok(web::Bytes::new()) };
        if self.is_json && request.content_type() != media_type {
            return Err(Failure::new(problem::UNSUPPORTED_MEDIA_TYPE));
        }
        match payload.to_bytes_limited(self.max_bytes).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) => Err(Failure::new(problem::BAD_REQUEST)),
            Err(_) => Err(Failure::new(problem::PAYLOAD_TOO_LARGE).with("max", self.max_bytes)),
        }
    }
}

/// A header as text; one that is none becomes a text that nothing accepts.
pub(super) fn header_text(request: &HttpRequest, name: &str) -> Option<String> {
    request.headers().get(name).map(|value| value.to_str().unwrap_or("\u{7}").trim().to_owned())
}

/// `If-Match` and `Idempotency-Key`.
pub(super) fn preconditions(row: &Row, request: &HttpRequest, context: &mut Context) -> Result<()> {
    let text = |name: &str| header_text(request, name);
    if row.method != Method::Get {
        context.if_match = match text("if-match") {
            Some(tag) => Some(version_of(&tag).ok_or_else(|| Failure::new(problem::STALE))?),
            None if row.needs_if_match => return Err(Failure::new(problem::IF_MATCH_REQUIRED)),
            None => None,
        };
    }
    if row.method == Method::Post && row.access != Access::Public {
        context.idempotency_key = match text("idempotency-key") {
            Some(key) if (1..=100).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => Some(key),
            Some(_) => return Err(Failure::new(problem::IDEMPOTENCY_KEY_INVALID)),
            None if row.posts => return Err(Failure::new(problem::IDEMPOTENCY_KEY_REQUIRED)),
            None => None,
        };
    }
    Ok(())
}

pub(super) fn version_of(tag: &str) -> Option<i64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

pub(super) fn is_known(request: &HttpRequest, answer: &Encoded) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    answer.version.is_some_and(|version| known == Some(format!("\"{version}\"").as_str()))
}
