//! What operators do to a server at work: they stop it, they copy its data.

use super::crash::{aftercare, count, doctor_is_content, serve, token};
use crate::support::client::Client;
use crate::support::{database, report, size};
use openapi::master::customer::CreateCustomer;
use platform::config::Secret;
use platform::{Config, new_id};
use std::cell::Cell;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// F10: told to stop with requests in flight, it answers every one of them, and ends; what it acknowledged is there.
#[actix_web::test]
async fn every_request_in_flight_is_answered_before_the_end() {
    let requests = size(60, 200);
    let (config, _folder) = database::fresh().await;
    let token = token(&config).await;
    let (mut server, url) = serve(&config);
    let host = url.strip_prefix("http://").unwrap();
    let mut streams = Vec::new();
    for n in 0..requests {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let path = <CreateCustomer as openapi::Endpoint>::PATH;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nidempotency-key: key-{n}\r\n\
             content-type: application/json\r\ncontent-length: 65\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // this proves that the request was begun
        let mut go_on = [0; 25];
        stream.read_exact(&mut go_on).await.unwrap();
        assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
        streams.push(stream);
    }
    let begun = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    let mut made = 0;
    for (n, mut stream) in streams.into_iter().enumerate() {
        let body = format!(r#"{{"name":"{n:016}","kind":"person","phone":"1{n:010}"}}"#);
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let status = answer.get(9..12).unwrap_or_default();
        assert!(["201", "503"].contains(&status), "{answer}");
        made += usize::from(status == "201");
    }
    assert_eq!(server.wait().unwrap().code(), Some(0));
    report("F10", requests, begun, &format!("{made} done, the others told to come back, none left alone"));
    assert!(begun.elapsed() < Duration::from_secs(30));
    let (mut server, url) = serve(&config);
    assert_eq!(count(&Client::new(&url).with_token(token)).await, made);
    server.kill().unwrap();
    server.wait().unwrap();
    doctor_is_content(&config);
}

/// F11: a copy that is taken while people write is the database at one instant: it has everything from before it began, nothing by halves,
/// and a server starts on it.
#[actix_web::test]
async fn a_copy_that_is_taken_under_load_is_whole() {
    let writes = size(60, 2_000);
    let (config, folder) = database::fresh().await;
    let token = token(&config).await;
    let (mut server, url) = serve(&config);
    let client = Client::new(&url).with_token(token.clone());
    let (written, is_over) = (Cell::new(0), Cell::new(false));
    let write = async |writer: usize| {
        while !is_over.get() {
            let n = written.get();
            let body = format!(r#"{{"name":"客户 {writer}-{n}","kind":"person","phone":"13{writer}{n:08}"}}"#);
            let request = client.request("POST", <CreateCustomer as openapi::Endpoint>::PATH).body(body);
            let request = request.header("idempotency-key", new_id().to_string());
            let answer = request.header("content-type", "application/json").send().await.unwrap();
            assert_eq!(answer.status(), 201);
            written.set(written.get() + 1);
        }
    };
    let copy = folder.path().join("copy");
    let begun = Instant::now();
    let backup = async {
        while written.get() < writes {
            tokio::task::yield_now().await;
        }
        let before = written.get();
        let (from, to) = (config.clone(), copy.clone());
        let restored = tokio::task::spawn_blocking(move || copied(&from, &to)).await.unwrap();
        let after = written.get();
        while written.get() < after + 20 {
            tokio::task::yield_now().await;
        }
        is_over.set(true);
        (before, after, restored)
    };
    let ((before, after, restored), ..) = futures::join!(backup, write(0), write(1), write(2), write(3));
    server.kill().unwrap();
    server.wait().unwrap();
    doctor_is_content(&restored);
    let (mut server, url) = serve(&restored);
    let found = count(&Client::new(&url).with_token(token)).await;
    server.kill().unwrap();
    server.wait().unwrap();
    report(
        "F11",
        written.get(),
        begun,
        &format!("{found} in the copy, {before} to {after} were written while it was taken"),
    );
    // a writer counts what it was told: up to one more each was done
    assert!((before..=after + 4).contains(&found), "{before} to {after}: {found}");
}

/// Takes a copy as the product says, and brings it back to life beside the original.
fn copied(config: &Config, folder: &std::path::Path) -> Config {
    if !database::is_postgres() {
        let done = aftercare(config, &["backup", folder.to_str().unwrap()]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let file = folder.join("aftercare.db");
        return Config {
            data: folder.to_owned(),
            database: Secret::new(format!("sqlite:{}", file.display())),
            ..config.clone()
        };
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");
    std::fs::create_dir_all(folder).unwrap();
    let url = config.database.reveal();
    let (server, name) = url.rsplit_once('/').unwrap();
    let to = format!("{server}/{name}_copy");
    let done = Command::new(script).args(["copy", url, &to]).arg(folder.join("aftercare.dump")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Config { data: folder.to_owned(), database: Secret::new(to), ..config.clone() }
}
