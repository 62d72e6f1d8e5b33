//! Reads.

use super::chain::hex;
use super::entity::{seal, unsealed};
use super::{VERIFY, verify};
use crate::doc::audit;
use crate::http::run;
use crate::{App, Call, Context, ReadTx, Result, job};
use openapi::system::seal::{AuditSeal, AuditSealing, GetAuditSealing};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// A seal as people see it.
pub(super) fn shown(row: &seal::Model) -> AuditSeal {
    AuditSeal {
        seq: row.seq,
        created_at: row.created_at.into(),
        row_count: row.row_count,
        total: row.total,
        root: hex(&row.root),
    }
}

pub(super) async fn get(tx: &ReadTx, _: Call<GetAuditSealing>) -> Result<AuditSealing> {
    let verification = job::last_of(tx, VERIFY).await?;
    Ok(AuditSealing { verification, ..sealing(tx).await? })
}

/// How the log is sealed; says nothing of verifications.
pub async fn sealing(tx: &ReadTx) -> Result<AuditSealing> {
    let last = seal::Entity::find().order_by_desc(seal::Column::Seq).one(tx.conn()).await?;
    let waiting = unsealed::Entity::find().count(tx.conn()).await?;
    let ids = Query::select().column(unsealed::Column::AuditId).from(unsealed::Entity).to_owned();
    let oldest = audit::Entity::find()
        .filter(audit::Column::Id.in_subquery(ids))
        .select_only()
        .expr_as(Func::min(Expr::col(audit::Column::CreatedAt)), "at")
        .into_tuple::<Option<DateTimeUtc>>();
    let since = if waiting > 0 { oldest.one(tx.conn()).await?.flatten() } else { None };
    Ok(AuditSealing {
        last: last.as_ref().map(shown),
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
        waiting_since: since.map(Into::into),
        verification: None,
    })
}

/// A seal without its list.
#[derive(FromQueryResult)]
struct Root {
    seq: i64,
    created_at: DateTimeUtc,
    row_count: i64,
    total: i64,
    root: Vec<u8>,
}

/// Takes some seals.
pub type Roots<'a> = &'a mut dyn FnMut(AuditSeal);

/// Gives every seal after one, in order.
pub async fn roots(app: &App, context: &Context, after: i64, take: Roots<'_>) -> Result<()> {
    let mut seen = after;
    loop {
        let page = run::read(app, context, async |tx: &ReadTx| {
            let next = seal::Entity::find()
                .select_only()
                .columns([seal::Column::Seq, seal::Column::CreatedAt, seal::Column::RowCount])
                .columns([seal::Column::Total, seal::Column::Root])
                .filter(seal::Column::Seq.gt(seen))
                .order_by_asc(seal::Column::Seq)
                .limit(verify::PAGE);
            Ok(next.into_model::<Root>().all(tx.conn()).await?)
        })
        .await?;
        let Some(last) = page.last() else { return Ok(()) };
        seen = last.seq;
        for Root { seq, created_at, row_count, total, root } in page {
            take(AuditSeal { seq, created_at: created_at.into(), row_count, total, root: hex(&root) });
        }
    }
}
