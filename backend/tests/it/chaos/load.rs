//! L4, L5, L6: a day of mixed work at a steady rate, ten times more clients than can be served, and imports and exports beside other work.

use super::crash::{serve, token_of};
use crate::support::client::{Client, version};
use crate::support::{TestApp, database, report, size};
use crate::ticket::shop::Shop;
use futures::StreamExt;
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use openapi::master::customer::{CreateCustomer, CustomerDraft, ListCustomers};
use openapi::service::ticket::{CreateTicket, GetTicket, ListTickets};
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::{ById, Listing, Nothing, PageQuery, Role};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

fn customer(name: &str, phone: &str) -> CustomerDraft {
    serde_json::from_value(json!({"name": name, "kind": "person", "phone": phone})).unwrap()
}

/// The time that so many of a hundred stayed below.
fn percentile(times: &mut [Duration], of: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * of / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Memory of a process that is its own, in kilobytes; of this one when none is named.
fn memory(process: Option<u32>, what: &str) -> u64 {
    let process = process.map_or_else(|| "self".to_owned(), |id| id.to_string());
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// L5: ten times more clients than may be worked on. Those who are too many are told at once when to come back, the others are served, and
/// once they are gone everything is as before.
#[actix_web::test]
async fn too_many_are_told_to_come_back_at_once_and_everything_is_as_before_afterwards() {
    const AT_ONCE: usize = 16;
    let time = Duration::from_secs(size(4, 60) as u64);
    let app = TestApp::start_with(|config| config.requests_at_once = AT_ONCE).await;
    let desk = app.person("desk-1", &[Role::Reception], app.station("HZ01").await).await.1;
    let usual = async || {
        let mut times = Vec::new();
        for _ in 0..40 {
            let asked = Instant::now();
            desk.call::<ListCustomers>(Nothing, Listing::default(), Nothing).await.unwrap();
            times.push(asked.elapsed());
        }
        percentile(&mut times, 90)
    };
    let before = usual().await;
    let (begun, done, told) = (Instant::now(), RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let client = async |n: usize| {
        let mut made = 0;
        while begun.elapsed() < time {
            let body = json!({"name": format!("客户 {n}"), "kind": "person", "phone": format!("137{n:04}{made:04}")});
            let request = desk.request("POST", <CreateCustomer as openapi::Endpoint>::PATH).body(body.to_string());
            let asked = Instant::now();
            let answer = request.header("content-type", "application/json").send().await.unwrap();
            let (status, took) = (answer.status().as_u16(), asked.elapsed());
            if status == 201 {
                done.borrow_mut().push(took);
                made += 1;
                continue;
            }
            assert_eq!((status, answer.headers()["retry-after"].to_str().unwrap()), (503, "1"));
            told.borrow_mut().push(took);
            let said: Value = answer.json().await.unwrap();
            assert_eq!((&said["code"], &said["retryable"]), (&json!("unavailable"), &json!(true)));
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        made
    };
    let made: usize = join_all((0..10 * AT_ONCE).map(client)).await.into_iter().sum();
    let over = Instant::now();
    // as before: within ten seconds
    let mut after = usual().await;
    while after > 3 * before + Duration::from_millis(50) {
        assert!(over.elapsed() < Duration::from_secs(10), "{before:?} before, {after:?} after");
        after = usual().await;
    }
    let (slowest, served) = (percentile(&mut told.borrow_mut(), 99), percentile(&mut done.borrow_mut(), 99));
    let figure = format!(
        "{made} done (p99 {} ms), {} told to come back (p99 {} ms); p90 {} ms before, {} ms after",
        served.as_millis(),
        told.borrow().len(),
        slowest.as_millis(),
        before.as_millis(),
        after.as_millis()
    );
    report("L5", made + told.borrow().len(), begun, &figure);
    assert!(made > 0 && !told.borrow().is_empty());
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    let page = Listing { page: PageQuery { include_total: Some(true), ..PageQuery::default() }, ..Listing::default() };
    let found = desk.call::<ListCustomers>(Nothing, page, Nothing).await.unwrap().total.unwrap();
    assert!(found.is_capped || found.count as usize == made, "{found:?}");
}

/// L4: a day of mixed work at a steady rate, whether or not what was asked before is answered. Nothing fails, nothing leaks.
#[actix_web::test]
async fn a_day_of_mixed_work_at_a_steady_rate_leaks_nothing() {
    let (rate, seconds) = (size(25, 200), size(20, 180));
    let shop = Shop::open().await;
    let desk = shop.who(Role::Reception);
    let first = desk.call::<CreateTicket>(Nothing, Nothing, shop.intake("860000000000001", "out")).await.unwrap();
    let keeper = shop.who(Role::Storekeeper);
    let one = async |n: usize| {
        let asked = Instant::now();
        match n % 20 {
            0..=8 => drop(desk.call::<ListTickets>(Nothing, Listing::default(), Nothing).await.unwrap()),
            9..=13 => drop(desk.call::<GetTicket>(ById { id: first.id }, Nothing, Nothing).await.unwrap()),
            14 | 15 => {
                let page = PageQuery { q: Some("1390".parse().unwrap()), ..PageQuery::default() };
                desk.call::<ListCustomers>(Nothing, Listing { page, ..Listing::default() }, Nothing).await.unwrap();
            }
            16 | 17 => {
                let draft = customer("李雷", &format!("139{n:08}"));
                desk.call::<CreateCustomer>(Nothing, Nothing, draft).await.unwrap();
            }
            18 => {
                let draft = shop.intake(&format!("87{n:013}"), "out");
                desk.call::<CreateTicket>(Nothing, Nothing, draft).await.unwrap();
            }
            _ => {
                let line = json!([{"product_id": shop.screen, "quantity": "1", "unit_cost": "40.00"}]);
                let draft =
                    json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": shop.store, "lines": line});
                let draft = serde_json::from_value(draft).unwrap();
                let doc = keeper.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap();
                let path = ById { id: doc.id };
                keeper.call_with::<PostStockDoc>(path, Nothing, Nothing, version(doc.version)).await.unwrap();
            }
        }
        asked.elapsed()
    };
    let (begun, total) = (Instant::now(), rate * seconds);
    let (mut asked, mut times, mut under_way) = (0, Vec::new(), FuturesUnordered::new());
    let (mut at_start, warm) = (None, total / 4);
    while asked < total || !under_way.is_empty() {
        let due = begun + Duration::from_secs_f64(asked as f64 / rate as f64);
        tokio::select! {
            () = tokio::time::sleep_until(due.into()), if asked < total => {
                under_way.push(one(asked));
                asked += 1;
                if asked == warm {
                    at_start = Some((memory(None, "VmRSS"), open_files()));
                }
            }
            Some(took) = under_way.next() => times.push(took),
        }
    }
    let ((memory_before, files_before), (memory_after, files_after)) =
        (at_start.unwrap(), (memory(None, "VmRSS"), open_files()));
    let p99 = percentile(&mut times, 99);
    let figure = format!(
        "{rate} a second asked for, p50 {} ms, p99 {} ms, memory {} to {} MB, files {files_before} to {files_after}",
        percentile(&mut times, 50).as_millis(),
        p99.as_millis(),
        memory_before / 1024,
        memory_after / 1024
    );
    report("L4", total, begun, &figure);
    // connections that were opened while much was under way may stay for a while
    assert!(files_after <= files_before + 64, "{figure}");
    if size(0, 1) == 1 {
        assert!(memory_after * 100 <= memory_before * 105, "{figure}");
        assert!(cfg!(debug_assertions) || p99 <= Duration::from_millis(250), "{figure}");
    }
    shop.is_clean().await;
}

/// Sends a workbook and waits until it is recorded.
async fn imported(client: &Client, workbook: Vec<u8>) {
    let target = "/api/v1/master/imports?dataset=customer&is_dry_run=false&file_name=x.xlsx";
    let request = client.request("POST", target).header("content-type", platform::sheet::MEDIA_TYPE).body(workbook);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let operation: Value = answer.json().await.unwrap();
    let path = format!("/api/v1/system/operations/{}", operation["id"].as_str().unwrap());
    loop {
        let now: Value = client.request("GET", &path).send().await.unwrap().json().await.unwrap();
        match now["state"].as_str().unwrap() {
            "queued" | "running" => tokio::time::sleep(Duration::from_millis(100)).await,
            state => return assert_eq!(state, "done", "{now}"),
        }
    }
}

/// L6: 50,000 rows come in, as many workbooks as that takes, and 200,000 go out, four workbooks at a time; memory stays small and others
/// are still served.
#[actix_web::test]
async fn long_lists_come_in_and_go_out_beside_other_work() {
    let (books, rows, copies) = (size(1, 10), size(400, 5_000), size(2, 4));
    let (config, _folder) = database::fresh().await;
    let token = token_of(&config, &[Role::Administrator]).await;
    let (mut server, url) = serve(&config);
    let client = Client::new(&url).with_token(token);
    let begun = Instant::now();
    let workbook = |book: usize| {
        let cells = |n: usize| vec![format!("客户 {book}-{n}"), "个人".to_owned(), format!("13{book:02}{n:07}")];
        let headings = ["客户名称", "客户类型", "手机"].map(str::to_owned);
        platform::sheet::export(&headings, &(0..rows).map(cells).collect::<Vec<_>>()).unwrap()
    };
    let is_over = Cell::new(false);
    let list = async |least: usize| {
        let mut times = Vec::new();
        while times.len() < least || (least == 0 && !is_over.get()) {
            let asked = Instant::now();
            let answer = client.request("GET", "/api/v1/master/customers?limit=20").send().await.unwrap();
            assert_eq!(answer.status(), 200);
            answer.bytes().await.unwrap();
            times.push(asked.elapsed());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        percentile(&mut times, 99)
    };
    let before = list(100).await;
    let work = async {
        for book in 0..books {
            imported(&client, workbook(book)).await;
        }
        let all = books * rows;
        let export = async |_| {
            let draft = json!({"operation": "listCustomers", "title": "客户", "columns": [
                {"field": "name", "label": "姓名"}, {"field": "phone", "label": "手机"}, {"field": "created_at", "label": "时间"}]});
            let request = client.request("POST", "/api/v1/system/exports").header("content-type", "application/json");
            let answer = request.body(draft.to_string()).send().await.unwrap();
            assert_eq!(answer.status(), 200);
            let bytes = answer.bytes().await.unwrap().to_vec();
            assert_eq!(crate::support::workbook::rows_of(&bytes).len(), all + 1);
        };
        join_all((0..copies).map(export)).await;
        is_over.set(true);
    };
    let (during, ()) = futures::join!(list(0), work);
    let peak = memory(Some(server.id()), "VmHWM") / 1024;
    server.kill().unwrap();
    server.wait().unwrap();
    let figure = format!(
        "{} rows in, {} rows out, {peak} MB at most, others p99 {} ms before and {} ms meanwhile",
        books * rows,
        copies * books * rows,
        before.as_millis(),
        during.as_millis()
    );
    report("L6", (copies + 1) * books * rows, begun, &figure);
    assert!(peak < 300, "{figure}");
}
