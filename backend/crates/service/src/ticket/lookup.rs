//! Reads for the desk: what intake can fill in, and who can repair.

use super::entity::ticket;
use super::queries::{on_serial, open_states};
use openapi::master::customer::CustomerRow;
use openapi::master::unit::{ImeiHint, Unit, UnitLookup, UnitMatch};
use openapi::master::warranty::WarrantyVerdict;
use openapi::service::TICKET_CONTACT_VIEW;
use openapi::service::board::{EngineerLoad, Engineers};
use openapi::service::intake::{IntakeCustomer, IntakeLookup, IntakeUnit};
use openapi::service::ticket::{ListEngineers, LookUpIntake};
use openapi::{Lang, Role, ShownPhone};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

fn unit_of(found: &Unit, lang: Lang) -> IntakeUnit {
    IntakeUnit {
        id: found.id.cast(),
        serial: found.serial.clone(),
        product_id: found.product_id.cast(),
        product_name: found.product_name.to_string(),
        sold_on: found.sold_on,
        is_in_warranty: found.warranty.verdict == WarrantyVerdict::Covered,
        warranty_until: found.warranty.ends_on,
        warranty_reasons: found
            .warranty
            .lines
            .iter()
            .map(|line| match lang {
                Lang::Zh => line.zh.clone(),
                Lang::En => line.en.clone(),
            })
            .collect(),
    }
}

fn customer_of(row: CustomerRow, full_phone: bool) -> IntakeCustomer {
    let phone = ShownPhone::of(&row.phone, full_phone);
    IntakeCustomer { id: row.id, name: row.name, phone, region: row.region, address: row.address }
}

pub async fn lookup(tx: &ReadTx, call: Call<LookUpIntake>) -> Result<IntakeLookup> {
    let query = call.query.0;
    let found: Option<UnitLookup> = match &query.serial {
        Some(serial) => Some(master::api::look_up_unit(tx, serial.clone()).await?),
        None => None,
    };
    let is_imei_sound = found.as_ref().and_then(|found| match found.imei {
        ImeiHint::NotImei => None,
        ImeiHint::Sound => Some(true),
        ImeiHint::WrongCheckDigit => Some(false),
    });
    let matches: Vec<UnitMatch> = found.map(|found| found.matches).unwrap_or_default();
    let is_unknown_serial = query.serial.is_some() && matches.is_empty();
    let first = matches.into_iter().next();
    let unit = first.as_ref().map(|matched| unit_of(&matched.unit, tx.lang()));
    let warranty_state_id = first.as_ref().and_then(|matched| matched.warranty_state_id).map(|id| id.cast());
    let mut people: Vec<CustomerRow> = first.and_then(|matched| matched.customer).into_iter().collect();
    if let Some(phone) = &query.phone {
        let called = master::api::customers_with_phone(tx, phone).await?;
        people
            .extend(called.into_iter().filter(|row| people.iter().all(|known| known.id != row.id)).collect::<Vec<_>>());
    }
    let may_see = tx.actor().may(TICKET_CONTACT_VIEW);
    let (duplicates, history) = match &query.serial {
        Some(serial) => (on_serial(tx, serial, true).await?, on_serial(tx, serial, false).await?),
        None => (Vec::new(), Vec::new()),
    };
    Ok(IntakeLookup {
        unit,
        is_unknown_serial,
        is_imei_sound,
        warranty_state_id,
        customers: people.into_iter().take(20).map(|row| customer_of(row, may_see)).collect(),
        duplicates,
        history,
    })
}

pub async fn engineers(tx: &ReadTx, call: Call<ListEngineers>) -> Result<Engineers> {
    use ticket::Column as C;
    let org = call.query.0.org_id.map_or(tx.actor().org_id, Uuid::from);
    if !tx.reaches_org(org).await? {
        return Err(Failure::not_found());
    }
    let people = identity::api::people_with_role(tx.conn(), org, Role::Engineer).await?;
    let loads: HashMap<Uuid, i64> = ticket::Entity::find()
        .filter(C::EngineerId.is_in(people.iter().map(|person| person.id)))
        .filter(C::State.is_in(open_states()))
        .select_only()
        .column(C::EngineerId)
        .column_as(C::Id.count(), "found")
        .group_by(C::EngineerId)
        .into_tuple::<(Uuid, i64)>()
        .all(tx.conn())
        .await?
        .into_iter()
        .collect();
    let wanted = |id: Uuid| call.query.0.engineer_id.is_none_or(|only| only.uuid() == id);
    let load = |person: identity::api::Person| EngineerLoad {
        open_tickets: loads.get(&person.id).copied().unwrap_or_default(),
        user_id: person.id.into(),
        name: person.name,
        login: person.login,
    };
    Ok(Engineers { items: people.into_iter().filter(|person| wanted(person.id)).map(load).collect() })
}
