//! Rules of a unit; draft → row → contract.

use super::entity::{event, unit};
use super::warranty::{Component, Resold, Terms, decide};
use crate::dictionary::entity::entry;
use crate::product::entity::product;
use crate::stored::{small, small_or_none};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use openapi::choice::Choice;
use openapi::master::DATE_IN_FUTURE;
use openapi::master::customer::CustomerRow;
use openapi::master::product::ProductRow;
use openapi::master::unit::{DocumentLink, Unit, UnitDraft, UnitEvent, UnitRow};
use openapi::{Issue, Note, Serial, Text, problem::field};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// What is wrong with the dates of a draft.
pub fn draft_issues(draft: &UnitDraft, today: NaiveDate) -> Vec<(String, Issue)> {
    let mut issues = Vec::new();
    let past = [
        ("/sold_on", draft.sold_on),
        ("/manufactured_on", draft.manufactured_on),
        ("/installed_on", draft.installed_on),
    ];
    for (pointer, date) in past {
        if date.is_some_and(|date| date.naive() > today) {
            issues.push((pointer.to_owned(), Issue::new(DATE_IN_FUTURE)));
        }
    }
    if draft.sold_on.zip(draft.manufactured_on).is_some_and(|(sold, made)| sold < made) {
        issues.push(("/sold_on".to_owned(), Issue::new(field::ORDER)));
    }
    if draft.sold_on.zip(draft.extended_until).is_some_and(|(sold, until)| until < sold) {
        issues.push(("/extended_until".to_owned(), Issue::new(field::ORDER)));
    }
    issues
}

/// The draft of an intake: what is known stays, what was missing is filled in.
pub fn intake_draft(known: Option<&unit::Model>, intake: super::Intake) -> Result<UnitDraft> {
    let super::Intake { serial, product_id, customer_id, sold_on, manufactured_on } = intake;
    let known = known.cloned().unwrap_or_default();
    let is_new = known.id.is_nil();
    Ok(UnitDraft {
        serial,
        product_id: if is_new { product_id } else { known.product_id.into() },
        customer_id: known.customer_id.map_or(Some(customer_id), |id| Some(id.into())),
        sold_on: known.sold_on.map(Into::into).or(sold_on),
        manufactured_on: known.manufactured_on.map(Into::into).or(manufactured_on),
        installed_on: known.installed_on.map(Into::into),
        warranty_months: small_or_none(known.warranty_months)?,
        extended_until: known.extended_until.map(Into::into),
        void_reason: known.void_reason.map(Text::stored),
        dealer: known.dealer.map(Text::stored),
        invoice_no: known.invoice_no.map(Text::stored),
        colour: known.colour.map(Text::stored),
        sw_version: known.sw_version.map(Text::stored),
        location: known.location.map(Text::stored),
        remark: known.remark.map(Note::stored),
    })
}

/// The first instant of a day in a zone.
pub fn start_of_day(day: NaiveDate, zone: impl TimeZone) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?;
    zone.from_local_datetime(&midnight).earliest().map(|at| at.with_timezone(&Utc))
}

/// Writes a draft into a row; stamps, brand and status stay.
pub fn filled(row: unit::Model, draft: UnitDraft) -> unit::Model {
    let UnitDraft {
        serial,
        product_id,
        customer_id,
        sold_on,
        manufactured_on,
        installed_on,
        warranty_months,
        extended_until,
        void_reason,
        dealer,
        invoice_no,
        colour,
        sw_version,
        location,
        remark,
    } = draft;
    unit::Model {
        serial: serial.into(),
        product_id: product_id.into(),
        customer_id: customer_id.map(Into::into),
        sold_on: sold_on.map(Into::into),
        manufactured_on: manufactured_on.map(Into::into),
        installed_on: installed_on.map(Into::into),
        warranty_months: warranty_months.map(i32::from),
        extended_until: extended_until.map(Into::into),
        void_reason: void_reason.map(Into::into),
        dealer: dealer.map(Into::into),
        invoice_no: invoice_no.map(Into::into),
        colour: colour.map(Into::into),
        sw_version: sw_version.map(Into::into),
        location: location.map(Into::into),
        remark: remark.map(Into::into),
        ..row
    }
}

/// What units point at.
#[derive(Default)]
pub struct Around {
    /// Products, as rows and as the contract shows them.
    pub products: HashMap<Uuid, (product::Model, ProductRow)>,
    /// Owners.
    pub customers: HashMap<Uuid, CustomerRow>,
    /// Accessories with terms of their own.
    pub components: Vec<entry::Model>,
    /// The day on which warranties are decided.
    pub today: NaiveDate,
}

impl Around {
    fn product(&self, id: Uuid) -> Result<&(product::Model, ProductRow)> {
        self.products.get(&id).ok_or_else(|| Failure::Internal(format!("product {id} of a unit is missing")))
    }

    /// The terms of a unit's warranty.
    pub fn terms(&self, row: &unit::Model) -> Result<Terms> {
        let (product, _) = self.product(row.product_id)?;
        let component = |entry: &entry::Model| {
            let months = small(entry.warranty_months?).ok()?;
            let en = entry.name_en.clone().unwrap_or_else(|| entry.name.clone());
            Some(Component { zh: entry.name.clone(), en, months })
        };
        Ok(Terms {
            sold_on: row.sold_on,
            resold: resold(row)?,
            manufactured_on: row.manufactured_on,
            months: small(row.warranty_months.unwrap_or(product.warranty_months))?,
            has_three_guarantees: product.has_three_guarantees,
            extended_until: row.extended_until,
            void_reason: row.void_reason.clone(),
            is_unverified: row.is_abnormal,
            components: self.components.iter().filter_map(component).collect(),
        })
    }
}

/// The sale as refurbished.
fn resold(row: &unit::Model) -> Result<Option<Resold>> {
    let Some((on, months)) = row.resold_on.zip(row.resold_months) else { return Ok(None) };
    Ok(Some(Resold { on, months: small(months)? }))
}

/// The detail.
pub fn detail(row: unit::Model, around: &Around) -> Result<Unit> {
    let warranty = decide(&around.terms(&row)?, around.today);
    let line = list_row(row.clone(), around)?;
    let unit::Model {
        id: _,
        version: _,
        created_at: _,
        created_by: _,
        updated_at: _,
        updated_by: _,
        org_id: _,
        serial: _,
        brand_id: _,
        product_id: _,
        customer_id: _,
        status: _,
        is_abnormal: _,
        sold_on: _,
        manufactured_on: _,
        installed_on,
        warranty_months,
        extended_until,
        void_reason,
        dealer,
        invoice_no,
        colour,
        sw_version,
        location,
        remark,
        resold_on,
        resold_months: _,
    } = row;
    Ok(Unit {
        resold_on: resold_on.map(Into::into),
        id: line.id,
        version: line.version,
        created_at: line.created_at,
        updated_at: line.updated_at,
        serial: line.serial,
        product_id: line.product_id,
        product_code: line.product_code,
        product_name: line.product_name,
        model: line.model,
        brand_id: line.brand_id,
        brand_name: line.brand_name,
        customer_id: line.customer_id,
        customer_name: line.customer_name,
        customer_phone: line.customer_phone,
        sold_on: line.sold_on,
        manufactured_on: line.manufactured_on,
        installed_on: installed_on.map(Into::into),
        warranty_months: small_or_none(warranty_months)?,
        extended_until: extended_until.map(Into::into),
        void_reason: void_reason.map(Text::stored),
        dealer: dealer.map(Text::stored),
        invoice_no: invoice_no.map(Text::stored),
        colour: colour.map(Text::stored),
        sw_version: sw_version.map(Text::stored),
        location: location.map(Text::stored),
        remark: remark.map(Note::stored),
        status: line.status,
        is_abnormal: line.is_abnormal,
        warranty,
    })
}

/// The line in a list.
pub fn list_row(row: unit::Model, around: &Around) -> Result<UnitRow> {
    let warranty = decide(&around.terms(&row)?, around.today);
    let (_, product) = around.product(row.product_id)?;
    let customer = row.customer_id.and_then(|id| around.customers.get(&id));
    Ok(UnitRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        serial: Serial::stored(row.serial),
        product_id: row.product_id.into(),
        product_code: product.code.clone(),
        product_name: product.name.clone(),
        model: product.model.clone(),
        brand_id: row.brand_id.into(),
        brand_name: product.brand_name.clone().unwrap_or_else(|| Text::stored(String::new())),
        customer_id: row.customer_id.map(Into::into),
        customer_name: customer.map(|c| c.name.clone()),
        customer_phone: customer.map(|c| c.phone.clone()),
        sold_on: row.sold_on.map(Into::into),
        manufactured_on: row.manufactured_on.map(Into::into),
        status: stored(&row.status)?,
        is_abnormal: row.is_abnormal,
        warranty_verdict: warranty.verdict,
        warranty_ends_on: warranty.ends_on,
    })
}

/// An event as the contract shows it.
pub fn event(row: event::Model) -> Result<UnitEvent> {
    let event::Model {
        id,
        unit_id,
        serial: _,
        happened_at,
        created_at: _,
        kind,
        doc_kind,
        doc_id,
        doc_number,
        actor_id: _,
        actor_name,
        note,
    } = row;
    let document = match doc_kind.zip(doc_id) {
        Some((kind, id)) => Some(DocumentLink { kind: stored(&kind)?, id, number: doc_number.unwrap_or_default() }),
        None => None,
    };
    Ok(UnitEvent {
        id: id.into(),
        unit_id: unit_id.map(Into::into),
        at: happened_at.into(),
        kind: stored(&kind)?,
        document,
        by_name: actor_name,
        note,
    })
}

/// The stored form of a document kind.
pub fn document_columns(document: Option<DocumentLink>) -> (Option<String>, Option<Uuid>, Option<String>) {
    match document {
        Some(DocumentLink { kind, id, number }) => (Some(kind.as_str().to_owned()), Some(id), Some(number)),
        None => (None, None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> UnitDraft {
        serde_json::from_value(serde_json::json!({ "serial": "490154203237518", "product_id": Uuid::nil() })).unwrap()
    }

    #[test]
    fn dates_lie_in_the_past_and_in_order() {
        let today = "2026-11-21".parse().unwrap();
        let on = |text: &str| Some(text.parse().unwrap());
        assert!(draft_issues(&UnitDraft { sold_on: on("2026-11-21"), ..draft() }, today).is_empty());
        let tomorrow = draft_issues(&UnitDraft { sold_on: on("2026-11-22"), ..draft() }, today);
        assert_eq!(tomorrow, vec![("/sold_on".to_owned(), Issue::new(DATE_IN_FUTURE))]);
        let twisted = UnitDraft { sold_on: on("2025-01-01"), manufactured_on: on("2025-02-01"), ..draft() };
        assert_eq!(draft_issues(&twisted, today), vec![("/sold_on".to_owned(), Issue::new(field::ORDER))]);
    }

    #[test]
    fn an_intake_fills_in_what_was_missing_and_overrules_nothing() {
        let (old, new) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let intake = super::super::Intake {
            serial: "490154203237518".parse().unwrap(),
            product_id: new.into(),
            customer_id: new.into(),
            sold_on: Some("2026-01-01".parse().unwrap()),
            manufactured_on: None,
        };
        let known = unit::Model { id: old, product_id: old, customer_id: Some(old), ..Default::default() };
        let merged = intake_draft(Some(&known), intake.clone()).unwrap();
        assert_eq!((merged.product_id.uuid(), merged.customer_id.map(|c| c.uuid())), (old, Some(old)));
        assert_eq!(merged.sold_on, intake.sold_on);
        let fresh = intake_draft(None, intake).unwrap();
        assert_eq!(fresh.customer_id.map(|c| c.uuid()), Some(new));
    }
}
