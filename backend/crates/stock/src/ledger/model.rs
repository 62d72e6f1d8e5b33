//! What a posting does to the books. Pure: from the cells and serials as they stand to the moves and the new cells.
//!
//! Costs are moving averages: what leaves a cell takes its share of the cell's value, and what leaves last takes the
//! rest, so that an empty cell is worth exactly nothing. A serial takes its own cost. Whenever goods come into a
//! warehouse at another cost, the cells of the same product and condition in the warehouses of the station are brought
//! to one average by moves of value alone.

use super::accounts::goods_account;
use super::cost::{Pools, Share, clear_leftover, level};
use crate::reservation::Claim;
use chrono::{DateTime, Utc};
use openapi::finance::Account;
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Money, Quantity};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A place that goods move between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: Uuid,
    pub kind: PlaceKind,
    pub org: Uuid,
    /// The warehouse or the engineer; the station itself for places outside.
    pub holder: Uuid,
}

/// One product in one condition, of one owner, in one place. The order is the lock order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellKey {
    pub place: Uuid,
    pub product: Uuid,
    pub condition: Kept<Condition>,
    pub owner: Kept<Owner>,
}

/// A choice that sorts as it is stored, so that memory and database agree on the lock order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kept<C>(pub C);

impl<C: openapi::choice::Choice + Eq> Ord for Kept<C> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.as_str().cmp(other.0.as_str())
    }
}
impl<C: openapi::choice::Choice + Eq> PartialOrd for Kept<C> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub on_hand: Quantity,
    pub reserved: Quantity,
    pub value: Money,
    /// How much lower the cell falls at some instant after the posting takes effect, at or below zero: what a
    /// back-dated posting must leave for the documents that happened later.
    pub slack: Quantity,
}

impl Cell {
    /// What a posting may take.
    pub fn available(&self) -> Quantity {
        Ord::min(self.on_hand - self.reserved, self.on_hand + self.slack)
    }
}

/// Where a serial is and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialState {
    pub place: Place,
    pub condition: Condition,
    pub owner: Owner,
    pub value: Money,
    pub moved_at: DateTime<Utc>,
    /// The document that moved it last.
    pub doc: Uuid,
}

/// What one line of a document wants to move.
#[derive(Clone, Debug)]
pub struct MoveDraft {
    pub line: Uuid,
    pub product: Uuid,
    /// Whether it is a whole unit, which has an account of its own.
    pub is_unit: bool,
    pub serial: Option<String>,
    pub condition: Condition,
    pub owner: Owner,
    pub from: Place,
    pub to: Place,
    /// Below zero in a mirror, which takes back from `to` what came from `from`. Zero where value moves alone, which
    /// `value` then gives: below zero in a mirror.
    pub quantity: Quantity,
    /// What it is worth, where that does not follow from the cell it leaves.
    pub value: Option<Money>,
    /// The pool that its value goes into, or comes out of, where goods turn into others. Given as well, `value` is the
    /// most that comes out.
    pub share: Option<Share>,
    /// The account of the place outside; where goods lie, the account follows from the place.
    pub outside: Account,
    /// How much of it was reserved for this purpose.
    pub unreserve: Quantity,
    pub mirror_of: Option<Uuid>,
    /// The line of a document that it is for: what is reserved for that line is used up.
    pub claim: Option<Claim>,
}

impl MoveDraft {
    /// Where the goods are before, and where they are afterwards.
    pub fn way(&self) -> (Place, Place) {
        if self.is_taken_back() { (self.to, self.from) } else { (self.from, self.to) }
    }

    /// Whether value moves alone: the goods stay where they are and are worth more or less.
    pub fn is_value_alone(&self) -> bool {
        self.quantity.is_zero()
    }

    /// Whether it goes against its direction, as a mirror does.
    fn is_taken_back(&self) -> bool {
        self.quantity.0 < 0 || (self.is_value_alone() && self.value.is_some_and(|value| value.0 < 0))
    }

    /// How many change their place.
    pub fn amount(&self) -> Quantity {
        Quantity(self.quantity.0.abs())
    }

    /// The cell of a place, where goods lie there.
    pub fn cell(&self, place: Place) -> Option<CellKey> {
        place.kind.holds_goods().then_some(CellKey {
            place: place.id,
            product: self.product,
            condition: Kept(self.condition),
            owner: Kept(self.owner),
        })
    }

    /// The cells that it touches.
    pub fn cells(&self) -> impl Iterator<Item = CellKey> {
        [self.cell(self.from), self.cell(self.to)].into_iter().flatten()
    }

    /// The account of a place for these goods.
    pub fn account(&self, place: Place) -> Account {
        goods_account(place.kind, self.condition, self.is_unit).unwrap_or(self.outside)
    }
}

/// One entry of the ledger, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub line: Uuid,
    pub product: Uuid,
    pub serial: Option<String>,
    pub condition: Condition,
    pub owner: Owner,
    pub from: Place,
    pub to: Place,
    pub quantity: Quantity,
    pub value: Money,
    pub debit: Account,
    pub credit: Account,
    pub mirror_of: Option<Uuid>,
    /// Whether it takes effect now even when the document is back-dated: costs of the past are never recomputed.
    pub takes_effect_now: bool,
}

/// The cells and serials that a posting touches, locked.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pub cells: BTreeMap<CellKey, Cell>,
    pub places: HashMap<Uuid, Place>,
    pub serials: HashMap<(Uuid, String), SerialState>,
}

/// Why a posting cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too little is there.
    Insufficient { line: Uuid, product: Uuid, place: Place, needed: Quantity, available: Quantity, is_later: bool },
    /// The serial is not where it should leave from.
    SerialElsewhere { line: Uuid, serial: String, place: Place },
    /// The serial lies in stock already.
    SerialPresent { line: Uuid, serial: String },
    /// The serial moved after the posting would take effect.
    SerialMovedLater { line: Uuid, serial: String, doc: Uuid },
}

/// Applies drafts in order to the books and returns the entries.
pub fn plan(books: &mut Books, drafts: &[MoveDraft], doc: Uuid, at: DateTime<Utc>) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::with_capacity(drafts.len());
    let mut pools = Pools::default();
    for draft in drafts {
        let value = move_goods(books, &pools.priced(draft), doc, at)?;
        pools.note(draft, value);
        entries.push(Entry {
            line: draft.line,
            product: draft.product,
            serial: draft.serial.clone(),
            condition: draft.condition,
            owner: draft.owner,
            from: draft.from,
            to: draft.to,
            quantity: draft.quantity,
            value,
            debit: draft.account(draft.to),
            credit: draft.account(draft.from),
            mirror_of: draft.mirror_of,
            takes_effect_now: false,
        });
    }
    for draft in drafts {
        entries.extend(clear_leftover(books, draft));
    }
    for draft in drafts {
        entries.extend(level(books, draft));
    }
    Ok(entries)
}

/// Moves the goods of one draft and returns what they are worth, signed like the quantity.
fn move_goods(books: &mut Books, draft: &MoveDraft, doc: Uuid, at: DateTime<Utc>) -> Result<Money, Refusal> {
    let (source, target) = draft.way();
    let amount = draft.amount();
    let own_cost = match &draft.serial {
        Some(serial) if draft.is_value_alone() => return revalue_serial(books, draft, serial),
        Some(serial) => Some(move_serial(books, draft, serial, doc, at)?),
        None => None,
    };
    let given = draft.value.map(|value| Money(value.0.abs())).or(own_cost);
    let value = match draft.cell(source) {
        Some(key) => take(books, draft, key, source, given)?,
        None => given.unwrap_or_default(),
    };
    let value = if draft.owner == Owner::Company { value } else { Money::ZERO };
    if let Some(key) = draft.cell(target) {
        let cell = books.cells.entry(key).or_default();
        cell.on_hand += amount;
        cell.value += value;
    }
    if let Some(state) = draft.serial.as_ref().and_then(|s| books.serials.get_mut(&(draft.product, s.clone()))) {
        state.value = value;
    }
    Ok(if draft.is_taken_back() { -value } else { value })
}

/// Makes one piece worth more or less where it lies, and returns by how much, signed as the draft says.
fn revalue_serial(books: &mut Books, draft: &MoveDraft, serial: &str) -> Result<Money, Refusal> {
    let (source, target) = draft.way();
    let value = draft.value.unwrap_or_default();
    let amount = Money(value.0.abs());
    let (place, by) = if source.kind.holds_goods() { (source, -amount) } else { (target, amount) };
    let state = books.serials.get_mut(&(draft.product, serial.to_owned()));
    let lies_there = |state: &&mut SerialState| {
        (state.place.id, state.condition, state.owner) == (place.id, draft.condition, draft.owner)
    };
    let elsewhere = || Refusal::SerialElsewhere { line: draft.line, serial: serial.to_owned(), place };
    let state = state.filter(lies_there).ok_or_else(elsewhere)?;
    state.value += by;
    if let Some(key) = draft.cell(place) {
        books.cells.entry(key).or_default().value += by;
    }
    Ok(value)
}

/// Takes goods out of a cell and returns their value.
fn take(
    books: &mut Books,
    draft: &MoveDraft,
    key: CellKey,
    place: Place,
    given: Option<Money>,
) -> Result<Money, Refusal> {
    let needed = draft.amount();
    let cell = books.cells.entry(key).or_default();
    cell.reserved -= draft.unreserve;
    let available = cell.available();
    if needed > available {
        let is_later = needed <= cell.on_hand - cell.reserved;
        let available = Ord::max(available, Quantity::ZERO);
        return Err(Refusal::Insufficient {
            line: draft.line,
            product: draft.product,
            place,
            needed,
            available,
            is_later,
        });
    }
    let value = given.unwrap_or_else(|| cell.value.share(needed, cell.on_hand));
    cell.on_hand -= needed;
    cell.value -= value;
    Ok(value)
}

/// Moves a serial and returns what it cost.
fn move_serial(
    books: &mut Books,
    draft: &MoveDraft,
    serial: &str,
    doc: Uuid,
    at: DateTime<Utc>,
) -> Result<Money, Refusal> {
    let (source, target) = draft.way();
    let key = (draft.product, serial.to_owned());
    let line = draft.line;
    let value = match books.serials.get(&key) {
        Some(state) if state.place.kind.holds_goods() && !source.kind.holds_goods() => {
            return Err(Refusal::SerialPresent { line, serial: serial.to_owned() });
        }
        Some(state) if state.moved_at > at => {
            return Err(Refusal::SerialMovedLater { line, serial: serial.to_owned(), doc: state.doc });
        }
        Some(state)
            if source.kind.holds_goods()
                && (state.place.id, state.condition, state.owner) != (source.id, draft.condition, draft.owner) =>
        {
            return Err(Refusal::SerialElsewhere { line, serial: serial.to_owned(), place: source });
        }
        None if source.kind.holds_goods() => {
            return Err(Refusal::SerialElsewhere { line, serial: serial.to_owned(), place: source });
        }
        Some(state) => state.value,
        None => Money::ZERO,
    };
    let state = SerialState { place: target, condition: draft.condition, owner: draft.owner, value, moved_at: at, doc };
    books.serials.insert(key, state);
    Ok(value)
}

/// How much lower a cell falls later: from the changes of the cell after an instant, in the order of effect.
pub fn slack_of(later: &[Quantity]) -> Quantity {
    // standing at the present balance and going back, the balance after change k is the present one minus what follows
    let mut following = Quantity::ZERO;
    let mut lowest = Quantity::ZERO;
    for change in later.iter().rev() {
        following += *change;
        lowest = Ord::min(lowest, -following);
    }
    lowest
}
