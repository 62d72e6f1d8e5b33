//! Answers: headers, ETag, problems.

use crate::http::call::Context;
use crate::{App, Failure};
use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use openapi::{Encoded, Lang};

/// Path that the refresh cookie is sent to.
const COOKIE_PATH: &str = "/api/v1/identity/sessions";
/// Name of the refresh cookie.
pub const REFRESH_COOKIE: &str = "aftercare_refresh";
/// Life of a refresh token.
pub const REFRESH_DAYS: i64 = 14;

/// A successful answer.
pub fn success(app: &App, context: &Context, status: u16, answer: Encoded, replayed: bool) -> HttpResponse {
    let mut builder = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    builder.insert_header((HeaderName::from_static("x-request-id"), context.request_id.as_str()));
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(version) = answer.version {
        builder.insert_header((header::ETAG, format!("\"{version}\"")));
    }
    if replayed {
        builder.insert_header((HeaderName::from_static("idempotent-replayed"), "true"));
    }
    if let Some(name) = &answer.file_name {
        let kind = if answer.is_inline { "inline" } else { "attachment" };
        let value = format!("{kind}; filename*=UTF-8''{}", percent(name));
        if let Ok(value) = HeaderValue::from_str(&value) {
            builder.insert_header((header::CONTENT_DISPOSITION, value));
        }
        builder.insert_header((
            HeaderName::from_static("content-security-policy"),
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
        ));
    }
    let token = context.new_refresh_token.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    if let Some(token) = token {
        builder.cookie(refresh_cookie(app, token));
    }
    if answer.media_type.is_empty() {
        return builder.finish();
    }
    builder.insert_header((header::CONTENT_TYPE, answer.media_type));
    builder.body(answer.bytes)
}

fn refresh_cookie(app: &App, token: String) -> Cookie<'static> {
    let life = if token.is_empty() { Duration::ZERO } else { Duration::days(REFRESH_DAYS) };
    Cookie::build(REFRESH_COOKIE, token)
        .path(COOKIE_PATH)
        .http_only(true)
        .secure(app.config.secure_cookies)
        .same_site(SameSite::Strict)
        .max_age(life)
        .finish()
}

/// Everything but unreserved characters as %XX (RFC 5987).
fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// An error answer.
pub fn failure(failure: &Failure, lang: Lang, path: &str, request_id: &str) -> HttpResponse {
    let problem = failure.problem(lang, path, request_id);
    if problem.status >= 500 {
        log::error!("{request_id} {path}: {failure}");
    }
    let mut builder =
        HttpResponse::build(StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    builder.insert_header((HeaderName::from_static("x-request-id"), request_id));
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if problem.status == 401 {
        builder.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    if let Some(seconds) = failure.retry_seconds() {
        builder.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    builder.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    builder.insert_header((header::CONTENT_LANGUAGE, lang.tag()));
    builder.body(serde_json::to_vec(&problem).unwrap_or_default())
}
