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
pub async fn apply(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let (uuid, time, date, bytes) = match connection.get_database_backend() {
        DbBackend::Sqlite => ("BLOB", "TEXT", "TEXT", "BLOB"),
        _ => ("UUID", "TIMESTAMPTZ", "DATE", "BYTEA"),
    };
    let sql = sql.replace("{head}", HEAD);
    let sql = sql.replace("{uuid}", uuid).replace("{time}", time).replace("{date}", date).replace("{bytes}", bytes);
    for statement in sql.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
        connection.execute_unprepared(statement.trim_end_matches(';')).await?;
    }
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
