//! The server of one test.

use super::client::Client;
use super::database;
use platform::clock::ManualClock;
use platform::{Actor, App, Context, Result, Tx};
use std::net::TcpListener;
use std::sync::Arc;

/// A running server with a database and a clock of its own.
pub struct TestApp {
    /// Where it listens: `http://127.0.0.1:port`.
    pub url: String,
    /// The platform inside, for what no endpoint offers.
    pub app: App,
    /// The clock of the server.
    pub clock: Arc<ManualClock>,
    server: actix_web::dev::ServerHandle,
    _folder: tempfile::TempDir,
}

impl TestApp {
    /// Starts on a fresh database.
    pub async fn start() -> Self {
        let (config, folder) = database::fresh().await;
        let clock = Arc::new(ManualClock::at(database::start_of_time()));
        let app = backend::app::build(config, clock.clone()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let running = backend::app::serve(app.clone(), listener).unwrap();
        let server = running.handle();
        actix_web::rt::spawn(running);
        TestApp { url, app, clock, server, _folder: folder }
    }

    /// A client that is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// Does something as the system, in one write transaction.
    pub async fn as_system<T>(&self, work: impl AsyncFn(&Tx) -> Result<T>) -> T {
        let (org, path) = identity::api::headquarters(&self.app).await.unwrap();
        let context = Context::internal(Actor::system(org, &path), platform::Clock::now(&*self.clock), "test");
        platform::http::run::write(&self.app, &context, work).await.unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // the server dies with the runtime of the test; this only stops it from accepting more
        drop(self.server.stop(false));
    }
}
