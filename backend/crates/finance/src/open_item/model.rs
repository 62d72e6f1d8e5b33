//! What may be settled of an item, and how items look in the contract. Pure.

use super::entity::item;
use openapi::finance::open_item::OpenItem;
use openapi::finance::{OPEN_ITEM_EXCEEDED, REVERSAL_BLOCKED};
use openapi::{Money, Text};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// What is still open.
pub fn open(item: &item::Model) -> Money {
    Money(item.amount - item.settled)
}

/// The item after `amount` more of it is settled; less, when the amount is negative.
pub fn settled(item: &item::Model, amount: Money) -> Result<item::Model> {
    if amount > open(item) {
        let refusal = Failure::new(OPEN_ITEM_EXCEEDED);
        return Err(refusal.with("document", &item.source_number).with("open", open(item)));
    }
    let after = Money(item.settled) + amount;
    if after < Money::ZERO {
        return Err(Failure::Internal(format!("more of {} is taken back than was settled", item.source_number)));
    }
    Ok(item::Model { settled: after.0, ..item.clone() })
}

/// The refusal to take back a document whose advance later documents used: it names everything that would have to go
/// along, which is what `with` named already and what is in the way besides.
pub fn in_the_way(with: &[Text<60>], later: Vec<String>) -> Failure {
    let mut all: Vec<String> = with.iter().map(ToString::to_string).collect();
    all.extend(later.into_iter().filter(|number| with.iter().all(|named| **named != **number)));
    Failure::blocked(REVERSAL_BLOCKED, "documents", &all)
}

/// The item in a list.
pub fn shown(row: item::Model, parties: &HashMap<Uuid, String>) -> Result<OpenItem> {
    let open = open(&row);
    let item::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        side,
        party_id,
        source_kind,
        source_id,
        source_number,
        origin_id,
        origin_number,
        effective_on,
        due_on,
        amount,
        settled,
    } = row;
    Ok(OpenItem {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        side: stored(&side)?,
        party_name: parties.get(&party_id).cloned().unwrap_or_default(),
        party_id: party_id.into(),
        source_kind: stored(&source_kind)?,
        source_id: source_id.into(),
        source_number,
        origin_id: origin_id.map(Into::into),
        origin_number,
        effective_on: effective_on.into(),
        due_on: due_on.map(Into::into),
        amount: Money(amount),
        settled: Money(settled),
        open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_than_is_open_and_never_below_nothing() {
        let item = item::Model { amount: 100, settled: 30, source_number: "JS1".to_owned(), ..Default::default() };
        assert_eq!(settled(&item, Money(70)).unwrap().settled, 100);
        assert_eq!(settled(&item, Money(-30)).unwrap().settled, 0);
        assert_eq!(settled(&item, Money(71)).unwrap_err().code(), OPEN_ITEM_EXCEEDED);
        assert!(settled(&item, Money(-31)).is_err());
    }
}
