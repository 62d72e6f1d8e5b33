//! What a request brings: token, path, query and body each by its type, and the preconditions in its headers.

use crate::http::call::{Call, Context};
use crate::http::idempotency;
use crate::{Failure, Result};
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, web};
use openapi::{Access, Body, Encoded, Endpoint, Lang, Method, PathParams, QueryString, problem};

/// What is known of the request beyond its parsed parts.
pub(super) struct Raw {
    pub(super) fingerprint: String,
}

pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Path, query and body, each by its type.
pub(super) async fn receive<E: Endpoint>(
    request: &HttpRequest,
    payload: web::Payload,
    lang: Lang,
) -> Result<(Call<E>, Raw)> {
    let path = E::Path::parse(|name| request.match_info().get(name)).ok_or_else(Failure::not_found)?;
    let query = E::Query::parse(request.query_string(), lang).map_err(invalid)?;
    let bytes = body_bytes::<E>(request, payload).await?;
    let body = E::Body::parse(&bytes, lang).map_err(|refusal| match refusal.code {
        code if code == problem::INVALID => invalid(refusal.errors),
        code => Failure::new(code),
    })?;
    let full_path = format!("{}?{}", request.path(), request.query_string());
    let fingerprint = idempotency::request_fingerprint(E::NAME, &full_path, &bytes);
    Ok((Call { path, query, body }, Raw { fingerprint }))
}

pub(crate) fn invalid(errors: Vec<openapi::FieldError>) -> Failure {
    let issues = errors.into_iter().filter_map(|error| {
        let code = openapi::registry::codes().find(|c| c.code == error.code)?;
        Some((error.pointer, openapi::Issue { code, params: error.params }))
    });
    Failure::fields(issues.collect())
}

pub(super) async fn body_bytes<E: Endpoint>(request: &HttpRequest, payload: web::Payload) -> Result<web::Bytes> {
    let Some(media_type) = E::Body::MEDIA_TYPE else { return Ok(web::Bytes::new()) };
    if E::Body::IS_JSON && request.content_type() != media_type {
        return Err(Failure::new(problem::UNSUPPORTED_MEDIA_TYPE));
    }
    let too_large = || Failure::new(problem::PAYLOAD_TOO_LARGE).with("max", E::Body::MAX_BYTES);
    match payload.to_bytes_limited(E::Body::MAX_BYTES).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Failure::new(problem::BAD_REQUEST)),
        Err(_) => Err(too_large()),
    }
}

/// A header as text; one that is none becomes a text that nothing accepts.
pub(super) fn header_text(request: &HttpRequest, name: &str) -> Option<String> {
    request.headers().get(name).map(|value| value.to_str().unwrap_or("\u{7}").trim().to_owned())
}

/// `If-Match` and `Idempotency-Key`.
pub(super) fn preconditions<E: Endpoint>(request: &HttpRequest, context: &mut Context) -> Result<()> {
    let text = |name: &str| header_text(request, name);
    if E::METHOD != Method::Get {
        context.if_match = match text("if-match") {
            Some(tag) => Some(version_of(&tag).ok_or_else(|| Failure::new(problem::STALE))?),
            None if E::NEEDS_IF_MATCH => return Err(Failure::new(problem::IF_MATCH_REQUIRED)),
            None => None,
        };
    }
    if E::METHOD == Method::Post && E::ACCESS != Access::Public {
        context.idempotency_key = match text("idempotency-key") {
            Some(key) if (1..=100).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => Some(key),
            Some(_) => return Err(Failure::new(problem::IDEMPOTENCY_KEY_INVALID)),
            None if E::POSTS => return Err(Failure::new(problem::IDEMPOTENCY_KEY_REQUIRED)),
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
