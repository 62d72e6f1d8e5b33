//! What every request passes: request id, security headers, the access log, and the fallback answers.

use crate::auth::actor::Reach;
use crate::http::call::Context;
use crate::http::gate::Pass;
use crate::http::routes::Pattern;
use crate::http::{health, respond};
use crate::{Actor, App, Failure, Result};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use openapi::{Lang, problem};
use std::sync::Arc;

/// The id of a request, in its extensions.
#[derive(Clone)]
struct RequestId(String);

/// The process that serves a request.
pub fn app(request: &HttpRequest) -> Result<App> {
    let app = request.app_data::<web::Data<crate::Platform>>().map(|data| Arc::clone(data));
    app.ok_or_else(|| Failure::Internal("the server has no platform".to_owned()))
}

fn lang(request: &HttpRequest) -> Lang {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    Lang::negotiate(header.unwrap_or_default())
}

fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone())
}

/// What surrounds the call; nobody is signed in yet.
pub(crate) fn context(app: &App, request: &HttpRequest, operation: &'static str) -> Context {
    let text = |name: HeaderName, max: usize| {
        let value = request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        value.chars().take(max).collect::<String>()
    };
    Context {
        actor: Actor::anonymous(),
        reach: Reach::All,
        now: app.clock.now(),
        lang: lang(request),
        operation,
        request_id: request_id(request),
        ip: address(app, request).map_or_else(String::new, |ip| ip.to_string()),
        user_agent: text(header::USER_AGENT, 300),
        if_match: None,
        idempotency_key: None,
        is_key_new: false,
        seen: None,
        is_request: true,
        refresh_token: request.cookie(respond::REFRESH_COOKIE).map(|c| c.value().to_owned()),
        new_refresh_token: Arc::default(),
    }
}

/// The caller's address; behind a trusted proxy the last address that the proxy vouches for.
fn address(app: &App, request: &HttpRequest) -> Option<std::net::IpAddr> {
    let peer = request.peer_addr().map(|a| a.ip());
    let is_proxy = peer.is_some_and(|ip| app.config.trusted_proxies.contains(&ip));
    let forwarded = request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok()).filter(|_| is_proxy);
    let claimed =
        forwarded.and_then(|list| list.rsplit(',').next()).and_then(|a| a.trim().parse::<std::net::IpAddr>().ok());
    claimed.or(peer)
}

/// An error answer for a request.
pub fn problem(request: &HttpRequest, failure: &Failure) -> HttpResponse {
    if let Ok(app) = app(request) {
        app.metrics.refused(failure.codes());
    }
    respond::failure(failure, lang(request), request.path(), &request_id(request))
}

/// The answer for a path that nothing is mounted on.
pub async fn not_found(request: HttpRequest) -> HttpResponse {
    problem(&request, &Failure::new(problem::NOT_FOUND))
}

/// Gives each request an id and a place in the rate limit, and each answer the security headers, a figure and a line in
/// the log.
pub async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, Error> {
    let id = crate::new_id().simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path, started) = (request.method().clone(), request.path().to_owned(), std::time::Instant::now());
    let app = app(request.request()).ok();
    let address = app.as_ref().and_then(|app| address(app, request.request()));
    let pass = match (&app, address) {
        (Some(app), Some(address)) if !health::is_watch(&path) => Some(app.gate.pass(address)),
        _ => None,
    };
    let mut response = match pass.and_then(|pass| pass.wait) {
        Some(seconds) => {
            let refusal = Failure::new(problem::TOO_MANY_REQUESTS).retry_after(seconds);
            let answer = problem(request.request(), &refusal);
            request.into_response(answer)
        }
        None => next.call(request).await?.map_into_boxed_body(),
    };
    let (took, status) = (started.elapsed(), response.status().as_u16());
    log::debug!("{id} {method} {path} {status} {}ms", took.as_millis());
    if let Some(app) = &app {
        let pattern = response.request().extensions().get::<Pattern>().map(|pattern| pattern.0.to_owned());
        let pattern = pattern.or_else(|| response.request().match_pattern());
        app.metrics.answered(method.as_str(), pattern, status, took);
        if status == 429 && pass.is_some_and(|pass| pass.wait.is_some()) {
            app.metrics.limited();
        }
    }
    let headers = response.headers_mut();
    if let Some(pass) = pass {
        tell_limit(headers, pass);
    }
    let mut put = |name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put("x-content-type-options", "nosniff");
    put("x-frame-options", "DENY");
    put("referrer-policy", "no-referrer");
    put("cross-origin-opener-policy", "same-origin");
    put("permissions-policy", "camera=(self), geolocation=(self), microphone=()");
    put(
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    Ok(response)
}

/// How much the sender may still ask for: the `RateLimit` headers of the IETF draft.
fn tell_limit(headers: &mut header::HeaderMap, pass: Pass) {
    let policy = format!("\"address\";q={};w=60", pass.limit);
    let state = format!("\"address\";r={};t={}", pass.remaining, pass.wait.unwrap_or_else(|| u64::from(pass.reset())));
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
