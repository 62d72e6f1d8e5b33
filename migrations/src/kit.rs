//! The few words in which the two databases differ, and the columns that every head table shares.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Columns of every head table.
const HEAD: &str = "id {uuid} NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version >= 1),
    created_at {time} NOT NULL,
    created_by {uuid} NOT NULL,
    updated_at {time} NOT NULL,
    updated_by {uuid} NOT NULL";

/// Runs statements separated by a semicolon at the end of a line.
/// `{head}`, `{uuid}`, `{time}`, `{date}`, `{bytes}` are replaced by what the database calls them.
/// A statement `{append_only} table` forbids changing and removing rows of that table.
pub async fn apply(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let (uuid, time, date, bytes) = match connection.get_database_backend() {
        DbBackend::Sqlite => ("BLOB", "TEXT", "TEXT", "BLOB"),
        _ => ("UUID", "TIMESTAMPTZ", "DATE", "BYTEA"),
    };
    let sql = sql.replace("{head}", HEAD);
    let sql = sql.replace("{uuid}", uuid).replace("{time}", time).replace("{date}", date).replace("{bytes}", bytes);
    for statement in sql.split(";\n").map(|s| s.trim().trim_end_matches(';')).filter(|s| !s.is_empty()) {
        match statement.strip_prefix("{append_only} ") {
            Some(table) => append_only(manager, table).await?,
            None => _ = connection.execute_unprepared(statement).await?,
        }
    }
    Ok(())
}

/// Makes the database refuse every change and removal of rows of a table, whoever asks: what is posted stays.
async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if connection.get_database_backend() == DbBackend::Sqlite {
        for event in ["UPDATE", "DELETE"] {
            let sql = format!(
                "CREATE TRIGGER tr_{table}_{} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append only'); END",
                event.to_lowercase()
            );
            connection.execute_unprepared(&sql).await?;
        }
        return Ok(());
    }
    let function = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$";
    connection.execute_unprepared(function).await?;
    let rows = format!(
        "CREATE TRIGGER tr_{table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    );
    connection.execute_unprepared(&rows).await?;
    let all = format!(
        "CREATE TRIGGER tr_{table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    );
    connection.execute_unprepared(&all).await?;
    Ok(())
}

/// Declares the migration of a file: `migration!("m0300_customer", SQL);`
macro_rules! migration {
    ($name:literal, $sql:expr) => {
        /// The migration of this file.
        pub struct Migration;
        impl sea_orm_migration::prelude::MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }
        #[async_trait::async_trait]
        impl sea_orm_migration::prelude::MigrationTrait for Migration {
            async fn up(
                &self,
                manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                crate::kit::apply(manager, $sql).await
            }
        }
    };
}
pub(crate) use migration;
