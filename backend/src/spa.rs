//! The browser application, embedded. A debug build reads `frontend/dist` from disk, so that a reload shows a new build.

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse};
use platform::http::server;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../frontend/dist"]
struct Dist;

/// Everything that is not the API: a file of the application, or its page, which then routes by itself.
pub(crate) async fn serve(request: HttpRequest) -> HttpResponse {
    let path = request.path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) || path == "api" || path.starts_with("api/") {
        return server::not_found(request).await;
    }
    let is_file = !path.is_empty() && !path.ends_with(".br") && !path.ends_with(".gz");
    if let Some(file) = Dist::get(path).filter(|_| is_file) {
        return answer(&request, path, file);
    }
    // a missing script is an error; any other page address belongs to the application, the root also for a program
    let is_page = path.is_empty() || lists(&request, header::ACCEPT, "text/html");
    if path.starts_with("assets/") || !is_page {
        return server::not_found(request).await;
    }
    match Dist::get("index.html") {
        Some(page) => answer(&request, "index.html", page),
        None => HttpResponse::ServiceUnavailable().content_type("text/html; charset=utf-8").body(NOT_BUILT),
    }
}

fn answer(request: &HttpRequest, path: &str, plain: EmbeddedFile) -> HttpResponse {
    let hash = plain.metadata.sha256_hash();
    let tag = format!("\"{}\"", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    let is_known = lists(request, header::IF_NONE_MATCH, &tag);
    let mut builder = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // the names of assets carry a hash of their content
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    builder.insert_header((header::CACHE_CONTROL, cache));
    builder.insert_header((header::ETAG, tag));
    builder.insert_header((header::VARY, "Accept-Encoding"));
    if is_known {
        return builder.finish();
    }
    builder.content_type(media_type(path));
    let compressed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, ending)| {
        let file =
            if lists(request, header::ACCEPT_ENCODING, coding) { Dist::get(&format!("{path}.{ending}")) } else { None };
        file.map(|file| (coding, file))
    });
    match compressed {
        Some((coding, file)) => builder.insert_header((header::CONTENT_ENCODING, coding)).body(file.data.into_owned()),
        None => builder.body(plain.data.into_owned()),
    }
}

/// Whether a header that is a list names `wanted`, and not with the weight 0.
fn lists(request: &HttpRequest, name: HeaderName, wanted: &str) -> bool {
    let lines = request.headers().get_all(name).filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|value| value.trim_start_matches("W/").eq_ignore_ascii_case(wanted));
        is_it && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Aftercare</title>\
<h1>The browser application is not built</h1>\
<p>浏览器应用尚未构建。Run <code>make wasm</code> (or <code>make wasm DEV=1</code> while developing) and build the server again; \
a debug server needs only a reload.</p>\
<p>The API is up: <a href=\"/swagger-ui/\">its documentation</a>.</p></html>";
