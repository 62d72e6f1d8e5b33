use super::*;
use proptest::prelude::*;

fn party() -> openapi::finance::PartyId {
    Uuid::from_u128(7).into()
}

#[test]
fn lines_that_do_not_balance_cannot_be_posted() {
    let lines = vec![
        JournalLineDraft::debit(Account::Receivable, Money(100)).of(party()),
        JournalLineDraft::credit(Account::LabourIncome, Money(99)),
    ];
    assert_eq!(Balanced::new(lines).unwrap_err().code(), ENTRY_UNBALANCED);
}

#[test]
fn accounts_kept_by_party_or_bank_account_must_name_it() {
    for account in [Account::Receivable, Account::Deposits, Account::Cash, Account::Bank] {
        let lines = vec![
            JournalLineDraft::debit(account, Money(100)),
            JournalLineDraft::credit(Account::LabourIncome, Money(100)),
        ];
        assert!(Balanced::new(lines).is_err(), "{account}");
    }
}

#[test]
fn what_one_station_pays_for_another_stands_between_them_and_both_books_balance() {
    let (home, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (near, far) = (Uuid::from_u128(10), Uuid::from_u128(11));
    let lines = vec![
        JournalLineDraft::debit(Account::Payable, Money(100)).of(party()),
        JournalLineDraft::credit(Account::Bank, Money(70)).at(far.into()),
        JournalLineDraft::credit(Account::Cash, Money(30)).at(near.into()),
    ];
    let books = by_station(home, lines, &HashMap::from([(near, home), (far, there)]));
    let sums = |station, account| {
        let of = books[&station].iter().filter(|line| line.account == account);
        of.map(|line| line.debit - line.credit).sum::<Money>()
    };
    assert_eq!((sums(home, Account::InterStation), sums(there, Account::InterStation)), (Money(-70), Money(70)));
    assert_eq!((sums(home, Account::Cash), sums(there, Account::Bank)), (Money(-30), Money(-70)));
    for lines in books.into_values() {
        Balanced::new(lines).unwrap().unwrap();
    }
}

#[test]
fn nothing_to_post_is_not_an_entry() {
    let lines = vec![JournalLineDraft::debit(Account::CostPaidRepair, Money::ZERO)];
    assert_eq!(Balanced::new(lines).unwrap(), None);
}

#[test]
fn a_negative_amount_is_not_a_way_to_balance() {
    let lines = vec![
        JournalLineDraft::debit(Account::CostPaidRepair, Money(-5)),
        JournalLineDraft::credit(Account::LabourIncome, Money(-5)),
    ];
    assert!(Balanced::new(lines).is_err());
}

fn amounts() -> impl Strategy<Value = Vec<(usize, i64)>> {
    proptest::collection::vec((0..Account::ALL.len(), 1..1_000_000_i64), 1..40)
}

proptest! {
    #[test]
    fn an_entry_and_its_mirror_leave_every_balance_at_zero(amounts in amounts()) {
        let bank = openapi::finance::BankAccountId::new(Uuid::from_u128(9));
        let mut lines: Vec<_> = amounts
            .iter()
            .map(|(i, fen)| JournalLineDraft::debit(Account::ALL[*i], Money(*fen)).of(party()).at(bank))
            .collect();
        let total = lines.iter().map(|l| l.debit).sum();
        lines.push(JournalLineDraft::credit(Account::OpeningEquity, total));
        let entry = Balanced::new(lines).unwrap().unwrap();
        prop_assert_eq!(entry.total(), total);
        let mirror = Balanced::mirror(entry.lines().to_vec()).unwrap();
        let (there, back) = (entry.changes(), mirror.changes());
        prop_assert_eq!(there.len(), back.len());
        for (key, (debit, credit)) in there {
            let (minus_debit, minus_credit) = back[&key];
            prop_assert_eq!((debit + minus_debit, credit + minus_credit), (Money::ZERO, Money::ZERO));
        }
    }

    #[test]
    fn both_sides_of_a_trial_balance_are_equal(entries in proptest::collection::vec((0..Account::ALL.len(), 0..Account::ALL.len(), 1..1_000_000_i64, any::<bool>()), 0..60)) {
        let mut turnovers = BTreeMap::<Account, Turnover>::new();
        for (debit, credit, fen, before) in entries {
            if before {
                turnovers.entry(Account::ALL[debit]).or_default().before += Money(fen);
                turnovers.entry(Account::ALL[credit]).or_default().before -= Money(fen);
            } else {
                turnovers.entry(Account::ALL[debit]).or_default().debit += Money(fen);
                turnovers.entry(Account::ALL[credit]).or_default().credit += Money(fen);
            }
        }
        let month: Month = "2026-11".parse().unwrap();
        let balance = trial_balance(month, month, &turnovers);
        prop_assert_eq!(balance.opening_debit, balance.opening_credit);
        prop_assert_eq!(balance.debit, balance.credit);
        prop_assert_eq!(balance.closing_debit, balance.closing_credit);
    }
}
