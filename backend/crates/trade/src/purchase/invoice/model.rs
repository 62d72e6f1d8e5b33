//! What an invoice may charge for, and what it posts. Pure.

use super::entity::{invoice, line};
use crate::purchase::receipt::entity::line as receipt_line;
use openapi::finance::{Account, JournalLineDraft};
use openapi::problem::field;
use openapi::trade::purchase::INVOICE_EXCEEDS_RECEIPT;
use openapi::trade::purchase::invoice::SupplierInvoiceLineDraft;
use openapi::{Issue, Money, Quantity};
use std::collections::HashMap;
use uuid::Uuid;

/// Wrong values: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// What is still to be invoiced of a line that was received.
pub fn open(line: &receipt_line::Model) -> Quantity {
    Quantity(line.quantity - line.invoiced - line.released)
}

/// What a line of a receipt takes off the accrual once it is invoiced or has gone back as far as it says now: its share
/// of what it was received at, less what is off already. The last piece takes the rest.
pub fn off_accrual(of: &receipt_line::Model) -> i64 {
    let until = Money(of.value).share(Quantity(of.invoiced + of.released), Quantity(of.quantity));
    Ord::max(until.0 - of.invoiced_value - of.released_value, 0)
}

/// Takes an invoice into the lines that were received, or says everything that is wrong with it. Each line takes its
/// share of what the goods were received at; shares of the running total, so that nothing is left when all is invoiced.
/// `rates` are the VAT rates of the order, by line of the receipt.
pub fn charged(
    invoice: Uuid,
    received: &mut HashMap<Uuid, receipt_line::Model>,
    wanted: &[SupplierInvoiceLineDraft],
    rates: &HashMap<Uuid, i32>,
) -> Result<Vec<line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut rows = Vec::new();
    for (at, draft) in wanted.iter().enumerate() {
        let Some(of) = received.get_mut(&draft.receipt_line_id.uuid()) else {
            issues.push((format!("/lines/{at}/receipt_line_id"), Issue::new(field::REFERENCE_NOT_FOUND)));
            continue;
        };
        if draft.quantity > open(of) {
            let issue = Issue::new(INVOICE_EXCEEDS_RECEIPT).with("open", open(of));
            issues.push((format!("/lines/{at}/quantity"), issue));
            continue;
        }
        if draft.quantity.is_zero() {
            continue;
        }
        let vat_rate = draft.vat_rate.map_or_else(|| rates.get(&of.id).copied().unwrap_or_default(), i32::from);
        let amount = draft.unit_price.times(draft.quantity);
        of.invoiced += draft.quantity.0;
        let accrued = off_accrual(of);
        of.invoiced_value += accrued;
        rows.push(line::Model {
            id: platform::new_id(),
            invoice_id: invoice,
            line_no: i32::try_from(rows.len()).unwrap_or(i32::MAX),
            receipt_line_id: of.id,
            product_id: of.product_id,
            quantity: draft.quantity.0,
            unit_price: draft.unit_price.0,
            vat_rate,
            amount: amount.0,
            tax: amount.tax_included(vat_rate.into()).0,
            accrued,
        });
    }
    if issues.is_empty() && rows.iter().map(|row| row.amount).sum::<i64>() == 0 {
        issues.push(("/lines".to_owned(), Issue::new(field::REQUIRED)));
    }
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

/// The head with the sums of its lines.
pub fn summed(row: invoice::Model, lines: &[line::Model]) -> invoice::Model {
    let sum = |of: fn(&line::Model) -> i64| lines.iter().map(of).sum::<i64>();
    let (amount, tax, accrued) = (sum(|l| l.amount), sum(|l| l.tax), sum(|l| l.accrued));
    invoice::Model { amount, tax, accrued, difference: amount - tax - accrued, ..row }
}

/// What was received is invoiced now; what it costs more or less is a difference in price.
pub fn posting(row: &invoice::Model) -> Vec<JournalLineDraft> {
    let difference = if row.difference < 0 {
        JournalLineDraft::credit(Account::PriceDifference, Money(-row.difference))
    } else {
        JournalLineDraft::debit(Account::PriceDifference, Money(row.difference))
    };
    vec![
        JournalLineDraft::debit(Account::GoodsReceived, Money(row.accrued)),
        JournalLineDraft::debit(Account::Vat, Money(row.tax)),
        difference,
        JournalLineDraft::credit(Account::Payable, Money(row.amount)).of(row.party_id.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(quantity: i64, value: i64) -> HashMap<Uuid, receipt_line::Model> {
        let id = Uuid::from_u128(1);
        HashMap::from([(id, receipt_line::Model { id, quantity, value, ..Default::default() })])
    }

    fn draft(quantity: i64, price: &str) -> SupplierInvoiceLineDraft {
        SupplierInvoiceLineDraft {
            receipt_line_id: Uuid::from_u128(1).into(),
            quantity: Quantity(quantity),
            unit_price: price.parse().unwrap(),
            vat_rate: None,
        }
    }

    #[test]
    fn an_invoice_at_another_price_posts_the_difference_and_balances() {
        let rates = HashMap::from([(Uuid::from_u128(1), 1300)]);
        for (price, difference) in [("11.30", 0), ("12.43", 300), ("10.17", -300)] {
            let lines = charged(Uuid::nil(), &mut received(3000, 3000), &[draft(3000, price)], &rates).unwrap();
            let row = summed(invoice::Model::default(), &lines);
            assert_eq!((row.accrued, row.difference), (3000, difference), "{price}");
            let posted = posting(&row);
            let (debit, credit): (Money, Money) =
                (posted.iter().map(|l| l.debit).sum(), posted.iter().map(|l| l.credit).sum());
            assert_eq!(debit, credit);
        }
    }

    #[test]
    fn parts_of_a_line_release_together_what_it_was_received_at() {
        let (mut of, rates) = (received(3000, 100), HashMap::new());
        let mut accrued = Vec::new();
        for _ in 0..3 {
            accrued.push(charged(Uuid::nil(), &mut of, &[draft(1000, "1")], &rates).unwrap()[0].accrued);
        }
        assert_eq!(accrued, [33, 34, 33]);
        let wrong = charged(Uuid::nil(), &mut of, &[draft(1, "1")], &rates).unwrap_err();
        assert_eq!((wrong[0].0.as_str(), wrong[0].1.code.code), ("/lines/0/quantity", "invoice_exceeds_receipt"));
    }
}
