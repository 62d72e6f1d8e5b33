//! Which row a request is for: one tree of all paths. Its size and the time it takes do not grow with the rows, as a
//! list of patterns that is tried from its top would, in each worker.

use crate::Failure;
use crate::http::answer::{Mounted, answer};
use crate::http::server;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use matchit::Router;
use openapi::problem;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where every operation is.
const ROOT: &str = "/api/v1";

/// The rows that are mounted, by path.
#[derive(Default)]
pub(crate) struct Routes(BTreeMap<&'static str, Vec<Mounted>>);

/// The pattern that the path of a request follows, in its extensions.
#[derive(Clone, Copy)]
pub(crate) struct Pattern(pub(crate) &'static str);

/// A path with the rows that are on it.
struct Place {
    pattern: Pattern,
    rows: Vec<Mounted>,
}

impl Routes {
    pub(crate) fn add(&mut self, mounted: Mounted) {
        self.0.entry(mounted.row.path).or_default().push(mounted);
    }

    /// Hands all requests below the root to the rows. Other services below it are to be installed before.
    pub(crate) fn install(self, server: &mut web::ServiceConfig) {
        let mut tree = Router::new();
        for (path, rows) in self.0 {
            if let Err(conflict) = tree.insert(path, Place { pattern: Pattern(path), rows }) {
                log::error!("{path} can not be reached: {conflict}");
            }
        }
        let tree = Rc::new(tree);
        server.service(web::scope(ROOT).default_service(web::to(
            move |request: HttpRequest, payload: web::Payload| {
                let tree = Rc::clone(&tree);
                async move { route(&tree, request, payload).await }
            },
        )));
    }
}

/// A path that is on none answers 404, a method that is not on its path 405 and which ones are.
async fn route(tree: &Router<Place>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let Ok(found) = tree.at(request.match_info().as_str()) else { return server::not_found(request.clone()).await };
    let place = found.value;
    request.extensions_mut().insert(place.pattern);
    let method = request.method().as_str();
    let Some(mounted) = place.rows.iter().find(|mounted| mounted.row.method.as_str() == method) else {
        let mut refusal = server::problem(&request, &Failure::new(problem::METHOD_NOT_ALLOWED));
        let allowed: Vec<&str> = place.rows.iter().map(|mounted| mounted.row.method.as_str()).collect();
        if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
            refusal.headers_mut().insert(header::ALLOW, value);
        }
        return refusal;
    };
    match answer(mounted, &found.params, &request, payload).await {
        Ok(response) => response,
        Err(failure) => server::problem(&request, &failure),
    }
}
