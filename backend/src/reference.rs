//! The reference of the API, served by the binary itself: Swagger UI and the document that it shows.

use actix_web::{HttpResponse, web};
use platform::Contract;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Where the document is.
const DOCUMENT: &str = "/api/v1/openapi.json";

/// The document: `make openapi` writes it, a test compares it with the rows that are mounted.
pub(crate) const TEXT: &str = include_str!("../../openapi/openapi.json");

/// The document, for the parts of the server that go by it.
pub(crate) fn contract() -> Contract {
    Contract::new(TEXT)
}

/// Mounts both.
pub(crate) fn install(server: &mut web::ServiceConfig) {
    let settings = Config::new([DOCUMENT]).display_operation_id(true).doc_expansion("none").filter(true);
    server.route(DOCUMENT, web::get().to(document));
    server.service(web::redirect("/swagger-ui", "/swagger-ui/"));
    server.service(SwaggerUi::new("/swagger-ui/{_:.*}").config(settings));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(TEXT)
}
