//! The system signs for what nobody signed for in time, each shipment in a transaction of its own.

use super::entity::transfer;
use super::{queries, receipt};
use openapi::stock::transfer::{TransferSignature, TransferState};
use platform::doc::document;
use platform::http::run;
use platform::job::Running;
use platform::{ReadTx, Result, Tx};
use uuid::Uuid;

/// Signs for everything that is overdue. A shipment that cannot be signed for (no warehouse, a closed period) is left
/// for the next time and told to the log.
pub async fn sign(running: Running) -> Result<()> {
    let overdue = run::read(running.app(), &running.context(), async |tx: &ReadTx| queries::overdue(tx).await).await?;
    let mut signed = 0_usize;
    for id in overdue {
        match sign_one(&running, id).await {
            Ok(true) => signed += 1,
            Ok(false) => {}
            Err(failure) => log::warn!("transfer {id} is overdue and was not signed for: {failure}"),
        }
    }
    run::write(running.app(), &running.context(), async |tx: &Tx| {
        running.complete(tx, &serde_json::json!({ "signed": signed }), None).await
    })
    .await
}

/// Signs for one shipment, unless somebody was faster.
async fn sign_one(running: &Running, id: Uuid) -> Result<bool> {
    run::write(running.app(), &running.context(), async |tx: &Tx| {
        let before = tx.lock_other::<transfer::Entity>(id).await?;
        if document::state_of::<transfer::Entity>(&before)? != TransferState::InTransit {
            return Ok(false);
        }
        let everything = TransferSignature { warehouse_id: None, lines: Vec::new(), remark: None };
        receipt::sign_for(tx, &before, everything, true).await?;
        Ok(true)
    })
    .await
}
