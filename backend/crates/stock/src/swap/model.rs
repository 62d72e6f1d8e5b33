//! What a swap may say and what it moves. Pure.

use super::entity::{line, swap};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::master::customer::PartyRole;
use openapi::master::product::ProductKind;
use openapi::problem::field;
use openapi::stock::swap::{SwapDraft, SwapLineDraft, SwapWay};
use openapi::stock::{Condition, Owner, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED};
use openapi::{Code, Issue, Money, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Whom a swap of a way may be with.
pub const fn partners(way: SwapWay) -> &'static [PartyRole] {
    match way {
        SwapWay::Accept | SwapWay::Return => &[PartyRole::Dealer, PartyRole::Customer],
        SwapWay::Send | SwapWay::Back => &[PartyRole::Maker, PartyRole::Supplier],
    }
}

/// The condition that goes without saying.
const fn usual(way: SwapWay) -> Condition {
    match way {
        SwapWay::Accept | SwapWay::Send => Condition::Bad,
        SwapWay::Return | SwapWay::Back => Condition::Good,
    }
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: swap::Model,
    draft: SwapDraft,
    products: &HashMap<Uuid, facts::Product>,
) -> Result<(swap::Model, Vec<line::Model>), Issues> {
    let SwapDraft { way, party_id, warehouse_id, reference, accept_over, remark, lines } = draft;
    let mut issues = Issues::new();
    let mut seen = HashSet::new();
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, draft) in (0_i32..).zip(lines) {
        let faults = piece_faults(way, &draft, products.get(&draft.product_id.uuid()));
        issues.extend(faults.into_iter().map(|(name, code)| (format!("/lines/{line_no}/{name}"), Issue::new(code))));
        let SwapLineDraft { product_id, serial, for_serial, quantity, condition, is_replaced, fault } = draft;
        let id = product_id.uuid();
        let mut wrong = |name: &str, code| issues.push((format!("/lines/{line_no}/{name}"), Issue::new(code)));
        let goods = |p: &&facts::Product| p.is_active && !matches!(p.kind, ProductKind::Unit | ProductKind::Service);
        match products.get(&id).filter(goods) {
            None => wrong("product_id", field::REFERENCE_NOT_FOUND),
            // the same piece and another one may both go back
            Some(_) if !seen.insert((id, is_replaced, serial.clone())) => wrong("product_id", field::DUPLICATE),
            Some(_) => {}
        }
        if is_replaced && way != SwapWay::Return {
            wrong("is_replaced", field::UNKNOWN_VALUE);
        }
        if way == SwapWay::Back && condition.is_some_and(|c| c != Condition::Good) {
            wrong("condition", field::UNKNOWN_VALUE);
        }
        rows.push(line::Model {
            id: platform::new_id(),
            swap_id: row.id,
            line_no,
            product_id: id,
            quantity: quantity.0,
            over: 0,
            owed: None,
            condition: condition.unwrap_or(usual(way)).as_str().to_owned(),
            is_replaced,
            fault: fault.map(Into::into),
            serial: serial.map(Into::into),
            for_serial: for_serial.map(Into::into),
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = swap::Model {
        way: way.as_str().to_owned(),
        party_id: party_id.uuid(),
        warehouse_id: warehouse_id.uuid(),
        reference: reference.map(Into::into),
        accept_over,
        remark: remark.map(Into::into),
        total_quantity: total.0,
        ..row
    };
    Ok((row, rows))
}

/// What is wrong with the piece of a line.
fn piece_faults(way: SwapWay, line: &SwapLineDraft, product: Option<&facts::Product>) -> Vec<(&'static str, Code)> {
    let mut faults = Vec::new();
    let is_tracked = product.is_some_and(|product| product.is_serial_tracked);
    match &line.serial {
        None if is_tracked => faults.push(("serial", SERIAL_REQUIRED)),
        Some(_) if !is_tracked && product.is_some() => faults.push(("serial", SERIAL_NOT_TRACKED)),
        Some(_) if line.quantity != Quantity::ONE => faults.push(("quantity", SERIAL_REQUIRED)),
        _ => {}
    }
    let stands_for_another = way == SwapWay::Back || (way == SwapWay::Return && line.is_replaced);
    match &line.for_serial {
        Some(_) if !is_tracked || !stands_for_another => faults.push(("for_serial", field::UNKNOWN_VALUE)),
        None if is_tracked && way == SwapWay::Return && line.is_replaced => {
            faults.push(("for_serial", SERIAL_REQUIRED));
        }
        _ => {}
    }
    faults
}

/// Where a kind of goods lies: place, condition, and how much is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    pub place: PlaceRef,
    pub condition: Condition,
    pub owner: Owner,
    pub quantity: Quantity,
}

/// Takes a quantity from lots in their order; what they do not have is asked of the last resort, where the ledger will
/// say that it is missing.
pub fn taken(lots: &[Lot], quantity: Quantity, last_resort: Lot) -> Vec<Lot> {
    let mut open = quantity;
    let mut found = Vec::new();
    for lot in lots {
        let part = Ord::min(open, lot.quantity);
        if part.is_positive() {
            found.push(Lot { quantity: part, ..*lot });
            open -= part;
        }
    }
    if open.is_positive() {
        found.push(Lot { quantity: open, ..last_resort });
    }
    found
}

/// Goods of a line on a way; the value of what comes in from outside.
pub fn moved(product: Uuid, lot: Lot, from: PlaceRef, to: PlaceRef, value: Option<Money>) -> MoveLine {
    let goods = MoveLine::goods(product, lot.quantity, from, to, Account::CostExchange);
    MoveLine { condition: lot.condition, owner: lot.owner, value, ..goods }
}

/// What is the distributor's becomes the company's where it lies, for a piece that was given from the own stock: worth
/// nothing, it is faulty.
pub fn handed_over(product: Uuid, lots: &[Lot]) -> Vec<MoveLine> {
    let both = |lot: &Lot| {
        let outside = PlaceRef::outside(PlaceKind::Customer, lot.place.org);
        let ours = Lot { owner: Owner::Company, ..*lot };
        [moved(product, *lot, lot.place, outside, None), moved(product, ours, outside, lot.place, Some(Money::ZERO))]
    };
    lots.iter().flat_map(both).collect()
}

/// How much of what came was owed, and how much is beyond that.
pub fn matched(came: Quantity, owed: Quantity) -> (Quantity, Quantity) {
    let matched = Ord::min(came, owed);
    (matched, came - matched)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(quantity: i64, owner: Owner) -> Lot {
        let place = PlaceRef::outside(PlaceKind::Warehouse, Uuid::nil());
        Lot { place, condition: Condition::Bad, owner, quantity: Quantity(quantity) }
    }

    #[test]
    fn goods_are_taken_in_order_and_what_is_missing_is_asked_of_the_last_resort() {
        let lots = [lot(2000, Owner::Customer), lot(1000, Owner::Company)];
        let some = |quantity| {
            let found = taken(&lots, Quantity(quantity), lot(0, Owner::Company));
            found.iter().map(|l| (l.owner, l.quantity.0)).collect::<Vec<_>>()
        };
        assert_eq!(some(1000), [(Owner::Customer, 1000)]);
        assert_eq!(some(3000), [(Owner::Customer, 2000), (Owner::Company, 1000)]);
        assert_eq!(some(3500), [(Owner::Customer, 2000), (Owner::Company, 1000), (Owner::Company, 500)]);
    }

    #[test]
    fn what_comes_beyond_what_is_owed_is_over_and_less_leaves_the_rest_owed() {
        assert_eq!(matched(Quantity(3000), Quantity(5000)), (Quantity(3000), Quantity::ZERO));
        assert_eq!(matched(Quantity(6000), Quantity(5000)), (Quantity(5000), Quantity(1000)));
    }

    #[test]
    fn a_piece_that_changes_hands_leaves_the_stock_of_the_one_and_enters_that_of_the_other_where_it_lies() {
        let moves = handed_over(Uuid::nil(), &[lot(1000, Owner::Customer)]);
        let seen: Vec<_> = moves.iter().map(|m| (m.owner, m.from.kind, m.to.kind, m.value)).collect();
        let (there, outside) = (PlaceKind::Warehouse, PlaceKind::Customer);
        assert_eq!(
            seen,
            [(Owner::Customer, there, outside, None), (Owner::Company, outside, there, Some(Money::ZERO))]
        );
    }
}
