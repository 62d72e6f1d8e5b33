//! What a revaluation may say and what it does to the goods that are there. Pure.

use super::entity::{line, revaluation};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::master::product::ProductKind;
use openapi::problem::field;
use openapi::stock::revaluation::{RevaluationDraft, RevaluationLineDraft};
use openapi::stock::{Condition, Owner, PlaceKind, SERIAL_NOT_TRACKED};
use openapi::{Issue, Money, Quantity, UnitPrice};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::HashMap;
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// What lies in a warehouse: a cell of plain goods, or one piece with its serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub warehouse: Uuid,
    pub product: Uuid,
    pub condition: String,
    pub serial: Option<String>,
    pub quantity: Quantity,
    pub value: Money,
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: revaluation::Model,
    draft: RevaluationDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(revaluation::Model, Vec<line::Model>), Issues> {
    let RevaluationDraft { org_id: _, reason, lines } = draft;
    let mut issues = Issues::new();
    let mut rows: Vec<line::Model> = Vec::with_capacity(lines.len());
    for (line_no, RevaluationLineDraft { product_id, condition, serial, new_cost }) in (0_i32..).zip(lines) {
        let id = product_id.uuid();
        let condition = condition.unwrap_or(Condition::Good).as_str().to_owned();
        let serial: Option<String> = serial.map(|serial| serial.to_string());
        // every piece, and one of them besides, would get two costs
        let is_same = |other: &line::Model| {
            other.product_id == id
                && other.condition == condition
                && (other.serial == serial || other.serial.is_none() || serial.is_none())
        };
        match products.get(&id).filter(|p| p.kind != ProductKind::Service) {
            None => issues.push((format!("/lines/{line_no}/product_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(product) if serial.is_some() && !product.is_serial_tracked => {
                issues.push((format!("/lines/{line_no}/serial"), Issue::new(SERIAL_NOT_TRACKED)));
            }
            Some(_) if rows.iter().any(is_same) => {
                issues.push((format!("/lines/{line_no}/product_id"), Issue::new(field::DUPLICATE)));
            }
            Some(_) => {}
        }
        rows.push(line::Model {
            id: platform::new_id(),
            revaluation_id: row.id,
            line_no,
            product_id: id,
            condition,
            serial,
            new_cost: new_cost.0,
            ..Default::default()
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    Ok((revaluation::Model { reason: reason.into(), ..row }, rows))
}

/// The goods that a line means: one piece, every piece of a product tracked by serial, or the cells of plain goods.
pub fn meant<'a>(line: &'a line::Model, is_tracked: bool, held: &'a [Held]) -> impl Iterator<Item = &'a Held> {
    held.iter().filter(move |h| {
        h.product == line.product_id
            && h.condition == line.condition
            && h.serial.is_some() == is_tracked
            && (line.serial.is_none() || h.serial == line.serial)
    })
}

/// How much goods gain at a new cost, or lose when below zero. Rounded once for each cell or piece.
fn change(held: &Held, new_cost: i64) -> Money {
    UnitPrice(new_cost).times(held.quantity) - held.value
}

/// A line with what is there now.
pub fn valued(line: line::Model, is_tracked: bool, held: &[Held]) -> line::Model {
    let goods: Vec<&Held> = meant(&line, is_tracked, held).collect();
    let quantity: Quantity = goods.iter().map(|h| h.quantity).sum();
    let old_value: Money = goods.iter().map(|h| h.value).sum();
    let difference: Money = goods.iter().map(|h| change(h, line.new_cost)).sum();
    line::Model { quantity: Some(quantity.0), old_value: Some(old_value.0), difference: Some(difference.0), ..line }
}

/// What is posted for a line: value alone, where the goods lie.
pub fn moves(head: &revaluation::Model, line: &line::Model, is_tracked: bool, held: &[Held]) -> Result<Vec<MoveLine>> {
    let outside = PlaceRef::outside(PlaceKind::Revaluation, head.org_id);
    let mut moves = Vec::new();
    for goods in meant(line, is_tracked, held) {
        let change = change(goods, line.new_cost);
        if change.is_zero() {
            continue;
        }
        let shelf = PlaceRef { kind: PlaceKind::Warehouse, org: head.org_id, holder: goods.warehouse };
        let (from, to) = if change.0 > 0 { (outside, shelf) } else { (shelf, outside) };
        moves.push(MoveLine {
            product: goods.product,
            serial: goods.serial.clone(),
            condition: stored(&goods.condition)?,
            owner: Owner::Company,
            quantity: goods.quantity,
            reserved_for: None,
            is_value_alone: true,
            share: None,
            from,
            to,
            outside: Account::Revaluation,
            value: Some(Money(change.0.abs())),
        });
    }
    Ok(moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(serial: Option<&str>, pieces: i64, value: i64) -> Held {
        Held {
            warehouse: Uuid::from_u128(1),
            product: Uuid::nil(),
            condition: "good".to_owned(),
            serial: serial.map(Into::into),
            quantity: Quantity::pieces(pieces),
            value: Money(value),
        }
    }

    fn line(serial: Option<&str>, new_cost: i64) -> line::Model {
        line::Model { condition: "good".to_owned(), serial: serial.map(Into::into), new_cost, ..Default::default() }
    }

    #[test]
    fn a_line_means_one_piece_or_every_piece_or_the_cells() {
        let goods = [held(None, 3, 300), held(Some("A"), 1, 100), held(Some("B"), 1, 200)];
        let count = |line: &line::Model, is_tracked| meant(line, is_tracked, &goods).count();
        assert_eq!(count(&line(None, 0), false), 1);
        assert_eq!(count(&line(None, 0), true), 2);
        assert_eq!(count(&line(Some("B"), 0), true), 1);
        assert_eq!(count(&line(Some("C"), 0), true), 0);
    }

    #[test]
    fn the_difference_is_the_quantity_at_the_new_cost_less_what_it_was_worth() {
        let goods = [held(None, 3, 1000), held(None, 2, 500)];
        let now = valued(line(None, 20_000), false, &goods);
        assert_eq!((now.quantity, now.old_value, now.difference), (Some(5000), Some(1500), Some(-500)));
        let moves = moves(&revaluation::Model::default(), &now, false, &goods).unwrap();
        let seen: Vec<_> = moves.iter().map(|m| (m.from.kind, m.value)).collect();
        let lost = |fen| (PlaceKind::Warehouse, Some(Money(fen)));
        assert_eq!(seen, [lost(400), lost(100)]);
        assert!(
            super::moves(&revaluation::Model::default(), &line(None, 25_000), false, &goods[1..]).unwrap().is_empty()
        );
    }
}
