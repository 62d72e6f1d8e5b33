//! What a requisition may say and how it is approved. Pure.

use super::entity::{line, requisition};
use crate::facts;
use openapi::choice::Choice;
use openapi::problem::field;
use openapi::stock::requisition::{RequisitionDraft, RequisitionGrant, RequisitionLineDraft};
use openapi::{Issue, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: requisition::Model,
    draft: RequisitionDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(requisition::Model, Vec<line::Model>), Issues> {
    let RequisitionDraft { supplier_id, priority, needed_on, purpose, remark, lines } = draft;
    let mut issues = Issues::new();
    let mut seen = HashSet::new();
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, RequisitionLineDraft { product_id, quantity, remark }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        issues.extend(facts::stands_once(products, &mut seen, line_no, id));
        rows.push(line::Model {
            id: platform::new_id(),
            requisition_id: row.id,
            line_no,
            product_id: id,
            quantity: quantity.0,
            approved: None,
            shipped: 0,
            remark: remark.map(Into::into),
            plan_line_id: None,
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = requisition::Model {
        supplier_id: supplier_id.uuid(),
        priority: priority.as_str().to_owned(),
        needed_on: needed_on.map(Into::into),
        purpose: purpose.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: total.0,
        ..row
    };
    Ok((row, rows))
}

/// The lines as they are approved: what is not named is approved in full; nothing at all must be rejected instead.
pub fn granted(lines: Vec<line::Model>, grants: &[RequisitionGrant]) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut by_line: HashMap<Uuid, Quantity> = HashMap::new();
    for (at, grant) in grants.iter().enumerate() {
        let line = lines.iter().find(|l| l.id == grant.line_id.uuid());
        match line {
            None => issues.push((format!("/lines/{at}/line_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(line) if !(0..=line.quantity).contains(&grant.quantity.0) => {
                let issue = Issue::new(field::OUT_OF_RANGE).with("min", 0).with("max", Quantity(line.quantity));
                issues.push((format!("/lines/{at}/quantity"), issue));
            }
            Some(line) if by_line.insert(line.id, grant.quantity).is_some() => {
                issues.push((format!("/lines/{at}/line_id"), Issue::new(field::DUPLICATE)));
            }
            Some(_) => {}
        }
    }
    let approved = |line: line::Model| {
        let quantity = by_line.get(&line.id).map_or(line.quantity, |q| q.0);
        line::Model { approved: Some(quantity), ..line }
    };
    let lines: Vec<line::Model> = lines.into_iter().map(approved).collect();
    if issues.is_empty() && lines.iter().all(|l| l.approved == Some(0)) {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(lines) } else { Err(issues) }
}

/// Whether everything that was approved has been sent.
pub fn is_fulfilled(lines: &[line::Model]) -> bool {
    lines.iter().all(|line| line.shipped >= line.approved.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: u128, quantity: i64) -> line::Model {
        line::Model { id: Uuid::from_u128(id), quantity, ..Default::default() }
    }

    fn grant(id: u128, quantity: i64) -> RequisitionGrant {
        RequisitionGrant { line_id: Uuid::from_u128(id).into(), quantity: Quantity(quantity) }
    }

    #[test]
    fn what_is_not_named_is_approved_in_full() {
        let lines = granted(vec![line(1, 5000), line(2, 3000)], &[grant(2, 1000)]).unwrap();
        assert_eq!(lines.iter().map(|l| l.approved).collect::<Vec<_>>(), [Some(5000), Some(1000)]);
        assert!(!is_fulfilled(&lines));
    }

    #[test]
    fn more_than_asked_less_than_nothing_twice_and_strangers_are_refused() {
        for grants in [vec![grant(1, 5001)], vec![grant(1, -1)], vec![grant(1, 1), grant(1, 1)], vec![grant(9, 1)]] {
            assert!(granted(vec![line(1, 5000)], &grants).is_err(), "{grants:?}");
        }
    }

    #[test]
    fn nothing_at_all_is_not_an_approval() {
        assert_eq!(granted(vec![line(1, 5000)], &[grant(1, 0)]).unwrap_err().len(), 1);
    }
}
