//! What an order may say, and what comes of its lines. Pure.

use super::entity::{line, order};
use crate::pieces::pieces;
use openapi::master::product::ProductRow;
use openapi::problem::field;
use openapi::trade::purchase::RECEIPT_EXCEEDS_ORDER;
use openapi::trade::purchase::order::{PurchaseAction, PurchaseLineDraft, PurchaseOrderDraft, PurchaseState};
use openapi::trade::purchase::receipt::GoodsReceiptLineDraft;
use openapi::{Issue, Money, Quantity};
use std::collections::{HashMap, HashSet};
use stock::api::Expected;
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Writes a draft into a row and lines, or says everything that is wrong with it. `rate` is the VAT of parts, in basis
/// points, for lines that name none.
pub fn filled(
    row: order::Model,
    draft: PurchaseOrderDraft,
    products: &HashMap<Uuid, ProductRow>,
    rate: u16,
) -> Result<(order::Model, Vec<line::Model>), Issues> {
    let PurchaseOrderDraft { party_id, warehouse_id, expected_on, remark, lines } = draft;
    let mut issues = Issues::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (line_no, draft) in (0_i32..).zip(lines) {
        let PurchaseLineDraft { product_id, quantity, unit_price, vat_rate, expected_on, remark } = draft;
        match crate::facts::goods(products, product_id.uuid()) {
            None => issues.push((format!("/lines/{line_no}/product_id"), Issue::new(field::REFERENCE_NOT_FOUND))),
            Some(p) if p.is_serial_tracked && !quantity.is_whole() => {
                issues
                    .push((format!("/lines/{line_no}/quantity"), Issue::new(field::TOO_MANY_DECIMALS).with("max", 0)));
            }
            Some(_) => {}
        }
        let vat_rate = vat_rate.unwrap_or(rate);
        let amount = unit_price.times(quantity);
        rows.push(line::Model {
            id: platform::new_id(),
            order_id: row.id,
            line_no,
            product_id: product_id.uuid(),
            quantity: quantity.0,
            unit_price: unit_price.0,
            vat_rate: vat_rate.into(),
            amount: amount.0,
            net: (amount - amount.tax_included(vat_rate.into())).0,
            received: 0,
            received_value: 0,
            expected_on: expected_on.map(Into::into),
            remark: remark.map(Into::into),
        });
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = order::Model {
        party_id: party_id.uuid(),
        warehouse_id: warehouse_id.uuid(),
        expected_on: expected_on.map(Into::into),
        remark: remark.map(Into::into),
        total_quantity: rows.iter().map(|l| l.quantity).sum(),
        received_quantity: 0,
        total_amount: rows.iter().map(|l| l.amount).sum(),
        total_tax: rows.iter().map(|l| l.amount - l.net).sum(),
        ..row
    };
    Ok((row, rows))
}

/// What is still to come of a line.
pub fn open(line: &line::Model) -> Quantity {
    Quantity(line.quantity - line.received)
}

/// Something that came: one piece, where pieces have serial numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Line of the order.
    pub line: Uuid,
    /// Product.
    pub product: Uuid,
    /// Serial number.
    pub serial: Option<String>,
    /// How many.
    pub quantity: Quantity,
    /// What it cost, without VAT.
    pub value: Money,
}

/// Takes a delivery into the lines, or says everything that is wrong with it. Each arrival takes its share of the net
/// amount of its line; shares of the running total, so that all arrivals together cost what the line says, to the fen.
pub fn arrived(
    lines: &mut [line::Model],
    wanted: &[GoodsReceiptLineDraft],
    tracked: &HashSet<Uuid>,
) -> Result<Vec<Arrival>, Issues> {
    let mut issues = Issues::new();
    let mut arrivals = Vec::new();
    let mut seen = HashSet::new();
    for (at, draft) in wanted.iter().enumerate() {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let Some(line) = lines.iter_mut().find(|l| l.id == draft.line_id.uuid()) else {
            wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if draft.quantity > open(line) {
            wrong("quantity", Issue::new(RECEIPT_EXCEEDS_ORDER).with("open", open(line)));
            continue;
        }
        match pieces(line.product_id, draft.quantity, &draft.serials, tracked.contains(&line.product_id), &mut seen) {
            Err((name, issue)) => wrong(name, issue),
            Ok(pieces) => arrivals.extend(pieces.into_iter().map(|(serial, quantity)| arrival(line, serial, quantity))),
        }
    }
    if issues.is_empty() && arrivals.is_empty() {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(arrivals) } else { Err(issues) }
}

fn arrival(line: &mut line::Model, serial: Option<String>, quantity: Quantity) -> Arrival {
    line.received += quantity.0;
    let until = Money(line.net).share(Quantity(line.received), Quantity(line.quantity));
    let value = until - Money(line.received_value);
    line.received_value = until.0;
    Arrival { line: line.id, product: line.product_id, serial, quantity, value }
}

/// Takes an arrival back out of its line.
pub fn taken_back(lines: &mut [line::Model], line: Uuid, quantity: i64, value: i64) {
    if let Some(line) = lines.iter_mut().find(|l| l.id == line) {
        line.received -= quantity;
        line.received_value -= value;
    }
}

/// The step that a delivery is for the order.
pub fn step_in(lines: &[line::Model]) -> PurchaseAction {
    let is_complete = lines.iter().all(|line| open(line).is_zero());
    if is_complete { PurchaseAction::Complete } else { PurchaseAction::Receive }
}

/// The step that taking a delivery back is for the order.
pub fn step_back(lines: &[line::Model]) -> PurchaseAction {
    let is_clear = lines.iter().all(|line| line.received == 0);
    if is_clear { PurchaseAction::Clear } else { PurchaseAction::TakeBack }
}

/// How much of the order has come.
pub fn received(lines: &[line::Model]) -> i64 {
    lines.iter().map(|line| line.received).sum()
}

/// What the store may expect of an order: what has not come of its lines while goods may come.
pub fn expected<'a>(
    row: &'a order::Model,
    lines: &'a [line::Model],
    state: PurchaseState,
) -> impl Iterator<Item = Expected> + 'a {
    let may_come = matches!(state, PurchaseState::Placed | PurchaseState::PartlyReceived);
    lines.iter().filter(move |_| may_come).map(|line| Expected {
        line: line.id,
        org: row.org_id,
        warehouse: row.warehouse_id,
        product: line.product_id,
        on: line.expected_on.or(row.expected_on),
        quantity: Quantity(line.quantity - line.received),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: u128, quantity: i64, net: i64) -> line::Model {
        line::Model { id: Uuid::from_u128(id), product_id: Uuid::from_u128(id), quantity, net, ..Default::default() }
    }

    fn came(id: u128, quantity: i64, serials: &[&str]) -> GoodsReceiptLineDraft {
        GoodsReceiptLineDraft {
            line_id: Uuid::from_u128(id).into(),
            quantity: Quantity(quantity),
            serials: serials.iter().map(|serial| serial.parse().unwrap()).collect(),
        }
    }

    fn codes(
        lines: &mut [line::Model],
        wanted: &[GoodsReceiptLineDraft],
        tracked: bool,
    ) -> Vec<(String, &'static str)> {
        let tracked = if tracked { lines.iter().map(|l| l.product_id).collect() } else { HashSet::new() };
        let wrong = arrived(lines, wanted, &tracked).unwrap_err();
        wrong.into_iter().map(|(at, issue)| (at, issue.code.code)).collect()
    }

    #[test]
    fn deliveries_cost_together_what_the_line_says_to_the_fen() {
        let mut lines = [line(1, 3000, 100)];
        let mut values = Vec::new();
        for _ in 0..3 {
            values.push(arrived(&mut lines, &[came(1, 1000, &[])], &HashSet::new()).unwrap()[0].value.0);
        }
        assert_eq!((values, step_in(&lines)), (vec![33, 34, 33], PurchaseAction::Complete));
        taken_back(&mut lines, Uuid::from_u128(1), 1000, 34);
        assert_eq!(step_back(&lines), PurchaseAction::TakeBack);
        let again = arrived(&mut lines, &[came(1, 1000, &[])], &HashSet::new()).unwrap();
        assert_eq!((again[0].value, lines[0].received_value), (Money(34), 100));
    }

    #[test]
    fn more_than_ordered_strangers_and_nothing_are_refused() {
        let at = |pointer: &str, code| vec![(pointer.to_owned(), code)];
        let mut lines = [line(1, 2000, 100)];
        assert_eq!(codes(&mut lines, &[came(1, 2001, &[])], false), at("/lines/0/quantity", "receipt_exceeds_order"));
        // the same line twice counts together
        let twice = [came(1, 1500, &[]), came(1, 1000, &[])];
        assert_eq!(codes(&mut [line(1, 2000, 100)], &twice, false), at("/lines/1/quantity", "receipt_exceeds_order"));
        assert_eq!(codes(&mut lines, &[came(9, 1000, &[])], false), at("/lines/0/line_id", "reference_not_found"));
        assert_eq!(codes(&mut lines, &[came(1, 0, &[])], false), at("/lines", "required"));
    }

    #[test]
    fn tracked_pieces_come_one_by_one_with_their_serials() {
        let at = |code| vec![("/lines/0/serials".to_owned(), code)];
        let mut lines = [line(1, 2000, 101)];
        assert_eq!(codes(&mut lines, &[came(1, 2000, &["SN-0001"])], true), at("serials_differ"));
        assert_eq!(codes(&mut lines, &[came(1, 2000, &["SN-0001", "SN-0001"])], true), at("duplicate"));
        assert_eq!(codes(&mut lines, &[came(1, 1000, &["SN-0001"])], false), at("serials_differ"));
        let tracked = HashSet::from([Uuid::from_u128(1)]);
        let pieces = arrived(&mut lines, &[came(1, 2000, &["SN-0001", "SN-0002"])], &tracked).unwrap();
        assert_eq!(
            pieces.iter().map(|p| (p.quantity, p.value.0)).collect::<Vec<_>>(),
            [(Quantity::ONE, 50), (Quantity::ONE, 51)]
        );
    }
}
