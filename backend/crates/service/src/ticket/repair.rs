//! Writes at the bench: diagnose, parts, finish, inspect.

use super::entity::part;
use super::lines;
use super::model;
use super::names::{self, Happened};
use super::plan;
use super::queries;
use super::step::Change;
use super::store;
use crate::shortage;
use openapi::choice::Choice;
use openapi::master::dictionary::DictionaryKind;
use openapi::problem::field;
use openapi::service::state::{OldPartState, TicketAction, TicketState};
use openapi::service::ticket::{
    AddTicketParts, AwaitTicketParts, ChargeTicket, DiagnoseTicket, FailTicket, FinishTicket, IssueTicketParts,
    PassTicket, RemoveTicketPart, ResumeTicket, ReturnTicketParts, ReverseTicketFinish, Ticket, UseTicketParts,
};
use openapi::service::work::{FinishDraft, PartMove, PartUse, TicketPayer};
use openapi::service::{
    ALREADY_SETTLED, INSPECTOR_IS_ENGINEER, METHOD_MISSING, PART_IN_USE, PART_NEEDS_SERIAL, PART_QUANTITY,
    PARTS_NOT_BALANCED, PARTS_SHORT,
};
use openapi::{Issue, Quantity};
use platform::doc::lifecycle::stored;
use platform::{Call, Failure, Result, Tx};
use sea_orm::EntityTrait;
use std::collections::HashMap;
use uuid::Uuid;

pub async fn diagnose(tx: &Tx, call: Call<DiagnoseTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let is_first = change.state()? == TicketState::PendingDiagnosis;
    change.take(TicketAction::Diagnose, call.body.findings.as_deref())?;
    change.as_its_engineer()?;
    let cause = match call.body.cause_id {
        Some(id) => Some(names::entry(tx, DictionaryKind::Cause, id.uuid(), "/cause_id").await?),
        None => None,
    };
    let ids: Vec<Uuid> = call.body.fault_ids.iter().map(|id| id.uuid()).collect();
    let seen = lines::reported(tx, change.row.id, &ids).await?;
    let told = queries::faults_of(tx, change.row.id).await?;
    let methods = lines::methods(tx, change.row.id, &call.body.methods).await?;
    let faults = lines::confirmed(told, seen);
    change.row.fault_summary = lines::summary(&faults, change.row.fault_text.as_deref());
    lines::put_faults(tx, change.row.id, faults).await?;
    lines::put_methods(tx, change.row.id, methods).await?;
    change.row.cause_id = cause.as_ref().map(|cause| cause.id.into());
    change.row.cause_name = cause.map(|cause| cause.name.into());
    change.row.findings = call.body.findings.map(Into::into);
    // what was planned and is not there stops the repair before it begins
    let lines = if is_first { queries::parts_of(tx, change.row.id).await? } else { Vec::new() };
    if lines.iter().any(|line| model::short(line) > 0) {
        change.follow(TicketAction::AwaitParts, None)?;
    }
    change.save().await
}

pub async fn add_parts(tx: &Tx, call: Call<AddTicketParts>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let known = queries::parts_of(tx, change.row.id).await?;
    let first = known.last().map_or(0, |part| part.position_no + 1);
    let mut rows = plan::planned(tx, &change.row, &call.body.lines, "/lines", first).await?;
    let state = change.state()?;
    // nothing is asked of the store before the unit is accepted
    let is_short = state != TicketState::PendingAcceptance && plan::reserve(tx, &change.row, &mut rows).await?;
    change.take(TicketAction::Parts, Some(&plan::told(&rows)))?;
    if call.body.issue {
        rows = handed_out(tx, &mut change, rows, "/issue").await?;
    }
    tx.insert_all::<part::Entity>(rows).await?;
    // what is not there stops the repair: the ticket waits for it
    if is_short && state == TicketState::Repairing && change.as_its_engineer().is_ok() {
        change.take(TicketAction::AwaitParts, None)?;
    }
    change.save().await
}

/// The lines of a ticket by id.
struct Lines(HashMap<Uuid, part::Model>);

impl Lines {
    async fn of(tx: &Tx, ticket: Uuid) -> Result<Self> {
        Ok(Lines(queries::parts_of(tx, ticket).await?.into_iter().map(|part| (part.id, part)).collect()))
    }

    fn take(&mut self, id: Uuid, pointer: String) -> Result<part::Model> {
        self.0.remove(&id).ok_or_else(|| Failure::not_there(pointer))
    }
}

/// Between more than nothing and what is possible.
fn within(quantity: Quantity, most: i64, at: usize) -> Result<()> {
    if quantity.is_positive() && quantity.0 <= most {
        return Ok(());
    }
    let issue = Issue::new(PART_QUANTITY).with("max", Quantity(most.max(0)));
    Err(Failure::field(format!("/lines/{at}/quantity"), issue))
}

pub async fn remove_part(tx: &Tx, call: Call<RemoveTicketPart>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let line = Lines::of(tx, change.row.id).await?.take(call.body.line_id.uuid(), "/line_id".to_owned())?;
    let note = format!("− {} × {}", line.product_name, Quantity(line.required));
    change.take(TicketAction::Parts, Some(&note))?;
    if line.issued > 0 {
        return Err(Failure::new(PART_IN_USE));
    }
    let was_missing = model::short(&line) > 0;
    let line = shortage::end(tx, line).await?;
    let line = store::release(tx, line).await?;
    part::Entity::delete_by_id(line.id).exec(tx.conn()).await?;
    if was_missing {
        // nothing is waited for any more once the last missing part is off the ticket
        let left = queries::parts_of(tx, change.row.id).await?;
        goes_on(&mut change, &left, &note)?;
    }
    change.save().await
}

/// The moves of a request with their lines.
async fn moves(tx: &Tx, ticket: Uuid, drafts: &[PartMove]) -> Result<Vec<(part::Model, Quantity)>> {
    let mut lines = Lines::of(tx, ticket).await?;
    let take = |(at, draft): (usize, &PartMove)| {
        Ok((lines.take(draft.line_id.uuid(), format!("/lines/{at}/line_id"))?, draft.quantity))
    };
    drafts.iter().enumerate().map(take).collect()
}

fn told(sign: &str, moves: &[(part::Model, Quantity)]) -> String {
    let one = |(line, quantity): &(part::Model, Quantity)| format!("{sign}{} × {quantity}", line.product_name);
    moves.iter().map(one).collect::<Vec<_>>().join("；")
}

pub async fn issue_parts(tx: &Tx, call: Call<IssueTicketParts>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let engineer = change.engineer()?;
    let mut moves = moves(tx, change.row.id, &call.body.lines).await?;
    for (at, ((line, quantity), draft)) in moves.iter_mut().zip(&call.body.lines).enumerate() {
        within(*quantity, line.required - line.issued, at)?;
        if line.is_serial_tracked {
            let serial = draft
                .serial
                .as_ref()
                .ok_or_else(|| Failure::field(format!("/lines/{at}/serial"), Issue::new(PART_NEEDS_SERIAL)))?;
            line.serial = Some(serial.to_string());
        }
    }
    change.take(TicketAction::Parts, Some(&told("领 ", &moves)))?;
    for line in store::issue(tx, &change.row, engineer, moves).await? {
        store::put(tx, line).await?;
    }
    change.save().await
}

pub async fn return_parts(tx: &Tx, call: Call<ReturnTicketParts>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let engineer = change.engineer()?;
    let moves = moves(tx, change.row.id, &call.body.lines).await?;
    for (at, (line, quantity)) in moves.iter().enumerate() {
        within(*quantity, line.issued - line.returned - line.used, at)?;
    }
    change.take(TicketAction::Parts, Some(&told("退 ", &moves)))?;
    store::give_back(tx, &change.row, engineer, moves).await?;
    change.save().await
}

/// What becomes of the part that was taken out, where nobody says otherwise.
const fn by_file(line: &part::Model) -> OldPartState {
    if line.returns_old_part { OldPartState::Owed } else { OldPartState::None }
}

/// What becomes of the part that was taken out. The maker's replacement always leaves an old part behind.
fn old_part(line: &part::Model, draft: &PartUse, payer: TicketPayer, at: usize) -> Result<OldPartState> {
    let owed = by_file(line);
    match draft.old_part {
        _ if draft.quantity.is_zero() => Ok(OldPartState::None),
        None => Ok(owed),
        Some(OldPartState::Returned) => {
            Err(Failure::field(format!("/lines/{at}/old_part"), Issue::new(field::UNKNOWN_VALUE)))
        }
        Some(chosen) if chosen != owed && line.returns_old_part && payer == TicketPayer::Manufacturer => {
            Err(Failure::field(format!("/lines/{at}/old_part"), Issue::new(field::UNKNOWN_VALUE)))
        }
        Some(chosen) => Ok(chosen),
    }
}

pub async fn use_parts(tx: &Tx, call: Call<UseTicketParts>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.as_its_engineer()?;
    let payer: TicketPayer = stored(&change.row.payer)?;
    let mut lines = Lines::of(tx, change.row.id).await?;
    let mut noted = Vec::new();
    for (at, draft) in call.body.lines.iter().enumerate() {
        let before = lines.take(draft.line_id.uuid(), format!("/lines/{at}/line_id"))?;
        let most = before.issued - before.returned;
        if draft.quantity.0 < before.consumed || draft.quantity.0 > most {
            let issue = Issue::new(PART_QUANTITY).with("max", Quantity(most));
            return Err(Failure::field(format!("/lines/{at}/quantity"), issue));
        }
        let payer = super::bill::part_payer(&before, payer)?;
        let old_part = old_part(&before, draft, payer, at)?;
        noted.push(format!("用 {} × {}", before.product_name, draft.quantity));
        let after = part::Model {
            used: draft.quantity.0,
            old_serial: draft.old_serial.as_ref().map(ToString::to_string),
            old_part: old_part.as_str().to_owned(),
            ..before
        };
        store::put(tx, after).await?;
    }
    change.take(TicketAction::Parts, Some(&noted.join("；")))?;
    change.save().await
}

pub async fn await_parts(tx: &Tx, call: Call<AwaitTicketParts>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::AwaitParts, call.body.remark.as_deref())?;
    change.as_its_engineer()?;
    for mut line in queries::parts_of(tx, change.row.id).await? {
        if model::short(&line) > 0 && line.shortage_id.is_none() {
            shortage::register(tx, &change.row, &mut line).await?;
            store::put(tx, line).await?;
        }
    }
    change.save().await
}

pub async fn resume(tx: &Tx, call: Call<ResumeTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::PartsArrived, call.body.remark.as_deref())?;
    change.as_its_engineer()?;
    let mut lines = queries::parts_of(tx, change.row.id).await?;
    lines.retain(|line| model::short(line) > 0);
    store::reserve(tx, &change.row, &mut lines).await?;
    for line in lines {
        if model::short(&line) > 0 {
            return Err(Failure::new(PARTS_SHORT).with("part", line.product_name));
        }
        store::put(tx, line).await?;
    }
    change.save().await
}

/// A ticket that waits for parts goes on once none of its lines is short. Whether it did.
pub fn goes_on(change: &mut Change<'_>, lines: &[part::Model], because: &str) -> Result<bool> {
    let waits = lines.iter().any(|line| model::short(line) > 0);
    if waits || change.state()? != TicketState::AwaitingParts {
        return Ok(false);
    }
    change.follow(TicketAction::PartsArrived, Some(because))?;
    Ok(true)
}

pub async fn charge(tx: &Tx, call: Call<ChargeTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::Charge, None)?;
    if change.row.settled_at.is_some() {
        return Err(Failure::new(ALREADY_SETTLED));
    }
    let fees = lines::fees(tx, change.row.id, &call.body).await?;
    lines::put_fees(tx, change.row.id, fees).await?;
    change.save().await
}

/// Everything that was issued is either in the unit or back in the store.
fn balanced(line: &part::Model) -> Result<()> {
    if line.issued == line.used + line.returned {
        return Ok(());
    }
    let refusal = Failure::new(PARTS_NOT_BALANCED).with("part", &line.product_name);
    Err(refusal
        .with("issued", Quantity(line.issued))
        .with("used", Quantity(line.used))
        .with("returned", Quantity(line.returned)))
}

/// Hands the engineer of the ticket what is reserved for lines; `pointer` is what asked for it. The lines are not saved
/// here.
async fn handed_out(
    tx: &Tx,
    change: &mut Change<'_>,
    lines: Vec<part::Model>,
    pointer: &str,
) -> Result<Vec<part::Model>> {
    let engineer = change.engineer()?;
    let (reserved, mut lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.reserved > 0);
    if reserved.is_empty() {
        return Ok(lines);
    }
    if let Some(line) = reserved.iter().find(|line| line.is_serial_tracked) {
        let issue = Issue::new(PART_NEEDS_SERIAL).with("part", &line.product_name);
        return Err(Failure::field(pointer, issue));
    }
    let moves: Vec<_> = reserved.into_iter().map(|line| (line.clone(), Quantity(line.reserved))).collect();
    change.take(TicketAction::Parts, Some(&told("领 ", &moves)))?;
    lines.extend(store::issue(tx, &change.row, engineer, moves).await?);
    lines.sort_by_key(|line| line.position_no);
    Ok(lines)
}

/// The parts went into the unit as planned: hands the reserved ones to the engineer, and counts what he holds as used.
/// The lines are not saved here.
async fn used_as_planned(tx: &Tx, change: &mut Change<'_>, lines: Vec<part::Model>) -> Result<Vec<part::Model>> {
    change.as_its_engineer()?;
    let mut lines = handed_out(tx, change, lines, "/use_parts").await?;
    for line in &mut lines {
        let held = line.issued - line.returned;
        if line.used < held {
            line.used = held;
            line.old_part = by_file(line).as_str().to_owned();
        }
    }
    Ok(lines)
}

pub async fn finish(tx: &Tx, call: Call<FinishTicket>) -> Result<Ticket> {
    let FinishDraft { use_parts, remark } = call.body;
    let mut change = Change::lock(tx, call.path.id).await?;
    let (mut planned, methods) = queries::parts_and_methods(tx, change.row.id).await?;
    let before: HashMap<Uuid, part::Model> = planned.iter().map(|line| (line.id, line.clone())).collect();
    if use_parts && change.state()? == TicketState::Repairing {
        planned = used_as_planned(tx, &mut change, planned).await?;
    }
    change.take(TicketAction::Finish, remark.as_deref())?;
    let engineer = change.as_its_engineer()?;
    if methods.is_empty() || methods.iter().any(|method| method.level_id.is_none()) {
        return Err(Failure::new(METHOD_MISSING));
    }
    let mut lines = Vec::new();
    for line in planned {
        balanced(&line)?;
        let line = shortage::end(tx, line).await?;
        let line = store::release(tx, line).await?;
        let line = part::Model { required: line.issued, ..line };
        match line.issued {
            // never drawn: the repair did without it
            0 => {
                part::Entity::delete_by_id(line.id).exec(tx.conn()).await?;
            }
            // what is used up below is saved there
            _ if line.used > line.consumed || before.get(&line.id) == Some(&line) => lines.push(line),
            _ => lines.push(store::put(tx, line).await?),
        }
    }
    store::consume(tx, &change.row, engineer, lines).await?;
    change.row.finished_at = Some(tx.now());
    change.row.inspector_id = None;
    change.row.inspector_name = None;
    names::unit_event(tx, &change.row, Happened::Repaired, change.row.findings.clone().as_deref()).await?;
    change.save().await
}

pub async fn pass(tx: &Tx, call: Call<PassTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::PassQc, call.body.remark.as_deref())?;
    another_person(tx, &change)?;
    change.row.inspector_id = Some(tx.actor().user_id);
    change.row.inspector_name = Some(tx.actor().name.clone());
    change.save().await
}

/// Nobody inspects the own work.
fn another_person(tx: &Tx, change: &Change<'_>) -> Result<()> {
    if change.row.engineer_id == Some(tx.actor().user_id) {
        return Err(Failure::new(INSPECTOR_IS_ENGINEER));
    }
    Ok(())
}

pub async fn fail(tx: &Tx, call: Call<FailTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::FailQc, Some(&call.body.reason))?;
    change.row.rework_count += 1;
    change.row.finished_at = None;
    if let Some(engineer) = change.row.engineer_id {
        names::tell(tx, engineer, &change.row, names::News::Failed)?;
    }
    change.save().await
}

/// Back to the engineer with everything undone that the finish posted; a settlement goes first.
pub async fn reverse_finish(tx: &Tx, call: Call<ReverseTicketFinish>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::ReverseFinish, Some(&call.body.reason))?;
    super::closing::unsettle(tx, &mut change.row, &call.body.reason).await?;
    store::reverse(tx, &change.row, &call.body.reason).await?;
    change.row.finished_at = None;
    change.row.inspector_id = None;
    change.row.inspector_name = None;
    names::unit_event(tx, &change.row, Happened::Reversed, Some(&call.body.reason)).await?;
    change.save().await
}
