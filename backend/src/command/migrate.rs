//! `aftercare migrate`

use super::{Ended, Options, say};
use std::process::ExitCode;

pub(super) async fn run(options: &Options) -> Ended {
    let app = options.workshop().await?;
    let waiting = migrations::pending(app.db.maintenance()).await.map_err(|error| error.to_string())?;
    crate::app::prepare(&app).await.map_err(say)?;
    println!("{waiting} migration(s) applied; the schema is up to date");
    app.db.close().await.map_err(say)?;
    Ok(ExitCode::SUCCESS)
}
