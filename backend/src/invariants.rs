//! Every rule that the books must keep, from every domain.

use openapi::system::{CheckInvariants, InvariantCheck, Invariants};
use platform::{Call, ReadTx, Result};

/// Runs every check in one snapshot.
pub async fn check(tx: &ReadTx) -> Result<Invariants> {
    let checks: Vec<InvariantCheck> = crate::modules::invariants(tx).await?;
    Ok(Invariants { is_clean: checks.iter().all(|check| check.violations.is_empty()), checks })
}

pub(crate) async fn answer(tx: &ReadTx, _: Call<CheckInvariants>) -> Result<Invariants> {
    check(tx).await
}
