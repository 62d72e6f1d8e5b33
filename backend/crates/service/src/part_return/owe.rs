//! What finished repairs leave behind: made and cancelled in the transaction of the ticket, and waived by people.

use super::entity::{back, owed, policy};
use super::{model, owed_queries as queries};
use crate::ticket::entity::{part, ticket};
use crate::ticket::{part_payer, part_price};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::REVERSAL_BLOCKED;
use openapi::service::owed_part::{
    GetPartReturnPolicy, OwedPart, OwedPartAction, OwedPartLife, OwedPartState, PartReturnPolicy, RestoreOwedPart,
    SetPartReturnPolicy, WaiveOwedPart,
};
use openapi::service::{OLD_PART_GONE, OLD_PART_OWED};
use openapi::stock::Owner;
use openapi::{Note, UnitPrice};
use platform::doc::lifecycle::{self, stored};
use platform::doc::{document, rules};
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use std::collections::BTreeSet;
use stock::api::OldPartsLeaving;
use uuid::Uuid;

/// Notes what a station owes of the old parts that a repair took in: lines with their quantities. Headquarters owes itself
/// nothing.
pub async fn note(tx: &Tx, ticket: &ticket::Model, parts: &[(part::Model, i64, Owner)]) -> Result<()> {
    let ticket_payer = stored(&ticket.payer)?;
    let mut rows = Vec::new();
    for (line, quantity, owner) in parts.iter().filter(|(line, ..)| line.returns_old_part) {
        let payer = part_payer(line, ticket_payer)?;
        if model::is_owed(payer) {
            rows.push(owed::Model {
                org_id: ticket.org_id,
                ticket_id: ticket.id,
                ticket_number: ticket.number.clone(),
                part_id: line.id,
                product_id: line.product_id,
                serial: line.old_serial.clone(),
                quantity: *quantity,
                unit_price: some_price(part_price(line, payer), line),
                payer: payer.as_str().to_owned(),
                owner: owner.as_str().to_owned(),
                ..Default::default()
            });
        }
    }
    if rows.is_empty() || identity::api::root(tx).await?.id == ticket.org_id {
        return Ok(());
    }
    let finished_on = tx.today();
    let (due_on, good_until) = model::last_days(finished_on, &policy::now(tx).await?);
    let numbers = tx.numbers(DocKind::OwedPart, rows.len()).await?;
    for (row, number) in rows.into_iter().zip(numbers) {
        let state = OwedPartState::Open.as_str().to_owned();
        let row = owed::Model { number, state, finished_on, due_on, good_until, ..row };
        let row = tx.create::<owed::Entity>(row).await?;
        lifecycle::created::<OwedPartLife>(tx, row.id, OwedPartState::Open);
    }
    Ok(())
}

/// The price for its payer; where none was agreed, what a customer would pay.
fn some_price(price: UnitPrice, line: &part::Model) -> i64 {
    if price.is_positive() { price.0 } else { line.retail_price }
}

/// The repair is reversed: nothing is owed for it any more. Refused while a return has taken some of it along.
pub async fn cancel(tx: &Tx, ticket: &ticket::Model, reason: &Note<500>) -> Result<()> {
    let mut gone = BTreeSet::new();
    for before in lock_of(tx, ticket.id).await? {
        if before.state == OwedPartState::Cancelled.as_str() {
            continue;
        }
        match &before.return_number {
            Some(number) => _ = gone.insert(number.clone()),
            None => {
                let after = document::followed::<owed::Entity>(tx, &before, OwedPartAction::Cancel, Some(reason))?;
                tx.save::<owed::Entity>(&before, after).await?;
            }
        }
    }
    if gone.is_empty() {
        return Ok(());
    }
    let numbers: Vec<String> = gone.into_iter().collect();
    Err(Failure::new(REVERSAL_BLOCKED).with("documents", numbers.join("、")))
}

pub async fn waive(tx: &Tx, call: Call<WaiveOwedPart>) -> Result<OwedPart> {
    let before = tx.lock::<owed::Entity>(call.path.id).await?;
    let reason = call.body.reason;
    let after = document::stepped::<owed::Entity>(tx, &before, OwedPartAction::Waive, Some(&reason))?;
    let after = owed::Model { waived_because: Some(reason.into()), ..after };
    queries::detail(tx, tx.save::<owed::Entity>(&before, after).await?).await
}

/// Refused when the customer has got the part meanwhile.
pub async fn restore(tx: &Tx, call: Call<RestoreOwedPart>) -> Result<OwedPart> {
    let before = tx.lock::<owed::Entity>(call.path.id).await?;
    let after = document::stepped::<owed::Entity>(tx, &before, OwedPartAction::Restore, Some(&call.body.reason))?;
    let left = stock::api::old_parts_left(tx, before.ticket_id, before.org_id).await?;
    let others = wanted_of(tx, before.ticket_id).await?.into_iter().filter(|of| of.id != before.id);
    if model::lacking(&left, &others.chain([after.clone()]).collect::<Vec<_>>()).is_some() {
        return Err(Failure::new(OLD_PART_GONE).with("number", before.number));
    }
    let after = owed::Model { waived_because: None, ..after };
    queries::detail(tx, tx.save::<owed::Entity>(&before, after).await?).await
}

/// What headquarters waits for, or has got already, is not there for the customer to take along.
pub async fn keep(tx: &Tx, event: &OldPartsLeaving) -> Result<()> {
    match model::lacking(&event.left, &wanted_of(tx, event.ticket).await?) {
        Some(of) => {
            let state = stored::<OwedPartState>(&of.state)?.label(tx.lang());
            Err(Failure::new(OLD_PART_OWED).with("number", &of.number).with("state", state))
        }
        None => Ok(()),
    }
}

/// The old parts of a ticket that were neither waived nor cancelled. All of them stay locked.
async fn wanted_of(tx: &Tx, ticket: Uuid) -> Result<Vec<owed::Model>> {
    let mut rows = lock_of(tx, ticket).await?;
    let free = [OwedPartState::Waived, OwedPartState::Cancelled].map(|state| state.as_str());
    rows.retain(|row| !free.contains(&row.state.as_str()));
    Ok(rows)
}

/// Locks all old parts of a ticket, whatever became of them.
async fn lock_of(tx: &Tx, ticket: Uuid) -> Result<Vec<owed::Model>> {
    tx.lock_all::<owed::Entity>(Condition::all().add(owed::Column::TicketId.eq(ticket))).await
}

/// Locks old parts in the order of their ids, which is the order for everybody.
pub async fn lock(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<owed::Model>> {
    let ids: BTreeSet<Uuid> = ids.into_iter().collect();
    let locked = tx.lock_all::<owed::Entity>(Condition::all().add(owed::Column::Id.is_in(ids.iter().copied()))).await?;
    if locked.len() == ids.len() { Ok(locked) } else { Err(Failure::not_found()) }
}

/// A step that follows from a return, with which the part goes from now on unless it was recalled.
pub async fn follow(
    tx: &Tx,
    before: &owed::Model,
    action: OwedPartAction,
    back: &back::Model,
    deduction: i64,
) -> Result<()> {
    let after = document::followed::<owed::Entity>(tx, before, action, Some(&back.number))?;
    let with = (action != OwedPartAction::Recall).then(|| (back.id, back.number.clone()));
    let (return_id, return_number) = with.unzip();
    tx.save::<owed::Entity>(before, owed::Model { return_id, return_number, deduction, ..after }).await?;
    Ok(())
}

pub async fn rules_now(tx: &ReadTx, _: Call<GetPartReturnPolicy>) -> Result<PartReturnPolicy> {
    shown_rules(tx).await
}

pub async fn set_rules(tx: &Tx, call: Call<SetPartReturnPolicy>) -> Result<PartReturnPolicy> {
    policy::set(tx, call.body).await?;
    shown_rules(tx).await
}

async fn shown_rules(tx: &ReadTx) -> Result<PartReturnPolicy> {
    let rows = policy::changes(tx, rules::SHOWN).await?;
    let names = identity::api::people_named(tx.conn(), rows.iter().map(|row| row.created_by)).await?;
    policy::shown(policy::now(tx).await?, rows, &names)
}
