//! What a sale costs, what of it may come back, and what both post. Pure.

use super::entity::{back_line, payment, sale_line};
use openapi::choice::Choice;
use openapi::finance::{Account, JournalLineDraft, PayMethod};
use openapi::master::product::ProductRow;
use openapi::problem::field;
use openapi::stock::{SERIAL_NOT_TRACKED, SERIAL_REQUIRED};
use openapi::trade::retail::back::{RetailReturnLineDraft, ReturnCondition};
use openapi::trade::retail::sale::{RetailLineDraft, RetailSaleDraft};
use openapi::trade::retail::{
    DEDUCTION_EXCEEDS, DISCOUNT_EXCEEDS, PAYMENT_DIFFERS, RETURN_EXCEEDS, RetailPaymentDraft, SaleCondition,
    TENDERED_TOO_LITTLE,
};
use openapi::{Code, Issue, Money, Quantity, UnitPrice};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Wrong values of a draft: pointer and issue.
pub type Issues = Vec<(String, Issue)>;

/// The largest single payment, in fen: a hundred million yuan.
const MOST: i64 = 10_000_000_000;
/// A hundred yuan in fen.
const HUNDRED_YUAN: i64 = 10_000;

/// What a sale adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Price times quantity.
    pub gross: Money,
    /// What it is cheaper by.
    pub discount: Money,
    /// What is paid.
    pub total: Money,
    /// The tax in it.
    pub vat: Money,
    /// What it would cost at the list prices.
    pub list: Money,
}

/// Adds lines up.
pub fn totals(lines: &[sale_line::Model]) -> Totals {
    let sum = |of: fn(&sale_line::Model) -> i64| Money(lines.iter().map(of).sum());
    Totals {
        gross: sum(|l| l.gross),
        discount: sum(|l| l.discount),
        total: sum(|l| l.amount),
        vat: sum(|l| l.vat),
        list: lines.iter().map(|l| UnitPrice(l.list_price).times(Quantity(l.quantity))).sum(),
    }
}

/// The lines of a sale at their prices, `refurbished` those of refurbished goods on the list; the discount on the whole is shared by them, to the fen.
pub fn priced(
    sale: Uuid,
    draft: &RetailSaleDraft,
    products: &HashMap<Uuid, ProductRow>,
    refurbished: &HashMap<Uuid, UnitPrice>,
    vat_rate: i64,
) -> Result<Vec<sale_line::Model>, Issues> {
    let mut issues = Issues::new();
    let mut serials = HashSet::new();
    let mut rows = Vec::with_capacity(draft.lines.len());
    for (line_no, line) in (0_i32..).zip(&draft.lines) {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{line_no}/{name}"), issue));
        let Some(product) = crate::facts::goods(products, line.product_id.uuid()) else {
            wrong("product_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if let Some((name, code)) = serial_fault(line, product.is_serial_tracked) {
            wrong(name, Issue::new(code));
        }
        if line.serial.as_ref().is_some_and(|serial| !serials.insert((line.product_id, serial.to_string()))) {
            wrong("serial", Issue::new(field::DUPLICATE));
        }
        let condition = line.condition.unwrap_or(SaleCondition::Good);
        let listed = match condition {
            SaleCondition::Good => Some(product.retail_price),
            SaleCondition::Refurbished => refurbished.get(&line.product_id.uuid()).copied(),
        };
        let Some(unit_price) = line.unit_price.or(listed) else {
            wrong("unit_price", Issue::new(field::REQUIRED));
            continue;
        };
        let gross = unit_price.times(line.quantity);
        let discount = line.discount.unwrap_or(Money::ZERO);
        if discount > gross {
            wrong("discount", Issue::new(DISCOUNT_EXCEEDS).with("amount", gross));
        }
        rows.push(sale_line::Model {
            id: platform::new_id(),
            retail_sale_id: sale,
            line_no,
            product_id: line.product_id.uuid(),
            serial: line.serial.as_ref().map(ToString::to_string),
            quantity: line.quantity.0,
            condition: condition.as_str().to_owned(),
            list_price: listed.unwrap_or_default().0,
            unit_price: unit_price.0,
            gross: gross.0,
            discount: discount.0,
            amount: (gross - discount).0,
            vat_rate,
            ..Default::default()
        });
    }
    if issues.is_empty() { shared(rows, draft.discount.unwrap_or(Money::ZERO)) } else { Err(issues) }
}

fn serial_fault(line: &RetailLineDraft, is_tracked: bool) -> Option<(&'static str, Code)> {
    match (is_tracked, &line.serial) {
        (true, None) => Some(("serial", SERIAL_REQUIRED)),
        (true, Some(_)) if line.quantity != Quantity::ONE => Some(("quantity", SERIAL_REQUIRED)),
        (false, Some(_)) => Some(("serial", SERIAL_NOT_TRACKED)),
        _ => None,
    }
}

/// Shares a discount by the amounts of the lines and takes the tax out of what is left. Shares of the running total:
/// the parts add up to the whole without a remainder.
fn shared(mut rows: Vec<sale_line::Model>, discount: Money) -> Result<Vec<sale_line::Model>, Issues> {
    let whole: i64 = rows.iter().map(|row| row.amount).sum();
    if discount.0 > whole {
        let issue = Issue::new(DISCOUNT_EXCEEDS).with("amount", Money(whole));
        return Err(vec![("/discount".to_owned(), issue)]);
    }
    let until = |amount: i64| if amount == 0 { Money::ZERO } else { discount.share(Quantity(amount), Quantity(whole)) };
    let mut before = 0;
    for row in &mut rows {
        let after = before + row.amount;
        let part = until(after) - until(before);
        before = after;
        row.discount += part.0;
        row.amount -= part.0;
        row.vat = Money(row.amount).tax_included(row.vat_rate).0;
    }
    Ok(rows)
}

/// The ways of payment add up to what is due, each within its bounds.
pub fn paid(payments: &[RetailPaymentDraft], due: Money) -> Result<(), Issues> {
    let is_wrong = |p: &&RetailPaymentDraft| !(1..=MOST).contains(&p.amount.0);
    let range = || Issue::new(field::OUT_OF_RANGE).with("min", Money(1)).with("max", Money(MOST));
    let amounts = (0_usize..).zip(payments).filter(|(_, p)| is_wrong(p));
    let issues: Issues = amounts.map(|(i, _)| (format!("/payments/{i}/amount"), range())).collect();
    if !issues.is_empty() {
        return Err(issues);
    }
    let sum: Money = payments.iter().map(|p| p.amount).sum();
    if sum == due {
        return Ok(());
    }
    Err(vec![("/payments".to_owned(), Issue::new(PAYMENT_DIFFERS).with("paid", sum).with("due", due))])
}

/// What is given back of the cash that was handed over.
pub fn change(payments: &[RetailPaymentDraft], tendered: Option<Money>) -> Result<Money, Issues> {
    let cash: Money = payments.iter().filter(|p| p.method == PayMethod::Cash).map(|p| p.amount).sum();
    match tendered {
        Some(given) if given < cash => {
            Err(vec![("/tendered".to_owned(), Issue::new(TENDERED_TOO_LITTLE).with("cash", cash))])
        }
        Some(given) => Ok(given - cash),
        None => Ok(Money::ZERO),
    }
}

/// Points for an amount; parts of a point are not given.
pub fn points(amount: Money, per_hundred: i64) -> i64 {
    let points = i128::from(amount.0) * i128::from(per_hundred) / i128::from(HUNDRED_YUAN);
    i64::try_from(points).unwrap_or(i64::MAX)
}

/// Points that must be gone once so much of a sale is paid back.
pub fn points_gone(points: i64, refunded: Money, total: Money) -> i64 {
    if refunded == total || total.is_zero() {
        return points;
    }
    let gone = i128::from(points) * i128::from(refunded.0) / i128::from(total.0);
    i64::try_from(gone).unwrap_or(points)
}

/// Money against income and tax.
pub fn sale_posting(payments: &[RetailPaymentDraft], totals: &Totals) -> Vec<JournalLineDraft> {
    let mut lines: Vec<JournalLineDraft> = payments
        .iter()
        .map(|p| JournalLineDraft::debit(money_account(p.method), p.amount).at(p.bank_account_id))
        .collect();
    lines.push(JournalLineDraft::credit(Account::RetailIncome, totals.total - totals.vat));
    lines.push(JournalLineDraft::credit(Account::Vat, totals.vat));
    lines
}

/// Income and tax against money; what bad goods have lost moves from the cost of retail to the losses.
pub fn back_posting(payments: &[RetailPaymentDraft], refund: Money, vat: Money, loss: Money) -> Vec<JournalLineDraft> {
    let mut lines = vec![
        JournalLineDraft::debit(Account::RetailIncome, refund - vat),
        JournalLineDraft::debit(Account::Vat, vat),
        JournalLineDraft::debit(Account::ScrapLoss, loss),
        JournalLineDraft::credit(Account::CostRetail, loss),
    ];
    lines.extend(
        payments.iter().map(|p| JournalLineDraft::credit(money_account(p.method), p.amount).at(p.bank_account_id)),
    );
    lines
}

fn money_account(method: PayMethod) -> Account {
    if method == PayMethod::Cash { Account::Cash } else { Account::Bank }
}

/// Rows of the payments.
pub fn payment_rows(document: Uuid, payments: Vec<RetailPaymentDraft>) -> Vec<payment::Model> {
    let row = |(line_no, p): (i32, RetailPaymentDraft)| payment::Model {
        id: platform::new_id(),
        document_id: document,
        line_no,
        method: p.method.as_str().to_owned(),
        bank_account_id: p.bank_account_id.uuid(),
        amount: p.amount.0,
        reference: p.reference.map(Into::into),
    };
    (0_i32..).zip(payments).map(row).collect()
}

/// The payments of a mirror, in red.
pub fn mirror_payments(document: Uuid, payments: Vec<payment::Model>) -> Vec<payment::Model> {
    let row =
        |p: payment::Model| payment::Model { id: platform::new_id(), document_id: document, amount: -p.amount, ..p };
    payments.into_iter().map(row).collect()
}

/// The lines of the mirror of a sale: quantities and amounts in red, prices as they were.
pub fn mirror_lines(sale: Uuid, lines: Vec<sale_line::Model>) -> Vec<sale_line::Model> {
    let row = |l: sale_line::Model| sale_line::Model {
        id: platform::new_id(),
        retail_sale_id: sale,
        quantity: -l.quantity,
        gross: -l.gross,
        discount: -l.discount,
        amount: -l.amount,
        vat: -l.vat,
        cost: -l.cost,
        ..l
    };
    lines.into_iter().map(row).collect()
}

/// What comes back of a sale: the lines of the return, and the lines of the sale as they are afterwards.
#[derive(Clone, Debug, Default)]
pub struct Back {
    pub lines: Vec<back_line::Model>,
    pub sold: Vec<sale_line::Model>,
}

/// Works out what comes back. Whatever comes back last takes the rest, so that a line is never paid back twice or in
/// part lost, in whatever order returns come and are reversed.
pub fn coming_back(
    document: Uuid,
    mut sold: Vec<sale_line::Model>,
    drafts: &[RetailReturnLineDraft],
    bad_value: i64,
) -> Result<Back, Issues> {
    let (mut issues, mut lines, mut seen) = (Issues::new(), Vec::new(), HashSet::new());
    for (line_no, draft) in (0_i32..).zip(drafts) {
        let mut wrong = |name: &str, issue: Issue| issues.push((format!("/lines/{line_no}/{name}"), issue));
        let Some(of) = sold.iter_mut().find(|line| line.id == draft.line_id.uuid()) else {
            wrong("line_id", Issue::new(field::REFERENCE_NOT_FOUND));
            continue;
        };
        if !seen.insert((of.id, draft.condition.as_str())) {
            wrong("line_id", Issue::new(field::DUPLICATE));
            continue;
        }
        let open = of.quantity - of.returned;
        if draft.quantity.0 > open {
            wrong("quantity", Issue::new(RETURN_EXCEEDS).with("open", Quantity(open)));
            continue;
        }
        let credit = part(of.amount, of.credited, draft.quantity.0, of.quantity, open);
        let deduction = draft.deduction.unwrap_or(Money::ZERO);
        if deduction.0 > credit {
            wrong("deduction", Issue::new(DEDUCTION_EXCEEDS).with("most", Money(credit)));
            continue;
        }
        let refund = credit - deduction.0;
        let vat = part(of.vat, of.vat_back, refund, of.amount, of.amount - of.refunded);
        let cost = part(of.cost, of.cost_back, draft.quantity.0, of.quantity, open);
        let value = if draft.condition == ReturnCondition::Bad { Money(cost).basis_points(bad_value).0 } else { cost };
        of.returned += draft.quantity.0;
        of.credited += credit;
        of.refunded += refund;
        of.vat_back += vat;
        of.cost_back += cost;
        lines.push(back_line::Model {
            id: platform::new_id(),
            retail_return_id: document,
            line_no,
            sale_line_id: of.id,
            product_id: of.product_id,
            serial: of.serial.clone(),
            condition: draft.condition.as_str().to_owned(),
            quantity: draft.quantity.0,
            deduction: deduction.0,
            refund,
            vat,
            cost,
            value,
        });
    }
    if issues.is_empty() { Ok(Back { lines, sold }) } else { Err(issues) }
}

/// So much of `all` as `taken` is of `whole`; the rest, when all that is `open` is taken.
pub fn part(all: i64, gone: i64, taken: i64, whole: i64, open: i64) -> i64 {
    if taken == open {
        return all - gone;
    }
    Ord::min(Money(all).share(Quantity(taken), Quantity(whole)).0, all - gone)
}

/// The lines of a sale after a return of it is taken back.
pub fn taken_back(mut sold: Vec<sale_line::Model>, lines: &[back_line::Model]) -> Vec<sale_line::Model> {
    for line in lines {
        if let Some(of) = sold.iter_mut().find(|of| of.id == line.sale_line_id) {
            of.returned -= line.quantity;
            of.credited -= line.refund + line.deduction;
            of.refunded -= line.refund;
            of.vat_back -= line.vat;
            of.cost_back -= line.cost;
        }
    }
    sold
}

/// The lines of the mirror of a return, in red.
pub fn mirror_back(document: Uuid, lines: Vec<back_line::Model>) -> Vec<back_line::Model> {
    let row = |l: back_line::Model| back_line::Model {
        id: platform::new_id(),
        retail_return_id: document,
        quantity: -l.quantity,
        deduction: -l.deduction,
        refund: -l.refund,
        vat: -l.vat,
        cost: -l.cost,
        value: -l.value,
        ..l
    };
    lines.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests;
