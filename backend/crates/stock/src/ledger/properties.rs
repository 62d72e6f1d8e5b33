//! The planning core against a naive count, for any sequence of moves.

use super::accounts::journal;
use super::cost::{Share, WHOLE};
use super::model::{Books, Cell, CellKey, Kept, MoveDraft, Place, Refusal, plan, slack_of};
use chrono::{DateTime, Utc};
use openapi::finance::Account;
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Money, Quantity};
use proptest::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

fn place(n: u128, kind: PlaceKind) -> Place {
    Place { id: Uuid::from_u128(n), kind, org: Uuid::from_u128(1), holder: Uuid::from_u128(n) }
}

fn places() -> [Place; 5] {
    [
        place(10, PlaceKind::Warehouse),
        place(11, PlaceKind::Warehouse),
        place(12, PlaceKind::Custody),
        place(13, PlaceKind::Supplier),
        place(14, PlaceKind::Consumed),
    ]
}

fn draft(from: Place, to: Place, quantity: i64, value: Option<i64>) -> MoveDraft {
    MoveDraft {
        line: Uuid::from_u128(7),
        product: Uuid::from_u128(8),
        is_unit: false,
        serial: None,
        condition: Condition::Good,
        owner: Owner::Company,
        from,
        to,
        quantity: Quantity(quantity),
        value: value.map(Money),
        share: None,
        outside: Account::CountDifference,
        unreserve: Quantity::ZERO,
        mirror_of: None,
        claim: None,
    }
}

fn key(place: Place) -> CellKey {
    CellKey {
        place: place.id,
        product: Uuid::from_u128(8),
        condition: Kept(Condition::Good),
        owner: Kept(Owner::Company),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn empty_books() -> Books {
    Books { places: places().into_iter().map(|p| (p.id, p)).collect(), ..Books::default() }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2000)
}

proptest! {
    // about 30 moves a case, 60,000 in all; PROPTEST_CASES asks for more
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// No cell falls below zero, an empty cell is worth nothing, cells are the sum of the entries, and the accounts of
    /// each posting balance.
    #[test]
    fn any_sequence_of_moves_keeps_the_books(
        steps in proptest::collection::vec((0_usize..5, 0_usize..5, 1_i64..9000, 0_i64..100_000), 1..60)
    ) {
        let mut books = empty_books();
        let mut naive: HashMap<Uuid, (i64, i64)> = HashMap::new();
        for (from, to, quantity, value) in steps {
            let (from, to) = (places()[from], places()[to]);
            if from.id == to.id || !(from.kind.holds_goods() || to.kind.holds_goods()) {
                continue;
            }
            let given = (!from.kind.holds_goods()).then_some(value);
            let mut after = books.clone();
            let entries = match plan(&mut after, &[draft(from, to, quantity, given)], Uuid::nil(), now()) {
                Ok(entries) => entries,
                Err(Refusal::Insufficient { available, needed, .. }) => {
                    prop_assert!(needed > available);
                    continue;
                }
                Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            books = after;
            for entry in &entries {
                let sums = naive.entry(entry.to.id).or_default();
                *sums = (sums.0 + entry.quantity.0, sums.1 + entry.value.0);
                let sums = naive.entry(entry.from.id).or_default();
                *sums = (sums.0 - entry.quantity.0, sums.1 - entry.value.0);
            }
            let lines = journal(entries.iter().map(|e| (e.debit, e.credit, e.value)));
            let (debit, credit): (Vec<_>, Vec<_>) = lines.iter().map(|(_, d, c)| (*d, *c)).unzip();
            prop_assert_eq!(debit.into_iter().sum::<Money>(), credit.into_iter().sum::<Money>());
            for place in places().into_iter().filter(|p| p.kind.holds_goods()) {
                let cell = books.cells.get(&key(place)).copied().unwrap_or_default();
                let counted = naive.get(&place.id).copied().unwrap_or_default();
                prop_assert_eq!((cell.on_hand.0, cell.value.0), counted);
                prop_assert!(cell.on_hand.0 >= 0 && cell.value.0 >= 0);
                prop_assert!(cell.on_hand.is_positive() || cell.value.is_zero());
            }
        }
    }

    /// What comes out of a conversion is worth what went in, to the fen, whatever the shares; and its mirror, the last
    /// move first, leaves the books as they were.
    #[test]
    fn goods_that_turn_into_others_keep_their_value(
        stock in 1_i64..100_000, worth in 0_i64..1_000_000, taken in 1_i64..100_000,
        cuts in proptest::collection::btree_set(1_i64..10_000, 0..5)
    ) {
        let [good, other, _, supplier, _] = places();
        let through = place(15, PlaceKind::Conversion);
        let mut books = empty_books();
        plan(&mut books, &[draft(supplier, good, stock, Some(worth))], Uuid::nil(), now()).unwrap();
        let before = books.cells.clone();
        let share = |basis_points| Some(Share { of: Uuid::from_u128(5), basis_points });
        let mut drafts = vec![MoveDraft { share: share(0), ..draft(good, through, taken.min(stock), None) }];
        let mut last = 0;
        for (cut, number) in cuts.iter().copied().chain([WHOLE]).zip(100_u128..) {
            let product = Uuid::from_u128(number);
            drafts.push(MoveDraft { product, share: share(cut - last), ..draft(through, other, 1000, None) });
            last = cut;
        }
        let entries = plan(&mut books, &drafts, Uuid::nil(), now()).unwrap();
        let (into, out) = entries.split_first().unwrap();
        prop_assert_eq!(out.iter().map(|e| e.value).sum::<Money>(), into.value);
        prop_assert!(out.iter().all(|e| e.value.0 >= 0));
        let mirror = |(d, e): (&MoveDraft, &super::model::Entry)| MoveDraft {
            quantity: Quantity(-d.quantity.0), value: Some(Money(-e.value.0)), share: None,
            mirror_of: Some(Uuid::from_u128(99)), ..d.clone()
        };
        let back: Vec<MoveDraft> = drafts.iter().zip(&entries).rev().map(mirror).collect();
        plan(&mut books, &back, Uuid::nil(), now()).unwrap();
        books.cells.retain(|_, cell| *cell != Cell::default());
        prop_assert_eq!(books.cells, before);
    }

    /// Goods that change their value in two warehouses are worth what was said, to the fen; the books take back by the
    /// mirror what they were given, and quantities never move.
    #[test]
    fn a_change_of_value_is_what_was_said_and_its_mirror_undoes_it(
        first in 1_i64..50_000, second in 1_i64..50_000, worth in 0_i64..1_000_000, new_cost in 0_i64..2_000_000
    ) {
        let [good, other, _, supplier, _] = places();
        let outside = place(16, PlaceKind::Revaluation);
        let mut books = empty_books();
        let bought = [draft(supplier, good, first, Some(worth)), draft(supplier, other, second, Some(worth))];
        plan(&mut books, &bought, Uuid::nil(), now()).unwrap();
        let before = books.cells.clone();
        let mut said = Vec::new();
        let drafts: Vec<MoveDraft> = [good, other].into_iter().filter_map(|place| {
            let cell = before[&key(place)];
            let value = openapi::UnitPrice(new_cost).times(cell.on_hand);
            said.push((place, cell.on_hand, value));
            let by = value - cell.value;
            match by.0 {
                0 => None,
                1.. => Some(draft(outside, place, 0, Some(by.0))),
                _ => Some(draft(place, outside, 0, Some(-by.0))),
            }
        }).collect();
        let entries = plan(&mut books, &drafts, Uuid::nil(), now()).unwrap();
        let total = |books: &Books| books.cells.values().map(|cell| cell.value).sum::<Money>();
        prop_assert_eq!(total(&books), said.iter().map(|(_, _, value)| *value).sum::<Money>());
        for (place, on_hand, value) in said {
            let cell = books.cells[&key(place)];
            prop_assert_eq!(cell.on_hand, on_hand);
            prop_assert!((cell.value - value).0.abs() <= 1);
        }
        let mirror = |(d, e): (&MoveDraft, &super::model::Entry)| MoveDraft {
            value: Some(Money(-e.value.0)), mirror_of: Some(Uuid::from_u128(99)), ..d.clone()
        };
        let back: Vec<MoveDraft> = drafts.iter().zip(&entries).rev().map(mirror).collect();
        plan(&mut books, &back, Uuid::nil(), now()).unwrap();
        prop_assert_eq!(total(&books), total(&Books { cells: before.clone(), ..empty_books() }));
        for (key, cell) in before {
            prop_assert_eq!(books.cells[&key].on_hand, cell.on_hand);
            prop_assert!((books.cells[&key].value - cell.value).0.abs() <= 1);
        }
    }

    /// A mirror right after its original leaves the books as they were, in every cell, quantity and value.
    #[test]
    fn a_mirror_undoes_its_original(stock in 1_i64..100_000, worth in 0_i64..1_000_000, part in 1_i64..100_000) {
        let [good, _, custody, supplier, _] = places();
        let mut books = empty_books();
        plan(&mut books, &[draft(supplier, good, stock, Some(worth))], Uuid::nil(), now()).unwrap();
        let before = books.cells.get(&key(good)).copied();
        let quantity = part.min(stock);
        let moved = plan(&mut books, &[draft(good, custody, quantity, None)], Uuid::nil(), now()).unwrap();
        let mirror = MoveDraft {
            mirror_of: Some(Uuid::from_u128(99)),
            ..draft(good, custody, -quantity, Some(-moved[0].value.0))
        };
        plan(&mut books, &[mirror], Uuid::nil(), now()).unwrap();
        prop_assert_eq!(books.cells.get(&key(good)).copied(), before);
        prop_assert_eq!(books.cells.get(&key(custody)).copied(), Some(Cell::default()));
    }

    /// What the slack allows to be taken in the past is exactly what leaves no later balance below zero.
    #[test]
    fn slack_is_the_naive_minimum(
        start in 0_i64..50, changes in proptest::collection::vec(-20_i64..20, 0..12), take in 1_i64..60
    ) {
        let mut run = start;
        let kept: Vec<i64> = changes.into_iter().filter(|by| { let ok = run + by >= 0; if ok { run += by; } ok }).collect();
        let later: Vec<Quantity> = kept.iter().map(|by| Quantity(*by)).collect();
        let allowed = Quantity(run) + slack_of(&later);
        let mut balance = start - take;
        let mut lowest = balance;
        for by in &kept {
            balance += by;
            lowest = lowest.min(balance);
        }
        prop_assert_eq!(take <= allowed.0, lowest >= 0);
    }
}
