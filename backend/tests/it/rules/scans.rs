//! No list reads a big table from one end to the other, whatever it is filtered and sorted by. PostgreSQL counts the scans
//! itself; SQLite says how it would answer each statement.

use crate::support::TestApp;
use crate::support::client::Client;
use openapi::{Role, Row};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

/// From so many rows on a table is big.
const BIG: i64 = 10_000;

/// Scans so far of each big table.
async fn scans(app: &TestApp) -> BTreeMap<String, i64> {
    let reader = app.app.db.reader();
    // a connection tells its figures at the end of a transaction, once a second at most
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    reader.execute_unprepared("SELECT 1").await.unwrap();
    let sql = format!("SELECT relname::text AS name, seq_scan FROM pg_stat_user_tables WHERE n_live_tup >= {BIG}");
    let rows = reader.query_all_raw(Statement::from_string(reader.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "seq_scan").unwrap())).collect()
}

/// Values to try a parameter with, by its schema.
fn values(document: &Value, schema: &Value) -> Vec<String> {
    let target =
        schema["$ref"].as_str().map(|path| &document["components"]["schemas"][path.rsplit('/').next().unwrap()]);
    let schema = target.unwrap_or(schema);
    let kind = schema["type"].as_str().or(schema["type"][0].as_str());
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    if let Some(parts) = schema["oneOf"].as_array().or(schema["allOf"].as_array()) {
        return parts.iter().flat_map(|part| values(document, part)).collect();
    }
    match (kind, schema["format"].as_str()) {
        (Some("boolean"), _) => vec!["true".to_owned(), "false".to_owned()],
        (_, Some("uuid")) => vec!["0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f".to_owned()],
        (_, Some("date-time")) => vec!["2026-06-01T00:00:00Z".to_owned()],
        (_, Some("date")) => vec!["2026-06-01".to_owned()],
        (Some("array"), _) => values(document, &schema["items"]),
        (Some("string"), _) => vec!["138".to_owned()],
        _ => Vec::new(),
    }
}

/// Every query that a list is tried with.
fn queries(document: &Value, row: &Row) -> Vec<String> {
    let sorts = row.sorts.iter().flat_map(|key| [format!("sort={key}"), format!("sort=-{key}")]);
    let mut all: Vec<String> = sorts.collect();
    for parameter in document["paths"][row.path]["get"]["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().replace('[', "%5B").replace(']', "%5D");
        if matches!(name.as_str(), "limit" | "cursor" | "sort" | "include_total" | "q") {
            continue;
        }
        all.extend(values(document, &parameter["schema"]).into_iter().map(|value| format!("{name}={value}")));
    }
    all
}

async fn ask(client: &Client, row: &Row, query: &str) -> u16 {
    client.request("GET", &format!("{}?limit=50&{query}", row.path)).send().await.unwrap().status().as_u16()
}

/// Statements that the server sent, as its log says.
#[derive(Default)]
struct Said(Mutex<BTreeSet<String>>);

static SAID: LazyLock<Said> = LazyLock::new(Said::default);

impl log::Log for &'static Said {
    fn enabled(&self, metadata: &log::Metadata) -> bool {
        metadata.target() == "aftercare::sql"
    }

    fn log(&self, record: &log::Record) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let said = record.args().to_string();
        let sql = said.split_once(' ').and_then(|(_, json)| serde_json::from_str::<Value>(json).ok());
        if let Some(sql) = sql.as_ref().and_then(|said| said["sql"].as_str()) {
            self.0.lock().unwrap().insert(sql.to_owned());
        }
    }

    fn flush(&self) {}
}

/// Tables with many rows.
async fn big_tables(app: &TestApp) -> BTreeSet<String> {
    let reader = app.app.db.reader();
    let of = |sql: String| Statement::from_string(reader.get_database_backend(), sql);
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'".to_owned();
    let mut big = BTreeSet::new();
    for row in reader.query_all_raw(of(tables)).await.unwrap() {
        let name: String = row.try_get("", "name").unwrap();
        let counted = reader.query_one_raw(of(format!("SELECT COUNT(*) AS n FROM \"{name}\""))).await.unwrap().unwrap();
        if counted.try_get::<i64>("", "n").unwrap() >= BIG {
            big.insert(name);
        }
    }
    big
}

/// The big tables that SQLite would read without an index to answer the statements since the last look.
async fn read_through(app: &TestApp, big: &BTreeSet<String>) -> BTreeSet<String> {
    let reader = app.app.db.reader();
    let statements = std::mem::take(&mut *SAID.0.lock().unwrap());
    let mut found = BTreeSet::new();
    for sql in statements.iter().filter(|sql| sql.starts_with("SELECT")) {
        let plan = Statement::from_string(reader.get_database_backend(), format!("EXPLAIN QUERY PLAN {sql}"));
        for row in reader.query_all_raw(plan).await.unwrap() {
            let detail: String = row.try_get("", "detail").unwrap();
            let scanned = detail.strip_prefix("SCAN ").filter(|rest| !rest.contains(" USING "));
            found.extend(scanned.filter(|name| big.contains(*name)).map(|name| format!("{name}: {sql}")));
        }
    }
    found
}

/// Every list with every query, and what it reads through.
async fn lists_that_read_through<T>(
    client: &Client,
    mut look: impl AsyncFnMut() -> T,
    read: impl Fn(&T, &T) -> Vec<String>,
) -> Vec<String> {
    let document: Value = serde_json::from_str(&openapi::describe::json()).unwrap();
    let mut through = Vec::new();
    let mut before = look().await;
    for row in super::rows().filter(|row| row.is_list && !row.path.contains('{')) {
        let mut answered = 0;
        for query in queries(&document, row) {
            answered += usize::from(ask(client, row, &query).await == 200);
        }
        let after = look().await;
        let tables = read(&before, &after);
        if !tables.is_empty() {
            through.push(format!("{} ({answered} queries): {tables:?}", row.name));
        }
        before = after;
    }
    through
}

/// Reading one ticket looks for the others of its unit by the serial. Without samples of the data SQLite walks through all
/// tickets of the station instead, which nothing but the time that it takes would tell.
async fn one_ticket_is_read_by_its_serial(app: &TestApp, client: &Client) {
    use openapi::service::ticket::{GetTicket, ListTickets};
    use openapi::{ById, Listing, Nothing};
    let page = client.call::<ListTickets>(Nothing, Listing::default(), Nothing).await.unwrap();
    let id = page.items.first().unwrap().id;
    SAID.0.lock().unwrap().clear();
    client.call::<GetTicket>(ById { id }, Nothing, Nothing).await.unwrap();
    let reader = app.app.db.reader();
    let asked = std::mem::take(&mut *SAID.0.lock().unwrap());
    let by_serial: Vec<&String> = asked.iter().filter(|sql| sql.contains("\"ticket\".\"serial\" = ")).collect();
    assert!(!by_serial.is_empty(), "{asked:?}");
    for sql in by_serial {
        let plan = Statement::from_string(reader.get_database_backend(), format!("EXPLAIN QUERY PLAN {sql}"));
        let rows = reader.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        assert!(steps.iter().any(|step| step.contains("(serial=?")), "{steps:#?}");
    }
}

#[actix_web::test]
#[ignore = "loads 10,000 tickets first; part of make test-long"]
async fn no_list_reads_a_big_table_through() {
    let is_sqlite = !crate::support::database::is_postgres();
    if is_sqlite {
        // before the server installs another one
        log::set_logger(Box::leak(Box::new(&*SAID))).unwrap();
    }
    let app = TestApp::start().await;
    backend::demo::load(&app.app, backend::demo::SEED, backend::demo::Scale::D10k).await.unwrap();
    let roles = [Role::Administrator, Role::Headquarters, Role::Accountant, Role::Storekeeper, Role::StationManager];
    let (_, client) = app.person("everything", &roles, app.headquarters().await).await;
    let through = if is_sqlite {
        log::set_max_level(log::LevelFilter::Trace);
        let big = big_tables(&app).await;
        assert!(big.contains("ticket"), "{big:?}");
        one_ticket_is_read_by_its_serial(&app, &client).await;
        let look = async || read_through(&app, &big).await;
        lists_that_read_through(&client, look, |_, found| found.iter().cloned().collect()).await
    } else {
        assert!(scans(&app).await.contains_key("ticket"));
        let read = |before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>| {
            after
                .iter()
                .filter(|(name, count)| before.get(*name) != Some(*count))
                .map(|(name, _)| name.clone())
                .collect()
        };
        lists_that_read_through(&client, async || scans(&app).await, read).await
    };
    assert!(through.is_empty(), "{through:#?}");
}
