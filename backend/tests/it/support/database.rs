//! A fresh database for each test, copied from a template that is migrated and installed once per build.

use platform::clock::ManualClock;
use platform::config::Secret;
use platform::{Config, Db};
use sea_orm::{ConnectionTrait, Database, Statement};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// When the tests play.
pub fn start_of_time() -> chrono::DateTime<chrono::Utc> {
    "2026-11-21T02:00:00Z".parse().unwrap()
}

/// Settings for a test: a folder of its own, cheap but real.
fn config(data: PathBuf, database: &str) -> Config {
    Config {
        listen: "127.0.0.1:0".to_owned(),
        data,
        database: Secret::new(database),
        jwt_secret: Secret::new("a secret that only the tests know, long enough"),
        secure_cookies: false,
        requests_per_minute: 1_000_000,
        workers: 2,
        connections: 12,
        ..Config::default()
    }
}

/// Settings for a process on a database that is there.
pub fn at(url: &str) -> Config {
    config(std::env::temp_dir(), url)
}

/// Names the build, so that a template is never older than the migrations it was made with.
fn stamp() -> String {
    let file = std::env::current_exe().unwrap().metadata().unwrap();
    let changed = file.modified().unwrap().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    format!("{:x}{:x}", changed, file.len())
}

/// Whether this run is on PostgreSQL.
pub fn is_postgres() -> bool {
    std::env::var("AFTERCARE_TEST_DB").as_deref() == Ok("postgres")
}

/// Settings that point to a fresh database, and the folder that lives as long as the test.
pub async fn fresh() -> (Config, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_path_buf();
    let config = match is_postgres() {
        true => {
            let server = std::env::var("AFTERCARE_TEST_PG").expect("AFTERCARE_TEST_PG: see backend/tests/postgres.sh");
            config(data, &copy_postgres(&server).await)
        }
        false => {
            copy_sqlite(&data.join("aftercare.db")).await;
            config(data, "sqlite")
        }
    };
    (config, folder)
}

/// Migrates and installs an empty database.
async fn install(config: Config) {
    let clock = Arc::new(ManualClock::at(start_of_time()));
    let app = backend::app::build(config, clock).await.unwrap();
    app.db.close().await.unwrap();
}

async fn copy_sqlite(to: &std::path::Path) {
    let template = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("template-{}.db", stamp()));
    if !template.exists() {
        let folder = tempfile::tempdir().unwrap();
        install(config(folder.path().to_path_buf(), "sqlite")).await;
        let made = folder.path().join("aftercare.db");
        let db = Db::connect(&config(folder.path().to_path_buf(), "sqlite")).await.unwrap();
        db.maintenance().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        db.close().await.unwrap();
        // several test processes may do this at once: a rename is atomic, and all make the same
        let ready = template.with_extension(format!("{}", std::process::id()));
        std::fs::copy(&made, &ready).unwrap();
        std::fs::rename(&ready, &template).unwrap();
    }
    std::fs::copy(&template, to).unwrap();
}

async fn copy_postgres(server: &str) -> String {
    let admin = Database::connect(server).await.unwrap();
    let template = format!("template_{}", stamp());
    let backend = admin.get_database_backend();
    let at = |name: &str| format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let lock = sea_orm::TransactionTrait::begin(&admin).await.unwrap();
    lock.execute_unprepared("SELECT pg_advisory_xact_lock(4711)").await.unwrap();
    let known = Statement::from_sql_and_values(
        backend,
        "SELECT 1 FROM pg_database WHERE datname = $1",
        [template.clone().into()],
    );
    if lock.query_one_raw(known).await.unwrap().is_none() {
        let making = format!("making_{}", stamp());
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {making}")).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {making}")).await.unwrap();
        install(config(std::env::temp_dir(), &at(&making))).await;
        admin.execute_unprepared(&format!("ALTER DATABASE {making} RENAME TO {template}")).await.unwrap();
    }
    lock.commit().await.unwrap();
    let name = format!("test_{}", platform::new_id().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    admin.close().await.unwrap();
    at(&name)
}
