//! What the stock books must keep, checked from the entries alone.

use openapi::system::InvariantCheck;
use platform::{ReadTx, Result};

/// Every rule of the stock ledger, with what breaks it.
pub async fn invariants(_tx: &ReadTx) -> Result<Vec<InvariantCheck>> {
    Ok(Vec::new())
}
