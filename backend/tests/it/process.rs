//! The process itself: limits, figures, health, number rules, start and end.

use crate::support::TestApp;
use crate::support::client::version;
use crate::support::given::World;
use openapi::document::DocKind;
use openapi::system::number::*;
use openapi::{Nothing, Role};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

#[actix_web::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let app = TestApp::start_with(|config| config.requests_per_minute = 5).await;
    let url = &app.url;
    let get = async |path: &str| reqwest::get(format!("{url}{path}")).await.unwrap();
    for left in (0..5).rev() {
        let answer = get("/api/v1/system/about").await;
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["ratelimit"].to_str().unwrap().starts_with(&format!("\"address\";r={left};")));
    }
    let refused = get("/api/v1/system/about").await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["ratelimit-policy"], "\"address\";q=5;w=60");
    let seconds: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=13).contains(&seconds));
    assert_eq!(refused.headers()["x-content-type-options"], "nosniff");
    assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "too_many_requests");
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(get(path).await.status(), 200, "{path} is not limited");
    }
}

#[actix_web::test]
async fn figures_name_routes_and_not_addresses() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let customer = format!("/api/v1/master/customers/{}", platform::new_id());
    assert_eq!(client.request("GET", &customer).send().await.unwrap().status(), 401);
    let text = client.request("GET", "/metrics").send().await.unwrap().text().await.unwrap();
    let line = "aftercare_requests_total{method=\"GET\",route=\"/api/v1/master/customers/{id}\",status=\"401\"} 1";
    assert!(text.contains(line), "{text}");
    for figure in ["aftercare_database_up 1", "aftercare_jobs_open 0", "aftercare_outbox_open 0", "state=\"idle\""] {
        assert!(text.contains(figure), "{figure} is missing in {text}");
    }
    assert!(text.ends_with("# EOF\n"));
}

#[actix_web::test]
async fn a_process_that_is_about_to_stop_is_not_ready() {
    let app = TestApp::start().await;
    let status = async |path: &str| app.anonymous().request("GET", path).send().await.unwrap().status().as_u16();
    assert_eq!((status("/readyz").await, status("/healthz").await), (200, 200));
    app.app.is_stopping.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!((status("/readyz").await, status("/healthz").await), (503, 200));
}

#[actix_web::test]
async fn the_reference_and_the_document_are_served_by_the_binary() {
    let app = TestApp::start().await;
    let page = app.anonymous().request("GET", "/swagger-ui/").send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("swagger-ui-bundle.js"));
    let start = app.anonymous().request("GET", "/swagger-ui/swagger-initializer.js").send().await.unwrap();
    assert!(start.text().await.unwrap().contains("/api/v1/openapi.json"));
    let document = app.anonymous().request("GET", "/api/v1/openapi.json").send().await.unwrap();
    assert_eq!(document.text().await.unwrap(), openapi::describe::json());
}

#[actix_web::test]
async fn a_number_rule_is_tried_out_changed_and_used() {
    let world = World::build().await;
    let kind = DocKind::StockIn;
    let rules = world.admin.call::<ListNumberRules>(Nothing, Nothing, Nothing).await.unwrap().items;
    let before = rules.iter().find(|rule| rule.kind == kind).unwrap();
    assert_eq!((before.version, &before.pattern), (1, &before.preset));
    let draft = |pattern: &str| NumberRuleDraft { pattern: NumberPattern::stored(pattern.to_owned()) };
    let wrong = world.admin.call::<PreviewNumber>(Nothing, Nothing, draft("IN{YEAR}{SEQ}")).await.unwrap_err();
    assert_eq!(wrong.errors(), [("/pattern", "number_token")]);
    let tried = world.admin.call::<PreviewNumber>(Nothing, Nothing, draft("IN{YY}{MM}-{SEQ:3}")).await.unwrap();
    assert_eq!(tried.example, "IN2611-001");
    let change = async |version_seen: i64| {
        let path = ByDocKind { kind };
        world
            .admin
            .call_with::<UpdateNumberRule>(path, Nothing, draft("IN{YY}{MM}-{SEQ:3}"), version(version_seen))
            .await
    };
    assert_eq!(change(1).await.unwrap().version, 2);
    assert_eq!(change(1).await.unwrap_err().status, 412);
    assert_eq!(change(2).await.unwrap().version, 3);
    let numbers = world.app.as_system(async |tx| Ok((tx.number(kind).await?, tx.number(kind).await?))).await;
    assert_eq!(numbers, ("IN2611-001".to_owned(), "IN2611-002".to_owned()));
    let desk = &world.near.people[&Role::Reception];
    assert_eq!(desk.call::<ListNumberRules>(Nothing, Nothing, Nothing).await.unwrap_err().status, 403);
}

fn binary(data: &std::path::Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aftercare"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null()).env("RUST_LOG", "warn");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AFTERCARE_")) {
        command.env_remove(name);
    }
    command
}

#[test]
fn a_start_that_cannot_work_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let said = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let no_secret = said(&mut binary(folder.path(), &["serve", "--listen", "127.0.0.1:0"]));
    assert!(no_secret.contains("AFTERCARE_JWT_SECRET is missing") && no_secret.contains("openssl rand"), "{no_secret}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let in_use = said(&mut binary(folder.path(), &["serve", "--demo", "--listen", &address]));
    assert!(in_use.contains(&format!("cannot listen on {address}")), "{in_use}");
    let help = binary(folder.path(), &["--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for command in ["serve", "migrate", "demo", "audit", "import", "job", "doctor", "openapi", "backup"] {
        assert!(help.contains(&format!("  {command} ")), "{command} is not explained:\n{help}");
    }
}

#[test]
fn a_server_that_is_told_to_stop_ends_well_and_its_books_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    command.env("AFTERCARE_JWT_SECRET", "a secret for this test only, and long enough").stdout(Stdio::piped());
    let mut server = command.spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line =
        lines.find(|line| line.as_ref().unwrap().contains("Aftercare is on http://127.0.0.1:")).unwrap().unwrap();
    let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    // an idle connection that stays open must not hold it up for long
    let _idle = std::net::TcpStream::connect(address).unwrap();
    let begun = std::time::Instant::now();
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(begun.elapsed().as_secs() < 30);
    let doctor = binary(folder.path(), &["doctor"]).output().unwrap();
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(
        doctor.status.success() && said.contains("integrity check: ok") && said.ends_with("all is well\n"),
        "{said}"
    );
    let copy = folder.path().join("copy");
    let backup = binary(folder.path(), &["backup", copy.to_str().unwrap()]).output().unwrap();
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));
    assert!(binary(&copy, &["doctor"]).output().unwrap().status.success());
}

#[test]
fn requests_that_were_begun_are_answered_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    command.env("AFTERCARE_JWT_SECRET", "a secret for this test only, and long enough").stdout(Stdio::piped());
    let mut server = command.spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("Aftercare is on http://")).unwrap().unwrap();
    let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    // requests whose second half arrives after the server was told to stop: they were begun, so they are answered
    let mut begun: Vec<std::net::TcpStream> = (0..8)
        .map(|n| {
            let mut stream = std::net::TcpStream::connect(&address).unwrap();
            stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
            let body = format!("{{\"login\":\"nobody{n}\",");
            let head = "POST /api/v1/identity/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n";
            write!(stream, "{head}content-length: 50\r\n\r\n{body}").unwrap();
            stream
        })
        .collect();
    // an answer on a later connection proves that the ones before were accepted
    let mut ready = std::net::TcpStream::connect(&address).unwrap();
    write!(ready, "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    ready.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    for stream in &mut begun {
        write!(stream, "\"password\":\"not the password\"}}").unwrap();
        let rest = 50 - "{\"login\":\"nobody1\",".len() - "\"password\":\"not the password\"}".len();
        write!(stream, "{}", " ".repeat(rest)).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    assert_eq!(server.wait().unwrap().code(), Some(0));
}
