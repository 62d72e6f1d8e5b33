//! What a refurbishment may say, what moves, and what a unit is worth afterwards. Pure.

use super::entity::{line, part, refurb};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::master::product::ProductKind;
use openapi::problem::field;
use openapi::stock::refurb::{RefurbDraft, RefurbGrade, RefurbLineDraft, RefurbPartDraft};
use openapi::stock::{Condition, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED};
use openapi::{Issue, Money, Quantity};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: refurb::Model,
    draft: RefurbDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(refurb::Model, Vec<line::Model>), Issues> {
    let RefurbDraft { warehouse_id, agent_id, reason, estimate, lines } = draft;
    let mut issues = Issues::new();
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, RefurbLineDraft { product_id, serial, condition }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        let is_unit = |p: &&facts::Product| p.is_active && p.kind == ProductKind::Unit;
        match products.get(&id).filter(is_unit) {
            None => issues.push((format!("/lines/{line_no}/product_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(unit) if !unit.is_serial_tracked => {
                issues.push((format!("/lines/{line_no}/serial"), Issue::new(SERIAL_NOT_TRACKED)));
            }
            Some(_) if !seen.insert((id, serial.to_string())) => {
                issues.push((format!("/lines/{line_no}/serial"), Issue::new(field::DUPLICATE)));
            }
            Some(_) => {}
        }
        rows.push(line::Model {
            id: platform::new_id(),
            refurb_id: row.id,
            line_no,
            product_id: id,
            serial: serial.into(),
            condition: condition.unwrap_or(Condition::Bad).as_str().to_owned(),
            ..Default::default()
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = refurb::Model {
        warehouse_id: warehouse_id.uuid(),
        agent_id: agent_id.map(Into::into),
        reason: reason.into(),
        estimate: estimate.0,
        ..row
    };
    Ok((row, rows))
}

/// What is wrong with a part for a unit.
pub fn part_faults(draft: &RefurbPartDraft, product: Option<&facts::Product>) -> Issues {
    let mut issues = Issues::new();
    let is_part = |p: &&facts::Product| p.is_active && !matches!(p.kind, ProductKind::Unit | ProductKind::Service);
    match (product.filter(is_part), &draft.serial) {
        (None, _) => issues.push(("/product_id".to_owned(), Issue::new(field::REFERENCE_NOT_FOUND))),
        (Some(part), None) if part.is_serial_tracked => {
            issues.push(("/serial".to_owned(), Issue::new(SERIAL_REQUIRED)));
        }
        (Some(part), Some(_)) if !part.is_serial_tracked => {
            issues.push(("/serial".to_owned(), Issue::new(SERIAL_NOT_TRACKED)));
        }
        (Some(part), _) if part.is_serial_tracked && draft.quantity != Quantity::ONE => {
            issues.push(("/quantity".to_owned(), Issue::new(SERIAL_REQUIRED)));
        }
        _ => {}
    }
    issues
}

/// The bench of a refurbishment: what is worked on lies there.
pub fn bench(head: &refurb::Model) -> PlaceRef {
    PlaceRef { kind: PlaceKind::Refurbishing, org: head.org_id, holder: head.id }
}

/// A warehouse of the station.
pub fn shelf(head: &refurb::Model, warehouse: Uuid) -> PlaceRef {
    PlaceRef { kind: PlaceKind::Warehouse, org: head.org_id, holder: warehouse }
}

/// A move of one thing of the company.
fn moved(
    product: Uuid,
    serial: Option<&str>,
    condition: Condition,
    quantity: i64,
    from: PlaceRef,
    to: PlaceRef,
) -> MoveLine {
    // labour that is absorbed is income here and part of what the unit is worth
    let goods = MoveLine::goods(product, Quantity(quantity), from, to, Account::LabourIncome);
    MoveLine { serial: serial.map(str::to_owned), condition, ..goods }
}

/// The units go from the warehouse to the bench.
pub fn begun(head: &refurb::Model, lines: &[line::Model]) -> Result<Vec<MoveLine>> {
    let unit = |line: &line::Model| {
        let condition = stored(&line.condition)?;
        let (from, to) = (shelf(head, head.warehouse_id), bench(head));
        Ok(moved(line.product_id, Some(&line.serial), condition, 1000, from, to))
    };
    lines.iter().map(unit).collect()
}

/// A good part goes from a warehouse to the bench.
pub fn issued(head: &refurb::Model, draft: &RefurbPartDraft) -> MoveLine {
    let (from, to) = (shelf(head, draft.warehouse_id.uuid()), bench(head));
    moved(draft.product_id.uuid(), draft.serial.as_deref(), Condition::Good, draft.quantity.0, from, to)
}

/// What a unit is worth when it is graded: nothing when it is scrapped.
pub fn worth(line: &line::Model, grade: RefurbGrade) -> Money {
    match grade {
        RefurbGrade::Scrap => Money::ZERO,
        _ => Money(line.carrying.unwrap_or_default() + line.parts_value + line.labour),
    }
}

/// A unit is graded: it and its parts leave the bench, at what they were taken for. A refurbished one comes back under the
/// same serial, worth the labour as well; a scrapped one is lost with its parts.
pub fn graded(
    head: &refurb::Model,
    line: &line::Model,
    parts: &[part::Model],
    grade: RefurbGrade,
    warehouse: Uuid,
) -> Result<Vec<MoveLine>> {
    let is_scrap = grade == RefurbGrade::Scrap;
    let kind = if is_scrap { PlaceKind::Scrapped } else { PlaceKind::Conversion };
    let (bench, away) = (bench(head), PlaceRef::outside(kind, head.org_id));
    let outside = if is_scrap { Account::ScrapLoss } else { Account::LabourIncome };
    let unit = moved(line.product_id, Some(&line.serial), stored(&line.condition)?, 1000, bench, away);
    let mut moves = vec![MoveLine { outside, value: line.carrying.map(Money), ..unit }];
    for part in parts.iter().filter(|part| part.line_id == line.id && !part.is_taken_back) {
        let used = moved(part.product_id, part.serial.as_deref(), Condition::Good, part.quantity, bench, away);
        moves.push(MoveLine { outside, value: Some(Money(part.value)), ..used });
    }
    if !is_scrap {
        let (product, serial) = (line.product_id, Some(line.serial.as_str()));
        let back = moved(product, serial, Condition::Refurbished, 1000, away, shelf(head, warehouse));
        moves.push(MoveLine { value: Some(worth(line, grade)), ..back });
    }
    Ok(moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> line::Model {
        line::Model {
            id: Uuid::from_u128(1),
            serial: "SN-1".to_owned(),
            condition: "bad".to_owned(),
            carrying: Some(30_000),
            parts_value: 12_050,
            labour: 5_000,
            ..Default::default()
        }
    }

    fn part(value: i64, is_taken_back: bool) -> part::Model {
        part::Model { line_id: Uuid::from_u128(1), quantity: 1000, value, is_taken_back, ..Default::default() }
    }

    #[test]
    fn a_refurbished_unit_is_worth_what_it_was_and_what_went_into_it() {
        assert_eq!(worth(&unit(), RefurbGrade::B), Money(47_050));
        assert_eq!(worth(&unit(), RefurbGrade::Scrap), Money::ZERO);
        let parts = [part(12_050, false), part(900, true)];
        let moves = graded(&refurb::Model::default(), &unit(), &parts, RefurbGrade::A, Uuid::nil()).unwrap();
        let seen: Vec<_> = moves.iter().map(|m| (m.from.kind, m.condition, m.value.map(|v| v.0))).collect();
        let bench = PlaceKind::Refurbishing;
        let expected = [
            (bench, Condition::Bad, Some(30_000)),
            (bench, Condition::Good, Some(12_050)),
            (PlaceKind::Conversion, Condition::Refurbished, Some(47_050)),
        ];
        assert_eq!(seen, expected, "what was taken back is not in it");
        let labour: i64 = moves.iter().map(|m| m.value.unwrap().0 * if m.to.kind.holds_goods() { 1 } else { -1 }).sum();
        assert_eq!(labour, 5_000, "what stays on the account of labour");
    }

    #[test]
    fn a_scrapped_unit_is_lost_with_its_parts() {
        let moves = graded(&refurb::Model::default(), &unit(), &[part(12_050, false)], RefurbGrade::Scrap, Uuid::nil());
        let moves = moves.unwrap();
        assert!(moves.iter().all(|m| m.to.kind == PlaceKind::Scrapped && m.outside == Account::ScrapLoss));
        assert_eq!(moves.len(), 2);
    }
}
