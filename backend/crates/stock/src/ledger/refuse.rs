//! Refusals in words: which product, where, how much, and which later documents are in the way.

use super::entity::entry;
use super::model::{Place, Refusal};
use super::queries;
use crate::document::entity::doc;
use crate::facts;
use chrono::{DateTime, Utc};
use openapi::Quantity;
use openapi::stock::{
    STOCK_INSUFFICIENT, STOCK_INSUFFICIENT_LATER, STOCK_REVERSAL_BLOCKED, STOCK_SERIAL_ELSEWHERE,
    STOCK_SERIAL_MOVED_LATER, STOCK_SERIAL_PRESENT,
};
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

/// How many documents of a blocking chain are named.
const NAMED: usize = 10;

/// The failure that the caller gets.
pub async fn explain(tx: &Tx, head: &doc::Model, at: DateTime<Utc>, refusal: Refusal) -> Result<Failure> {
    let is_reversal = head.reversal_of.is_some();
    Ok(match refusal {
        Refusal::Insufficient { product, place, needed, available, is_later, .. } => {
            let chain =
                if is_reversal { takers(tx, head, at, product, place, needed - available).await? } else { vec![] };
            if !chain.is_empty() {
                return Ok(blocked(chain));
            }
            let code = if is_later { STOCK_INSUFFICIENT_LATER } else { STOCK_INSUFFICIENT };
            Failure::new(code)
                .with("product", facts::product_label(tx, product).await?)
                .with("place", facts::place_label(tx, place).await?)
                .with("needed", needed)
                .with("available", available)
        }
        Refusal::SerialElsewhere { serial, place, .. } => {
            let chain = if is_reversal { movers(tx, head, &serial).await? } else { vec![] };
            if !chain.is_empty() {
                return Ok(blocked(chain));
            }
            let place = facts::place_label(tx, place).await?;
            Failure::new(STOCK_SERIAL_ELSEWHERE).with("serial", serial).with("place", place)
        }
        Refusal::SerialPresent { serial, .. } => Failure::new(STOCK_SERIAL_PRESENT).with("serial", serial),
        Refusal::SerialMovedLater { serial, doc, .. } => {
            if is_reversal {
                return Ok(blocked(numbers(tx, vec![doc]).await?));
            }
            Failure::new(STOCK_SERIAL_MOVED_LATER).with("serial", serial)
        }
    })
}

/// The refusal that names the documents in the way.
fn blocked(chain: Vec<String>) -> Failure {
    Failure::blocked(STOCK_REVERSAL_BLOCKED, "chain", &chain)
}

/// The documents that took the goods since: the latest first, as many as must be reversed.
async fn takers(
    tx: &Tx,
    head: &doc::Model,
    at: DateTime<Utc>,
    product: Uuid,
    place: Place,
    lacking: Quantity,
) -> Result<Vec<String>> {
    use entry::Column as C;
    let rows = entry::Entity::find()
        .filter(C::ProductId.eq(product))
        .filter(Condition::any().add(C::FromPlaceId.eq(place.id)).add(C::ToPlaceId.eq(place.id)))
        .filter(Condition::any().add(C::EffectiveAt.gte(at)).add(C::RecordedAt.gte(at)))
        .filter(C::DocId.ne(head.id))
        .filter(C::MirrorOf.is_null())
        .order_by_desc(C::Seq)
        .limit(1000)
        .all(tx.conn())
        .await?;
    let undone = undone_docs(tx, rows.iter().map(|row| row.doc_id)).await?;
    let (mut found, mut chain) = (Quantity::ZERO, Vec::new());
    for row in rows.iter().filter(|row| row.from_place_id == place.id && !undone.contains(&row.doc_id)) {
        if found >= lacking || chain.len() >= NAMED {
            break;
        }
        found += Quantity(row.quantity);
        if !chain.contains(&row.doc_id) {
            chain.push(row.doc_id);
        }
    }
    numbers(tx, chain).await
}

/// Goods that have left at the value that a document gave them cannot get their old one back: refuses and names the
/// documents that took them. The cells are locked by now, by the mirror `by`.
pub async fn require_untouched(tx: &Tx, doc: Uuid, by: Uuid) -> Result<()> {
    use entry::Column as C;
    let mut chain = Vec::new();
    for changed in queries::of_document(tx, doc).await? {
        let mut left = entry::Entity::find()
            .filter(C::ProductId.eq(changed.product_id))
            .filter(C::Condition.eq(changed.condition))
            .filter(C::Owner.eq(changed.owner))
            .filter(C::FromPlaceId.is_in([changed.from_place_id, changed.to_place_id]))
            .filter(C::Seq.gt(changed.seq))
            .filter(C::Quantity.gt(0))
            .filter(C::DocId.ne(by));
        if let Some(serial) = changed.serial {
            left = left.filter(C::Serial.eq(serial));
        }
        let rows = left.order_by_desc(C::Seq).limit(100).all(tx.conn()).await?;
        let undone = undone_docs(tx, rows.iter().map(|row| row.doc_id)).await?;
        chain.extend(rows.iter().map(|row| row.doc_id).filter(|id| !undone.contains(id)));
    }
    let mut seen = HashSet::new();
    chain.retain(|id| seen.insert(*id));
    chain.truncate(NAMED);
    if chain.is_empty() { Ok(()) } else { Err(blocked(numbers(tx, chain).await?)) }
}

/// The documents that moved a serial since, latest first.
async fn movers(tx: &Tx, head: &doc::Model, serial: &str) -> Result<Vec<String>> {
    use entry::Column as C;
    let rows = entry::Entity::find()
        .filter(C::Serial.eq(serial))
        .filter(C::MirrorOf.is_null())
        .order_by_desc(C::Seq)
        .limit(100)
        .all(tx.conn())
        .await?;
    let undone = undone_docs(tx, rows.iter().map(|row| row.doc_id)).await?;
    let since = rows.iter().take_while(|row| Some(row.doc_id) != head.reversal_of);
    let mut chain: Vec<Uuid> = since.map(|row| row.doc_id).filter(|id| !undone.contains(id)).collect();
    chain.dedup();
    numbers(tx, chain).await
}

/// Which of these documents are reversed already.
async fn undone_docs(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    let rows = doc::Entity::find().filter(doc::Column::ReversalOf.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().filter_map(|row| row.reversal_of).collect())
}

async fn numbers(tx: &Tx, ids: Vec<Uuid>) -> Result<Vec<String>> {
    let rows = doc::Entity::find().filter(doc::Column::Id.is_in(ids.iter().copied())).all(tx.conn()).await?;
    let of = |id: &Uuid| rows.iter().find(|row| row.id == *id).map(|row| row.number.clone());
    Ok(ids.iter().filter_map(of).collect())
}
