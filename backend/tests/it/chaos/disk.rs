//! F4: the disk is full, for the database, its log and attachments.

use super::crash::{aftercare, count, doctor_is_content, serve, token};
use crate::support::client::Client;
use crate::support::{database, report, size};
use openapi::master::customer::CreateCustomer;
use platform::Config;
use platform::config::Secret;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A small disk of its own.
struct Disk(PathBuf);

impl Disk {
    /// Mounts it; nobody but the superuser may.
    fn mount(at: PathBuf, megabytes: usize) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"]).arg(&at).output();
        done.is_ok_and(|output| output.status.success()).then_some(Disk(at))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("--lazy").arg(&self.0).status().ok();
    }
}

/// Writes a file as large as the disk lets it.
fn fill(file: &Path) {
    use std::io::Write;
    let mut ballast = std::fs::File::create(file).unwrap();
    for block in [64 * 1024, 4096, 512, 1] {
        while ballast.write_all(&vec![0; block]).is_ok() {}
    }
}

async fn record(client: &Client, name: &str, phone: usize) -> (u16, Value) {
    let body = json!({"name": name, "kind": "person", "phone": format!("137{phone:08}")});
    let request = client.request("POST", <CreateCustomer as openapi::Endpoint>::PATH).body(body.to_string());
    let answer = request.header("content-type", "application/json").send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn attach(client: &Client, customer: &str, size: usize) -> (u16, Value) {
    let target =
        format!("/api/v1/system/attachments?subject_kind=customer&subject_id={customer}&purpose=other&file_name=a.txt");
    let request =
        client.request("POST", &target).header("content-type", "application/octet-stream").body("x".repeat(size));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[actix_web::test]
async fn a_full_disk_is_said_reading_goes_on_and_what_was_acknowledged_stays() {
    if database::is_postgres() {
        return; // its disk is its own affair
    }
    let (config, folder) = database::fresh().await;
    let Some(disk) = Disk::mount(folder.path().join("disk"), 24) else {
        eprintln!("F4 IS NOT TESTED: only the superuser may mount a small disk, and not everywhere");
        return;
    };
    std::fs::copy(folder.path().join("aftercare.db"), disk.0.join("aftercare.db")).unwrap();
    let database = Secret::new(format!("sqlite:{}", disk.0.join("aftercare.db").display()));
    let config = Config { data: disk.0.clone(), database, ..config };
    let token = token(&config).await;
    let (mut server, url) = serve(&config);
    let client = Client::new(&url).with_token(token);
    let (begun, ballast) = (Instant::now(), disk.0.join("ballast"));
    let (mut known, mut said) = (0, 0);
    let (status, first) = record(&client, "先到", 0).await;
    assert_eq!(status, 201);
    let first = first["id"].as_str().unwrap().to_owned();
    known += 1;
    for round in 0..size(3, 20) {
        fill(&ballast);
        let mut refused = 0;
        // what fits into pages that the log has already may still succeed
        for n in 0..400 {
            let (status, answer) = record(&client, &"满".repeat(50), 1000 * round + n + 1).await;
            match status {
                201 => known += 1,
                _ => {
                    assert_eq!((status, &answer["code"]), (503, &json!("storage_full")), "{answer}");
                    refused += 1;
                    if refused == 20 {
                        break;
                    }
                }
            }
        }
        assert!(refused > 0, "the disk was never full");
        said += refused;
        let (status, answer) = attach(&client, &first, 300_000).await;
        assert_eq!((status, &answer["code"]), (503, &json!("storage_full")), "{answer}");
        assert_eq!(count(&client).await, known, "reading goes on");
        std::fs::remove_file(&ballast).unwrap();
        let freed = Instant::now();
        while record(&client, "又行", 900_000 + round).await.0 != 201 {
            assert!(freed.elapsed() < Duration::from_secs(5), "it does not recover");
        }
        known += 1;
        assert_eq!(attach(&client, &first, 30_000).await.0, 201);
    }
    assert_eq!(count(&client).await, known);
    report("F4", said, begun, &format!("told that the disk is full; {known} writes acknowledged, all there"));
    server.kill().unwrap();
    server.wait().unwrap();
    doctor_is_content(&config);
    let verified = aftercare(&config, &["audit", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
