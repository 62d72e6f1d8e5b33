//! What may go back of a receipt, and what it posts. Pure.

use super::entity::{back, line};
use crate::purchase::invoice::model::off_accrual;
use crate::purchase::invoice::queries::Billed;
use crate::purchase::receipt::entity::line as receipt_line;
use openapi::choice::Choice;
use openapi::finance::{Account, JournalLineDraft};
use openapi::problem::field;
use openapi::trade::purchase::back::PurchaseReturnLineDraft;
use openapi::trade::retail::RETURN_EXCEEDS;
use openapi::trade::retail::back::ReturnCondition;
use openapi::{Issue, Money, Quantity};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// The lines of a draft, or everything that is wrong with it.
pub fn chosen(
    back: Uuid,
    received: &HashMap<Uuid, receipt_line::Model>,
    wanted: &[PurchaseReturnLineDraft],
) -> Result<Vec<line::Model>, Issues> {
    let (mut issues, mut rows, mut seen) = (Issues::new(), Vec::new(), HashSet::new());
    for (at, draft) in wanted.iter().enumerate() {
        let id = draft.receipt_line_id.uuid();
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{at}/{name}"), issue));
        let Some(of) = received.get(&id) else {
            wrong("receipt_line_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if !seen.insert(id) {
            wrong("receipt_line_id", Issue::new(field::DUPLICATE));
        } else if let Some(issue) = too_much(of, draft.quantity) {
            wrong("quantity", issue);
        } else if of.serial.is_some() && !draft.quantity.is_whole() {
            wrong("quantity", Issue::new(field::TOO_MANY_DECIMALS).with("max", 0));
        } else if draft.quantity.is_positive() {
            rows.push(line::Model {
                id: platform::new_id(),
                return_id: back,
                line_no: i32::try_from(rows.len()).unwrap_or(i32::MAX),
                receipt_line_id: id,
                product_id: of.product_id,
                serial: of.serial.clone(),
                condition: draft.condition.unwrap_or(ReturnCondition::Good).as_str().to_owned(),
                quantity: draft.quantity.0,
                ..Default::default()
            });
        }
    }
    if issues.is_empty() && rows.is_empty() {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

fn too_much(of: &receipt_line::Model, quantity: Quantity) -> Option<Issue> {
    let open = Quantity(of.quantity - of.returned);
    (quantity > open).then(|| Issue::new(RETURN_EXCEEDS).with("open", open))
}

/// Takes a return out of the lines that were received. What is not invoiced goes first: nothing is owed for it any more.
/// The rest is credited by its share of what was invoiced; whatever is credited last takes the rest.
pub fn going_back(
    received: &mut HashMap<Uuid, receipt_line::Model>,
    billed: &HashMap<Uuid, Billed>,
    lines: Vec<line::Model>,
) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut rows = Vec::with_capacity(lines.len());
    for (at, row) in lines.into_iter().enumerate() {
        let Some(of) = received.get_mut(&row.receipt_line_id) else {
            issues.push((format!("/lines/{at}/receipt_line_id"), Issue::new(field::REFERENCE_NOT_FOUND)));
            continue;
        };
        if let Some(issue) = too_much(of, Quantity(row.quantity)) {
            issues.push((format!("/lines/{at}/quantity"), issue));
            continue;
        }
        let released = Ord::min(row.quantity, of.quantity - of.invoiced - of.released);
        let credited = row.quantity - released;
        of.returned += row.quantity;
        of.released += released;
        let accrued = if released > 0 { off_accrual(of) } else { 0 };
        of.released_value += accrued;
        let bill = billed.get(&of.id).cloned().unwrap_or_default();
        let credit = share(bill.amount, of.credited_amount, credited, &bill, of.credited);
        let tax = share(bill.tax, of.credited_tax, credited, &bill, of.credited);
        of.credited += credited;
        of.credited_amount += credit;
        of.credited_tax += tax;
        rows.push(line::Model { released, accrued, credit, tax, ..row });
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

/// So much of `all` as `taken` is of what was invoiced; the rest, when all of that is credited.
fn share(all: i64, gone: i64, taken: i64, bill: &Billed, before: i64) -> i64 {
    match bill.quantity - before {
        _ if taken == 0 => 0,
        open if taken >= open => all - gone,
        _ => Ord::min(Money(all).share(Quantity(taken), Quantity(bill.quantity)).0, all - gone),
    }
}

/// The lines of the receipt after a return of it is taken back.
pub fn taken_back(received: &mut HashMap<Uuid, receipt_line::Model>, lines: &[line::Model]) {
    for row in lines {
        if let Some(of) = received.get_mut(&row.receipt_line_id) {
            of.returned -= row.quantity;
            of.released -= row.released;
            of.released_value -= row.accrued;
            of.credited -= row.quantity - row.released;
            of.credited_amount -= row.credit;
            of.credited_tax -= row.tax;
        }
    }
}

/// The head with the sums of its lines.
pub fn summed(row: back::Model, lines: &[line::Model]) -> back::Model {
    let sum = |of: fn(&line::Model) -> i64| lines.iter().map(of).sum::<i64>();
    let (accrued, credit, tax) = (sum(|l| l.accrued), sum(|l| l.credit), sum(|l| l.tax));
    back::Model { total_quantity: sum(|l| l.quantity), accrued, credit, tax, ..row }
}

/// The supplier owes what is credited, or less is owed to the supplier. The posting of the goods has put their cost on
/// 2203: only what was not invoiced belongs there, and what the rest is credited at more or less is a difference in price.
pub fn posting(row: &back::Model, cost: Money) -> Vec<JournalLineDraft> {
    let invoiced = cost.0 - row.accrued;
    let gain = row.credit - row.tax - invoiced;
    let either = |account: Account, credit: i64| {
        if credit < 0 {
            JournalLineDraft::debit(account, Money(-credit))
        } else {
            JournalLineDraft::credit(account, Money(credit))
        }
    };
    vec![
        JournalLineDraft::debit(Account::Payable, Money(row.set_off)).of(row.party_id.into()),
        JournalLineDraft::debit(Account::Receivable, Money(row.credit - row.set_off)).of(row.party_id.into()),
        JournalLineDraft::credit(Account::Vat, Money(row.tax)),
        either(Account::GoodsReceived, invoiced),
        either(Account::PriceDifference, gain),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: Uuid = Uuid::from_u128(1);

    fn received(quantity: i64, value: i64, invoiced: i64, invoiced_value: i64) -> HashMap<Uuid, receipt_line::Model> {
        let line = receipt_line::Model { id: LINE, quantity, value, invoiced, invoiced_value, ..Default::default() };
        HashMap::from([(LINE, line)])
    }

    fn row(quantity: i64) -> line::Model {
        line::Model { receipt_line_id: LINE, quantity, ..Default::default() }
    }

    #[test]
    fn what_is_not_invoiced_goes_first_and_the_last_piece_takes_the_rest() {
        let mut of = received(5000, 5000, 3000, 3000);
        let billed = HashMap::from([(LINE, Billed { quantity: 3000, amount: 3500, tax: 403 })]);
        let mut seen = Vec::new();
        for _ in 0..5 {
            let gone = going_back(&mut of, &billed, vec![row(1000)]).unwrap().remove(0);
            seen.push((gone.released, gone.accrued, gone.credit, gone.tax));
        }
        assert_eq!(
            seen,
            [(1000, 1000, 0, 0), (1000, 1000, 0, 0), (0, 0, 1167, 134), (0, 0, 1167, 134), (0, 0, 1166, 135)]
        );
        let wrong = going_back(&mut of, &billed, vec![row(1)]).unwrap_err();
        assert_eq!((wrong[0].0.as_str(), wrong[0].1.code.code), ("/lines/0/quantity", "return_exceeds"));
    }

    #[test]
    fn taking_a_return_back_leaves_the_line_as_it_was() {
        let (mut of, billed) =
            (received(4000, 100, 2000, 50), HashMap::from([(LINE, Billed { quantity: 2000, amount: 57, tax: 7 })]));
        let before = of.clone();
        let gone = going_back(&mut of, &billed, vec![row(3000)]).unwrap();
        assert_eq!((gone[0].released, gone[0].accrued, gone[0].credit), (2000, 50, 28));
        taken_back(&mut of, &gone);
        assert_eq!(of, before);
    }

    #[test]
    fn the_entry_balances_whatever_the_goods_cost_by_now() {
        for cost in [0, 1999, 2000, 2500, 9000] {
            let row = back::Model { accrued: 1000, credit: 1130, tax: 130, set_off: 500, ..Default::default() };
            let lines = posting(&row, Money(cost));
            let sum = |of: fn(&JournalLineDraft) -> Money| lines.iter().map(of).sum::<Money>();
            assert_eq!(sum(|l| l.debit), sum(|l| l.credit), "{cost}");
        }
    }
}
