//! Where serials are: locked before a posting is planned, written with it.

use super::entity::{entry, serial};
use super::model::{Books, MoveDraft, Place, SerialState};
use super::places;
use crate::document::entity::doc;
use chrono::{DateTime, Utc};
use openapi::Money;
use openapi::choice::Choice;
use platform::db::Write;
use platform::doc::lifecycle::stored;
use platform::{Failure, Result, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Makes a row for serials that come from outside for the first time, so that two who bring in the same one meet here.
/// Answers with those that were made.
pub(super) async fn announce(
    tx: &Tx,
    head: &doc::Model,
    at: DateTime<Utc>,
    drafts: &[MoveDraft],
) -> Result<Vec<serial::Model>> {
    use serial::Column as C;
    let mut rows: Vec<serial::Model> = Vec::new();
    for draft in drafts.iter().filter(|d| !d.way().0.kind.holds_goods() && !d.is_value_alone()) {
        let Some(text) = &draft.serial else { continue };
        rows.push(serial::Model {
            product_id: draft.product,
            serial: text.clone(),
            place_id: draft.way().0.id,
            condition: draft.condition.as_str().to_owned(),
            owner: draft.owner.as_str().to_owned(),
            value: 0,
            moved_at: at,
            doc_id: head.id,
        });
    }
    if rows.is_empty() {
        return Ok(rows);
    }
    rows.sort_by(|a, b| (a.product_id, &a.serial).cmp(&(b.product_id, &b.serial)));
    rows.dedup_by(|a, b| (a.product_id, &a.serial) == (b.product_id, &b.serial));
    let nothing = OnConflict::columns([C::ProductId, C::Serial]).do_nothing().to_owned();
    let rows = rows.into_iter().map(|row| sea_orm::ActiveModelTrait::reset_all(row.into_active_model()));
    let mut insert = serial::Entity::insert_many(rows).on_conflict(nothing).into_query();
    tx.insert_now::<serial::Entity>(insert.returning_all(), &["product", "stock_place", "stock_doc"]).await
}

/// Locks the serials of the drafts and reads where they are; those that were announced just now are locked and read.
pub(super) async fn lock(
    tx: &Tx,
    drafts: &[MoveDraft],
    announced: Vec<serial::Model>,
    known: &mut HashMap<Uuid, Place>,
) -> Result<HashMap<(Uuid, String), SerialState>> {
    let mut wanted: BTreeSet<(Uuid, &str)> =
        drafts.iter().filter_map(|d| d.serial.as_deref().map(|s| (d.product, s))).collect();
    wanted.retain(|(product, text)| !announced.iter().any(|row| row.product_id == *product && row.serial == *text));
    let mut rows = announced;
    if !wanted.is_empty() {
        rows.extend(locked(tx, &wanted).await?);
    }
    let strange: Vec<Uuid> = rows.iter().map(|row| row.place_id).filter(|id| !known.contains_key(id)).collect();
    if !strange.is_empty() {
        known.extend(places::by_id(tx, strange).await?);
    }
    let mut states = HashMap::with_capacity(rows.len());
    for row in rows {
        let serial::Model { product_id, serial, place_id, condition, owner, value, moved_at, doc_id } = row;
        let place =
            *known.get(&place_id).ok_or_else(|| Failure::Internal(format!("serial {serial} is at no place")))?;
        let state = SerialState {
            place,
            condition: stored(&condition)?,
            owner: stored(&owner)?,
            value: Money(value),
            moved_at,
            doc: doc_id,
        };
        states.insert((product_id, serial), state);
    }
    Ok(states)
}

async fn locked(tx: &Tx, wanted: &BTreeSet<(Uuid, &str)>) -> Result<Vec<serial::Model>> {
    use serial::Column as C;
    let any = wanted.iter().fold(Condition::any(), |any, (product, text)| {
        any.add(Condition::all().add(C::ProductId.eq(*product)).add(C::Serial.eq(*text)))
    });
    let select = serial::Entity::find().filter(any).order_by_asc(C::ProductId).order_by_asc(C::Serial);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.all(tx.conn()).await?)
}

/// For a mirror, only moves that stand have moved a serial since: those that were taken back do not.
pub(super) async fn standing_moves(
    tx: &Tx,
    original: Uuid,
    serials: &mut HashMap<(Uuid, String), SerialState>,
) -> Result<()> {
    use entry::Column as C;
    let rows = entry::Entity::find()
        .filter(C::Serial.is_in(serials.keys().map(|(_, text)| text.clone())))
        .filter(C::ProductId.is_in(serials.keys().map(|(product, _)| *product)))
        .filter(C::Quantity.ne(0))
        .order_by_asc(C::EffectiveAt)
        .order_by_asc(C::Seq)
        .all(tx.conn())
        .await?;
    let undone: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.mirror_of).collect();
    for ((product, text), state) in serials {
        let last = rows.iter().rev().find(|row| {
            row.product_id == *product
                && row.serial.as_ref() == Some(text)
                && row.mirror_of.is_none()
                && row.doc_id != original
                && !undone.contains(&row.id)
        });
        (state.moved_at, state.doc) =
            last.map_or((DateTime::<Utc>::MIN_UTC, original), |row| (row.effective_at, row.doc_id));
    }
    Ok(())
}

/// Writes where the serials of the drafts are now.
pub(super) fn write(tx: &Tx, books: &Books, drafts: &[MoveDraft]) {
    use serial::Column as C;
    let moved: BTreeSet<(Uuid, String)> =
        drafts.iter().filter_map(|d| d.serial.clone().map(|s| (d.product, s))).collect();
    let row = |(product_id, text): &(Uuid, String)| {
        let state = books.serials.get(&(*product_id, text.clone()))?;
        let SerialState { place, condition, owner, value, moved_at, doc } = state.clone();
        let model = serial::Model {
            product_id: *product_id,
            serial: text.clone(),
            place_id: place.id,
            condition: condition.as_str().to_owned(),
            owner: owner.as_str().to_owned(),
            value: value.0,
            moved_at,
            doc_id: doc,
        };
        Some(sea_orm::ActiveModelTrait::reset_all(model.into_active_model()))
    };
    let rows: Vec<serial::ActiveModel> = moved.iter().filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    let replace = OnConflict::columns([C::ProductId, C::Serial])
        .update_columns([C::PlaceId, C::Condition, C::Owner, C::Value, C::MovedAt, C::DocId])
        .to_owned();
    let insert = serial::Entity::insert_many(rows).on_conflict(replace).build(tx.conn().get_database_backend());
    tx.write("serial_state", None, Write::Touch, insert);
}
