//! Any legal sequence of posting, back-dating and reversing, planned against cells as the ledger reads them and checked
//! against a count of every entry.

use super::accounts::journal;
use super::model::{Books, Cell, CellKey, Entry, Kept, MoveDraft, Place, Refusal, plan, slack_of};
use chrono::{DateTime, Duration, Utc};
use openapi::finance::Account;
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Money, Quantity};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

const PRODUCT: Uuid = Uuid::from_u128(8);

fn places() -> [Place; 5] {
    let kinds =
        [PlaceKind::Warehouse, PlaceKind::Warehouse, PlaceKind::Custody, PlaceKind::Supplier, PlaceKind::Consumed];
    let ids: [u128; 5] = [10, 11, 12, 13, 14];
    std::array::from_fn(|n| Place {
        id: Uuid::from_u128(ids[n]),
        kind: kinds[n],
        org: Uuid::from_u128(1),
        holder: Uuid::from_u128(ids[n]),
    })
}

fn key(place: Uuid) -> CellKey {
    CellKey { place, product: PRODUCT, condition: Kept(Condition::Good), owner: Kept(Owner::Company) }
}

/// An instant of a month that is open.
fn on(day: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::days(day)
}

/// The last day: now.
const TODAY: i64 = 30;

/// What somebody may do.
#[derive(Clone, Debug)]
enum Step {
    Post { from: usize, to: usize, quantity: i64, value: i64, day: i64 },
    Reverse { which: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let post = (0_usize..5, 0_usize..5, 1_i64..9000, 0_i64..100_000, 0_i64..=TODAY)
        .prop_map(|(from, to, quantity, value, day)| Step::Post { from, to, quantity, value, day });
    // there must be something to move
    let buy = (0_usize..2, 1_i64..9000, 0_i64..100_000, 0_i64..=TODAY)
        .prop_map(|(to, quantity, value, day)| Step::Post { from: 3, to, quantity, value, day });
    let reverse = any::<usize>().prop_map(|which| Step::Reverse { which });
    proptest::collection::vec(prop_oneof![3 => post, 2 => buy, 2 => reverse], 1..40)
}

/// Every entry with the instant at which it takes effect, in the order of recording, and the documents that stand.
#[derive(Default)]
struct Ledger {
    cells: BTreeMap<CellKey, Cell>,
    entries: Vec<(DateTime<Utc>, Entry)>,
    standing: Vec<(DateTime<Utc>, MoveDraft, Entry)>,
}

impl Ledger {
    /// Each change of a cell, in the order of effect.
    fn changes(&self, place: Uuid) -> Vec<(DateTime<Utc>, i64)> {
        let mut changes: Vec<(DateTime<Utc>, i64)> = Vec::new();
        for (at, entry) in &self.entries {
            for (side, by) in [(entry.from.id, -entry.quantity.0), (entry.to.id, entry.quantity.0)] {
                if side == place && by != 0 {
                    changes.push((*at, by));
                }
            }
        }
        changes.sort_by_key(|(at, _)| *at);
        changes
    }

    fn post(&mut self, draft: &MoveDraft, at: DateTime<Utc>) -> Result<Entry, Refusal> {
        let mut books = Books {
            cells: self.cells.clone(),
            places: places().into_iter().map(|p| (p.id, p)).collect(),
            ..Books::default()
        };
        for (key, cell) in &mut books.cells {
            let later: Vec<Quantity> = self
                .changes(key.place)
                .into_iter()
                .filter(|(when, _)| *when > at)
                .map(|(_, by)| Quantity(by))
                .collect();
            cell.slack = slack_of(&later);
        }
        let entries = plan(&mut books, std::slice::from_ref(draft), Uuid::nil(), at)?;
        self.cells = books.cells;
        let first = entries[0].clone();
        let now = |entry: &Entry| if entry.takes_effect_now { on(TODAY) } else { at };
        self.entries.extend(entries.into_iter().map(|entry| (now(&entry), entry)));
        Ok(first)
    }

    fn run(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Post { from, to, quantity, value, day } => {
                let (from, to) = (places()[from], places()[to]);
                if from.id == to.id || !(from.kind.holds_goods() || to.kind.holds_goods()) {
                    return Ok(());
                }
                let given = (!from.kind.holds_goods()).then_some(Money(value));
                let draft = draft(from, to, quantity, given);
                match self.post(&draft, on(day)) {
                    Ok(entry) => self.standing.push((on(day), draft, entry)),
                    Err(refused) => prop_assert!(is_short(&refused), "{:?}", refused),
                }
            }
            Step::Reverse { which } if !self.standing.is_empty() => {
                let (at, original, entry) = self.standing.remove(which % self.standing.len());
                let mirror = MoveDraft {
                    quantity: Quantity(-original.quantity.0),
                    value: Some(Money(-entry.value.0)),
                    mirror_of: Some(Uuid::from_u128(99)),
                    ..original.clone()
                };
                match self.post(&mirror, at) {
                    Ok(back) => {
                        prop_assert_eq!((back.quantity.0, back.value.0), (-entry.quantity.0, -entry.value.0));
                        prop_assert_eq!((back.debit, back.credit), (entry.debit, entry.credit));
                    }
                    Err(refused) => {
                        prop_assert!(is_short(&refused), "{:?}", refused);
                        self.standing.push((at, original, entry));
                    }
                }
            }
            Step::Reverse { .. } => {}
        }
        Ok(())
    }

    /// No cell is below zero at any instant, in either order; cells are the sum of the entries; what is empty is worth
    /// nothing; every posting balances.
    fn check(&self) -> Result<(), TestCaseError> {
        let mut sums: HashMap<Uuid, (i64, i64)> = HashMap::new();
        for (_, entry) in &self.entries {
            for (place, sign) in [(entry.from, -1), (entry.to, 1)] {
                let sum = sums.entry(place.id).or_default();
                *sum = (sum.0 + sign * entry.quantity.0, sum.1 + sign * entry.value.0);
                prop_assert!(!place.kind.holds_goods() || sum.0 >= 0, "recorded below zero");
            }
            let lines = journal([(entry.debit, entry.credit, entry.value)]);
            prop_assert_eq!(lines.iter().map(|l| l.1).sum::<Money>(), lines.iter().map(|l| l.2).sum::<Money>());
        }
        for place in places().into_iter().filter(|p| p.kind.holds_goods()) {
            let cell = self.cells.get(&key(place.id)).copied().unwrap_or_default();
            let sum = sums.get(&place.id).copied().unwrap_or_default();
            prop_assert_eq!((cell.on_hand.0, cell.value.0), sum);
            prop_assert!(cell.on_hand.0 >= 0 && cell.value.0 >= 0 && (cell.on_hand.0 > 0 || cell.value.0 == 0));
            let mut balance = 0;
            for (at, by) in self.changes(place.id) {
                balance += by;
                prop_assert!(balance >= 0, "below zero at {}", at);
            }
        }
        Ok(())
    }
}

fn is_short(refused: &Refusal) -> bool {
    matches!(refused, Refusal::Insufficient { needed, available, .. } if needed > available)
}

fn draft(from: Place, to: Place, quantity: i64, value: Option<Money>) -> MoveDraft {
    MoveDraft {
        line: Uuid::from_u128(7),
        product: PRODUCT,
        is_unit: false,
        serial: None,
        condition: Condition::Good,
        owner: Owner::Company,
        from,
        to,
        quantity: Quantity(quantity),
        value,
        share: None,
        outside: Account::CountDifference,
        unreserve: Quantity::ZERO,
        mirror_of: None,
        claim: None,
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000)
}

proptest! {
    // ten thousand sequences; PROPTEST_CASES asks for more
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn posting_back_dating_and_reversing_keep_the_books_at_every_instant(steps in steps()) {
        let mut ledger = Ledger::default();
        for step in steps {
            ledger.run(step)?;
        }
        ledger.check()?;
    }
}
