//! Every foreign key has an index that begins with it: without one, each change of what it refers to, and each list of
//! what refers to it, would read the whole table.

use crate::support::TestApp;
use platform::Dialect;
use sea_orm::{ConnectionTrait, Statement};

/// Foreign keys (table, column) without an index that begins with the column, primary keys and unique ones included.
const SQLITE: &str = "SELECT t.name || '.' || f.\"from\" AS said FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f \
    WHERE t.type = 'table' AND f.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) i \
    JOIN pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f.\"from\" AND i.partial = 0) \
    AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) p WHERE p.pk = 1 AND p.name = f.\"from\")";

const POSTGRES: &str = "SELECT k.conrelid::regclass::text || '.' || a.attname AS said FROM pg_constraint k \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
    WHERE k.contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_index i \
    WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1] AND i.indpred IS NULL)";

#[actix_web::test]
async fn every_foreign_key_has_an_index_that_begins_with_it() {
    let app = TestApp::start().await;
    let reader = app.app.db.reader();
    let backend = reader.get_database_backend();
    let (sql, all) = match app.app.db.dialect() {
        Dialect::Sqlite => (
            SQLITE,
            "SELECT COUNT(*) AS n FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
        ),
        Dialect::Postgres => (POSTGRES, "SELECT COUNT(*) AS n FROM pg_constraint WHERE contype = 'f'"),
    };
    let found = reader.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let said: Vec<String> = found.iter().map(|row| row.try_get("", "said").unwrap()).collect();
    assert!(said.is_empty(), "without an index: {said:?}");
    let counted = reader.query_one_raw(Statement::from_string(backend, all)).await.unwrap().unwrap();
    assert!(counted.try_get::<i64>("", "n").unwrap() > 20, "the check looked at nothing");
}
