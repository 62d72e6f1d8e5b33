//! Writes from the bill to the audit, and their reversals.

use super::custody;
use super::entity::{accessory, callback, ticket};
use super::money;
use super::queries;
use super::step::Change;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::CREDIT_GRANT;
use openapi::problem::field;
use openapi::service::closing::{CallbackDraft, CallbackOutcome, PickupDraft};
use openapi::service::state::TicketAction;
use openapi::service::ticket::{
    AuditTicket, CallBackTicket, CollectTicket, PickUpTicket, ReverseTicketAudit, ReverseTicketCompletion,
    ReverseTicketSettlement, SendTicketBack, SettleTicket, Ticket, WaiveTicketCallback,
};
use openapi::service::{
    ACCESSORIES_NOT_RETURNED, ALREADY_SETTLED, NOT_PAID, NOT_SETTLED, NOTHING_TO_REVERSE, SIGNATURE_MISSING,
    TICKET_SETTLE,
};
use openapi::{Issue, Note};
use platform::{Call, Failure, Result, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashSet;
use uuid::Uuid;

/// Fixes the bill and posts it.
async fn settle_now(tx: &Tx, change: &mut Change<'_>) -> Result<()> {
    if change.row.settled_at.is_some() {
        return Err(Failure::new(ALREADY_SETTLED));
    }
    let mut charges = queries::charges_of(tx, &change.row).await?;
    charges.is_settled = true;
    change.take(TicketAction::Settle, Some(&charges.total.to_string()))?;
    change.row.settlement_id = money::settle(tx, &change.row, &charges).await?;
    change.row.settled_at = Some(tx.now());
    change.row.customer_due = charges.customer_due.0;
    change.row.bill = Some(serde_json::to_string(&charges)?);
    Ok(())
}

pub async fn settle(tx: &Tx, call: Call<SettleTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    settle_now(tx, &mut change).await?;
    if let Some(remark) = &call.body.remark {
        change.note("note", remark);
    }
    change.save().await
}

pub async fn collect(tx: &Tx, call: Call<CollectTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    let paid = money::sum(&call.body.payments)?;
    change.take(TicketAction::Collect, Some(&paid.to_string()))?;
    if change.row.settled_at.is_none() {
        return Err(Failure::new(NOT_SETTLED));
    }
    money::collect(tx, &change.row, call.body).await?;
    change.save().await
}

/// Takes the settlement back: the ticket has a bill that can change again.
pub(super) async fn unsettle(tx: &Tx, row: &mut ticket::Model, reason: &str) -> Result<()> {
    if row.settled_at.is_none() {
        return Ok(());
    }
    money::reverse(tx, row, reason).await?;
    row.settlement_id = None;
    row.settled_at = None;
    row.customer_due = 0;
    row.bill = None;
    Ok(())
}

pub async fn reverse_settlement(tx: &Tx, call: Call<ReverseTicketSettlement>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::ReverseSettlement, Some(&call.body.reason))?;
    if change.row.settled_at.is_none() {
        return Err(Failure::new(NOT_SETTLED));
    }
    unsettle(tx, &mut change.row, &call.body.reason).await?;
    change.save().await
}

/// Ticks the accessories that go back; all of them must.
async fn give_back(tx: &Tx, ticket: Uuid, returned: &PickupDraft) -> Result<()> {
    let ticked: HashSet<Uuid> = returned.returned_accessory_ids.iter().map(|id| id.uuid()).collect();
    let lines = queries::accessories_of(tx, ticket).await?;
    let missing = lines.iter().filter(|line| !ticked.contains(&line.id)).count();
    if missing > 0 {
        return Err(Failure::new(ACCESSORIES_NOT_RETURNED).with("count", missing));
    }
    returned_is(tx, ticket, true).await
}

async fn returned_is(tx: &Tx, ticket: Uuid, is_returned: bool) -> Result<()> {
    accessory::Entity::update_many()
        .col_expr(accessory::Column::IsReturned, Expr::value(is_returned))
        .filter(accessory::Column::TicketId.eq(ticket))
        .exec(tx.conn())
        .await?;
    Ok(())
}

pub async fn pick_up(tx: &Tx, call: Call<PickUpTicket>) -> Result<Ticket> {
    let draft = call.body;
    let mut change = Change::lock(tx, call.path.id).await?;
    if change.row.settled_at.is_none() {
        tx.require(TICKET_SETTLE)?;
        settle_now(tx, &mut change).await?;
    }
    let open = money::standing(tx, &change.row).await?.0.open;
    if open.is_positive() && !(draft.on_credit && tx.actor().may(CREDIT_GRANT)) {
        return Err(Failure::new(NOT_PAID).with("open", open));
    }
    if !super::names::is_signature(tx, draft.signature_id, change.row.id).await? {
        return Err(Failure::new(SIGNATURE_MISSING));
    }
    give_back(tx, change.row.id, &draft).await?;
    let note = draft.received_by.as_ref().map(ToString::to_string);
    change.take(TicketAction::PickUp, note.as_deref())?;
    change.row.signature_id = Some(draft.signature_id.into());
    change.row.received_by = draft.received_by.map(Into::into);
    change.row.outbound_courier = draft.outbound_courier.map(Into::into);
    change.row.completed_at = Some(tx.now());
    let given = custody::give_back(tx, &change.row).await?;
    super::names::unit_event(tx, &change.row, super::names::Happened::PickedUp, given.as_deref()).await?;
    change.save().await
}

/// What a callback must say, by its outcome.
fn checked(draft: &CallbackDraft) -> Result<()> {
    let required = |pointer: &str| Err(Failure::field(pointer, Issue::new(field::REQUIRED)));
    let reached = matches!(draft.outcome, CallbackOutcome::Satisfied | CallbackOutcome::Dissatisfied);
    match draft.outcome {
        CallbackOutcome::Waived => Err(Failure::field("/outcome", Issue::new(field::UNKNOWN_VALUE))),
        _ if reached && draft.score.is_none() => required("/score"),
        CallbackOutcome::Dissatisfied if draft.follow_up.is_none() => required("/follow_up"),
        _ => Ok(()),
    }
}

async fn record(tx: &Tx, ticket: Uuid, draft: CallbackDraft) -> Result<Uuid> {
    let row = callback::Model {
        id: platform::new_id(),
        ticket_id: ticket,
        number: tx.number(DocKind::Callback).await?,
        created_at: tx.now(),
        created_by: tx.actor().user_id,
        by_name: tx.actor().name.clone(),
        outcome: draft.outcome.as_str().to_owned(),
        score: draft.score,
        answers: serde_json::to_string(&draft.answers)?,
        follow_up: draft.follow_up.map(Into::into),
    };
    let id = row.id;
    tx.insert_all::<callback::Entity>([row]).await?;
    Ok(id)
}

pub async fn call_back(tx: &Tx, call: Call<CallBackTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    checked(&call.body)?;
    let outcome = call.body.outcome;
    let note = match call.body.score {
        Some(score) => format!("{} {score}/5", outcome.label(tx.lang())),
        None => outcome.label(tx.lang()).to_owned(),
    };
    let before = change.row.state.clone();
    change.take(TicketAction::CallBack, Some(&note))?;
    // nobody answered: the attempt is on record, the call is still to be made
    if outcome == CallbackOutcome::Unreachable {
        change.hold(before, &note);
    }
    change.row.callback_id = Some(record(tx, change.row.id, call.body).await?);
    change.save().await
}

pub async fn waive(tx: &Tx, call: Call<WaiveTicketCallback>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::WaiveCallback, Some(&call.body.reason))?;
    let follow_up = Some(Note::stored(call.body.reason.into_string()));
    let draft = CallbackDraft { outcome: CallbackOutcome::Waived, score: None, answers: Vec::new(), follow_up };
    change.row.callback_id = Some(record(tx, change.row.id, draft).await?);
    change.save().await
}

pub async fn audit(tx: &Tx, call: Call<AuditTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::Audit, call.body.remark.as_deref())?;
    change.save().await
}

pub async fn send_back(tx: &Tx, call: Call<SendTicketBack>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::SendBack, Some(&call.body.reason))?;
    change.save().await
}

/// Back to 已回访, one stage. The audit itself posted nothing, but the month of the completion must still be open.
pub async fn reverse_audit(tx: &Tx, call: Call<ReverseTicketAudit>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::ReverseAudit, Some(&call.body.reason))?;
    money::require_open(tx, &change.row).await?;
    super::names::unit_event(tx, &change.row, super::names::Happened::Reversed, Some(&call.body.reason)).await?;
    change.save().await
}

/// Back to 待取机, one stage: the settlement is mirrored, the unit and its accessories are with the station again.
pub async fn reverse_completion(tx: &Tx, call: Call<ReverseTicketCompletion>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::ReverseCompletion, Some(&call.body.reason))?;
    // what was handed over here is settled; history of an older system posted nothing
    if change.row.settled_at.is_none() {
        return Err(Failure::new(NOTHING_TO_REVERSE));
    }
    unsettle(tx, &mut change.row, &call.body.reason).await?;
    returned_is(tx, change.row.id, false).await?;
    custody::take_again(tx, &change.row, &call.body.reason).await?;
    change.row.completed_at = None;
    change.row.signature_id = None;
    change.row.received_by = None;
    change.row.outbound_courier = None;
    super::names::unit_event(tx, &change.row, super::names::Happened::Reversed, Some(&call.body.reason)).await?;
    change.save().await
}
