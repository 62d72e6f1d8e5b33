//! What those who watch over the process ask it.

use crate::{App, Platform, metrics};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Mounts `/healthz`, `/readyz` and `/metrics`. A proxy in front keeps the last for the inside.
pub fn install(server: &mut web::ServiceConfig) {
    server.route("/healthz", web::get().to(alive));
    server.route("/readyz", web::get().to(ready));
    server.route("/metrics", web::get().to(figures));
}

/// Whether a path is asked by those who watch; they are not limited.
pub(crate) fn is_watch(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

fn say(mut answer: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    answer.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body(text)
}

/// The process runs. It says nothing about anything else.
async fn alive() -> HttpResponse {
    say(HttpResponse::Ok(), "alive")
}

/// Whether requests should be sent here: the database answers in time and the process is not about to stop.
async fn ready(app: web::Data<Platform>) -> HttpResponse {
    if app.is_stopping.load(Ordering::Relaxed) {
        return say(HttpResponse::ServiceUnavailable(), "stopping");
    }
    match tokio::time::timeout(Duration::from_secs(2), app.db.ping()).await {
        Ok(Ok(())) => say(HttpResponse::Ok(), "ready"),
        Ok(Err(failure)) => {
            log::warn!("not ready: {failure}");
            say(HttpResponse::ServiceUnavailable(), "the database is away")
        }
        Err(_) => say(HttpResponse::ServiceUnavailable(), "the database is busy"),
    }
}

async fn figures(app: web::Data<Platform>) -> HttpResponse {
    let app: App = Arc::clone(&app);
    let text = metrics::text(&app).await;
    HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
}
