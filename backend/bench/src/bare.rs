//! A bare endpoint of the same framework: what HTTP and JSON cost before anything is done.

use crate::Failed;
use actix_web::{App, HttpServer, web};

/// Serves a fixed JSON until the process is told to stop.
pub fn serve(listen: &str) -> Result<(), Failed> {
    let listen = listen.to_owned();
    actix_web::rt::System::new().block_on(async move {
        let app = || App::new().route("/", web::get().to(|| async { web::Json(serde_json::json!({"ok": true})) }));
        HttpServer::new(app).workers(4).bind(listen)?.run().await
    })?;
    Ok(())
}
