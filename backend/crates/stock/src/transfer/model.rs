//! What a transfer may say, how it is counted, and which way goods go. Pure.

use super::entity::{line, transfer};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::problem::field;
use openapi::stock::transfer::{TransferCount, TransferDraft, TransferLineDraft, TransferResolution, TransferVerdict};
use openapi::stock::{
    Condition, Owner, PlaceKind, SERIAL_NOT_TRACKED, SERIAL_REQUIRED, TRANSFER_COUNT_EXCEEDED, TRANSFER_NOTHING_OPEN,
};
use openapi::{Issue, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How long a receiver has to sign when the transfer does not say, as is usual in the trade.
pub const SIGN_WITHIN_DAYS: i64 = 7;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// What the draft may name: products, and the open lines of its requisition with their products.
pub struct Known {
    pub products: HashMap<Uuid, facts::Product>,
    pub requested: HashMap<Uuid, Uuid>,
}

/// Writes a draft into a row and lines, or says everything that is wrong with it.
pub fn filled(
    row: transfer::Model,
    draft: TransferDraft,
    known: &Known,
) -> Result<(transfer::Model, Vec<line::Model>), Issues> {
    let TransferDraft {
        warehouse_id,
        to_org_id,
        requisition_id,
        courier,
        tracking_number,
        sign_within_days,
        remark,
        lines,
    } = draft;
    let mut issues = Issues::new();
    let total: Quantity = lines.iter().map(|l| l.quantity).sum();
    let lines = filled_lines(row.id, lines, known, &mut issues);
    if !issues.is_empty() {
        return Err(issues);
    }
    let row = transfer::Model {
        warehouse_id: warehouse_id.uuid(),
        to_org_id: to_org_id.uuid(),
        requisition_id: requisition_id.map(Into::into),
        courier: courier.map(Into::into),
        tracking_number: tracking_number.map(Into::into),
        sign_within_days: sign_within_days.unwrap_or(SIGN_WITHIN_DAYS),
        remark: remark.map(Into::into),
        total_quantity: total.0,
        ..row
    };
    Ok((row, lines))
}

fn filled_lines(head: Uuid, drafts: Vec<TransferLineDraft>, known: &Known, issues: &mut Issues) -> Vec<line::Model> {
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(drafts.len());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let TransferLineDraft { product_id, serial, quantity, requisition_line_id, remark } = draft;
        let product_id = product_id.uuid();
        let mut wrong = |name: &str, code| issues.push((format!("/lines/{line_no}/{name}"), Issue::new(code)));
        let product = known.products.get(&product_id).filter(|p| p.is_goods());
        match (product.map(|p| p.is_serial_tracked), &serial) {
            (None, _) => wrong("product_id", field::REFERENCE_NOT_FOUND),
            (Some(true), None) => wrong("serial", SERIAL_REQUIRED),
            (Some(true), Some(_)) if quantity != Quantity::ONE => wrong("quantity", SERIAL_REQUIRED),
            (Some(false), Some(_)) => wrong("serial", SERIAL_NOT_TRACKED),
            _ => {}
        }
        if serial.as_ref().is_some_and(|text| !seen.insert((product_id, text.to_string()))) {
            wrong("serial", field::DUPLICATE);
        }
        let requested = requisition_line_id.map(|id| known.requested.get(&id.uuid()));
        if requested.is_some_and(|product| product != Some(&product_id)) {
            wrong("requisition_line_id", field::REFERENCE_NOT_FOUND);
        }
        rows.push(line::Model {
            id: platform::new_id(),
            transfer_id: head,
            line_no,
            product_id,
            serial: serial.map(Into::into),
            quantity: quantity.0,
            requisition_line_id: requisition_line_id.map(Into::into),
            remark: remark.map(Into::into),
            condition: Condition::Good.as_str().to_owned(),
            owner: Owner::Company.as_str().to_owned(),
            ..Default::default()
        });
    }
    rows
}

/// How much of each line of the requisition is sent.
pub fn requested(lines: &[line::Model]) -> HashMap<Uuid, Quantity> {
    let mut sent = HashMap::new();
    for line in lines {
        if let Some(id) = line.requisition_line_id {
            *sent.entry(id).or_insert(Quantity::ZERO) += Quantity(line.quantity);
        }
    }
    sent
}

/// The lines as they were counted: what is not named came exactly as shipped.
pub fn counted(lines: Vec<line::Model>, counts: Vec<TransferCount>) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut by_line: HashMap<Uuid, TransferCount> = HashMap::new();
    for (at, count) in counts.into_iter().enumerate() {
        let mut wrong = |name: &str, issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let line = lines.iter().find(|l| l.id == count.line_id.uuid());
        let parts = [count.received, count.damaged, count.surplus];
        match line {
            None => wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND)),
            Some(line) if count.received + count.damaged > Quantity(line.quantity) => {
                wrong("received", Issue::new(TRANSFER_COUNT_EXCEEDED));
            }
            Some(line) if line.serial.is_some() && parts.iter().any(|q| q.0 % 1000 != 0 || q.0 > 1000) => {
                wrong("received", Issue::new(SERIAL_REQUIRED));
            }
            Some(line) if line.serial.is_some() && !count.surplus.is_zero() => {
                wrong("surplus", Issue::new(SERIAL_REQUIRED));
            }
            Some(_) if by_line.insert(count.line_id.uuid(), count.clone()).is_some() => {
                wrong("line_id", Issue::new(field::DUPLICATE));
            }
            Some(_) => {}
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let counted = |line: line::Model| match by_line.remove(&line.id) {
        None => line::Model { received: Some(line.quantity), damaged: Some(0), ..line },
        Some(TransferCount { line_id: _, received, damaged, surplus, remark }) => line::Model {
            received: Some(received.0),
            damaged: Some(damaged.0),
            missing: line.quantity - received.0 - damaged.0,
            surplus: surplus.0,
            remark: remark.map(Into::into).or(line.remark),
            ..line
        },
    };
    Ok(lines.into_iter().map(counted).collect())
}

/// Whether something is still missing or too many.
pub fn is_different(lines: &[line::Model]) -> bool {
    lines.iter().any(|line| line.missing > 0 || line.surplus > 0)
}

/// Applies verdicts to the lines; together they settle at most what is open.
pub fn settled(mut lines: Vec<line::Model>, verdicts: &[TransferVerdict]) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    for (at, verdict) in verdicts.iter().enumerate() {
        let Some(line) = lines.iter_mut().find(|l| l.id == verdict.line_id.uuid()) else {
            issues.push((format!("/lines/{at}/line_id"), Issue::new(field::REFERENCE_NOT_FOUND)));
            continue;
        };
        let quantity = verdict.quantity.0;
        let open = if verdict.resolution.is_for_missing() { &mut line.missing } else { &mut line.surplus };
        if quantity > *open {
            let issue = Issue::new(TRANSFER_NOTHING_OPEN).with("open", Quantity(*open));
            issues.push((format!("/lines/{at}/quantity"), issue));
        } else if line.serial.is_some() && quantity != 1000 {
            issues.push((format!("/lines/{at}/quantity"), Issue::new(SERIAL_REQUIRED)));
        } else {
            *open -= quantity;
            if matches!(verdict.resolution, TransferResolution::Found | TransferResolution::SentMore) {
                line.received = Some(line.received.unwrap_or_default() + quantity);
            }
        }
    }
    if issues.is_empty() { Ok(lines) } else { Err(issues) }
}

/// The places of a transfer.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// The warehouse that sends.
    pub sender: PlaceRef,
    /// The goods on their way.
    pub transit: PlaceRef,
}

impl Ends {
    /// The places of a transfer.
    pub fn of(row: &transfer::Model) -> Self {
        let place = |kind, holder| PlaceRef { kind, org: row.org_id, holder };
        Ends { sender: place(PlaceKind::Warehouse, row.warehouse_id), transit: place(PlaceKind::Transit, row.id) }
    }
}

/// A move of goods of a line; `outside` matters only where one side is outside of stock.
pub(super) fn moved(line: &line::Model, quantity: i64, from: PlaceRef, to: PlaceRef, outside: Account) -> MoveLine {
    MoveLine {
        product: line.product_id,
        serial: line.serial.clone(),
        condition: Condition::parse(&line.condition).unwrap_or(Condition::Good),
        owner: Owner::parse(&line.owner).unwrap_or(Owner::Company),
        quantity: Quantity(quantity),
        reserved_for: None,
        is_value_alone: false,
        share: None,
        from,
        to,
        outside,
        value: None,
    }
}

/// Everything leaves the warehouse.
pub fn shipment(ends: Ends, lines: &[line::Model]) -> Vec<MoveLine> {
    lines.iter().map(|l| moved(l, l.quantity, ends.sender, ends.transit, Account::InTransit)).collect()
}

/// What came goes into the receiving warehouse. Damaged goods are written off where they were in transit and lie in the
/// warehouse for bad parts without value.
pub fn arrival(ends: Ends, to: PlaceRef, bad: Option<PlaceRef>, lines: &[line::Model]) -> Vec<MoveLine> {
    let mut moves = Vec::with_capacity(lines.len());
    for line in lines {
        let (received, damaged) = (line.received.unwrap_or_default(), line.damaged.unwrap_or_default());
        if received > 0 {
            moves.push(moved(line, received, ends.transit, to, Account::InTransit));
        }
        if let (true, Some(bad)) = (damaged > 0, bad) {
            let written_off = PlaceRef::outside(PlaceKind::Scrapped, ends.transit.org);
            moves.push(moved(line, damaged, ends.transit, written_off, Account::ScrapLoss));
            let kept = moved(line, damaged, written_off, bad, Account::ScrapLoss);
            moves.push(MoveLine { condition: Condition::Bad, value: Some(openapi::Money::ZERO), ..kept });
        }
    }
    moves
}

/// What verdicts move.
pub fn settlement(ends: Ends, to: PlaceRef, lines: &[line::Model], verdicts: &[TransferVerdict]) -> Vec<MoveLine> {
    use TransferResolution as R;
    let lost = PlaceRef::outside(PlaceKind::Difference, ends.transit.org);
    let way = |resolution| match resolution {
        R::Found => Some((ends.transit, to)),
        R::Returned => Some((ends.transit, ends.sender)),
        R::Lost => Some((ends.transit, lost)),
        R::SentMore => Some((ends.sender, to)),
        R::SentBack => None,
    };
    let one = |verdict: &TransferVerdict| {
        let line = lines.iter().find(|l| l.id == verdict.line_id.uuid())?;
        let (from, to) = way(verdict.resolution)?;
        Some(moved(line, verdict.quantity.0, from, to, Account::CountDifference))
    };
    verdicts.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: u128, quantity: i64) -> line::Model {
        line::Model { id: Uuid::from_u128(id), quantity, ..Default::default() }
    }

    fn count(id: u128, received: i64, damaged: i64, surplus: i64) -> TransferCount {
        TransferCount {
            line_id: Uuid::from_u128(id).into(),
            received: Quantity(received),
            damaged: Quantity(damaged),
            surplus: Quantity(surplus),
            remark: None,
        }
    }

    fn verdict(id: u128, resolution: TransferResolution, quantity: i64) -> TransferVerdict {
        TransferVerdict { line_id: Uuid::from_u128(id).into(), resolution, quantity: Quantity(quantity) }
    }

    #[test]
    fn what_is_not_named_came_as_shipped_and_the_rest_is_missing() {
        let lines = counted(vec![line(1, 5000), line(2, 4000)], vec![count(2, 2000, 1000, 0)]).unwrap();
        let seen: Vec<_> = lines.iter().map(|l| (l.received, l.damaged, l.missing)).collect();
        assert_eq!(seen, [(Some(5000), Some(0), 0), (Some(2000), Some(1000), 1000)]);
        assert!(is_different(&lines));
    }

    #[test]
    fn more_than_shipped_is_a_surplus_and_never_received() {
        assert!(counted(vec![line(1, 5000)], vec![count(1, 5001, 0, 0)]).is_err());
        let lines = counted(vec![line(1, 5000)], vec![count(1, 5000, 0, 2000)]).unwrap();
        assert!(is_different(&lines));
        let lines = settled(lines, &[verdict(1, TransferResolution::SentMore, 2000)]).unwrap();
        assert_eq!((lines[0].received, lines[0].surplus), (Some(7000), 0));
        assert!(!is_different(&lines));
    }

    #[test]
    fn verdicts_settle_at_most_what_is_open() {
        let lines = counted(vec![line(1, 5000)], vec![count(1, 2000, 0, 0)]).unwrap();
        let twice = [verdict(1, TransferResolution::Lost, 2000), verdict(1, TransferResolution::Found, 2000)];
        assert!(settled(lines.clone(), &twice).is_err());
        assert!(settled(lines.clone(), &[verdict(1, TransferResolution::SentBack, 1000)]).is_err());
        let both = [verdict(1, TransferResolution::Lost, 2000), verdict(1, TransferResolution::Found, 1000)];
        let lines = settled(lines, &both).unwrap();
        assert_eq!((lines[0].received, lines[0].missing), (Some(3000), 0));
    }
}
