//! Draft → row → contract, and the decisions about a ticket. Pure: nothing here waits or reads.

use super::bill;
use super::entity::{accessory, callback, document, fault, fee, method, part, ticket};
use chrono::{DateTime, TimeZone, Utc};
use finance::api::Rates;
use openapi::choice::Choice;
use openapi::document::Lifecycle;
use openapi::service::closing::{Charges, TicketCallback, TicketDocument};
use openapi::service::intake::{AccessoryDraft, TicketEdit};
use openapi::service::state::{Priority, TicketAction, TicketLifecycle, TicketState};
use openapi::service::ticket::{TicketAccessory, TicketFault, TicketFee, TicketMethod, TicketPart, TicketRow};
use openapi::service::work::TicketPayer;
use openapi::{Money, Note, Quantity, Serial, ShownPhone, Text, UnitPrice};
use platform::doc::lifecycle::stored;
use platform::{Actor, Result};
use uuid::Uuid;

/// Where tickets without a promise stand when they are ordered by it.
pub fn no_promise() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2200, 1, 1, 0, 0, 0).single().unwrap_or_default()
}

/// Critical before urgent before normal.
pub const fn urgency(priority: Priority) -> i32 {
    match priority {
        Priority::Normal => 0,
        Priority::Urgent => 1,
        Priority::Critical => 2,
    }
}

/// Whether the promise is broken and the unit still here.
pub fn is_overdue(row: &ticket::Model, state: TicketState, now: DateTime<Utc>) -> bool {
    state.is_open() && row.due_at < now
}

/// Writes what may be corrected into a row.
pub fn edited(row: ticket::Model, edit: TicketEdit) -> (ticket::Model, Vec<Uuid>, Vec<AccessoryDraft>) {
    let TicketEdit {
        sold_on,
        warranty_state_id,
        fault_ids,
        fault_text,
        accessories,
        appearance,
        promised_at,
        priority,
        channel,
        inbound_courier,
        remark,
    } = edit;
    let promised_at = promised_at.map(|at| at.utc());
    let row = ticket::Model {
        sold_on: sold_on.map(Into::into),
        warranty_state_id: warranty_state_id.into(),
        fault_text: fault_text.map(Into::into),
        appearance: appearance.map(Into::into),
        promised_at,
        due_at: promised_at.unwrap_or_else(no_promise),
        priority: priority.as_str().to_owned(),
        urgency: urgency(priority),
        channel: channel.as_str().to_owned(),
        inbound_courier: inbound_courier.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    };
    (row, fault_ids.into_iter().map(Into::into).collect(), accessories)
}

/// What of a ticket somebody may see.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<Utc>,
}

impl Sight<'_> {
    /// The phone, masked for those without the right; an engineer sees it once the ticket is in his hands.
    pub fn phone(&self, row: &ticket::Model) -> String {
        let may = self.actor.may(openapi::service::TICKET_CONTACT_VIEW)
            || row.engineer_id.is_some_and(|engineer| engineer == self.actor.user_id);
        ShownPhone::of(&row.customer_phone, may).into()
    }

    /// The cost, or nothing for those without the right.
    pub fn cost(&self, cost: Money) -> Option<Money> {
        self.actor.may(openapi::service::TICKET_COST_VIEW).then_some(cost)
    }

    /// What the state table, the rights and the ticket itself allow.
    pub fn allowed(&self, row: &ticket::Model, state: TicketState) -> Vec<TicketAction> {
        TicketLifecycle::actions(state)
            .filter(|step| self.actor.may(step.permission))
            .map(|step| step.action)
            .filter(|action| fits(*action, row, self.actor))
            .collect()
    }
}

/// Whether an action that the table knows makes sense for this ticket and this person.
fn fits(action: TicketAction, row: &ticket::Model, actor: &Actor) -> bool {
    let is_settled = row.settled_at.is_some();
    let is_engineer = row.engineer_id == Some(actor.user_id);
    match action {
        TicketAction::Diagnose | TicketAction::Finish | TicketAction::AwaitParts | TicketAction::PartsArrived => {
            row.engineer_id.is_some()
        }
        TicketAction::PassQc => !is_engineer,
        TicketAction::Settle => !is_settled,
        TicketAction::Charge => !is_settled,
        TicketAction::Collect => is_settled && row.customer_due > 0,
        TicketAction::ReverseSettlement | TicketAction::ReverseCompletion => is_settled,
        TicketAction::Edit
        | TicketAction::Accept
        | TicketAction::Parts
        | TicketAction::Assign
        | TicketAction::FailQc
        | TicketAction::PickUp
        | TicketAction::CallBack
        | TicketAction::WaiveCallback
        | TicketAction::Audit
        | TicketAction::SendBack
        | TicketAction::Cancel
        | TicketAction::ReverseFinish
        | TicketAction::ReverseAudit => true,
    }
}

/// The line in a list.
pub fn list_row(row: ticket::Model, sight: Sight<'_>) -> Result<TicketRow> {
    let state: TicketState = stored(&row.state)?;
    Ok(TicketRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        state,
        stage: state.stage(),
        allowed: sight.allowed(&row, state),
        priority: stored(&row.priority)?,
        promised_at: row.promised_at.map(Into::into),
        is_overdue: is_overdue(&row, state, sight.now),
        payer: stored(&row.payer)?,
        customer_phone: sight.phone(&row),
        number: row.number,
        warranty_state_name: row.warranty_state_name,
        customer_name: row.customer_name,
        product_name: row.product_name,
        serial: row.serial.map(Serial::stored),
        is_abnormal: row.is_abnormal,
        fault_summary: row.fault_summary,
        engineer_name: row.engineer_name,
        rework_count: row.rework_count,
        customer_due: Money(row.customer_due),
        is_imported: row.imported_at.is_some(),
    })
}

/// How many of a part are short.
pub const fn short(part: &part::Model) -> i64 {
    let missing = part.required - part.issued - part.reserved;
    if missing > 0 { missing } else { 0 }
}

pub fn fault_of(row: fault::Model) -> TicketFault {
    let fault::Model { id: _, ticket_id: _, position_no: _, fault_id, name, is_reported: _, is_confirmed } = row;
    TicketFault { fault_id: fault_id.into(), name, is_confirmed }
}

pub fn method_of(row: method::Model) -> TicketMethod {
    let method::Model {
        id: _,
        ticket_id: _,
        position_no: _,
        method_id,
        name,
        level_id,
        level_name,
        labour_price: _,
        claim_fee: _,
    } = row;
    TicketMethod { method_id: method_id.into(), name, level_id: level_id.map(Into::into), level_name }
}

pub fn part_of(row: part::Model, head: (TicketState, TicketPayer), sight: Sight<'_>) -> Result<TicketPart> {
    let (state, payer) = head;
    let payer = bill::part_payer(&row, payer)?;
    // what was only planned was not asked of the store yet
    let short = if state == TicketState::PendingAcceptance { 0 } else { short(&row) };
    Ok(TicketPart {
        id: row.id.into(),
        product_id: row.product_id.into(),
        is_serial_tracked: row.is_serial_tracked,
        warehouse_id: row.warehouse_id.into(),
        required: Quantity(row.required),
        reserved: Quantity(row.reserved),
        short: Quantity(short),
        issued: Quantity(row.issued),
        returned: Quantity(row.returned),
        used: Quantity(row.used),
        is_consumed: row.consumed > 0 && row.consumed == row.used,
        unit_price: bill::part_price(&row, payer),
        payer,
        cost: if row.consumed > 0 { sight.cost(Money(row.cost)) } else { None },
        old_part: stored(&row.old_part)?,
        shortage_id: row.shortage_id.map(Into::into),
        product_code: row.product_code,
        product_name: row.product_name,
        serial: row.serial.map(Serial::stored),
        old_serial: row.old_serial.map(Serial::stored),
        remark: row.remark.map(Text::stored),
    })
}

pub fn fee_of(row: fee::Model) -> TicketFee {
    let fee::Model {
        id: _,
        ticket_id: _,
        position_no: _,
        service_item_id,
        name,
        quantity,
        unit_price,
        tax_rate: _,
        is_free_in_warranty: _,
    } = row;
    TicketFee {
        service_item_id: service_item_id.into(),
        name,
        quantity: Quantity(quantity),
        unit_price: UnitPrice(unit_price),
    }
}

pub fn accessory_of(row: accessory::Model) -> Result<TicketAccessory> {
    let accessory::Model {
        id,
        ticket_id: _,
        position_no: _,
        accessory_id,
        name,
        quantity,
        condition,
        remark,
        is_returned,
    } = row;
    Ok(TicketAccessory {
        id: id.into(),
        accessory_id: accessory_id.map(Into::into),
        name: Text::stored(name),
        quantity: Quantity(quantity),
        condition: stored(&condition)?,
        remark: remark.map(Text::stored),
        is_returned,
    })
}

pub fn document_of(row: document::Model) -> Result<TicketDocument> {
    let document::Model { id: _, ticket_id: _, kind, document_id, number, posted_at, is_reversed } = row;
    Ok(TicketDocument {
        kind: stored(&kind)?,
        id: document_id.into(),
        number,
        posted_at: posted_at.into(),
        is_reversed,
    })
}

pub fn callback_of(row: callback::Model) -> Result<TicketCallback> {
    let callback::Model {
        id: _,
        ticket_id: _,
        number,
        created_at,
        created_by: _,
        by_name,
        outcome,
        score,
        answers,
        follow_up,
    } = row;
    Ok(TicketCallback {
        number,
        at: created_at.into(),
        by_name,
        outcome: stored(&outcome)?,
        score,
        answers: serde_json::from_str(&answers)?,
        follow_up: follow_up.map(Note::stored),
    })
}

/// The bill that was fixed by the settlement, or the one as it stands.
pub fn charges(
    row: &ticket::Model,
    methods: &[method::Model],
    parts: &[part::Model],
    fees: &[fee::Model],
    rates: Rates,
) -> Result<Charges> {
    match &row.bill {
        Some(fixed) => Ok(serde_json::from_str(fixed)?),
        None => {
            let is_finished = row.finished_at.is_some();
            bill::bill(&bill::Basis { payer: stored(&row.payer)?, methods, parts, fees, is_finished, rates })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::service::state::TicketState as S;
    use openapi::{Permission, Role};
    use std::collections::HashMap;
    use std::sync::Arc;

    fn actor(role: Role) -> Actor {
        let grants: HashMap<String, openapi::Scope> = openapi::service::PERMISSIONS
            .iter()
            .filter_map(|p: &Permission| Some((p.code.to_owned(), p.preset(role)?)))
            .collect();
        Actor { user_id: platform::new_id(), grants: Arc::new(grants), ..Actor::anonymous() }
    }

    fn row() -> ticket::Model {
        ticket::Model {
            customer_phone: "13800138000".to_owned(),
            engineer_id: Some(platform::new_id()),
            ..Default::default()
        }
    }

    #[test]
    fn phones_are_hidden_from_an_engineer_until_the_ticket_is_his() {
        let (engineer, mut row) = (actor(Role::Engineer), row());
        let sight = Sight { actor: &engineer, now: Utc::now() };
        assert_eq!(sight.phone(&row), "138****8000");
        row.engineer_id = Some(engineer.user_id);
        assert_eq!(sight.phone(&row), "13800138000");
    }

    #[test]
    fn costs_are_hidden_from_reception_and_engineers() {
        for (role, sees) in [
            (Role::Reception, false),
            (Role::Engineer, false),
            (Role::Headquarters, true),
            (Role::StationManager, true),
        ] {
            let actor = actor(role);
            assert_eq!(Sight { actor: &actor, now: Utc::now() }.cost(Money(1)).is_some(), sees, "{role}");
        }
    }

    #[test]
    fn each_role_is_offered_its_own_steps() {
        let offered = |role: Role, state: S| {
            let actor = actor(role);
            Sight { actor: &actor, now: Utc::now() }.allowed(&row(), state)
        };
        assert_eq!(offered(Role::Inspector, S::PendingQc), [TicketAction::PassQc, TicketAction::FailQc]);
        assert!(offered(Role::Engineer, S::PendingQc).iter().all(|a| *a == TicketAction::Charge));
        assert_eq!(offered(Role::Care, S::Completed), [TicketAction::CallBack, TicketAction::WaiveCallback]);
        assert_eq!(offered(Role::Reception, S::Audited), []);
        assert_eq!(offered(Role::Headquarters, S::Audited), [TicketAction::ReverseAudit]);
    }

    #[test]
    fn a_manager_who_repaired_it_is_not_offered_the_inspection() {
        let manager = actor(Role::StationManager);
        let row = ticket::Model { engineer_id: Some(manager.user_id), ..row() };
        let allowed = Sight { actor: &manager, now: Utc::now() }.allowed(&row, S::PendingQc);
        assert!(!allowed.contains(&TicketAction::PassQc) && allowed.contains(&TicketAction::FailQc));
    }

    #[test]
    fn a_settled_ticket_is_not_settled_again() {
        let cashier = actor(Role::Reception);
        let sight = Sight { actor: &cashier, now: Utc::now() };
        let settled = ticket::Model { settled_at: Some(Utc::now()), customer_due: 100, ..row() };
        assert!(sight.allowed(&row(), S::PendingPickup).contains(&TicketAction::Settle));
        assert!(!sight.allowed(&settled, S::PendingPickup).contains(&TicketAction::Settle));
        assert!(sight.allowed(&settled, S::PendingPickup).contains(&TicketAction::Collect));
    }
}
