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

/// Whether a line must be counted in a round: every line in the first, afterwards those that differ and those whose
/// goods moved between the counts of two shelves.
pub fn is_open(line: &line::Model, round: i64) -> bool {
    match line.counted {
        None => true,
        Some(_) => line.counted_round < round && (line.is_moved || !difference(line).is_zero()),
    }
}

/// Whether nothing but a new count says what is there: the sum of its counts is of two different moments.
pub fn is_unsure(line: &line::Model, round: i64) -> bool {
    line.is_moved && is_open(line, round)
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

/// What the books say of the goods of a line: how many there are, and the last entry of the ledger that moved some.
#[derive(Clone, Copy, Debug, Default)]
pub struct Books {
    pub quantity: Quantity,
    pub mark: i64,
}

/// A line after one more count, held against the books as they are now. The first count of a round starts anew. What
/// left or came between two counts of a round may be of a shelf that was counted already, or of the other one: nobody
/// can tell, so that the line is counted once more.
pub fn counted(line: line::Model, round: i64, quantity: Quantity, books: Books) -> line::Model {
    let line = if line.counted.is_some() && line.counted_round < round {
        let (before_counted, before_book, was_moved) = (line.counted, line.book, line.is_moved);
        line::Model { before_counted, before_book, was_moved, counted: None, mark: None, is_moved: false, ..line }
    } else {
        line
    };
    line::Model {
        is_moved: line.is_moved || line.mark.is_some_and(|mark| mark != books.mark),
        counted: Some(line.counted.unwrap_or_default() + quantity.0),
        book: Some(books.quantity.0),
        mark: Some(books.mark),
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
            is_moved: line.was_moved,
            mark: None,
            before_counted: None,
            before_book: None,
            was_moved: false,
            ..line
        },
    }
}

/// The lines as a round ends: in the first one, what nobody counted is not there.
pub fn ended(lines: Vec<line::Model>, round: i64, books: &BTreeMap<Key, Quantity>) -> Vec<line::Model> {
    let end = |line: line::Model| match line.counted {
        None => {
            let quantity = books.get(&key_of(&line)).copied().unwrap_or_default();
            counted(line, round, Quantity::ZERO, Books { quantity, mark: 0 })
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

    /// A count that nothing moved before.
    fn seen(line: line::Model, round: i64, quantity: i64, book: i64) -> line::Model {
        counted(line, round, Quantity(quantity), Books { quantity: Quantity(book), mark: 7 })
    }

    #[test]
    fn counts_add_up_and_are_held_against_the_books() {
        let first = seen(line(5000), 1, 2000, 5000);
        assert_eq!(difference(&first), Quantity(-3000));
        let second = seen(first, 1, 3000, 5000);
        assert_eq!((second.counted, difference(&second), is_open(&second, 2)), (Some(5000), Quantity::ZERO, false));
    }

    #[test]
    fn goods_that_move_between_the_counts_of_two_shelves_are_counted_again() {
        let first = seen(line(10_000), 1, 5000, 10_000);
        // two leave the first shelf: the sum of the counts is two more than what is there
        let moved = counted(first.clone(), 1, Quantity(5000), Books { quantity: Quantity(8000), mark: 8 });
        assert!(moved.is_moved && is_open(&moved, 2) && is_unsure(&moved, 2));
        // what left one shelf and came to the other leaves the books as they were, and is no less unsure
        let swapped = counted(first, 1, Quantity(5000), Books { quantity: Quantity(10_000), mark: 9 });
        assert!(difference(&swapped).is_zero() && is_open(&swapped, 2));
        let again = counted(moved, 2, Quantity(8000), Books { quantity: Quantity(8000), mark: 8 });
        assert!(!is_open(&again, 3) && difference(&again).is_zero());
        assert!(is_unsure(&uncounted(again, None), 2), "the first count still says nothing");
    }

    #[test]
    fn a_recount_starts_anew_and_can_be_taken_back() {
        let first = seen(line(5000), 1, 3000, 5000);
        assert!(is_open(&first, 2));
        let again = seen(first.clone(), 2, 4000, 5000);
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
        let right = seen(line(1000), 1, 1000, 1000);
        assert!(!is_listed(&right, 2));
    }

    #[test]
    fn missing_goods_leave_before_found_ones_come() {
        let lost = seen(line(2000), 1, 500, 2000);
        let found = line::Model { unit_cost: 100_000, ..line(0) };
        let found = seen(found, 1, 1500, 0);
        let moves = moves(&stocktake::Model::default(), &[found, lost, seen(line(1), 1, 1, 1)]).unwrap();
        let seen: Vec<_> = moves.iter().map(|m| (m.from.kind, m.quantity, m.value)).collect();
        let expected =
            [(PlaceKind::Warehouse, Quantity(1500), None), (PlaceKind::Difference, Quantity(1500), Some(Money(1500)))];
        assert_eq!(seen, expected);
    }
}
