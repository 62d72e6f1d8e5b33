//! Holding the log against its seals.
//!
//! First every seal in turn: its place, its root, and each row that it lists. Seals and rows never change, so that this
//! needs no snapshot, however long it takes. Then, in one snapshot, whether there is any row besides those that are sealed
//! or wait: the sums of their ids under a hash that is another in each run must be equal. Only where they differ the ids
//! are compared one by one.

use super::chain::{self, Body, GONE, HASH};
use super::entity::{seal, unsealed};
use super::queries::shown;
use super::sealing::AT_A_TIME;
use crate::auth::token::constant_time_eq;
use crate::doc::audit;
use crate::http::run;
use crate::job::Running;
use crate::{App, Context, Failure, ReadTx, Result, Tx};
use openapi::system::seal::{AuditFault, AuditFinding, AuditVerdict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use uuid::Uuid;

/// Seals read at a time.
pub(super) const PAGE: u64 = 20;
/// Ids read at a time.
const IDS: u64 = 10_000;
/// Findings that are named.
const NAMED: usize = 100;

/// A root that was kept elsewhere: the number of the seal and the root, hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Number of the seal.
    pub seq: i64,
    /// Its root.
    pub root: String,
}

/// The job: seals what waits, so that the verdict speaks of everything until now, verifies it and keeps what it found as its
/// result.
pub async fn verification(running: Running) -> Result<()> {
    if running.app().keys.seal_key().is_some() {
        match super::seal_all(running.app(), &running.context()).await {
            // another process seals it at this very moment
            Ok(_) | Err(Failure::Refused { .. }) => {}
            Err(failure) => return Err(failure),
        }
    }
    let verdict =
        run(running.app(), &running.context(), &[], async |done, total| running.progress(done, total).await).await?;
    run::write(running.app(), &running.context(), async |tx: &Tx| running.complete(tx, &verdict, None).await).await
}

/// What was found so far.
#[derive(Default)]
struct Found {
    seals: i64,
    rows: i64,
    faults: i64,
    findings: Vec<AuditFinding>,
}

impl Found {
    fn note(&mut self, finding: AuditFinding) {
        self.faults += 1;
        if self.findings.len() < NAMED {
            self.findings.push(finding);
        }
    }

    fn seal(&mut self, fault: AuditFault, seq: i64) {
        self.note(AuditFinding { fault, row: None, seal: Some(seq), at: None, operation: None });
    }

    fn row(&mut self, fault: AuditFault, id: Uuid, seal: Option<i64>, row: Option<&audit::Model>) {
        let at = row.map(|row| row.created_at.into());
        let operation = row.map(|row| row.operation.clone());
        self.note(AuditFinding { fault, row: Some(id.into()), seal, at, operation });
    }
}

/// Verifies the log, and that roots that were kept elsewhere are those of the chain. `progress` gets rows done and in all.
pub async fn run(
    app: &App,
    context: &Context,
    kept: &[Kept],
    progress: impl AsyncFn(i64, i64) -> Result<()>,
) -> Result<AuditVerdict> {
    let last = run::read(app, context, async |tx: &ReadTx| {
        Ok(seal::Entity::find().order_by_desc(seal::Column::Seq).one(tx.conn()).await?)
    })
    .await?;
    let (mut found, mut before) = (Found::default(), None::<seal::Model>);
    let total = last.as_ref().map_or(0, |last| last.total);
    let upto = last.as_ref().map_or(0, |last| last.seq);
    loop {
        let after = before.as_ref().map_or(0, |seal| seal.seq);
        let seals = run::read(app, context, async |tx: &ReadTx| page(tx, after, upto).await).await?;
        if seals.is_empty() {
            break;
        }
        for next in seals {
            follows(app, before.as_ref(), &next, kept, &mut found);
            rows(app, context, &next, &mut found).await?;
            before = Some(next);
        }
        progress(found.rows, total).await?;
    }
    for lost in kept.iter().filter(|kept| kept.seq > upto) {
        found.seal(AuditFault::SealMissing, lost.seq);
    }
    let (waiting, others) = run::read(app, context, async |tx: &ReadTx| strangers(tx).await).await?;
    for (id, fault, row) in &others {
        found.row(*fault, *id, None, row.as_ref());
    }
    let Found { seals, rows, faults, findings } = found;
    if let Some(first) = findings.first() {
        log::error!("the audit log was changed: {faults} faults, the first of them {first:?}");
    }
    let last = last.as_ref().map(shown);
    Ok(AuditVerdict { is_intact: faults == 0, seals, rows, waiting, last, faults, findings })
}

async fn page(tx: &ReadTx, after: i64, upto: i64) -> Result<Vec<seal::Model>> {
    let next = seal::Entity::find().filter(seal::Column::Seq.gt(after)).filter(seal::Column::Seq.lte(upto));
    Ok(next.order_by_asc(seal::Column::Seq).limit(PAGE).all(tx.conn()).await?)
}

/// Whether a seal is the one that follows another.
fn follows(app: &App, before: Option<&seal::Model>, next: &seal::Model, kept: &[Kept], found: &mut Found) {
    found.seals += 1;
    let (seq, total, root) = before.map_or((0, 0, &[][..]), |seal| (seal.seq, seal.total, seal.root.as_slice()));
    if next.seq != seq + 1 {
        // the root of this one rests on what is missing: that is said once
        return found.seal(AuditFault::SealMissing, seq + 1);
    }
    let Some(key) = app.keys.seal_key_named(&next.key_name) else {
        return found.seal(AuditFault::KeyUnknown, next.seq);
    };
    let body = Body {
        seq: next.seq,
        made_at: next.created_at.timestamp_micros(),
        total: next.total,
        content: &next.content,
        before: root,
    };
    let is_kept = kept.iter().all(|kept| kept.seq != next.seq || kept.root == chain::hex(&next.root));
    let is_sound = constant_time_eq(&chain::root(&key.key, body), &next.root);
    if !is_sound || !is_kept || next.total != total + next.row_count {
        found.seal(AuditFault::SealChanged, next.seq);
    }
}

/// Compares the rows of a seal with its list.
async fn rows(app: &App, context: &Context, seal: &seal::Model, found: &mut Found) -> Result<()> {
    let Some(entries) = chain::entries(&seal.content) else { return Ok(()) };
    for part in entries.chunks(AT_A_TIME) {
        let ids: Vec<Uuid> = part.iter().map(|(id, _)| *id).collect();
        let rows = run::read(app, context, async |tx: &ReadTx| {
            Ok(audit::Entity::find().filter(audit::Column::Id.is_in(ids.clone())).all(tx.conn()).await?)
        })
        .await?;
        let rows: HashMap<Uuid, audit::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        for (id, hash) in part {
            found.rows += 1;
            match rows.get(id) {
                Some(row) if is_as_written(row, hash) => {}
                Some(row) => found.row(AuditFault::Changed, *id, Some(seal.seq), Some(row)),
                None => found.row(AuditFault::Removed, *id, Some(seal.seq), None),
            }
        }
    }
    Ok(())
}

/// Whether content, hash and list agree.
fn is_as_written(row: &audit::Model, listed: &[u8; HASH]) -> bool {
    let is_own = row.hash.as_deref().is_none_or(|hash| hash == listed);
    is_own && listed != &GONE && &chain::content(row) == listed
}

/// A row that is there and should not be, or the other way round.
type Stranger = (Uuid, AuditFault, Option<audit::Model>);

/// Rows that wait, and what is neither sealed nor waiting, or waits and is gone. What a seal lists and is gone was
/// noticed before.
async fn strangers(tx: &ReadTx) -> Result<(i64, Vec<Stranger>)> {
    let random = RandomState::new();
    let add = |sum: u64, id: &Uuid| sum.wrapping_add(random.hash_one(id));
    let waiting = unsealed::Entity::find().all(tx.conn()).await?;
    let mut expected = waiting.iter().fold(0, |sum, row| add(sum, &row.audit_id));
    each_listed(tx, |id| expected = add(expected, id)).await?;
    let mut there = 0;
    each_written(tx, |id| there = add(there, id)).await?;
    let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    if there == expected {
        return Ok((count, Vec::new()));
    }
    let mut listed = Vec::new();
    each_listed(tx, |id| listed.push(*id)).await?;
    listed.sort_unstable();
    let mut queued: Vec<Uuid> = waiting.iter().map(|row| row.audit_id).collect();
    queued.sort_unstable();
    let (mut strangers, mut seen) = (Vec::new(), Vec::new());
    each_written(tx, |id| {
        let (is_listed, is_queued) = (listed.binary_search(id).is_ok(), queued.binary_search(id).is_ok());
        if is_queued {
            seen.push(*id);
        }
        if !is_listed && !is_queued {
            strangers.push((*id, AuditFault::Added, None));
        }
    })
    .await?;
    let gone = queued.into_iter().filter(|id| seen.binary_search(id).is_err());
    strangers.extend(gone.map(|id| (id, AuditFault::Removed, None)));
    for (id, _, row) in strangers.iter_mut().take(NAMED) {
        *row = audit::Entity::find_by_id(*id).one(tx.conn()).await?;
    }
    strangers.sort_by_key(|(id, _, row)| (row.as_ref().map(|row| row.created_at), *id));
    Ok((count, strangers))
}

/// Every id that a seal lists.
async fn each_listed(tx: &ReadTx, mut take: impl FnMut(&Uuid)) -> Result<()> {
    let mut after = 0;
    loop {
        let seals = page(tx, after, i64::MAX).await?;
        let Some(last) = seals.last() else { return Ok(()) };
        after = last.seq;
        for seal in &seals {
            chain::entries(&seal.content).unwrap_or_default().iter().for_each(|(id, _)| take(id));
        }
    }
}

/// Every id in the log, in their order.
async fn each_written(tx: &ReadTx, mut take: impl FnMut(&Uuid)) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let next = audit::Entity::find().select_only().column(audit::Column::Id).filter(audit::Column::Id.gt(after));
        let ids: Vec<Uuid> = next.order_by_asc(audit::Column::Id).limit(IDS).into_tuple().all(tx.conn()).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        ids.iter().for_each(&mut take);
    }
}
