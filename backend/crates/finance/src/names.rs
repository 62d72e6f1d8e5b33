//! Names of parties and bank accounts, for replies.

use platform::{ReadTx, Result};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Names of parties by id.
pub async fn parties(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    master::api::customer_named(tx, ids).await
}

/// Names of bank accounts by id.
pub async fn bank_accounts(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    let rows = master::api::bank_accounts(tx, ids).await?;
    Ok(rows.into_iter().map(|(id, row)| (id, row.name.into_string())).collect())
}
