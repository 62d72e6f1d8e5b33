//! Moves of value alone: one average in all warehouses of a station, and nothing left in an empty cell. Pure.

use super::model::{Books, CellKey, Entry, MoveDraft, Place};
use openapi::finance::Account;
use openapi::stock::{Owner, PlaceKind};
use openapi::{Money, Quantity};
use std::borrow::Cow;
use std::collections::HashMap;
use uuid::Uuid;

/// The whole of a pool, in basis points.
pub const WHOLE: i64 = 10_000;

/// A part of what goods are worth that turn into other goods: what goes in makes the pool, what comes out shares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The pool; one for each set of goods that turns into another.
    pub of: Uuid,
    /// How much of it comes out, in basis points; of no meaning on the way in.
    pub basis_points: i64,
}

/// The pools of a posting: what went into each, and how many basis points came out.
#[derive(Debug, Default)]
pub struct Pools(HashMap<Uuid, (Money, i64)>);

impl Pools {
    /// The draft with the value that its share of the pool gives it. Shares of the running total: the last one takes
    /// the rest, so that what comes out is worth to the fen what went in.
    pub fn priced<'a>(&self, draft: &'a MoveDraft) -> Cow<'a, MoveDraft> {
        let Some(share) = draft.share.filter(|_| !draft.from.kind.holds_goods()) else { return Cow::Borrowed(draft) };
        let (pool, before) = self.0.get(&share.of).copied().unwrap_or_default();
        let until = |points: i64| pool.share(Quantity(points), Quantity(WHOLE));
        let worth = until(before + share.basis_points) - until(before);
        let worth = draft.value.map_or(worth, |most| Ord::min(most, worth));
        Cow::Owned(MoveDraft { value: Some(worth), ..draft.clone() })
    }

    /// Notes what a draft put in or took out.
    pub fn note(&mut self, draft: &MoveDraft, value: Money) {
        let Some(share) = draft.share else { return };
        let pool = self.0.entry(share.of).or_default();
        if draft.from.kind.holds_goods() {
            pool.0 += value;
        } else {
            pool.1 += share.basis_points;
        }
    }
}

/// A mirror takes its original value; what that leaves in an empty cell, or below zero, becomes a gain or loss.
pub fn clear_leftover(books: &mut Books, draft: &MoveDraft) -> Vec<Entry> {
    let mut entries = Vec::new();
    for place in [draft.from, draft.to] {
        let Some(cell) = draft.cell(place).and_then(|key| books.cells.get_mut(&key)) else { continue };
        if cell.value.0 < 0 || (cell.on_hand.is_zero() && !cell.value.is_zero()) {
            let outside = Place { id: Uuid::nil(), kind: PlaceKind::Revaluation, org: place.org, holder: place.org };
            let entry = value_entry(draft, place, outside, cell.value);
            entries.push(Entry { debit: Account::Revaluation, ..entry });
            cell.value = Money::ZERO;
        }
    }
    entries
}

/// The station whose warehouses must be brought to one average after this draft: goods came in, or left at a cost of
/// their own.
pub fn levelled_org(draft: &MoveDraft) -> Option<Uuid> {
    let (source, target) = draft.way();
    let warehouse = match (source.kind, target.kind) {
        (_, PlaceKind::Warehouse) => target,
        (PlaceKind::Warehouse, _) if draft.value.is_some() => source,
        _ => return None,
    };
    (draft.owner == Owner::Company && draft.serial.is_none()).then_some(warehouse.org)
}

/// Brings the warehouses of a station to one average.
pub fn level(books: &mut Books, draft: &MoveDraft) -> Vec<Entry> {
    let Some(org) = levelled_org(draft) else { return Vec::new() };
    let group: Vec<(CellKey, Place)> = books
        .cells
        .iter()
        .filter(|(key, cell)| {
            (key.product, key.condition.0, key.owner.0) == (draft.product, draft.condition, draft.owner)
                && cell.on_hand.is_positive()
        })
        .filter_map(|(key, _)| Some((*key, *books.places.get(&key.place)?)))
        .filter(|(_, place)| place.kind == PlaceKind::Warehouse && place.org == org)
        .collect();
    let held = |key: &CellKey| books.cells.get(key).copied().unwrap_or_default();
    let quantity: Quantity = group.iter().map(|(key, _)| held(key).on_hand).sum();
    let value: Money = group.iter().map(|(key, _)| held(key).value).sum();
    let (mut before, mut due) = (Quantity::ZERO, Vec::new());
    for (key, place) in &group {
        // shares of the running total: the parts add up to the whole without a remainder
        let after = before + held(key).on_hand;
        let share =
            value.share(after, quantity) - if before.is_zero() { Money::ZERO } else { value.share(before, quantity) };
        due.push((*key, *place, share - held(key).value));
        before = after;
    }
    settle(books, draft, due)
}

/// Moves value from the cells that have too much to those that have too little.
fn settle(books: &mut Books, draft: &MoveDraft, mut due: Vec<(CellKey, Place, Money)>) -> Vec<Entry> {
    let mut entries = Vec::new();
    // a difference of a fen is rounding, not another cost
    if due.iter().all(|(_, _, difference)| difference.0.abs() <= 1) {
        return entries;
    }
    while let (Some(poor), Some(rich)) =
        (due.iter().position(|(_, _, d)| d.0 > 0), due.iter().position(|(_, _, d)| d.0 < 0))
    {
        let (Some(&(to_key, to, lacks)), Some(&(from_key, from, has))) = (due.get(poor), due.get(rich)) else { break };
        let moved = Ord::min(lacks, -has);
        for (key, part) in [(to_key, moved), (from_key, -moved)] {
            if let Some(cell) = books.cells.get_mut(&key) {
                cell.value += part;
            }
            if let Some(entry) = due.iter_mut().find(|(k, _, _)| *k == key) {
                entry.2 -= part;
            }
        }
        entries.push(value_entry(draft, from, to, moved));
    }
    entries
}

/// An entry that moves value alone.
fn value_entry(draft: &MoveDraft, from: Place, to: Place, value: Money) -> Entry {
    Entry {
        line: draft.line,
        product: draft.product,
        serial: None,
        condition: draft.condition,
        owner: draft.owner,
        from,
        to,
        quantity: Quantity::ZERO,
        value,
        debit: draft.account(to),
        credit: draft.account(from),
        mirror_of: None,
        takes_effect_now: true,
    }
}
