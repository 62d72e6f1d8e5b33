//! The server of one test.

use super::client::Client;
use super::{database, faults};
use identity::api::{NewPerson, NewStation};
use openapi::Role;
use openapi::identity::station::StationKind;
use platform::clock::ManualClock;
use platform::{Actor, App, Context, Result, Tx};
use std::net::TcpListener;
use std::sync::Arc;
use uuid::Uuid;

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
        Self::start_with(|_| {}).await
    }

    /// Starts on a fresh database with settings of its own.
    pub async fn start_with(change: impl FnOnce(&mut platform::Config)) -> Self {
        // what the server logs shows beside a failed test; a second start in one process finds it installed
        env_logger::builder().is_test(true).try_init().ok();
        let (mut config, folder) = database::fresh().await;
        change(&mut config);
        faults::before_start(&mut config);
        Self::on(config, Arc::new(ManualClock::at(database::start_of_time())), folder).await
    }

    /// Another process on the same database, with the same clock.
    pub async fn another(&self) -> Self {
        Self::on(self.app.config.clone(), self.clock.clone(), tempfile::tempdir().unwrap()).await
    }

    async fn on(config: platform::Config, clock: Arc<ManualClock>, folder: tempfile::TempDir) -> Self {
        let app = backend::app::build(config, clock.clone()).await.unwrap();
        faults::after_start(&app);
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

    /// The root of the station tree.
    pub async fn headquarters(&self) -> Uuid {
        identity::api::headquarters(&self.app).await.unwrap().0
    }

    /// A new service station below headquarters.
    pub async fn station(&self, code: &str) -> Uuid {
        let parent = self.headquarters().await;
        let new = || NewStation {
            parent,
            kind: StationKind::Station,
            code: code.to_owned(),
            name: format!("{code} 服务站"),
            region: None,
            address: None,
            phone: None,
        };
        self.as_system(async |tx| identity::api::add_station(tx, new()).await).await
    }

    /// A person with these roles, signed in.
    pub async fn person(&self, login: &str, roles: &[Role], station: Uuid) -> (Uuid, Client) {
        self.outsider(login, roles, station, None).await
    }

    /// The account of a dealer or customer, or of somebody of the company.
    pub async fn outsider(&self, login: &str, roles: &[Role], station: Uuid, party: Option<Uuid>) -> (Uuid, Client) {
        let made = self.as_system(async |tx| {
            let new = NewPerson {
                login: login.parse().unwrap(),
                name: login.parse().unwrap(),
                station,
                roles,
                password_hash: "nobody signs in with this".to_owned(),
                is_final: true,
                party_id: party,
            };
            let user = identity::api::add_person(tx, new).await?;
            Ok((user, identity::api::open_session(tx, user).await?))
        });
        let (user, token) = made.await;
        (user, self.anonymous().with_token(token))
    }

    /// Today at the business, by the clock of the server.
    pub fn clock_today(&self) -> chrono::NaiveDate {
        platform::Clock::now(&*self.clock).with_timezone(&self.app.config.zone()).date_naive()
    }

    /// Does something as the system, in one write transaction.
    pub async fn as_system<T>(&self, work: impl AsyncFn(&Tx) -> Result<T>) -> T {
        let (org, path) = identity::api::headquarters(&self.app).await.unwrap();
        let context = Context::internal(Actor::system(org, &path), platform::Clock::now(&*self.clock), "test");
        platform::http::run::write(&self.app, &context, work).await.unwrap()
    }
}

/// Leaves the error codes that a server answered, and the rows whose repetition gave the first answer again, in the folder that
/// `AFTERCARE_TEST_CODES` names, a file per server; `openapi --reached` holds them against the contract once all tests have run.
pub fn note_codes(app: &App) {
    let Some(folder) = std::env::var_os("AFTERCARE_TEST_CODES") else { return };
    let figures = app.metrics.encoded();
    let code = |line: &str| Some(line.strip_prefix("aftercare_problems_total{code=\"")?.split('"').next()?.to_owned());
    let repeated = super::client::repeated().into_iter().map(|name| format!("repeated {name}"));
    let lines: Vec<String> = figures.lines().filter_map(code).chain(repeated).collect();
    std::fs::write(std::path::Path::new(&folder).join(platform::new_id().to_string()), lines.join("\n")).unwrap();
}

impl Drop for TestApp {
    fn drop(&mut self) {
        note_codes(&self.app);
        // the server dies with the runtime of the test; this only stops it from accepting more
        drop(self.server.stop(false));
    }
}
