//! Demo data: a believable company, made by the same commands as real use.

use platform::{App, Result};
use sea_orm::ConnectionTrait;

/// The seed when none is given.
pub const SEED: u64 = 20_261_121;

/// How much data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scale {
    /// A quick look: seconds.
    Small,
    /// A year of six stations: a minute or two.
    Full,
}

/// Whether nobody has worked with this database yet.
pub async fn is_empty(app: &App) -> Result<bool> {
    let row = app.db.reader().query_one_raw(sea_orm::Statement::from_string(
        app.db.reader().get_database_backend(),
        "SELECT id FROM customer LIMIT 1",
    ));
    Ok(row.await?.is_none())
}

/// Fills an empty database.
pub async fn load(_app: &App, _seed: u64, _scale: Scale) -> Result<()> {
    Ok(())
}

/// What is printed when a demo starts: who can sign in.
pub fn welcome() -> String {
    String::new()
}
