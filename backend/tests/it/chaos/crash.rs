//! F1, F2: the process, or its database, is killed while it writes: what was acknowledged is there, what was not finished is not there by
//! halves.

use crate::support::client::Client;
use crate::support::{database, report, size};
use identity::api::NewPerson;
use openapi::master::customer::{CreateCustomer, GetCustomer};
use openapi::{ById, Id, Nothing, Role};
use platform::clock::SystemClock;
use platform::config::Secret;
use platform::{Actor, Config, Context, Tx};
use std::cell::Cell;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The real binary on the database of this test.
pub fn aftercare(config: &Config, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AFTERCARE_")) {
        command.env_remove(name);
    }
    command.args(arguments).arg("--data").arg(&config.data).stdin(Stdio::null()).stdout(Stdio::piped());
    command.env("AFTERCARE_JWT_SECRET", config.jwt_secret.reveal()).env("RUST_LOG", "error");
    command.env("AFTERCARE_DATABASE", config.database.reveal()).env("AFTERCARE_REQUESTS_PER_MINUTE", "1000000");
    command
}

pub fn serve(config: &Config) -> (Child, String) {
    let mut server = aftercare(config, &["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("Aftercare is on http://")).unwrap().unwrap();
    let url = line.split("is on ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    (server, url)
}

/// A receptionist's token, made before the server starts.
pub async fn token(config: &Config) -> String {
    token_of(config, &[Role::Reception]).await
}

/// The token of somebody with these roles, made before the server starts.
pub async fn token_of(config: &Config, roles: &[Role]) -> String {
    let app = backend::app::build(config.clone(), Arc::new(SystemClock)).await.unwrap();
    let (org, path) = identity::api::headquarters(&app).await.unwrap();
    let context = Context::internal(Actor::system(org, &path), app.clock.now(), "test");
    let work = async |tx: &Tx| {
        let person = NewPerson {
            login: "desk-1".parse().unwrap(),
            name: "前台".parse().unwrap(),
            station: org,
            roles,
            password_hash: "nobody signs in with this".to_owned(),
            is_final: true,
            party_id: None,
        };
        let user = identity::api::add_person(tx, person).await?;
        identity::api::open_session(tx, user).await
    };
    let token = platform::http::run::write(&app, &context, work).await.unwrap();
    app.db.close().await.unwrap();
    token
}

/// Records customers until the server is gone; answers those that it acknowledged.
async fn write_until_it_dies(client: Client, writer: usize) -> Vec<Uuid> {
    let mut acknowledged = Vec::new();
    for n in 0.. {
        let body = serde_json::json!({ "name": format!("客户 {writer}-{n}"), "kind": "person", "phone": format!("139{writer:02}{n:06}"),
            "contacts": [{ "name": "联系人", "phone": "13900139000" }] });
        let request = client.request("POST", <CreateCustomer as openapi::Endpoint>::PATH);
        let request = request.header("idempotency-key", Uuid::now_v7().to_string());
        let Ok(answer) = request.header("content-type", "application/json").body(body.to_string()).send().await else {
            break;
        };
        let status = answer.status();
        let Ok(text) = answer.text().await else { break };
        assert_eq!(status, 201, "{text}");
        let made: serde_json::Value = serde_json::from_str(&text).unwrap();
        acknowledged.push(made["id"].as_str().unwrap().parse().unwrap());
    }
    acknowledged
}

pub fn doctor_is_content(config: &Config) {
    let doctor = aftercare(config, &["doctor"]).output().unwrap();
    assert!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stdout));
}

#[actix_web::test]
async fn a_server_that_is_killed_while_it_writes_loses_nothing_that_it_acknowledged() {
    let (config, folder) = database::fresh().await;
    assert!(Path::new(folder.path()).exists());
    let token = token(&config).await;
    let (mut known, begun) = (Vec::new(), Instant::now());
    let rounds = size(4, 50);
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let started = Instant::now();
        let (mut server, url) = serve(&config);
        let client = Client::new(&url).with_token(token.clone());
        assert!(client.request("GET", "/readyz").send().await.unwrap().status().is_success());
        slowest = slowest.max(started.elapsed());
        // everything from the rounds before is there, each with its contact
        let looked_at = if round + 1 == rounds { known.len() } else { 500 };
        for id in known.iter().rev().take(looked_at) {
            let path = ById { id: Id::new(*id) };
            let customer = client.call::<GetCustomer>(path, Nothing, Nothing).await.unwrap();
            assert_eq!(customer.contacts.len(), 1, "round {round}");
        }
        let writers: Vec<_> =
            (0..4).map(|n| actix_web::rt::spawn(write_until_it_dies(client.clone(), round * 4 + n))).collect();
        // some writes into the round
        let enough = known.len() + 40;
        while count(&client).await < enough.min(10_000) {}
        server.kill().unwrap();
        server.wait().unwrap();
        for writer in writers {
            known.extend(writer.await.unwrap());
        }
        doctor_is_content(&config);
    }
    report(
        "F1",
        known.len(),
        begun,
        &format!("{rounds} times killed, none lost, ready after {:.1} s at most", slowest.as_secs_f64()),
    );
    assert!(known.len() >= 25 * rounds, "{}", known.len());
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
}

/// A PostgreSQL of the test's own that waits for the disk and may crash.
struct Cluster {
    folder: tempfile::TempDir,
    url: String,
}

impl Cluster {
    fn run(command: &str, folder: &Path) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");
        let said = Command::new(script).arg(command).arg(folder).env("AFTERCARE_PG_DURABLE", "1").output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    }

    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = Self::run("start", folder.path());
        Cluster { folder, url }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        Self::run("stop", self.folder.path());
    }
}

/// Records customers until told to stop, each until it is acknowledged; answers those that were.
async fn write_until_told(client: Client, writer: usize, is_over: Rc<Cell<bool>>) -> Vec<Uuid> {
    let mut acknowledged = Vec::new();
    while !is_over.get() {
        let (n, key) = (acknowledged.len(), Uuid::now_v7().to_string());
        let body = serde_json::json!({ "name": format!("客户 {writer}-{n}"), "kind": "person", "phone": format!("138{writer:02}{n:06}") });
        let made: serde_json::Value = loop {
            let request = client.request("POST", <CreateCustomer as openapi::Endpoint>::PATH);
            let request = request.header("idempotency-key", &key).header("content-type", "application/json");
            let answer = request.body(body.to_string()).send().await.unwrap();
            let status = answer.status().as_u16();
            let said: serde_json::Value = answer.json().await.unwrap();
            if status == 201 {
                break said;
            }
            assert_eq!((status, &said["retryable"]), (503, &serde_json::json!(true)), "{said}");
            actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        };
        acknowledged.push(made["id"].as_str().unwrap().parse().unwrap());
    }
    acknowledged
}

#[actix_web::test]
async fn a_postgresql_that_crashes_under_load_loses_nothing_and_the_server_goes_on() {
    // SQLite has no server of its own that could crash
    if std::env::var("AFTERCARE_TEST_DB").as_deref() != Ok("postgres") {
        return;
    }
    let cluster = Cluster::start();
    let (config, _folder) = database::fresh().await;
    let config = Config { database: Secret::new(&cluster.url), ..config };
    let token = token(&config).await;
    let (mut server, url) = serve(&config);
    let client = Client::new(&url).with_token(token);
    let is_over = Rc::new(Cell::new(false));
    let writers: Vec<_> =
        (0..4).map(|n| actix_web::rt::spawn(write_until_told(client.clone(), n, is_over.clone()))).collect();
    let (rounds, begun) = (size(2, 20), Instant::now());
    let mut slowest = Duration::ZERO;
    for round in 1..=rounds {
        while count(&client).await < round * 40 {}
        let folder = cluster.folder.path().to_owned();
        actix_web::rt::task::spawn_blocking(move || Cluster::run("crash", &folder)).await.unwrap();
        let back = Instant::now();
        let ready = async || client.request("GET", "/readyz").send().await.unwrap().status().is_success();
        while !ready().await {}
        slowest = slowest.max(back.elapsed());
    }
    while count(&client).await < (rounds + 2) * 40 {}
    is_over.set(true);
    let mut known = Vec::new();
    for writer in writers {
        known.extend(writer.await.unwrap());
    }
    for id in &known {
        client.call::<GetCustomer>(ById { id: Id::new(*id) }, Nothing, Nothing).await.unwrap();
    }
    assert_eq!(count(&client).await, known.len(), "what was asked again is there once");
    let figure = format!(
        "{rounds} crashes of the database, none lost, ready again after {:.1} s at most",
        slowest.as_secs_f64()
    );
    report("F2", known.len(), begun, &figure);
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    server.kill().unwrap();
    server.wait().unwrap();
    doctor_is_content(&config);
}

/// How many customers there are.
pub async fn count(client: &Client) -> usize {
    let answer = client.request("GET", "/api/v1/master/customers?include_total=true&limit=1").send().await.unwrap();
    let page: serde_json::Value = answer.json().await.unwrap();
    usize::try_from(page["total"]["count"].as_u64().unwrap()).unwrap()
}

#[actix_web::test]
async fn demo_data_that_was_left_half_loaded_is_told_and_not_served() {
    let (config, _folder) = database::fresh().await;
    let mut load = aftercare(&config, &["demo"]).env("AFTERCARE_DEMO_SCALE", "small").spawn().unwrap();
    // some way into it: the first customers are there
    let app = backend::app::build(config.clone(), Arc::new(SystemClock)).await.unwrap();
    let is_begun = async || backend::demo::ground(&app).await.unwrap() == backend::demo::Ground::Half;
    while !is_begun().await {
        assert!(load.try_wait().unwrap().is_none(), "it ended before it was seen to begin");
    }
    load.kill().unwrap();
    load.wait().unwrap();
    assert!(is_begun().await);
    app.db.close().await.unwrap();
    for arguments in [&["demo"][..], &["demo", "--if-empty"], &["serve", "--demo", "--listen", "127.0.0.1:0"]] {
        let said = aftercare(&config, arguments).stderr(Stdio::piped()).output().unwrap();
        assert!(!said.status.success(), "{arguments:?}");
        let words = String::from_utf8_lossy(&said.stderr);
        assert!(words.contains("interrupted"), "{arguments:?}: {words}");
    }
}
