//! Every rule that the books must keep, from every domain.

use openapi::Lang;
use openapi::system::{CheckInvariants, InvariantCheck, Invariants};
use platform::{Call, ReadTx, Result};

/// Runs every check in one snapshot.
pub async fn check(tx: &ReadTx) -> Result<Invariants> {
    let checks: Vec<InvariantCheck> = crate::modules::invariants(tx).await?;
    Ok(Invariants { is_clean: checks.iter().all(|check| check.violations.is_empty()), checks })
}

pub(crate) async fn answer(tx: &ReadTx, _: Call<CheckInvariants>) -> Result<Invariants> {
    let mut found = check(tx).await?;
    for check in &mut found.checks {
        // each rule is said in both languages, for the command line
        if let Some((zh, en)) = check.rule.split_once(" / ") {
            let said = if tx.lang() == Lang::Zh { zh } else { en };
            check.rule = said.to_owned();
        }
    }
    Ok(found)
}
