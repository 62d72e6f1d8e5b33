//! What may come back of a shipment, and what it posts. Pure.

use crate::retail::model::part;
use crate::wholesale::entity::{back, back_line as line, shipment_line};
use openapi::choice::Choice;
use openapi::finance::{Account, JournalLineDraft};
use openapi::problem::field;
use openapi::trade::retail::RETURN_EXCEEDS;
use openapi::trade::retail::back::ReturnCondition;
use openapi::trade::wholesale::back::SalesReturnLineDraft;
use openapi::{Issue, Money, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// Takes what comes back into the lines that were shipped, or says everything that is wrong with it. Whatever comes back
/// last of a line takes the rest of its amount, tax and cost. `bad_value` is what bad goods are worth, in basis points.
pub fn coming_back(
    document: Uuid,
    shipped: &mut [shipment_line::Model],
    drafts: &[SalesReturnLineDraft],
    bad_value: i64,
) -> Result<Vec<line::Model>, Issues> {
    let (mut issues, mut rows, mut seen) = (Issues::new(), Vec::new(), HashSet::new());
    for (at, draft) in drafts.iter().enumerate() {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let Some(of) = shipped.iter_mut().find(|line| line.id == draft.line_id.uuid()) else {
            wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if !seen.insert((of.id, draft.condition.as_str())) {
            wrong("line_id", Issue::new(field::DUPLICATE));
            continue;
        }
        let (taken, open) = (draft.quantity.0, of.quantity - of.returned);
        if taken > open {
            wrong("quantity", Issue::new(RETURN_EXCEEDS).with("open", Quantity(open)));
            continue;
        }
        if of.serial.is_some() && !draft.quantity.is_whole() {
            wrong("quantity", Issue::new(field::TOO_MANY_DECIMALS).with("max", 0));
            continue;
        }
        if taken > 0 {
            rows.push(row(document, rows.len(), of, draft, bad_value));
        }
    }
    if issues.is_empty() && rows.is_empty() {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

fn row(
    document: Uuid,
    place: usize,
    of: &mut shipment_line::Model,
    draft: &SalesReturnLineDraft,
    bad_value: i64,
) -> line::Model {
    let (taken, open) = (draft.quantity.0, of.quantity - of.returned);
    let share = |all: i64, gone: i64| part(all, gone, taken, of.quantity, open);
    let (credit, tax, cost) = (share(of.amount, of.credited), share(of.tax, of.tax_back), share(of.cost, of.cost_back));
    let value = if draft.condition == ReturnCondition::Bad { Money(cost).basis_points(bad_value).0 } else { cost };
    of.returned += taken;
    of.credited += credit;
    of.tax_back += tax;
    of.cost_back += cost;
    line::Model {
        id: platform::new_id(),
        return_id: document,
        line_no: i32::try_from(place).unwrap_or(i32::MAX),
        shipment_line_id: of.id,
        product_id: of.product_id,
        serial: of.serial.clone(),
        condition: draft.condition.as_str().to_owned(),
        quantity: taken,
        credit,
        tax,
        cost,
        value,
    }
}

/// What the lines add up to.
pub fn summed(row: back::Model, lines: &[line::Model]) -> back::Model {
    let sum = |of: fn(&line::Model) -> i64| lines.iter().map(of).sum::<i64>();
    back::Model {
        total_quantity: sum(|l| l.quantity),
        credit: sum(|l| l.credit),
        tax: sum(|l| l.tax),
        loss: sum(|l| l.cost - l.value),
        ..row
    }
}

/// Whether no more comes of each line of the shipment than was approved, in whatever condition.
pub fn within(approved: &[line::Model], drafts: &[SalesReturnLineDraft]) -> Result<(), Issues> {
    let mut open = HashMap::<Uuid, i64>::new();
    for line in approved {
        *open.entry(line.shipment_line_id).or_default() += line.quantity;
    }
    let mut issues = Issues::new();
    for (at, draft) in drafts.iter().enumerate() {
        let left = open.entry(draft.line_id.uuid()).or_default();
        if draft.quantity.0 > *left {
            let issue = Issue::new(RETURN_EXCEEDS).with("open", Quantity(*left));
            issues.push((format!("/lines/{at}/quantity"), issue));
        }
        *left -= draft.quantity.0;
    }
    if issues.is_empty() { Ok(()) } else { Err(issues) }
}

/// The lines of a shipment after a return of it is taken back.
pub fn taken_back(shipped: &mut [shipment_line::Model], lines: &[line::Model]) {
    for line in lines {
        if let Some(of) = shipped.iter_mut().find(|of| of.id == line.shipment_line_id) {
            of.returned -= line.quantity;
            of.credited -= line.credit;
            of.tax_back -= line.tax;
            of.cost_back -= line.cost;
        }
    }
}

/// Income and tax against what is owed, or an advance; what bad goods have lost moves from the cost to the losses.
pub fn posting(row: &back::Model) -> Vec<JournalLineDraft> {
    let (credit, tax, loss, set_off) = (Money(row.credit), Money(row.tax), Money(row.loss), Money(row.set_off));
    vec![
        JournalLineDraft::debit(Account::WholesaleIncome, credit - tax),
        JournalLineDraft::debit(Account::Vat, tax),
        JournalLineDraft::credit(Account::Receivable, set_off).of(row.party_id.into()),
        JournalLineDraft::credit(Account::Deposits, credit - set_off).of(row.party_id.into()),
        JournalLineDraft::debit(Account::ScrapLoss, loss),
        JournalLineDraft::credit(Account::CostWholesale, loss),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_back_last_takes_the_rest_and_undoing_it_leaves_the_line_as_it_was() {
        let id = Uuid::from_u128(1);
        let before = shipment_line::Model { id, quantity: 3000, amount: 100, tax: 13, cost: 50, ..Default::default() };
        let mut lines = [before.clone()];
        let draft = |condition| SalesReturnLineDraft { line_id: id.into(), quantity: Quantity(1000), condition };
        let mut all = Vec::new();
        for condition in [ReturnCondition::Good, ReturnCondition::Bad, ReturnCondition::Good] {
            all.extend(coming_back(Uuid::nil(), &mut lines, &[draft(condition)], 1000).unwrap());
        }
        let seen: Vec<_> = all.iter().map(|row| (row.credit, row.tax, row.cost, row.value)).collect();
        assert_eq!(seen, [(33, 4, 17, 17), (33, 4, 17, 2), (34, 5, 16, 16)]);
        let wrong = coming_back(Uuid::nil(), &mut lines, &[draft(ReturnCondition::Good)], 0).unwrap_err();
        assert_eq!((wrong[0].0.as_str(), wrong[0].1.code.code), ("/lines/0/quantity", "return_exceeds"));
        taken_back(&mut lines, &all);
        assert_eq!(lines, [before]);
    }

    #[test]
    fn no_more_comes_than_was_approved_in_whatever_condition() {
        let id = Uuid::from_u128(1);
        let approved = [line::Model { shipment_line_id: id, quantity: 3000, ..Default::default() }];
        let came = |of: Uuid, pieces: i64, condition| SalesReturnLineDraft {
            line_id: of.into(),
            quantity: Quantity::pieces(pieces),
            condition,
        };
        let (good, bad) = (ReturnCondition::Good, ReturnCondition::Bad);
        assert!(within(&approved, &[came(id, 2, good), came(id, 1, bad)]).is_ok());
        let wrong = within(&approved, &[came(id, 2, good), came(id, 2, bad)]).unwrap_err();
        assert_eq!((wrong.len(), wrong[0].0.as_str()), (1, "/lines/1/quantity"));
        assert!(within(&approved, &[came(Uuid::from_u128(2), 1, good)]).is_err());
    }
}
