//! What a payment may pay for, what it posts, and how long payables are overdue. Pure.

use crate::open_item::entity::item;
use crate::open_item::model::open;
use chrono::NaiveDate;
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{PayableAge, PayableAges, SupplierPaymentDraft};
use openapi::finance::{Account, JournalLineDraft, PayMethod, WRONG_PARTY, WRONG_SIDE, WRONG_STATION};
use openapi::problem::field;
use openapi::{Issue, Money};
use platform::{Failure, Result};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The most suppliers that the list of payables shows.
const MOST: usize = 1000;

/// Sum of what is paid, or everything that is wrong with the amounts.
pub fn total(draft: &SupplierPaymentDraft) -> Result<Money> {
    let mut issues = Vec::new();
    for (i, allocation) in draft.allocations.iter().enumerate() {
        if !(1..=openapi::check::MAX_PRICE * 100).contains(&allocation.amount.0) {
            let issue = Issue::new(field::OUT_OF_RANGE).with("min", Money(1));
            issues.push((format!("/allocations/{i}/amount"), issue.with("max", openapi::check::MAX_PRICE)));
        }
        if draft.allocations.iter().take(i).any(|earlier| earlier.open_item_id == allocation.open_item_id) {
            issues.push((format!("/allocations/{i}/open_item_id"), Issue::new(field::DUPLICATE)));
        }
    }
    if issues.is_empty() { Ok(draft.allocations.iter().map(|a| a.amount).sum()) } else { Err(Failure::fields(issues)) }
}

/// Checks that the locked items can be paid as the draft wants, and returns the station in whose books they stand.
pub fn station_of(draft: &SupplierPaymentDraft, items: &BTreeMap<Uuid, item::Model>) -> Result<Uuid> {
    let station = items.values().next().map(|item| item.org_id).ok_or_else(Failure::not_found)?;
    let mut issues = Vec::new();
    for (i, allocation) in draft.allocations.iter().enumerate() {
        let item = items.get(&allocation.open_item_id.uuid()).ok_or_else(Failure::not_found)?;
        let wrong = [
            (item.side != OpenItemSide::Payable.as_str(), WRONG_SIDE),
            (item.party_id != draft.party_id.uuid(), WRONG_PARTY),
            (item.org_id != station, WRONG_STATION),
        ];
        let first = wrong.into_iter().find(|(is_wrong, _)| *is_wrong);
        issues.extend(first.map(|(_, code)| (format!("/allocations/{i}/open_item_id"), Issue::new(code))));
    }
    if issues.is_empty() { Ok(station) } else { Err(Failure::fields(issues)) }
}

/// What is owed becomes less, and so does the money.
pub fn posting(draft: &SupplierPaymentDraft, total: Money) -> Vec<JournalLineDraft> {
    let account = if draft.method == PayMethod::Cash { Account::Cash } else { Account::Bank };
    vec![
        JournalLineDraft::debit(Account::Payable, total).of(draft.party_id),
        JournalLineDraft::credit(account, total).at(draft.bank_account_id),
    ]
}

/// Open payables by supplier and by the days that they are overdue. What carries no date is due when it was made.
pub fn ages(items: &[item::Model], today: NaiveDate, names: &HashMap<Uuid, String>) -> PayableAges {
    let mut parties = BTreeMap::<Uuid, PayableAge>::new();
    for item in items {
        let age = parties.entry(item.party_id).or_insert_with(|| PayableAge {
            party_id: item.party_id.into(),
            party_name: names.get(&item.party_id).cloned().unwrap_or_default(),
            open: Money::ZERO,
            not_due: Money::ZERO,
            days_30: Money::ZERO,
            days_60: Money::ZERO,
            days_90: Money::ZERO,
            older: Money::ZERO,
            open_items: 0,
        });
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
    let mut items: Vec<PayableAge> = parties.into_values().collect();
    items.sort_by_key(|age| (-age.open, age.party_id));
    items.truncate(MOST);
    PayableAges { items, open, overdue }
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
        let ages = ages(&items, day("2026-11-21"), &HashMap::new());
        let age = &ages.items[0];
        let parts = [age.not_due, age.days_30, age.days_60, age.days_90, age.older];
        assert_eq!(parts.map(|money| money.0), [1, 6, 8, 16, 32]);
        assert_eq!((ages.open, ages.overdue, age.open_items), (Money(63), Money(62), 6));
    }
}
