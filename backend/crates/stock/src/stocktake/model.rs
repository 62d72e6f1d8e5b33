//! How a stocktake is counted and what follows from it. Pure.

use super::entity::{line, stocktake};
use super::goods::{Key, key_of};
use crate::document::for_document::{MoveLine, PlaceRef};
use openapi::choice::Choice;
use openapi::finance::Account;
use openapi::stock::stocktake::StocktakeState;
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Money, Quantity, UnitPrice};
use platform::Result;
use platform::doc::lifecycle::stored;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The largest warehouse that is counted in one go.
pub const MAX_LINES: usize = 5000;

/// Whether it is being counted: what the books expect is nobody's business then.
pub fn is_blind(state: StocktakeState) -> bool {
    matches!(state, StocktakeState::Counting | StocktakeState::Recounting | StocktakeState::Void)
}

/// What was counted less what was in the books at that time; zero before.
pub fn difference(line: &line::Model) -> Quantity {
    Quantity(line.counted.unwrap_or_default() - line.book.unwrap_or_default())
}

/// Whether a line must be counted in a round: every line in the first, those that differ afterwards.
pub fn is_open(line: &line::Model, round: i64) -> bool {
    match line.counted {
        None => true,
        Some(_) => line.counted_round < round && !difference(line).is_zero(),
    }
}

/// Whether a line may be shown while it is counted blind: serials only once somebody has found or must find them.
pub fn is_listed(line: &line::Model, round: i64) -> bool {
    if round == 1 {
        return line.serial.is_none() || line.counted.is_some();
    }
    line.counted_round == round || is_open(line, round)
}

/// The line that counted goods belong to: of that condition when it is said, the company's own and good ones first.
pub fn line_for<'a>(
    lines: &'a [line::Model],
    product: Uuid,
    serial: Option<&str>,
    condition: Option<Condition>,
) -> Option<&'a line::Model> {
    let rank = |l: &&line::Model| (l.owner != Owner::Company.as_str(), l.condition != Condition::Good.as_str());
    let fits = |l: &&line::Model| {
        l.product_id == product
            && l.serial.as_deref() == serial
            && condition.is_none_or(|condition| l.condition == condition.as_str())
    };
    lines.iter().filter(fits).min_by_key(rank)
}

/// A line after one more count, held against the books as they are now. The first count of a round starts anew.
pub fn counted(line: line::Model, round: i64, quantity: Quantity, book: Quantity) -> line::Model {
    let line = if line.counted.is_some() && line.counted_round < round {
        line::Model { before_counted: line.counted, before_book: line.book, counted: None, ..line }
    } else {
        line
    };
    line::Model {
        counted: Some(line.counted.unwrap_or_default() + quantity.0),
        book: Some(book.0),
        counted_round: round,
        ..line
    }
}

/// A line after a count was taken back: what is left of this round, else the round before.
pub fn uncounted(line: line::Model, left: Option<i64>) -> line::Model {
    match left {
        Some(counted) => line::Model { counted: Some(counted), ..line },
        None => line::Model {
            counted: line.before_counted,
            book: line.before_book,
            counted_round: line.counted_round - 1,
            before_counted: None,
            before_book: None,
            ..line
        },
    }
}

/// The lines as a round ends: in the first one, what nobody counted is not there.
pub fn ended(lines: Vec<line::Model>, round: i64, books: &BTreeMap<Key, Quantity>) -> Vec<line::Model> {
    let end = |line: line::Model| match line.counted {
        None => {
            let book = books.get(&key_of(&line)).copied().unwrap_or_default();
            counted(line, round, Quantity::ZERO, book)
        }
        Some(_) => line,
    };
    lines.into_iter().map(end).collect()
}

/// What a difference is worth by the cost at the beginning; only the company's own goods are worth anything.
pub fn worth(line: &line::Model) -> Money {
    if line.owner == Owner::Company.as_str() { UnitPrice(line.unit_cost).times(difference(line)) } else { Money::ZERO }
}

/// What is posted: first what is missing, then what was found, so that a piece can leave one condition for another.
pub fn moves(head: &stocktake::Model, lines: &[line::Model]) -> Result<Vec<MoveLine>> {
    let shelf = PlaceRef { kind: PlaceKind::Warehouse, org: head.org_id, holder: head.warehouse_id };
    let nowhere = PlaceRef::outside(PlaceKind::Difference, head.org_id);
    let mut moves = Vec::new();
    for is_gain in [false, true] {
        for line in lines.iter().filter(|l| !difference(l).is_zero() && (difference(l).0 > 0) == is_gain) {
            let quantity = Quantity(difference(line).0.abs());
            let (from, to) = if is_gain { (nowhere, shelf) } else { (shelf, nowhere) };
            moves.push(MoveLine {
                product: line.product_id,
                serial: line.serial.clone(),
                condition: stored(&line.condition)?,
                owner: stored(&line.owner)?,
                quantity,
                reserved_for: None,
                is_value_alone: false,
                share: None,
                from,
                to,
                outside: Account::CountDifference,
                value: is_gain.then(|| worth(line)),
            });
        }
    }
    Ok(moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(expected: i64) -> line::Model {
        line::Model { expected, condition: "good".to_owned(), owner: "company".to_owned(), ..Default::default() }
    }

    #[test]
    fn counts_add_up_and_are_held_against_the_books_of_their_moment() {
        let first = counted(line(5000), 1, Quantity(2000), Quantity(5000));
        assert_eq!(difference(&first), Quantity(-3000));
        // one was issued before the second shelf was counted
        let second = counted(first, 1, Quantity(2000), Quantity(4000));
        assert_eq!((second.counted, difference(&second)), (Some(4000), Quantity::ZERO));
    }

    #[test]
    fn a_recount_starts_anew_and_can_be_taken_back() {
        let first = counted(line(5000), 1, Quantity(3000), Quantity(5000));
        assert!(is_open(&first, 2));
        let again = counted(first.clone(), 2, Quantity(4000), Quantity(5000));
        assert_eq!((again.counted, again.before_counted), (Some(4000), Some(3000)));
        assert!(!is_open(&again, 2) && is_open(&again, 3));
        let back = uncounted(again, None);
        assert_eq!((back.counted, back.counted_round), (first.counted, 1));
        assert!(is_open(&back, 2));
        assert!(is_open(&uncounted(first, None), 1));
    }

    #[test]
    fn what_nobody_counted_is_not_there() {
        let key = key_of(&line(5000));
        let lines = ended(vec![line(5000)], 1, &BTreeMap::from([(key, Quantity(4000))]));
        assert_eq!((lines[0].counted, difference(&lines[0])), (Some(0), Quantity(-4000)), "one left meanwhile");
    }

    #[test]
    fn blind_lists_name_serials_only_when_they_were_found_or_must_be_looked_for() {
        let serial = line::Model { serial: Some("SN-1".to_owned()), ..line(1000) };
        assert!(!is_listed(&serial, 1) && is_listed(&line(1000), 1));
        let missing = ended(
            vec![serial],
            1,
            &BTreeMap::from([(key_of(&line::Model { serial: Some("SN-1".to_owned()), ..line(0) }), Quantity::ONE)]),
        );
        assert!(is_listed(&missing[0], 2));
        let right = counted(line(1000), 1, Quantity(1000), Quantity(1000));
        assert!(!is_listed(&right, 2));
    }

    #[test]
    fn missing_goods_leave_before_found_ones_come() {
        let lost = counted(line(2000), 1, Quantity(500), Quantity(2000));
        let found = line::Model { unit_cost: 100_000, ..line(0) };
        let found = counted(found, 1, Quantity(1500), Quantity(0));
        let moves =
            moves(&stocktake::Model::default(), &[found, lost, counted(line(1), 1, Quantity(1), Quantity(1))]).unwrap();
        let seen: Vec<_> = moves.iter().map(|m| (m.from.kind, m.quantity, m.value)).collect();
        let expected =
            [(PlaceKind::Warehouse, Quantity(1500), None), (PlaceKind::Difference, Quantity(1500), Some(Money(1500)))];
        assert_eq!(seen, expected);
    }
}
