//! Replacing the short lists of a ticket that are not posted: symptoms, methods, services, accessories.

use super::entity::{accessory, fault, fee, method};
use super::names;
use openapi::choice::Choice;
use openapi::master::dictionary::DictionaryKind;
use openapi::problem::field;
use openapi::service::intake::AccessoryDraft;
use openapi::service::work::{FeesDraft, MethodDraft};
use openapi::{Issue, Money, UnitPrice};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashSet;
use uuid::Uuid;

/// Whether a quantity makes sense on a ticket: more than nothing, and not absurd.
pub fn sensible(pointer: String, quantity: openapi::Quantity) -> Result<()> {
    let max = openapi::Quantity::pieces(10_000);
    if quantity.is_positive() && quantity <= max {
        return Ok(());
    }
    Err(Failure::field(pointer, Issue::new(field::OUT_OF_RANGE).with("min", "0.001").with("max", max)))
}

fn once(seen: &mut HashSet<Uuid>, pointer: String, id: Uuid) -> Result<()> {
    if seen.insert(id) { Ok(()) } else { Err(Failure::field(pointer, Issue::new(field::DUPLICATE))) }
}

/// Symptoms as the customer tells them.
pub async fn reported(tx: &ReadTx, ticket: Uuid, ids: &[Uuid]) -> Result<Vec<fault::Model>> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(ids.len());
    // read together here, remembered below
    master::api::entries(tx, ids.iter().copied()).await?;
    for (at, id) in (0..).zip(ids) {
        let pointer = format!("/fault_ids/{at}");
        once(&mut seen, pointer.clone(), *id)?;
        let entry = names::entry(tx, DictionaryKind::Fault, *id, &pointer).await?;
        rows.push(fault::Model {
            id: platform::new_id(),
            ticket_id: ticket,
            position_no: at,
            fault_id: *id,
            name: entry.name.into(),
            is_reported: true,
            is_confirmed: false,
        });
    }
    Ok(rows)
}

/// What was reported, and what the engineer saw.
pub fn confirmed(reported: Vec<fault::Model>, seen: Vec<fault::Model>) -> Vec<fault::Model> {
    let ids: HashSet<Uuid> = seen.iter().map(|row| row.fault_id).collect();
    let mut rows: Vec<fault::Model> = reported
        .into_iter()
        .filter(|row| row.is_reported)
        .map(|row| fault::Model { is_confirmed: ids.contains(&row.fault_id), ..row })
        .collect();
    let known: HashSet<Uuid> = rows.iter().map(|row| row.fault_id).collect();
    let new = seen.into_iter().filter(|row| !known.contains(&row.fault_id));
    rows.extend(new.map(|row| fault::Model { is_reported: false, is_confirmed: true, ..row }));
    (0..).zip(rows).map(|(position_no, row)| fault::Model { position_no, ..row }).collect()
}

/// The symptoms in short: their names, or the customer's words.
pub fn summary(faults: &[fault::Model], text: Option<&str>) -> String {
    if faults.is_empty() {
        return text.unwrap_or_default().chars().take(200).collect();
    }
    faults.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join("、")
}

macro_rules! replaced { ($($(#[$doc:meta])* $name:ident: $entity:ident;)+) => { $(
    $(#[$doc])*
    pub async fn $name(tx: &Tx, ticket: Uuid, rows: Vec<$entity::Model>) -> Result<()> {
        tx.remove($entity::Entity::delete_many().filter($entity::Column::TicketId.eq(ticket))).await?;
        tx.insert_all::<$entity::Entity>(rows).await
    }
)+ } }

replaced! {
    /// Writes the symptoms.
    put_faults: fault;
    /// Writes the methods.
    put_methods: method;
    /// Writes the services.
    put_fees: fee;
    /// Writes the accessories.
    put_accessories: accessory;
}

/// Methods with the prices of their level.
pub async fn methods(tx: &ReadTx, ticket: Uuid, drafts: &[MethodDraft]) -> Result<Vec<method::Model>> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(drafts.len());
    for (at, draft) in (0..).zip(drafts) {
        let pointer = format!("/methods/{at}/method_id");
        let id = draft.method_id.uuid();
        once(&mut seen, pointer.clone(), id)?;
        let entry = names::entry(tx, DictionaryKind::RepairMethod, id, &pointer).await?;
        let level_id = draft.level_id.map(Uuid::from).or(entry.level_id.map(Uuid::from));
        let level = match level_id {
            Some(level) => {
                let pointer = format!("/methods/{at}/level_id");
                Some(names::entry(tx, DictionaryKind::RepairLevel, level, &pointer).await?)
            }
            None => None,
        };
        let price = |of: fn(&names::Entry) -> Option<Money>| level.as_ref().and_then(of).unwrap_or(Money::ZERO).0;
        rows.push(method::Model {
            id: platform::new_id(),
            ticket_id: ticket,
            position_no: at,
            method_id: id,
            name: entry.name.into(),
            level_id,
            labour_price: price(|level| level.labour_price),
            claim_fee: price(|level| level.claim_fee),
            level_name: level.map(|level| level.name.into()),
        });
    }
    Ok(rows)
}

/// Services with their prices and taxes.
pub async fn fees(tx: &ReadTx, ticket: Uuid, drafts: &FeesDraft) -> Result<Vec<fee::Model>> {
    let mut rows = Vec::with_capacity(drafts.lines.len());
    for (at, draft) in (0..).zip(&drafts.lines) {
        let pointer = format!("/lines/{at}/service_item_id");
        let id = draft.service_item_id.uuid();
        let item = names::entry(tx, DictionaryKind::ServiceItem, id, &pointer).await?;
        sensible(format!("/lines/{at}/quantity"), draft.quantity)?;
        let price = draft.unit_price.or(item.price).unwrap_or(UnitPrice::ZERO);
        let max = UnitPrice(10_000_000_000); // a million yuan
        if price < UnitPrice::ZERO || price > max {
            let issue = Issue::new(field::OUT_OF_RANGE).with("min", 0).with("max", max);
            return Err(Failure::field(format!("/lines/{at}/unit_price"), issue));
        }
        rows.push(fee::Model {
            id: platform::new_id(),
            ticket_id: ticket,
            position_no: at,
            service_item_id: id,
            name: item.name.into(),
            quantity: draft.quantity.0,
            unit_price: price.0,
            tax_rate: item.tax_rate.map_or(0, i64::from),
            is_free_in_warranty: item.is_free_in_warranty.unwrap_or(false),
        });
    }
    Ok(rows)
}

/// Accessories, by the list or by name.
pub async fn accessories(tx: &ReadTx, ticket: Uuid, drafts: &[AccessoryDraft]) -> Result<Vec<accessory::Model>> {
    let mut rows = Vec::with_capacity(drafts.len());
    for (at, draft) in (0..).zip(drafts) {
        let AccessoryDraft { accessory_id, name, quantity, condition, remark } = draft;
        let name = match (accessory_id, name) {
            (Some(id), _) => {
                let pointer = format!("/accessories/{at}/accessory_id");
                names::entry(tx, DictionaryKind::Accessory, id.uuid(), &pointer).await?.name.into()
            }
            (None, Some(name)) => name.to_string(),
            (None, None) => {
                return Err(Failure::field(format!("/accessories/{at}/name"), Issue::new(field::REQUIRED)));
            }
        };
        sensible(format!("/accessories/{at}/quantity"), *quantity)?;
        rows.push(accessory::Model {
            id: platform::new_id(),
            ticket_id: ticket,
            position_no: at,
            accessory_id: accessory_id.map(Into::into),
            name,
            quantity: quantity.0,
            condition: condition.as_str().to_owned(),
            remark: remark.as_ref().map(ToString::to_string),
            is_returned: false,
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(id: Uuid, is_reported: bool) -> fault::Model {
        fault::Model { fault_id: id, name: id.to_string(), is_reported, ..Default::default() }
    }

    #[test]
    fn what_the_engineer_sees_is_kept_beside_what_the_customer_says() {
        let (told, seen, wrong) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let rows = confirmed(vec![fault(told, true), fault(wrong, true)], vec![fault(told, false), fault(seen, false)]);
        let state: Vec<_> = rows.iter().map(|r| (r.fault_id, r.is_reported, r.is_confirmed)).collect();
        assert_eq!(state, [(told, true, true), (wrong, true, false), (seen, false, true)]);
        // diagnosing again forgets what only the engineer had added before
        let again = confirmed(rows, vec![fault(wrong, false)]);
        let state: Vec<_> = again.iter().map(|r| (r.fault_id, r.is_reported, r.is_confirmed)).collect();
        assert_eq!(state, [(told, true, false), (wrong, true, true)]);
    }

    #[test]
    fn the_summary_falls_back_on_the_customers_words() {
        assert_eq!(summary(&[], Some("进水后不开机")), "进水后不开机");
        assert_eq!(summary(&[fault::Model { name: "不开机".to_owned(), ..Default::default() }], Some("x")), "不开机");
        assert_eq!(summary(&[], None), "");
    }
}
