//! The `aftercare` binary.

use backend::app;
use platform::Config;
use platform::clock::SystemClock;
use std::sync::Arc;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    env_logger::init_from_env(env_logger::Env::default().default_filter_or("info"));
    let config = Config::load(None).map_err(std::io::Error::other)?;
    let listener = std::net::TcpListener::bind(&config.listen)?;
    let app = app::build(config, Arc::new(SystemClock)).await.map_err(std::io::Error::other)?;
    app::serve(app, listener).map_err(std::io::Error::other)?.await
}
