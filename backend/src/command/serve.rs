//! `aftercare serve`

use super::{Ended, Options, say, usable};
use crate::demo::{self, Ground, Scale};
use crate::schedule::Background;
use platform::App;
use platform::clock::SystemClock;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::signal::unix::{SignalKind, signal};

#[derive(clap::Args)]
pub(super) struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Load demo data into an empty database, make a secret, and print the demo logins
    #[arg(long)]
    demo: bool,
    /// How much demo data
    #[arg(long, value_enum, default_value_t = Scale::Full, env = "AFTERCARE_DEMO_SCALE", hide = true)]
    scale: Scale,
}

impl Serve {
    pub(super) async fn run(self, options: &Options) -> Ended {
        let mut config = options.settings()?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        if self.demo {
            config.demo = true;
            // a browser keeps no secure cookie from a plain http page
            config.secure_cookies = false;
        }
        config.demo_secret().map_err(|error| format!("{}: {error}", config.data.display()))?;
        usable(&config)?;
        // before anything slow, so that a port in use is the first thing said
        let listener = TcpListener::bind(&config.listen)
            .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
        let settings = config.lines().into_iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>();
        log::info!("Aftercare {} with {}", env!("CARGO_PKG_VERSION"), settings.join(", "));
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let app = crate::app::build(config, Arc::new(SystemClock)).await.map_err(say)?;
        if app.config.demo {
            fill(&app, self.scale).await?;
        }
        let served = until_told(&app, listener, &format!("http://{address}")).await;
        app.db.close().await.map_err(say)?;
        served.map(|()| ExitCode::SUCCESS)
    }
}

async fn fill(app: &App, scale: Scale) -> Result<(), String> {
    match demo::ground(app).await.map_err(say)? {
        Ground::Half => return Err(demo::HALF.to_owned()),
        Ground::Empty => {
            log::info!("loading demo data, which takes a moment");
            demo::load(app, demo::SEED, scale).await.map_err(say)?;
        }
        Ground::InUse => {}
    }
    print!("{}", demo::welcome());
    Ok(())
}

/// Serves until the process is told to stop: then it accepts nothing new and finishes what it has begun.
async fn until_told(app: &App, listener: TcpListener, address: &str) -> Result<(), String> {
    let listen = |kind| signal(kind).map_err(|error| error.to_string());
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let server = crate::app::serve(Arc::clone(app), listener).map_err(say)?;
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    let background = Background::start(app);
    println!("Aftercare is on {address}   (Ctrl-C ends it)");
    tokio::select! {
        _ = terminate.recv() => log::info!("told to stop"),
        _ = interrupt.recv() => log::info!("interrupted"),
    }
    // nothing new comes in; jobs go back into the queue; what was begun is answered
    app.is_stopping.store(true, Ordering::Relaxed);
    handle.pause().await;
    background.stop().await;
    handle.stop(true).await;
    let ended = running.await.map_err(|error| error.to_string())?;
    log::info!("stopped");
    ended.map_err(|error| error.to_string())
}
