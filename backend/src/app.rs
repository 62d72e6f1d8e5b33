//! Putting the process together.

use crate::{modules, reference, spa};
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App as Actix, HttpServer, web};
use platform::attachment::Store;
use platform::auth::token::Keys;
use platform::http::gate::Gate;
use platform::http::{health, server};
use platform::job::Meters;
use platform::memory::Memory;
use platform::metrics::Metrics;
use platform::stop::Bells;
use platform::{App, Clock, Config, Db, Failure, Platform, Result};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Connects to the database, brings its schema up to date and builds the platform.
pub async fn build(config: Config, clock: Arc<dyn Clock>) -> Result<App> {
    let app = connect(config, clock).await?;
    prepare(&app).await?;
    Ok(app)
}

/// Builds the platform on the database as it is.
pub async fn connect(config: Config, clock: Arc<dyn Clock>) -> Result<App> {
    let db = Db::connect(&config).await?;
    Ok(Arc::new(Platform {
        contract: reference::contract(),
        keys: Keys::of(&config),
        store: Store::open(&config)?,
        gate: Gate::new(config.requests_per_minute, config.requests_at_once),
        db,
        clock,
        config,
        directory: Arc::new(identity::People::default()),
        bus: modules::bus(),
        constraints: modules::constraints(),
        subjects: modules::subjects(),
        jobs: modules::jobs(),
        sinks: modules::sinks(),
        memory: Memory::default(),
        lasting: platform::db::Lasting::default(),
        meters: Meters::default(),
        bells: Bells::default(),
        metrics: Metrics::default(),
        is_stopping: AtomicBool::new(false),
    }))
}

/// Brings the schema up to date, and puts in what every installation needs.
pub async fn prepare(app: &App) -> Result<()> {
    migrations::up(app.db.maintenance()).await?;
    app.db.sample().await?;
    identity::install(app).await?;
    master::install(app).await
}

/// Serves on a listener that is already bound. Signals are the caller's to handle.
pub fn serve(app: App, listener: TcpListener) -> Result<Server> {
    let workers = app.config.workers;
    let server = HttpServer::new(move || {
        Actix::new()
            .app_data(web::Data::from(Arc::clone(&app)))
            .wrap(Compress::default())
            .wrap(from_fn(server::around))
            .configure(health::install)
            .configure(reference::install)
            .configure(|server| modules::mount().install(server))
            .default_service(web::to(spa::serve))
    });
    let server = server.workers(workers).disable_signals().shutdown_timeout(25).listen(listener);
    Ok(server.map_err(|e| Failure::Internal(e.to_string()))?.run())
}
