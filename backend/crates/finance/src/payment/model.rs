//! What a payment may pay for, what it posts, and how long payables are overdue. Pure.

use crate::open_item::entity::item;
use crate::open_item::model::open;
use chrono::NaiveDate;
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{PayableAge, PayableAges, SupplierPaymentDraft};
use openapi::finance::receipt::AllocationDraft;
use openapi::finance::{
    Account, BankAccountId, CREDIT_NOT_USED, JournalLineDraft, PAYMENT_EMPTY, PayMethod, WRONG_PARTY, WRONG_SIDE,
    WRONG_STATION,
};
use openapi::problem::field;
use openapi::{Issue, Money};
use platform::{Failure, Result};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The most suppliers that the list of payables shows.
const MOST: usize = 1000;

/// What a payment adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// What payables take.
    pub allocated: Money,
    /// What is set off against them.
    pub set_off: Money,
    /// What is paid in advance.
    pub advance: Money,
}

impl Totals {
    /// The money that goes out.
    pub fn paid(&self) -> Money {
        self.allocated - self.set_off + self.advance
    }
}

/// Where the money of a payment comes from.
pub type Purse = (PayMethod, BankAccountId);

/// Adds a draft up and says where its money comes from, `None` when no money goes out; or names everything that is wrong.
pub fn totals(draft: &SupplierPaymentDraft) -> Result<(Totals, Option<Purse>)> {
    let mut issues = Vec::new();
    let most = openapi::check::MAX_PRICE * 100;
    let bounds = |amount: Money, min: i64| {
        let issue = Issue::new(field::OUT_OF_RANGE).with("min", Money(min)).with("max", Money(most));
        (!(min..=most).contains(&amount.0)).then_some(issue)
    };
    for (name, list) in lists(draft) {
        for (i, allocation) in list.iter().enumerate() {
            issues.extend(bounds(allocation.amount, 1).map(|issue| (format!("/{name}/{i}/amount"), issue)));
            if list.iter().take(i).any(|earlier| earlier.open_item_id == allocation.open_item_id) {
                issues.push((format!("/{name}/{i}/open_item_id"), Issue::new(field::DUPLICATE)));
            }
        }
    }
    let advance = draft.advance.unwrap_or(Money::ZERO);
    issues.extend(bounds(advance, 0).map(|issue| ("/advance".to_owned(), issue)));
    if !issues.is_empty() {
        return Err(Failure::fields(issues));
    }
    let sum = |list: &[AllocationDraft]| list.iter().map(|a| a.amount).sum::<Money>();
    let totals = Totals { allocated: sum(&draft.allocations), set_off: sum(&draft.credits), advance };
    if totals.set_off > totals.allocated {
        let issue = Issue::new(CREDIT_NOT_USED).with("credits", totals.set_off).with("allocated", totals.allocated);
        return Err(Failure::field("/credits", issue));
    }
    if totals.allocated.is_zero() && totals.advance.is_zero() {
        return Err(Failure::field("/allocations", Issue::new(PAYMENT_EMPTY)));
    }
    if totals.paid().is_zero() {
        return Ok((totals, None));
    }
    match (draft.method, draft.bank_account_id) {
        (Some(method), Some(account)) => Ok((totals, Some((method, account)))),
        (method, account) => {
            let missing = [("/method", method.is_none()), ("/bank_account_id", account.is_none())];
            let missing = missing.into_iter().filter(|(_, is_missing)| *is_missing);
            let issues = missing.map(|(pointer, _)| (pointer.to_owned(), Issue::new(field::REQUIRED)));
            Err(Failure::fields(issues.collect()))
        }
    }
}

fn lists(draft: &SupplierPaymentDraft) -> [(&'static str, &[AllocationDraft]); 2] {
    [("allocations", &draft.allocations), ("credits", &draft.credits)]
}

/// Checks that the locked items can be paid and set off as the draft wants, and returns the station in whose books they
/// stand; `None` when there are none.
pub fn station_of(draft: &SupplierPaymentDraft, items: &BTreeMap<Uuid, item::Model>) -> Result<Option<Uuid>> {
    let station = items.values().next().map(|item| item.org_id);
    let mut issues = Vec::new();
    for (name, list) in lists(draft) {
        let may_be: &[OpenItemSide] = match name {
            "allocations" => &[OpenItemSide::Payable],
            _ => &[OpenItemSide::Prepaid, OpenItemSide::Receivable],
        };
        for (i, allocation) in list.iter().enumerate() {
            let item = items.get(&allocation.open_item_id.uuid()).ok_or_else(Failure::not_found)?;
            let wrong = [
                (may_be.iter().all(|side| item.side != side.as_str()), WRONG_SIDE),
                (item.party_id != draft.party_id.uuid(), WRONG_PARTY),
                (Some(item.org_id) != station, WRONG_STATION),
            ];
            let first = wrong.into_iter().find(|(is_wrong, _)| *is_wrong);
            issues.extend(first.map(|(_, code)| (format!("/{name}/{i}/open_item_id"), Issue::new(code))));
        }
    }
    if issues.is_empty() { Ok(station) } else { Err(Failure::fields(issues)) }
}

/// What is owed becomes less; money, what was prepaid and what the supplier owes pay for it. What is paid beyond is
/// prepaid.
pub fn posting(
    draft: &SupplierPaymentDraft,
    items: &BTreeMap<Uuid, item::Model>,
    totals: &Totals,
    purse: Option<Purse>,
) -> Vec<JournalLineDraft> {
    let is_prepaid = |id: Uuid| items.get(&id).is_some_and(|item| item.side == OpenItemSide::Prepaid.as_str());
    let prepaid = draft.credits.iter().filter(|a| is_prepaid(a.open_item_id.uuid())).map(|a| a.amount).sum::<Money>();
    let mut lines = vec![
        JournalLineDraft::debit(Account::Payable, totals.allocated).of(draft.party_id),
        JournalLineDraft::debit(Account::Prepaid, totals.advance).of(draft.party_id),
        JournalLineDraft::credit(Account::Prepaid, prepaid).of(draft.party_id),
        JournalLineDraft::credit(Account::Receivable, totals.set_off - prepaid).of(draft.party_id),
    ];
    lines.extend(purse.map(|(method, bank)| {
        let account = if method == PayMethod::Cash { Account::Cash } else { Account::Bank };
        JournalLineDraft::credit(account, totals.paid()).at(bank)
    }));
    lines
}

/// Open payables by supplier and by the days that they are overdue, and what was prepaid. What carries no date is due when
/// it was made.
pub fn ages(items: &[item::Model], today: NaiveDate, names: &HashMap<Uuid, String>) -> PayableAges {
    let mut parties = BTreeMap::<Uuid, PayableAge>::new();
    for item in items {
        let age = parties.entry(item.party_id).or_insert_with(|| PayableAge {
            party_id: item.party_id.into(),
            party_name: names.get(&item.party_id).cloned().unwrap_or_default(),
            open: Money::ZERO,
            prepaid: Money::ZERO,
            not_due: Money::ZERO,
            days_30: Money::ZERO,
            days_60: Money::ZERO,
            days_90: Money::ZERO,
            older: Money::ZERO,
            open_items: 0,
        });
        if item.side == OpenItemSide::Prepaid.as_str() {
            age.prepaid += open(item);
            continue;
        }
        let (amount, days) = (open(item), (today - item.due_on.unwrap_or(item.effective_on)).num_days());
        *match days {
            ..=0 => &mut age.not_due,
            1..=30 => &mut age.days_30,
            31..=60 => &mut age.days_60,
            61..=90 => &mut age.days_90,
            _ => &mut age.older,
        } += amount;
        age.open += amount;
        age.open_items += 1;
    }
    let open = parties.values().map(|age| age.open).sum();
    let overdue = parties.values().map(|age| age.open - age.not_due).sum();
    let prepaid = parties.values().map(|age| age.prepaid).sum();
    let mut items: Vec<PayableAge> = parties.into_values().collect();
    items.sort_by_key(|age| (-age.open, -age.prepaid, age.party_id));
    items.truncate(MOST);
    PayableAges { items, open, overdue, prepaid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payables_fall_into_the_days_that_they_are_overdue() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let item = |amount: i64, due: &str| item::Model {
            party_id: Uuid::from_u128(1),
            amount,
            due_on: Some(day(due)),
            ..Default::default()
        };
        let items = [
            item(1, "2026-11-21"),
            item(2, "2026-11-20"),
            item(4, "2026-10-22"),
            item(8, "2026-10-21"),
            item(16, "2026-09-21"),
            item(32, "2026-08-22"),
        ];
        let advance = item::Model { side: OpenItemSide::Prepaid.to_string(), ..item(64, "2026-11-20") };
        let items = items.into_iter().chain([advance]).collect::<Vec<_>>();
        let ages = ages(&items, day("2026-11-21"), &HashMap::new());
        let age = &ages.items[0];
        let parts = [age.not_due, age.days_30, age.days_60, age.days_90, age.older];
        assert_eq!(parts.map(|money| money.0), [1, 6, 8, 16, 32]);
        assert_eq!((ages.open, ages.overdue, age.open_items), (Money(63), Money(62), 6));
        assert_eq!((age.prepaid, ages.prepaid), (Money(64), Money(64)));
    }

    fn draft(allocations: &[i64], credits: &[i64], advance: i64) -> SupplierPaymentDraft {
        let list = |from: u128, amounts: &[i64]| {
            let all = (from..).zip(amounts).map(|(id, amount)| AllocationDraft {
                open_item_id: Uuid::from_u128(id).into(),
                amount: Money(*amount),
            });
            all.collect()
        };
        SupplierPaymentDraft {
            party_id: Uuid::from_u128(5).into(),
            org_id: None,
            effective_at: None,
            method: Some(PayMethod::Transfer),
            bank_account_id: Some(Uuid::from_u128(6).into()),
            reference: None,
            allocations: list(100, allocations),
            credits: list(200, credits),
            advance: Some(Money(advance)),
            remark: None,
        }
    }

    fn issue(draft: &SupplierPaymentDraft) -> (String, &'static str) {
        match totals(draft) {
            Err(Failure::Refused { issues, .. }) => (issues[0].0.clone(), issues[0].1.code.code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_set_off_takes_no_money() {
        let (sums, purse) = totals(&draft(&[70, 30], &[60], 5)).unwrap();
        assert_eq!((sums.paid(), purse.is_some()), (Money(45), true));
        let (sums, purse) = totals(&draft(&[100], &[60, 40], 0)).unwrap();
        assert_eq!((sums.paid(), purse), (Money(0), None));
        let (sums, _) = totals(&draft(&[], &[], 5)).unwrap();
        assert_eq!(sums.paid(), Money(5));
    }

    #[test]
    fn a_payment_of_nothing_is_refused_and_wrong_amounts_are_named() {
        let at = |pointer: &str, code| (pointer.to_owned(), code);
        assert_eq!(issue(&draft(&[], &[], 0)), at("/allocations", "payment_empty"));
        assert_eq!(issue(&draft(&[100], &[101], 0)), at("/credits", "credit_not_used"));
        assert_eq!(issue(&draft(&[100], &[60], -1)), at("/advance", "out_of_range"));
        assert_eq!(issue(&draft(&[100], &[0], 0)), at("/credits/0/amount", "out_of_range"));
        assert_eq!(issue(&draft(&[-5], &[], 0)), at("/allocations/0/amount", "out_of_range"));
        let nowhere = SupplierPaymentDraft { bank_account_id: None, ..draft(&[100], &[], 0) };
        assert_eq!(issue(&nowhere), at("/bank_account_id", "required"));
        let mut twice = draft(&[100, 50], &[], 0);
        twice.allocations[1].open_item_id = twice.allocations[0].open_item_id;
        assert_eq!(issue(&twice), at("/allocations/1/open_item_id", "duplicate"));
    }

    #[test]
    fn only_what_the_supplier_owes_or_was_prepaid_is_set_off_and_the_entry_balances() {
        let wanted = draft(&[100], &[30, 20], 7);
        let item = |side: OpenItemSide, party: u128| item::Model {
            side: side.to_string(),
            party_id: Uuid::from_u128(party),
            org_id: Uuid::from_u128(1),
            ..Default::default()
        };
        let items = |second: item::Model| {
            let payable = (Uuid::from_u128(100), item(OpenItemSide::Payable, 5));
            let prepaid = (Uuid::from_u128(200), item(OpenItemSide::Prepaid, 5));
            BTreeMap::from([payable, prepaid, (Uuid::from_u128(201), second)])
        };
        let good = items(item(OpenItemSide::Receivable, 5));
        assert_eq!(station_of(&wanted, &good).unwrap(), Some(Uuid::from_u128(1)));
        assert!(station_of(&wanted, &items(item(OpenItemSide::Deposit, 5))).is_err());
        assert!(station_of(&wanted, &items(item(OpenItemSide::Receivable, 6))).is_err());
        let (sums, purse) = totals(&wanted).unwrap();
        let entry = crate::ledger::model::Balanced::new(posting(&wanted, &good, &sums, purse)).unwrap().unwrap();
        assert_eq!((entry.total(), sums.paid()), (Money(107), Money(57)));
    }
}
