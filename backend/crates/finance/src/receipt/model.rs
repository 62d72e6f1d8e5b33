//! What a receipt adds up to, what it may pay for, and what it posts. Pure.

use super::entity::{payment, receipt};
use crate::open_item::entity::item;
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::receipt::{
    AllocationDraft, PayMethod, Receipt, ReceiptAction, ReceiptAllocation, ReceiptDraft, ReceiptPayment,
    ReceiptPaymentDraft, ReceiptRow,
};
use openapi::finance::{
    Account, DEPOSIT_NOT_USED, JournalLineDraft, OVER_ALLOCATED, PartyId, RECEIPT_EMPTY, WRONG_PARTY, WRONG_SIDE,
    WRONG_STATION, amount_in_words,
};
use openapi::problem::field;
use openapi::{Issue, Money, Note, Text};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The largest single amount, in fen: a hundred million yuan.
const MOST: i64 = 10_000_000_000;

/// What a receipt adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the payments.
    pub received: Money,
    /// Advances that are used.
    pub deposit_used: Money,
    /// What open items take.
    pub allocated: Money,
    /// What is left and becomes an advance.
    pub advance: Money,
}

/// Adds a draft up, or names everything that is wrong with it.
pub fn totals(draft: &ReceiptDraft) -> Result<Totals> {
    let mut issues = Vec::new();
    let amounts = |name: &'static str, amounts: Vec<Money>| {
        (0..).zip(amounts).filter(|(_, amount)| !(1..=MOST).contains(&amount.0)).map(move |(i, _): (usize, _)| {
            let issue = Issue::new(field::OUT_OF_RANGE).with("min", Money(1)).with("max", Money(MOST));
            (format!("/{name}/{i}/amount"), issue)
        })
    };
    issues.extend(amounts("payments", draft.payments.iter().map(|p| p.amount).collect()));
    issues.extend(amounts("deposits", draft.deposits.iter().map(|a| a.amount).collect()));
    issues.extend(amounts("allocations", draft.allocations.iter().map(|a| a.amount).collect()));
    for (name, list) in [("deposits", &draft.deposits), ("allocations", &draft.allocations)] {
        let twice = (0..).zip(list).filter(|(i, a)| list.iter().take(*i).any(|b| b.open_item_id == a.open_item_id));
        issues.extend(
            twice.map(|(i, _): (usize, _)| (format!("/{name}/{i}/open_item_id"), Issue::new(field::DUPLICATE))),
        );
    }
    if !issues.is_empty() {
        return Err(Failure::fields(issues));
    }
    let sum = |list: &[AllocationDraft]| list.iter().map(|a| a.amount).sum::<Money>();
    let received: Money = draft.payments.iter().map(|p| p.amount).sum();
    let (deposit_used, allocated) = (sum(&draft.deposits), sum(&draft.allocations));
    if received.is_zero() && deposit_used.is_zero() {
        return Err(Failure::field("/payments", Issue::new(RECEIPT_EMPTY)));
    }
    if allocated > received + deposit_used {
        let issue = Issue::new(OVER_ALLOCATED).with("allocated", allocated).with("received", received + deposit_used);
        return Err(Failure::field("/allocations", issue));
    }
    if deposit_used > allocated {
        return Err(Failure::field("/deposits", Issue::new(DEPOSIT_NOT_USED)));
    }
    Ok(Totals { received, deposit_used, allocated, advance: received + deposit_used - allocated })
}

/// Checks that the locked items can be used as the draft wants, and returns the station in whose books they stand;
/// `None` when there are none.
pub fn station_of(draft: &ReceiptDraft, items: &BTreeMap<Uuid, item::Model>) -> Result<Option<Uuid>> {
    let wanted = [
        ("deposits", &draft.deposits, OpenItemSide::Deposit),
        ("allocations", &draft.allocations, OpenItemSide::Receivable),
    ];
    let station = items.values().next().map(|item| item.org_id);
    let mut issues = Vec::new();
    for (name, list, side) in wanted {
        for (i, allocation) in list.iter().enumerate() {
            let Some(item) = items.get(&allocation.open_item_id.uuid()) else { return Err(Failure::not_found()) };
            let wrong = [
                (item.side != side.as_str(), WRONG_SIDE),
                (item.party_id != draft.party_id.uuid(), WRONG_PARTY),
                (Some(item.org_id) != station, WRONG_STATION),
            ];
            let first = wrong.into_iter().find(|(is_wrong, _)| *is_wrong);
            issues.extend(first.map(|(_, code)| (format!("/{name}/{i}/open_item_id"), Issue::new(code))));
        }
    }
    if issues.is_empty() { Ok(station) } else { Err(Failure::fields(issues)) }
}

/// Money and advances against receivables; what is left becomes an advance.
pub fn posting(party: PartyId, payments: &[ReceiptPaymentDraft], totals: &Totals) -> Vec<JournalLineDraft> {
    let money = payments.iter().map(|payment| {
        let account = if payment.method == PayMethod::Cash { Account::Cash } else { Account::Bank };
        JournalLineDraft::debit(account, payment.amount).at(payment.bank_account_id)
    });
    let rest = [
        JournalLineDraft::debit(Account::Deposits, totals.deposit_used).of(party),
        JournalLineDraft::credit(Account::Receivable, totals.allocated).of(party),
        JournalLineDraft::credit(Account::Deposits, totals.advance).of(party),
    ];
    money.chain(rest).collect()
}

/// Rows of the payments.
pub fn payment_rows(receipt: Uuid, payments: Vec<ReceiptPaymentDraft>) -> Vec<payment::Model> {
    let row = |(line_no, draft)| {
        let ReceiptPaymentDraft { method, bank_account_id, amount, reference } = draft;
        payment::Model {
            id: platform::new_id(),
            receipt_id: receipt,
            line_no,
            method: method.as_str().to_owned(),
            bank_account_id: bank_account_id.into(),
            amount: amount.0,
            reference: reference.map(Into::into),
        }
    };
    (0..).zip(payments).map(row).collect()
}

/// The payments of the mirror, in red.
pub fn mirror_payments(mirror: Uuid, payments: Vec<payment::Model>) -> Vec<payment::Model> {
    let row = |payment: payment::Model| payment::Model {
        id: platform::new_id(),
        receipt_id: mirror,
        amount: -payment.amount,
        ..payment
    };
    payments.into_iter().map(row).collect()
}

/// What surrounds a receipt in its detail.
pub struct Around {
    /// Name of who paid.
    pub party_name: String,
    /// What the caller may do.
    pub allowed: Vec<ReceiptAction>,
    /// What it allocated: item and amount.
    pub allocations: Vec<(item::Model, Money)>,
    /// Names of bank accounts.
    pub bank_accounts: HashMap<Uuid, String>,
    /// The receipt that takes it back.
    pub reversed_by: Option<Uuid>,
}

/// The detail.
pub fn detail(row: receipt::Model, payments: Vec<payment::Model>, around: Around) -> Result<Receipt> {
    let receipt::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        number,
        state,
        party_id,
        effective_at,
        effective_on,
        posted_at,
        cashier_id,
        cashier_name,
        received,
        allocated,
        deposit_used,
        advance,
        remark,
        reversal_of,
        original_cashier_id: _,
        reason,
    } = row;
    let Around { party_name, allowed, allocations, bank_accounts, reversed_by } = around;
    Ok(Receipt {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        number,
        state: stored(&state)?,
        allowed,
        party_id: party_id.into(),
        party_name,
        effective_on: effective_on.into(),
        effective_at: effective_at.into(),
        posted_at: posted_at.into(),
        cashier_id: cashier_id.into(),
        cashier_name,
        payments: payments.into_iter().map(|p| shown_payment(p, &bank_accounts)).collect::<Result<_>>()?,
        allocations: allocations.into_iter().map(shown_allocation).collect::<Result<_>>()?,
        received: Money(received),
        received_in_words: amount_in_words(Money(received)),
        allocated: Money(allocated),
        deposit_used: Money(deposit_used),
        advance: Money(advance),
        remark: remark.map(Note::stored),
        reversal_of: reversal_of.map(Into::into),
        reversed_by: reversed_by.map(Into::into),
        reason,
    })
}

fn shown_payment(row: payment::Model, names: &HashMap<Uuid, String>) -> Result<ReceiptPayment> {
    let payment::Model { id: _, receipt_id: _, line_no: _, method, bank_account_id, amount, reference } = row;
    Ok(ReceiptPayment {
        method: stored(&method)?,
        bank_account_name: names.get(&bank_account_id).cloned().unwrap_or_default(),
        bank_account_id: bank_account_id.into(),
        amount: Money(amount),
        reference: reference.map(Text::stored),
    })
}

fn shown_allocation((item, amount): (item::Model, Money)) -> Result<ReceiptAllocation> {
    Ok(ReceiptAllocation {
        open_item_id: item.id.into(),
        side: stored(&item.side)?,
        source_kind: stored(&item.source_kind)?,
        source_id: item.source_id.into(),
        source_number: item.source_number,
        origin_id: item.origin_id.map(Into::into),
        origin_number: item.origin_number,
        amount,
    })
}

/// The line in a list.
pub fn list_row(row: receipt::Model, party_name: String, methods: Vec<PayMethod>) -> Result<ReceiptRow> {
    Ok(ReceiptRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        number: row.number,
        state: stored(&row.state)?,
        party_id: row.party_id.into(),
        party_name,
        effective_on: row.effective_on.into(),
        cashier_name: row.cashier_name,
        methods,
        received: Money(row.received),
        allocated: Money(row.allocated),
        advance: Money(row.advance),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::model::Balanced;
    use proptest::prelude::*;

    fn draft(payments: &[i64], deposits: &[i64], allocations: &[i64]) -> ReceiptDraft {
        let allocation =
            |(i, fen): (u128, &i64)| AllocationDraft { open_item_id: Uuid::from_u128(i).into(), amount: Money(*fen) };
        let payment = |fen: &i64| ReceiptPaymentDraft {
            method: PayMethod::Wechat,
            bank_account_id: Uuid::from_u128(1).into(),
            amount: Money(*fen),
            reference: None,
        };
        ReceiptDraft {
            party_id: Uuid::from_u128(5).into(),
            org_id: None,
            effective_at: None,
            payments: payments.iter().map(payment).collect(),
            deposits: (100..).zip(deposits).map(allocation).collect(),
            allocations: (200..).zip(allocations).map(allocation).collect(),
            remark: None,
        }
    }

    fn issue(draft: &ReceiptDraft) -> Option<(String, &'static str)> {
        match totals(draft).unwrap_err() {
            Failure::Refused { issues, .. } => issues.into_iter().next().map(|(at, issue)| (at, issue.code.code)),
            _ => None,
        }
    }

    #[test]
    fn what_is_not_allocated_becomes_an_advance() {
        let totals = totals(&draft(&[6000, 5000], &[], &[10_000])).unwrap();
        assert_eq!((totals.received, totals.allocated, totals.advance), (Money(11_000), Money(10_000), Money(1000)));
    }

    #[test]
    fn wrong_amounts_are_named_where_they_stand() {
        let at = |pointer: &str, code| Some((pointer.to_owned(), code));
        assert_eq!(issue(&draft(&[100, 0], &[], &[])), at("/payments/1/amount", "out_of_range"));
        assert_eq!(issue(&draft(&[100, -5], &[], &[])), at("/payments/1/amount", "out_of_range"));
        assert_eq!(issue(&draft(&[MOST + 1], &[], &[])), at("/payments/0/amount", "out_of_range"));
        assert_eq!(issue(&draft(&[], &[], &[])), at("/payments", "receipt_empty"));
        assert_eq!(issue(&draft(&[100], &[], &[101])), at("/allocations", "over_allocated"));
        assert_eq!(issue(&draft(&[100], &[50], &[40])), at("/deposits", "deposit_not_used"));
        let mut twice = draft(&[100], &[], &[10, 20]);
        twice.allocations[1].open_item_id = twice.allocations[0].open_item_id;
        assert_eq!(issue(&twice), at("/allocations/1/open_item_id", "duplicate"));
    }

    #[test]
    fn items_of_other_parties_stations_and_sides_are_refused() {
        let wanted = draft(&[100], &[], &[60, 40]);
        let item = |side: &str, party: u128, org: u128| item::Model {
            side: side.to_owned(),
            party_id: Uuid::from_u128(party),
            org_id: Uuid::from_u128(org),
            ..Default::default()
        };
        let check = |first, second| {
            let items = BTreeMap::from([(Uuid::from_u128(200), first), (Uuid::from_u128(201), second)]);
            match station_of(&wanted, &items) {
                Ok(station) => Ok(station),
                Err(Failure::Refused { issues, .. }) => Err(issues[0].1.code.code),
                Err(_) => Err("?"),
            }
        };
        let good = || item("receivable", 5, 1);
        assert_eq!(check(good(), good()), Ok(Some(Uuid::from_u128(1))));
        assert_eq!(check(good(), item("receivable", 6, 1)), Err("wrong_party"));
        assert_eq!(check(good(), item("receivable", 5, 2)), Err("wrong_station"));
        assert_eq!(check(good(), item("deposit", 5, 1)), Err("wrong_side"));
    }

    proptest! {
        #[test]
        fn every_receipt_balances(
            payments in proptest::collection::vec(1..1_000_000_i64, 0..6),
            deposits in proptest::collection::vec(1..1_000_000_i64, 0..4),
            allocations in proptest::collection::vec(1..1_000_000_i64, 0..6),
        ) {
            let draft = draft(&payments, &deposits, &allocations);
            if let Ok(totals) = totals(&draft) {
                prop_assert!(totals.advance >= Money::ZERO);
                let entry = Balanced::new(posting(draft.party_id, &draft.payments, &totals)).unwrap().unwrap();
                prop_assert_eq!(entry.total(), totals.received + totals.deposit_used);
            }
        }
    }
}
