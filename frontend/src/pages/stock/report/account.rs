//! How the entries of a turnover row make its figures: what came in and went out, and the balance after each.

use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::PlaceKind;
use openapi::stock::balance::TurnoverRow;
use openapi::stock::movement::StockMove;
use openapi::{Money, Quantity};

/// Key of the whole account of a row: from the opening to the closing.
pub const ACCOUNT: &str = "";
/// Key of what came in.
pub const IN: &str = "in";
/// Key of what went out.
pub const OUT: &str = "out";

/// Key of what documents of one kind moved in or out.
pub fn of_kind(side: &str, kind: DocKind) -> String {
    format!("{side}:{kind}")
}

/// Quantity and value; no value without the right to see cost.
pub type Amount = (Quantity, Option<Money>);

/// Neither quantity nor value.
pub fn is_nothing((quantity, value): Amount) -> bool {
    quantity.is_zero() && value.is_none_or(Money::is_zero)
}

fn plus(a: Amount, b: Amount) -> Amount {
    (a.0 + b.0, a.1.zip(b.1).map(|(a, b)| a + b))
}

fn minus(a: Amount, b: Amount) -> Amount {
    (a.0 - b.0, a.1.zip(b.1).map(|(a, b)| a - b))
}

/// One move, as the place of the row saw it.
#[derive(Clone)]
pub struct Entry {
    /// The move.
    pub moved: StockMove,
    /// What it brought.
    pub incoming: Amount,
    /// What it took.
    pub outgoing: Amount,
    /// What lay there afterwards.
    pub balance: Amount,
}

impl Entry {
    /// Whether it is part of a figure.
    pub fn is_of(&self, key: &str) -> bool {
        is_part(key, self.moved.document_kind, self.incoming, self.outgoing)
    }
}

/// Whether what documents of a kind moved is part of the figure with this key.
pub fn is_part(key: &str, of: DocKind, incoming: Amount, outgoing: Amount) -> bool {
    let (side, kind) = key.split_once(':').unwrap_or((key, ""));
    let moved = match side {
        IN => incoming,
        OUT => outgoing,
        _ => return true,
    };
    !is_nothing(moved) && (kind.is_empty() || kind == of.as_str())
}

/// What documents of other stations did to goods in transit: the report counts it, but its entries are theirs to see.
#[derive(Clone)]
pub struct Elsewhere {
    /// Kind of the documents.
    pub kind: DocKind,
    /// What they brought.
    pub incoming: Amount,
    /// What they took.
    pub outgoing: Amount,
    /// What lay there afterwards.
    pub balance: Amount,
}

/// What of the figures of a row no entry accounts for, by kind of document.
pub fn elsewhere(row: &TurnoverRow, entries: &[Entry]) -> Vec<Elsewhere> {
    if row.place.kind != PlaceKind::Transit {
        return Vec::new();
    }
    let mut balance = entries.last().map_or((row.opening, row.opening_value), |entry| entry.balance);
    let missing = row.moves.iter().filter_map(|m| {
        let of_kind: Vec<Entry> = entries.iter().filter(|e| e.moved.document_kind == m.kind).cloned().collect();
        let (came, went) = sums(row, &of_kind);
        let (incoming, outgoing) =
            (minus((m.incoming, m.incoming_value), came), minus((m.outgoing, m.outgoing_value), went));
        if is_nothing(incoming) && is_nothing(outgoing) {
            return None;
        }
        balance = minus(plus(balance, incoming), outgoing);
        Some(Elsewhere { kind: m.kind, incoming, outgoing, balance })
    });
    missing.collect()
}

/// The moves with the balance after each, beginning with the opening of the row.
pub fn account(row: &TurnoverRow, moves: &[StockMove]) -> Vec<Entry> {
    let mut balance = (row.opening, row.opening_value);
    let entry = |moved: &StockMove| {
        let all = (moved.quantity, moved.value);
        let nothing = (Quantity::ZERO, moved.value.map(|_| Money::ZERO));
        let incoming = if moved.to.id == row.place.id { all } else { nothing };
        let outgoing = if moved.from.id == row.place.id { all } else { nothing };
        balance = minus(plus(balance, incoming), outgoing);
        Entry { moved: moved.clone(), incoming, outgoing, balance }
    };
    moves.iter().map(entry).collect()
}

/// What entries add up to on both sides.
pub fn sums(row: &TurnoverRow, entries: &[Entry]) -> (Amount, Amount) {
    let nothing = (Quantity::ZERO, row.opening_value.map(|_| Money::ZERO));
    let add = |(i, o), entry: &Entry| (plus(i, entry.incoming), plus(o, entry.outgoing));
    entries.iter().fold((nothing, nothing), add)
}

/// Sums of entries together with what is accounted for elsewhere.
pub fn with_others(sums: (Amount, Amount), others: &[Elsewhere]) -> (Amount, Amount) {
    others.iter().fold(sums, |(i, o), other| (plus(i, other.incoming), plus(o, other.outgoing)))
}
