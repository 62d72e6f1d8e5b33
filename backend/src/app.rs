//! Putting the process together.

use crate::modules;
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App as Actix, HttpResponse, HttpServer, web};
use platform::auth::token::Keys;
use platform::http::server;
use platform::{App, Clock, Config, Db, Failure, Platform, Result};
use std::net::TcpListener;
use std::sync::Arc;

/// Connects to the database, brings its schema up to date and builds the platform.
pub async fn build(config: Config, clock: Arc<dyn Clock>) -> Result<App> {
    let db = Db::connect(&config).await?;
    migrations::up(db.maintenance()).await?;
    let app = Arc::new(Platform {
        keys: Keys::new(config.jwt_secret.reveal()),
        db,
        clock,
        config,
        directory: Arc::new(identity::People::default()),
        bus: modules::bus(),
        constraints: modules::constraints(),
    });
    identity::install(&app).await?;
    Ok(app)
}

/// Serves on a listener that is already bound.
pub fn serve(app: App, listener: TcpListener) -> Result<Server> {
    let workers = app.config.workers;
    let server = HttpServer::new(move || {
        Actix::new()
            .app_data(web::Data::from(Arc::clone(&app)))
            .wrap(Compress::default())
            .wrap(from_fn(server::around))
            .configure(|server| modules::mount().install(server))
            .route("/healthz", web::get().to(|| async { HttpResponse::Ok().body("ok") }))
            .route("/readyz", web::get().to(ready))
            .default_service(web::to(server::not_found))
    });
    let server = server.workers(workers).shutdown_timeout(25).listen(listener);
    Ok(server.map_err(|e| Failure::Internal(e.to_string()))?.run())
}

async fn ready(app: web::Data<Platform>) -> HttpResponse {
    match app.db.ping().await {
        Ok(()) => HttpResponse::Ok().body("ready"),
        Err(_) => HttpResponse::ServiceUnavailable().body("database away"),
    }
}
