//! What moves of goods mean for the accounts. Pure.

use openapi::Money;
use openapi::finance::Account;
use openapi::stock::{Condition, PlaceKind};
use std::collections::BTreeMap;

/// The account of goods that lie in a kind of place.
pub fn goods_account(place: PlaceKind, condition: Condition, is_unit: bool) -> Option<Account> {
    match place {
        PlaceKind::Custody => Some(Account::EngineerCustody),
        PlaceKind::Warehouse if condition == Condition::Bad => Some(Account::PartsBad),
        PlaceKind::Warehouse if is_unit => Some(Account::Units),
        PlaceKind::Warehouse => Some(Account::PartsGood),
        _ => None,
    }
}

/// Debit and credit by account, from (debit account, credit account, value); sides with nothing on them are left out.
pub fn journal(sides: impl IntoIterator<Item = (Account, Account, Money)>) -> Vec<(Account, Money, Money)> {
    let mut sums: BTreeMap<Account, (Money, Money)> = BTreeMap::new();
    for (debit, credit, value) in sides.into_iter().filter(|(debit, credit, value)| !value.is_zero() && debit != credit)
    {
        let (debit, credit) = if value.0 < 0 { (credit, debit) } else { (debit, credit) };
        let amount = Money(value.0.abs());
        sums.entry(debit).or_default().0 += amount;
        sums.entry(credit).or_default().1 += amount;
    }
    sums.into_iter().map(|(account, (debit, credit))| (account, debit, credit)).collect()
}
