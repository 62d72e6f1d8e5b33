//! The reference of the API, served by the binary itself: Swagger UI and the document that it shows.

use actix_web::{HttpResponse, web};
use std::sync::LazyLock;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Where the document is.
const DOCUMENT: &str = "/api/v1/openapi.json";

static TEXT: LazyLock<String> = LazyLock::new(openapi::describe::json);

/// Mounts both.
pub(crate) fn install(server: &mut web::ServiceConfig) {
    let settings = Config::new([DOCUMENT]).display_operation_id(true).doc_expansion("none").filter(true);
    server.route(DOCUMENT, web::get().to(document));
    server.service(web::redirect("/swagger-ui", "/swagger-ui/"));
    server.service(SwaggerUi::new("/swagger-ui/{_:.*}").config(settings));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(TEXT.as_str())
}
