//! What moves of goods mean for the accounts. Pure.

use openapi::Money;
use openapi::finance::Account;
use openapi::stock::{Condition, PlaceKind};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An account in the books of a station.
pub type At = (Uuid, Account);

/// The account of goods that lie in a kind of place.
pub fn goods_account(place: PlaceKind, condition: Condition, is_unit: bool) -> Option<Account> {
    match place {
        PlaceKind::Custody => Some(Account::EngineerCustody),
        PlaceKind::Refurbishing => Some(Account::RefurbishInProgress),
        PlaceKind::Transit | PlaceKind::Factory => Some(Account::InTransit),
        PlaceKind::Warehouse if condition == Condition::Bad => Some(Account::PartsBad),
        PlaceKind::Warehouse if is_unit => Some(Account::Units),
        PlaceKind::Warehouse => Some(Account::PartsGood),
        _ => None,
    }
}

/// Goods that turn into others pass through this account; what they lose on the way stays on it.
pub const PASSAGE: Account = Account::ScrapLoss;

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
    let passed = sums.get(&PASSAGE).map_or(Money::ZERO, |(debit, credit)| Ord::min(*debit, *credit));
    if let Some((debit, credit)) = sums.get_mut(&PASSAGE) {
        *debit -= passed;
        *credit -= passed;
    }
    sums.retain(|_, (debit, credit)| !debit.is_zero() || !credit.is_zero());
    sums.into_iter().map(|(account, (debit, credit))| (account, debit, credit)).collect()
}

/// The same, station by station. What goes from one station to another stands between the stations in both books, so
/// that the books of each balance.
pub fn journals(sides: impl IntoIterator<Item = (At, At, Money)>) -> Vec<(Uuid, Account, Money, Money)> {
    let mut by_station: BTreeMap<Uuid, Vec<(Account, Account, Money)>> = BTreeMap::new();
    for ((to, debit), (from, credit), value) in sides {
        if to == from {
            by_station.entry(to).or_default().push((debit, credit, value));
        } else {
            by_station.entry(to).or_default().push((debit, Account::InterStation, value));
            by_station.entry(from).or_default().push((Account::InterStation, credit, value));
        }
    }
    let lines =
        |(station, sides)| journal(sides).into_iter().map(move |(a, debit, credit)| (station, a, debit, credit));
    by_station.into_iter().flat_map(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_between_stations_balances_in_the_books_of_each() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let lines = journals([((b, Account::PartsGood), (a, Account::InTransit), Money(500))]);
        let expected = [
            (a, Account::InterStation, Money(500), Money::ZERO),
            (a, Account::InTransit, Money::ZERO, Money(500)),
            (b, Account::PartsGood, Money(500), Money::ZERO),
            (b, Account::InterStation, Money::ZERO, Money(500)),
        ];
        for line in expected {
            assert!(lines.contains(&line), "{line:?} in {lines:?}");
        }
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn only_what_is_lost_on_the_way_stays_on_the_passage() {
        let through =
            |kept: i64| [(PASSAGE, Account::PartsGood, Money(100)), (Account::PartsBad, PASSAGE, Money(kept))];
        let (good, bad) = ((Account::PartsGood, Money::ZERO, Money(100)), Account::PartsBad);
        assert_eq!(journal(through(100)), [good, (bad, Money(100), Money::ZERO)]);
        let lost = (PASSAGE, Money(70), Money::ZERO);
        assert_eq!(journal(through(30)), [good, (bad, Money(30), Money::ZERO), lost]);
    }

    #[test]
    fn within_a_station_nothing_stands_between_stations() {
        let a = Uuid::from_u128(1);
        let lines = journals([((a, Account::InTransit), (a, Account::PartsGood), Money(-300))]);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|(_, account, ..)| *account != Account::InterStation));
    }
}
