//! Making seals.

use super::chain::{self, Body, GONE, HASH};
use super::entity::{seal, unsealed};
use crate::doc::audit;
use crate::http::run;
use crate::job::Running;
use crate::{App, Context, Failure, ReadTx, Result, Tx};
use openapi::problem;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in a seal at most.
const MOST: usize = 1000;
/// Rows asked for at a time.
pub(super) const AT_A_TIME: usize = 500;

/// The job: seals what waits. It leaves no trace of itself when that went well, which it does every minute.
pub async fn seal(running: Running) -> Result<()> {
    let app = running.app().clone();
    if app.keys.seal_key().is_none() {
        log::warn!("the audit log is not sealed by this process: it was started without AFTERCARE_JWT_SECRET");
    } else {
        let held = async |tx: &Tx| running.hold(tx).await;
        while sealed(&app, &running.context(), held).await? == MOST {}
    }
    run::write(&app, &running.context(), async |tx: &Tx| running.vanish(tx).await).await
}

/// Seals everything that waits now, outside of any job; answers how many rows that were.
pub async fn seal_all(app: &App, context: &Context) -> Result<usize> {
    let mut rows = 0;
    loop {
        let done = sealed(app, context, async |_| Ok(())).await?;
        rows += done;
        if done < MOST {
            return Ok(rows);
        }
    }
}

/// Makes one seal of what waits; answers how many rows are in it. Rows never change, so that they are read and hashed
/// before the transaction that writes.
async fn sealed(app: &App, context: &Context, held: impl AsyncFn(&Tx) -> Result<()>) -> Result<usize> {
    let key = app.keys.seal_key().ok_or_else(|| Failure::Internal("there is no key to seal with".to_owned()))?;
    let entries = run::read(app, context, next).await?;
    if entries.is_empty() {
        return Ok(0);
    }
    let made = run::write(app, context, async |tx: &Tx| {
        held(tx).await?;
        let mut taken = 0;
        for part in entries.chunks(AT_A_TIME) {
            let ids = part.iter().map(|(id, _)| *id);
            let remove = unsealed::Entity::delete_many().filter(unsealed::Column::AuditId.is_in(ids));
            taken += remove.exec(tx.conn()).await?.rows_affected;
        }
        // somebody else was faster
        if usize::try_from(taken) != Ok(entries.len()) {
            return Err(Failure::new(problem::BUSY));
        }
        let last = seal::Entity::find().order_by_desc(seal::Column::Seq).one(tx.conn()).await?;
        let (seq, total, before) = last.map_or((0, 0, Vec::new()), |last| (last.seq, last.total, last.root));
        let row_count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        let (seq, total, content) = (seq + 1, total + row_count, chain::list(&entries));
        let made_at = tx.now().timestamp_micros();
        let root = chain::root(&key.key, Body { seq, made_at, total, content: &content, before: &before });
        let key_name = key.name.clone();
        let row = seal::Model { seq, created_at: tx.now(), row_count, total, content, key_name, root };
        seal::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
        Ok(row)
    })
    .await?;
    log::info!(
        "audit seal {} at {}: {} rows, {} in all, root {}",
        made.seq,
        made.created_at,
        made.row_count,
        made.total,
        chain::hex(&made.root)
    );
    Ok(entries.len())
}

/// The next rows to be sealed, each with the hash that it was written with: where the content is another by now, the seal
/// shows it for ever. A row that waits and is gone is listed as such.
async fn next(tx: &ReadTx) -> Result<Vec<(Uuid, [u8; HASH])>> {
    let waiting = unsealed::Entity::find().limit(u64::try_from(MOST).unwrap_or_default()).all(tx.conn()).await?;
    let mut ids: Vec<Uuid> = waiting.into_iter().map(|row| row.audit_id).collect();
    ids.sort_unstable();
    let mut hashes = HashMap::new();
    for part in ids.chunks(AT_A_TIME) {
        for row in audit::Entity::find().filter(audit::Column::Id.is_in(part.to_vec())).all(tx.conn()).await? {
            let written = row.hash.as_deref().and_then(|hash| hash.try_into().ok());
            hashes.insert(row.id, written.unwrap_or_else(|| chain::content(&row)));
        }
    }
    Ok(ids.into_iter().map(|id| (id, hashes.get(&id).copied().unwrap_or(GONE))).collect())
}
