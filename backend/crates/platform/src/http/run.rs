//! Running work in a transaction: begin, run, flush, commit; again when the database asks for it.

use crate::db::tx::{ReadTx, Tx};
use crate::failure::explain;
use crate::http::call::Context;
use crate::{App, Failure, Result};
use openapi::problem;

/// How often work is run again after a serialization failure or a deadlock.
const RETRIES: u32 = 3;

/// Runs a query in one snapshot.
pub async fn read<T>(app: &App, context: &Context, work: impl AsyncFn(&ReadTx) -> Result<T>) -> Result<T> {
    let mut context = context.clone();
    // a replica may be behind what the caller can count on
    context.seen = context.seen.filter(|_| app.config.read_database.is_none());
    let tx = ReadTx::new(app.db.begin_read().await?, context, app.clone());
    let done = work(&tx).await?;
    tx.finish();
    Ok(done)
}

/// Runs a command in one write transaction. Either everything it did is durable, or nothing happened.
pub async fn write<T>(app: &App, context: &Context, work: impl AsyncFn(&Tx) -> Result<T>) -> Result<T> {
    let mut attempt = 0;
    loop {
        let failure = match once(app, context, &work).await {
            Ok(done) => return Ok(done),
            Err(failure) => failure,
        };
        if attempt == RETRIES || !failure.is_transient() {
            return Err(explain(failure, &app.constraints));
        }
        attempt += 1;
        log::info!("{} runs again after {failure}", context.operation);
        let pause = 5_u64 << attempt;
        tokio::time::sleep(std::time::Duration::from_millis(pause + u64::from(rand::random::<u8>()) / 16)).await;
    }
}

async fn once<T>(app: &App, context: &Context, work: &impl AsyncFn(&Tx) -> Result<T>) -> Result<T> {
    let tx = Tx::new(ReadTx::new(app.db.begin_write(context.is_request).await?, context.clone(), app.clone()));
    match work(&tx).await {
        Ok(done) => {
            conclude(app, tx).await?;
            Ok(done)
        }
        Err(Failure::Kept(inner)) => {
            conclude(app, tx).await?;
            Err(*inner)
        }
        Err(failure) => Err(undo(tx, failure).await),
    }
}

/// Undoes everything, and says why it did not happen. A refusal that rests on what others wrote in the same transaction
/// and lost is none: it may be asked again.
async fn undo(tx: Tx, failure: Failure) -> Failure {
    match tx.rollback().await {
        Err(lost) if failure.is_verdict() && (lost.is_transient() || lost.code() == problem::STORAGE_FULL) => lost,
        Err(error) => {
            log::debug!("rollback after {failure}: {error}");
            failure
        }
        Ok(()) => failure,
    }
}

/// Writes what waits, commits, and rings for whoever has work now.
async fn conclude(app: &App, tx: Tx) -> Result<()> {
    let (has_message, has_job) = match tx.flush().await {
        Ok(bells) => bells,
        Err(failure) => return Err(undo(tx, failure).await),
    };
    tx.commit().await?;
    if has_message {
        app.bells.outbox.notify_one();
    }
    if has_job {
        app.bells.jobs.notify_one();
    }
    Ok(())
}
