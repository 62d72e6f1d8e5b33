//! Closing and reopening the months of both ledgers. The periods themselves are base data, because the stock ledger
//! asks for them too.

use master::api;
use openapi::finance::period::{ClosePeriod, GetPeriods, PeriodDraft, Periods, ReopenPeriod};
use openapi::problem::field;
use openapi::{Issue, Month};
use platform::http::{Api, read, write};
use platform::{Call, Failure, ReadTx, Result, Tx};
use uuid::Uuid;

pub(crate) fn mount(api: &mut Api) {
    read::<GetPeriods>(api, get);
    write::<ClosePeriod>(api, close);
    write::<ReopenPeriod>(api, reopen);
}

/// The station that is meant, when it lies in reach.
pub(crate) async fn station(tx: &ReadTx, asked: Option<openapi::identity::OrgId>) -> Result<Uuid> {
    let org = asked.map_or(tx.actor().org_id, Into::into);
    if tx.reaches_org(org).await? { Ok(org) } else { Err(Failure::not_found()) }
}

async fn get(tx: &ReadTx, call: Call<GetPeriods>) -> Result<Periods> {
    let query = call.query.0;
    let org = station(tx, query.org_id).await?;
    api::periods(tx, org, query.until.unwrap_or_else(|| Month::of(tx.today()))).await
}

async fn close(tx: &Tx, call: Call<ClosePeriod>) -> Result<Periods> {
    let PeriodDraft { org_id, month, book, reason: _ } = call.body;
    let org = station(tx, org_id).await?;
    api::close_period(tx, org, month, book).await?;
    api::periods(tx, org, Month::of(tx.today())).await
}

async fn reopen(tx: &Tx, call: Call<ReopenPeriod>) -> Result<Periods> {
    let PeriodDraft { org_id, month, book, reason } = call.body;
    let org = station(tx, org_id).await?;
    let reason = reason.ok_or_else(|| Failure::field("/reason", Issue::new(field::REQUIRED)))?;
    api::reopen_period(tx, org, month, book, &reason).await?;
    api::periods(tx, org, Month::of(tx.today())).await
}
