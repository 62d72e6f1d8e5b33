//! Writes at the desk: take in, correct, accept, assign, cancel.

use super::custody;
use super::entity::{accessory, fault, part, ticket};
use super::lines;
use super::model;
use super::names::{self, Happened};
use super::plan;
use super::queries::{self, Fresh};
use super::step::Change;
use super::store;
use crate::shortage;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::dictionary::DictionaryKind;
use openapi::problem::field;
use openapi::service::intake::{IntakeDraft, TicketEdit};
use openapi::service::state::{TicketAction, TicketLifecycle, TicketState};
use openapi::service::ticket::{
    AcceptTicket, AssignTicket, CancelTicket, CreateTicket, RegisterTicketUnit, RemarkOnTicket, Ticket, UpdateTicket,
};
use openapi::service::work::Acceptance;
use openapi::service::{CUSTOMER_CHOICE, PARTS_OUTSTANDING, UNIT_ALREADY_KNOWN};
use openapi::{Issue, Quantity, Timestamp};
use platform::doc::lifecycle;
use platform::{Call, Failure, Result, Tx};
use uuid::Uuid;

fn wrong(pointer: &str, code: openapi::Code) -> Failure {
    Failure::field(pointer, Issue::new(code))
}

/// The station that takes it in: one that the caller may act for.
async fn station(tx: &Tx, draft: &IntakeDraft) -> Result<Uuid> {
    let org = draft.org_id.map_or(tx.actor().org_id, Uuid::from);
    if !tx.reaches_org(org).await? || !names::is_station(tx, org).await? {
        return Err(wrong("/org_id", field::REFERENCE_NOT_FOUND));
    }
    Ok(org)
}

/// The customer: chosen, or put on file now.
async fn customer(tx: &Tx, draft: &IntakeDraft) -> Result<names::Person> {
    match (draft.customer_id, &draft.new_customer) {
        (Some(id), None) => names::customer(tx, id.uuid()).await,
        (None, Some(new)) => names::new_customer(tx, new.clone()).await,
        _ => Err(Failure::new(CUSTOMER_CHOICE)),
    }
}

/// A promise must lie ahead, and a sale behind.
fn dates(tx: &Tx, promised_at: Option<Timestamp>, sold_on: Option<openapi::Date>) -> Result<()> {
    if promised_at.is_some_and(|at| at.utc() < tx.now()) {
        return Err(wrong("/promised_at", field::ORDER));
    }
    sale(tx, sold_on)
}

fn sale(tx: &Tx, sold_on: Option<openapi::Date>) -> Result<()> {
    match sold_on {
        Some(on) if on.naive() > tx.today() => Err(wrong("/sold_on", openapi::master::DATE_IN_FUTURE)),
        _ => Ok(()),
    }
}

fn edit_of(draft: &IntakeDraft, warranty_state: Uuid) -> TicketEdit {
    TicketEdit {
        sold_on: draft.sold_on,
        warranty_state_id: warranty_state.into(),
        fault_ids: draft.fault_ids.clone(),
        fault_text: draft.fault_text.clone(),
        accessories: draft.accessories.clone(),
        appearance: draft.appearance.clone(),
        promised_at: draft.promised_at,
        priority: draft.priority,
        channel: draft.channel,
        inbound_courier: draft.inbound_courier.clone(),
        remark: draft.remark.clone(),
    }
}

/// A ticket with its symptoms and accessories, before they are written.
struct Described {
    row: ticket::Model,
    faults: Vec<fault::Model>,
    accessories: Vec<accessory::Model>,
}

/// Checks what the caller said against the records that it names.
async fn described(tx: &Tx, row: ticket::Model, edit: TicketEdit) -> Result<Described> {
    if edit.fault_ids.is_empty() && edit.fault_text.is_none() {
        return Err(wrong("/fault_text", field::REQUIRED));
    }
    let warranty =
        names::entry(tx, DictionaryKind::WarrantyState, edit.warranty_state_id.uuid(), "/warranty_state_id").await?;
    let payer = warranty.payer.ok_or_else(|| wrong("/warranty_state_id", field::REFERENCE_NOT_FOUND))?;
    let (mut row, faults, accessories) = model::edited(row, edit);
    let faults = lines::reported(tx, row.id, &faults).await?;
    row.warranty_state_name = warranty.name.into();
    row.payer = payer.as_str().to_owned();
    row.fault_summary = lines::summary(&faults, row.fault_text.as_deref());
    let accessories = lines::accessories(tx, row.id, &accessories).await?;
    Ok(Described { row, faults, accessories })
}

/// Fills the head of a ticket that stands, and replaces its symptoms and accessories.
async fn apply(tx: &Tx, row: ticket::Model, edit: TicketEdit) -> Result<ticket::Model> {
    let Described { row, faults, accessories } = described(tx, row, edit).await?;
    let kept = queries::faults_of(tx, row.id).await?;
    let seen = kept.into_iter().filter(|fault| fault.is_confirmed).collect();
    lines::put_faults(tx, row.id, lines::confirmed(faults, seen)).await?;
    lines::put_accessories(tx, row.id, accessories).await?;
    Ok(row)
}

/// A number that no ticket carries (those that were imported brought numbers of their own), and the other open tickets
/// on the serial.
async fn numbered(tx: &Tx, mut row: ticket::Model) -> Result<(ticket::Model, Vec<ticket::Model>)> {
    for _ in 0..10_000 {
        row.number = tx.number(DocKind::Ticket).await?;
        if let (true, others) = queries::before_writing(tx, &row).await? {
            return Ok((row, others));
        }
    }
    Err(Failure::Internal("every number of the rule is taken".to_owned()))
}

pub async fn create(tx: &Tx, call: Call<CreateTicket>) -> Result<Ticket> {
    let draft = call.body;
    dates(tx, draft.promised_at, draft.sold_on)?;
    if draft.engineer_id.is_some() && !draft.accept {
        return Err(wrong("/engineer_id", field::UNKNOWN_VALUE));
    }
    let org_id = station(tx, &draft).await?;
    let person = customer(tx, &draft).await?;
    let unit = names::unit(tx, &draft, person.id).await?;
    let warranty = draft.warranty_state_id.map(Uuid::from).or(unit.warranty_state_id);
    let warranty = warranty.ok_or_else(|| wrong("/warranty_state_id", field::REQUIRED))?;
    let edit = edit_of(&draft, warranty);
    let blank = ticket::Model {
        id: platform::new_id(),
        org_id,
        state: TicketState::PendingAcceptance.as_str().to_owned(),
        customer_id: person.id,
        customer_name: person.name,
        customer_phone: person.phone,
        unit_id: Some(unit.id),
        serial: Some(unit.serial),
        product_id: unit.product_id,
        product_name: unit.product_name,
        is_abnormal: unit.is_abnormal,
        due_at: model::no_promise(),
        ..Default::default()
    };
    let Described { mut row, faults, accessories } = described(tx, blank, edit).await?;
    row.sold_on = row.sold_on.or(unit.sold_on.map(Into::into));
    let mut parts = plan::planned(tx, &row, &draft.parts, "/parts", 0).await?;
    let (row, others) = numbered(tx, row).await?;
    // the head first: its lines refer to it
    let row = tx.create::<ticket::Entity>(row).await?;
    tx.insert_all::<fault::Entity>(faults.clone()).await?;
    tx.insert_all::<accessory::Entity>(accessories.clone()).await?;
    lifecycle::created::<TicketLifecycle>(tx, row.id, TicketState::PendingAcceptance);
    let mut change = Change::made(tx, row);
    if !parts.is_empty() {
        change.note(TicketAction::Parts.as_str(), &plan::told(&parts));
    }
    if !draft.accept {
        tx.insert_all::<part::Entity>(parts.clone()).await?;
        return queries::fresh(tx, change.row, Fresh { faults, accessories, parts }, others).await;
    }
    accepted(tx, &mut change, &mut parts, None).await?;
    tx.insert_all::<part::Entity>(parts).await?;
    if let Some(engineer) = draft.engineer_id {
        assigned(tx, &mut change, engineer.uuid(), None).await?;
    }
    change.save().await
}

/// Takes the step, the unit into custody, and what is planned out of what is free. The lines are not saved here.
async fn accepted(tx: &Tx, change: &mut Change<'_>, parts: &mut [part::Model], note: Option<&str>) -> Result<()> {
    change.take(TicketAction::Accept, note)?;
    change.row.accepted_at = Some(tx.now());
    let taken = custody::take(tx, &change.row).await?;
    plan::reserve(tx, &change.row, parts).await?;
    names::unit_event(tx, &change.row, Happened::Intake, taken.as_deref()).await
}

pub async fn update(tx: &Tx, call: Call<UpdateTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::Edit, None)?;
    sale(tx, call.body.sold_on)?;
    // a promise that is kept may have passed meanwhile; a new one must lie ahead
    let promised_at = call.body.promised_at;
    if promised_at.map(|at| at.utc()) != change.row.promised_at {
        dates(tx, promised_at, None)?;
    }
    let due_at = change.row.due_at;
    change.row = apply(tx, change.row.clone(), call.body).await?;
    if change.row.due_at != due_at {
        shortage::due_changed(tx, &change.row).await?;
    }
    change.save().await
}

pub async fn accept(tx: &Tx, call: Call<AcceptTicket>) -> Result<Ticket> {
    let Acceptance { engineer_id, remark } = call.body;
    let mut change = Change::lock(tx, call.path.id).await?;
    let mut parts = queries::parts_of(tx, change.row.id).await?;
    accepted(tx, &mut change, &mut parts, remark.as_deref()).await?;
    for line in parts {
        tx.put_line::<part::Entity>(line.id, line).await?;
    }
    if let Some(engineer) = engineer_id {
        assigned(tx, &mut change, engineer.uuid(), None).await?;
    }
    change.save().await
}

pub async fn register_unit(tx: &Tx, call: Call<RegisterTicketUnit>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    if !change.row.is_abnormal {
        return Err(Failure::new(UNIT_ALREADY_KNOWN));
    }
    change.take(TicketAction::Edit, None)?;
    names::register_unit(tx, &change.row).await?;
    // whoever confirms a unit clears the mark of every open ticket on it, this one too
    let row = tx.get::<ticket::Entity>(call.path.id).await?;
    if !row.is_abnormal {
        return queries::detail(tx, row).await;
    }
    change.row.is_abnormal = false;
    change.save().await
}

/// Parts that the engineer of a ticket still has in hand.
async fn in_hand(tx: &Tx, ticket: Uuid) -> Result<()> {
    for part in queries::parts_of(tx, ticket).await? {
        let held = part.issued - part.returned - part.consumed;
        if held > 0 {
            let refusal = Failure::new(PARTS_OUTSTANDING);
            return Err(refusal.with("part", part.product_name).with("quantity", Quantity(held)));
        }
    }
    Ok(())
}

/// Gives the ticket to an engineer of its station; who takes it from another one says why.
async fn assigned(tx: &Tx, change: &mut Change<'_>, engineer: Uuid, reason: Option<&str>) -> Result<()> {
    let name = names::engineer(tx, engineer, change.row.org_id).await?;
    let changes_hands = change.row.engineer_id.is_some_and(|before| before != engineer);
    if changes_hands {
        if reason.is_none() {
            return Err(wrong("/reason", field::REQUIRED));
        }
        in_hand(tx, change.row.id).await?;
    }
    let note = match reason {
        Some(reason) => format!("{name}：{reason}"),
        None => name.clone(),
    };
    change.take(TicketAction::Assign, Some(&note))?;
    change.row.engineer_id = Some(engineer);
    change.row.engineer_name = Some(name);
    names::tell(tx, engineer, &change.row, names::News::Assigned)
}

pub async fn assign(tx: &Tx, call: Call<AssignTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    assigned(tx, &mut change, call.body.engineer_id.uuid(), call.body.reason.as_deref()).await?;
    change.save().await
}

pub async fn cancel(tx: &Tx, call: Call<CancelTicket>) -> Result<Ticket> {
    let mut change = Change::lock(tx, call.path.id).await?;
    change.take(TicketAction::Cancel, Some(&call.body.reason))?;
    for part in queries::parts_of(tx, change.row.id).await? {
        let held = part.issued - part.returned;
        if held > 0 {
            let refusal = Failure::new(PARTS_OUTSTANDING);
            return Err(refusal.with("part", part.product_name).with("quantity", Quantity(held)));
        }
        let part = shortage::end(tx, part).await?;
        store::release(tx, part).await?;
    }
    let given = custody::give_back(tx, &change.row).await?;
    let note: Vec<&str> = given.as_deref().into_iter().chain([&*call.body.reason]).collect();
    let note: String = note.join(" ").chars().take(500).collect();
    names::unit_event(tx, &change.row, Happened::Cancelled, Some(&note)).await?;
    change.save().await
}

pub async fn remark(tx: &Tx, call: Call<RemarkOnTicket>) -> Result<Ticket> {
    let change = Change::lock(tx, call.path.id).await?;
    if change.state()? == TicketState::Audited {
        return Err(change.frozen());
    }
    change.note("note", &call.body.reason);
    change.save().await
}
