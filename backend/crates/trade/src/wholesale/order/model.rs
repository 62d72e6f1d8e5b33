//! What an order may say, whether its customer is good for it, and what leaves of its lines. Pure.

use crate::condition::Lists;
use crate::pieces::pieces;
use crate::wholesale::entity::{order, order_line as line};
use finance::api::Standing;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::product::ProductRow;
use openapi::problem::field;
use openapi::stock::SERIAL_NOT_TRACKED;
use openapi::trade::retail::SaleCondition;
use openapi::trade::wholesale::order::{CreditStanding, SalesAction, SalesLineDraft};
use openapi::trade::wholesale::shipment::SalesShipmentLineDraft;
use openapi::trade::wholesale::{
    CREDIT_EXCEEDED, CREDIT_OVERDUE, ORDER_NAMES_SERIAL, PRICE_NOT_AGREED, SHIPMENT_EXCEEDS_ORDER,
};
use openapi::{Issue, Money, Quantity, Serial, UnitPrice};
use platform::Failure;
use std::collections::{HashMap, HashSet};
use stock::api::Claim;
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// What goods are reserved for: a line of an order.
pub fn claim(line: Uuid) -> Claim {
    Claim { kind: DocKind::SalesOrder, id: line }
}

/// What the lines of an order are checked against.
pub struct Facts<'a> {
    /// Products by id.
    pub products: &'a HashMap<Uuid, ProductRow>,
    /// Prices of the customer by product.
    pub prices: Lists<'a>,
    /// Rate of the VAT in them, in basis points.
    pub vat_rate: i64,
    /// Whether a dealer orders, who does not make prices.
    pub is_dealer: bool,
}

/// The lines of a draft, or everything that is wrong with them.
pub fn priced(order: Uuid, drafts: Vec<SalesLineDraft>, facts: &Facts<'_>) -> Result<Vec<line::Model>, Issues> {
    let (mut issues, mut rows, mut seen) = (Issues::new(), Vec::with_capacity(drafts.len()), HashSet::new());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let SalesLineDraft { product_id, quantity, condition, serial, unit_price, remark } = draft;
        let condition = condition.unwrap_or(SaleCondition::Good);
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{line_no}/{name}"), issue));
        let Some(product) = crate::facts::goods(facts.products, product_id.uuid()) else {
            wrong("product_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if product.is_serial_tracked && !quantity.is_whole() {
            wrong("quantity", Issue::new(field::TOO_MANY_DECIMALS).with("max", 0));
        }
        match &serial {
            Some(_) if !product.is_serial_tracked => wrong("serial", Issue::new(SERIAL_NOT_TRACKED)),
            Some(_) if quantity != Quantity::ONE => {
                wrong("quantity", Issue::new(field::OUT_OF_RANGE).with("min", 1).with("max", 1));
            }
            Some(one) if !seen.insert((product_id.uuid(), one.to_string())) => {
                wrong("serial", Issue::new(field::DUPLICATE));
            }
            _ => {}
        }
        let listed = facts.prices.price(product_id.uuid(), condition);
        if listed.is_none() && unit_price.is_none() {
            wrong("unit_price", Issue::new(field::REQUIRED));
        }
        let list_price = listed.unwrap_or_default();
        if facts.is_dealer && unit_price.is_some_and(|price| price != list_price) {
            wrong("unit_price", Issue::new(PRICE_NOT_AGREED).with("price", list_price));
        }
        let unit_price = unit_price.unwrap_or(list_price);
        let amount = unit_price.times(quantity);
        rows.push(line::Model {
            id: platform::new_id(),
            order_id: order,
            line_no,
            product_id: product_id.uuid(),
            quantity: quantity.0,
            list_price: list_price.0,
            unit_price: unit_price.0,
            vat_rate: i32::try_from(facts.vat_rate).unwrap_or_default(),
            amount: amount.0,
            tax: amount.tax_included(facts.vat_rate).0,
            remark: remark.map(Into::into),
            condition: condition.as_str().to_owned(),
            serial: serial.map(Into::into),
            ..Default::default()
        });
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

/// The head with the sums of its lines.
pub fn summed(row: order::Model, lines: &[line::Model]) -> order::Model {
    let sum = |of: fn(&line::Model) -> i64| lines.iter().map(of).sum::<i64>();
    order::Model {
        total_quantity: sum(|l| l.quantity),
        shipped_quantity: sum(|l| l.shipped),
        total_amount: sum(|l| l.amount),
        total_tax: sum(|l| l.tax),
        ..row
    }
}

/// What a customer may owe and owes; `ordered` is what was accepted for it and is not shipped.
pub fn standing(limit: Option<Money>, owed: &Standing, ordered: Money) -> CreditStanding {
    let limit = limit.unwrap_or(Money::ZERO);
    let net = owed.receivable - owed.deposit;
    CreditStanding { limit, owed: net, overdue: owed.overdue, ordered, free: limit - net - ordered }
}

/// Why a customer is not good for so much more.
pub fn credit_fault(credit: &CreditStanding, more: Money) -> Option<Failure> {
    if credit.overdue > Money::ZERO {
        return Some(Failure::new(CREDIT_OVERDUE).with("overdue", credit.overdue));
    }
    let used = credit.owed + credit.ordered + more;
    (more > credit.free).then(|| Failure::new(CREDIT_EXCEEDED).with("limit", credit.limit).with("used", used))
}

/// What is still to be shipped of a line.
pub fn open(line: &line::Model) -> Quantity {
    Quantity(line.quantity - line.shipped)
}

/// Something that leaves: one piece, where pieces have serial numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Line of the order.
    pub line: Uuid,
    /// Product.
    pub product: Uuid,
    /// Serial number.
    pub serial: Option<String>,
    /// New or refurbished.
    pub condition: String,
    /// How many.
    pub quantity: Quantity,
    /// Price per unit.
    pub unit_price: UnitPrice,
    /// What is owed for it, VAT included.
    pub amount: Money,
    /// VAT in it.
    pub tax: Money,
}

/// Takes a shipment out of the lines, or says everything that is wrong with it. Each takes its share of the running total
/// of its line, so that all shipments together are owed to the fen what the line says.
pub fn leaving(
    lines: &mut [line::Model],
    wanted: &[SalesShipmentLineDraft],
    tracked: &HashSet<Uuid>,
) -> Result<Vec<Leaving>, Issues> {
    let (mut issues, mut all, mut seen) = (Issues::new(), Vec::new(), HashSet::new());
    for (at, draft) in wanted.iter().enumerate() {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let Some(line) = lines.iter_mut().find(|l| l.id == draft.line_id.uuid()) else {
            wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if draft.quantity > open(line) {
            wrong("quantity", Issue::new(SHIPMENT_EXCEEDS_ORDER).with("open", open(line)));
            continue;
        }
        let is_tracked = tracked.contains(&line.product_id);
        let named: Vec<Serial> =
            line.serial.iter().filter(|_| !draft.quantity.is_zero()).cloned().map(Serial::stored).collect();
        let serials = if draft.serials.is_empty() { &named } else { &draft.serials };
        if let Some(serial) = named.first().filter(|_| *serials != named) {
            wrong("serials", Issue::new(ORDER_NAMES_SERIAL).with("serial", serial));
            continue;
        }
        match pieces(line.product_id, draft.quantity, serials, is_tracked, &mut seen) {
            Err((name, issue)) => wrong(name, issue),
            Ok(pieces) => all.extend(pieces.into_iter().map(|(serial, quantity)| one(line, serial, quantity))),
        }
    }
    if issues.is_empty() && all.is_empty() {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(all) } else { Err(issues) }
}

fn one(line: &mut line::Model, serial: Option<String>, quantity: Quantity) -> Leaving {
    line.shipped += quantity.0;
    let until = |all: i64| Money(all).share(Quantity(line.shipped), Quantity(line.quantity));
    let (amount, tax) = (until(line.amount), until(line.tax));
    let leaving = Leaving {
        line: line.id,
        product: line.product_id,
        serial,
        condition: line.condition.clone(),
        quantity,
        unit_price: UnitPrice(line.unit_price),
        amount: amount - Money(line.shipped_amount),
        tax: tax - Money(line.shipped_tax),
    };
    (line.shipped_amount, line.shipped_tax) = (amount.0, tax.0);
    leaving
}

/// The step that a shipment is for the order.
pub fn step_out(lines: &[line::Model]) -> SalesAction {
    if lines.iter().all(|line| open(line).is_zero()) { SalesAction::Complete } else { SalesAction::Ship }
}

/// The step that taking a shipment back is for the order.
pub fn step_back(lines: &[line::Model]) -> SalesAction {
    if lines.iter().all(|line| line.shipped == 0) { SalesAction::Clear } else { SalesAction::TakeBack }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity: i64, amount: i64, tax: i64) -> line::Model {
        line::Model { id: Uuid::from_u128(1), quantity, amount, tax, ..Default::default() }
    }

    #[test]
    fn shipments_are_owed_together_what_the_line_says_to_the_fen() {
        let mut lines = [line(3000, 100, 13)];
        let draft = || SalesShipmentLineDraft {
            line_id: Uuid::from_u128(1).into(),
            quantity: Quantity(1000),
            serials: Vec::new(),
        };
        let mut seen = Vec::new();
        for _ in 0..3 {
            let left = leaving(&mut lines, &[draft()], &HashSet::new()).unwrap();
            seen.push((left[0].amount.0, left[0].tax.0, step_out(&lines)));
        }
        use SalesAction::{Complete, Ship};
        assert_eq!(seen, [(33, 4, Ship), (34, 5, Ship), (33, 4, Complete)]);
        let wrong = leaving(&mut lines, &[draft()], &HashSet::new()).unwrap_err();
        assert_eq!((wrong[0].0.as_str(), wrong[0].1.code.code), ("/lines/0/quantity", "shipment_exceeds_order"));
    }

    #[test]
    fn what_is_owed_ordered_and_overdue_counts_against_the_credit_and_advances_for_it() {
        let owed = |receivable, deposit, overdue| Standing {
            receivable: Money(receivable),
            deposit: Money(deposit),
            overdue: Money(overdue),
        };
        let code = |credit: &CreditStanding, more| credit_fault(credit, Money(more)).map(|f| f.code().code);
        let good = standing(Some(Money(1000)), &owed(500, 100, 0), Money(200));
        assert_eq!((good.owed, good.free), (Money(400), Money(400)));
        assert_eq!((code(&good, 400), code(&good, 401)), (None, Some("credit_exceeded")));
        assert_eq!(code(&standing(Some(Money(1000)), &owed(1, 0, 1), Money::ZERO), 1), Some("credit_overdue"));
        let paid_ahead = standing(None, &owed(0, 300, 0), Money::ZERO);
        assert_eq!((code(&paid_ahead, 300), code(&paid_ahead, 301)), (None, Some("credit_exceeded")));
    }
}
