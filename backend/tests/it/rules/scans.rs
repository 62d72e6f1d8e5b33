//! No list reads a big table from one end to the other, whatever it is filtered and sorted by. PostgreSQL counts the scans
//! itself; SQLite keeps no such count.

use crate::support::TestApp;
use crate::support::client::Client;
use openapi::{Role, Row};
use platform::Dialect;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use std::collections::BTreeMap;

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

#[actix_web::test]
#[ignore = "loads 10,000 tickets first; part of make test-long, on PostgreSQL"]
async fn no_list_reads_a_big_table_through() {
    let app = TestApp::start().await;
    if app.app.db.dialect() == Dialect::Sqlite {
        return;
    }
    backend::demo::load(&app.app, backend::demo::SEED, backend::demo::Scale::D10k).await.unwrap();
    app.app.db.maintenance().execute_unprepared("ANALYZE").await.unwrap();
    let roles = [Role::Administrator, Role::Headquarters, Role::Accountant, Role::Storekeeper, Role::StationManager];
    let (_, client) = app.person("everything", &roles, app.headquarters().await).await;
    let document: Value = serde_json::from_str(&openapi::describe::json()).unwrap();
    let mut through = Vec::new();
    let mut before = scans(&app).await;
    assert!(before.contains_key("ticket"), "{before:?}");
    for row in super::rows().filter(|row| row.is_list && !row.path.contains('{')) {
        let mut answered = 0;
        for query in queries(&document, row) {
            answered += usize::from(ask(&client, row, &query).await == 200);
        }
        let after = scans(&app).await;
        let read: Vec<&String> =
            after.iter().filter(|(name, count)| before.get(*name) != Some(*count)).map(|(n, _)| n).collect();
        if !read.is_empty() {
            through.push(format!("{} ({answered} queries): {read:?}", row.name));
        }
        before = after;
    }
    assert!(through.is_empty(), "{through:#?}");
}
