//! The life of a serial number: events are added by every document that touches it, and never changed.

use super::entity::{event, unit};
use super::{model, queries};
use chrono::{DateTime, Utc};
use openapi::Serial;
use openapi::choice::Choice;
use openapi::master::unit::{DocumentLink, GetSerialHistory, ImeiHint, SerialHistory, UnitEventKind, UnitId};
use platform::{Call, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// The longest history that is shown.
const LONGEST: u64 = 2000;

/// An event to be added.
#[derive(Clone, Debug)]
pub struct NewUnitEvent {
    /// The unit; none when a serial moves that has no unit yet.
    pub unit_id: Option<UnitId>,
    /// Its serial number.
    pub serial: Serial,
    /// What happened.
    pub kind: UnitEventKind,
    /// When, if not now.
    pub at: Option<DateTime<Utc>>,
    /// The document behind it.
    pub document: Option<DocumentLink>,
    /// In a few words, at most 500 characters.
    pub note: Option<String>,
}

impl NewUnitEvent {
    /// Something that happens to a unit now, without a document.
    pub(super) fn of(row: &unit::Model, kind: UnitEventKind) -> Self {
        NewUnitEvent {
            unit_id: Some(row.id.into()),
            serial: Serial::stored(row.serial.clone()),
            kind,
            at: None,
            document: None,
            note: None,
        }
    }
}

/// Adds an event.
pub async fn record(tx: &Tx, new: NewUnitEvent) -> Result<()> {
    let NewUnitEvent { unit_id, serial, kind, at, document, note } = new;
    let (doc_kind, doc_id, doc_number) = model::document_columns(document);
    let row = event::Model {
        id: platform::new_id(),
        unit_id: unit_id.map(Into::into),
        serial: serial.into(),
        happened_at: at.unwrap_or_else(|| tx.now()),
        created_at: tx.now(),
        kind: kind.as_str().to_owned(),
        doc_kind,
        doc_id,
        doc_number,
        actor_id: tx.actor().user_id,
        actor_name: tx.actor().name.clone(),
        note: note.map(|text| text.chars().take(500).collect()),
    };
    tx.insert_all::<event::Entity>([row]).await
}

pub async fn of_serial(tx: &ReadTx, call: Call<GetSerialHistory>) -> Result<SerialHistory> {
    let serial = call.query.0.serial;
    let units = queries::with_serial(tx, &serial).await?;
    let ids: Vec<Uuid> = units.iter().map(|row| row.id).collect();
    // a serial without a unit belongs to nobody: only those who see every unit see it
    let mut touched = Condition::any().add(event::Column::UnitId.is_in(ids));
    if tx.context().reach == platform::Reach::All {
        touched = touched.add(event::Column::Serial.eq(&*serial));
    }
    let mut rows = event::Entity::find()
        .filter(touched)
        .order_by_desc(event::Column::HappenedAt)
        .order_by_desc(event::Column::Id)
        .limit(LONGEST)
        .all(tx.conn())
        .await?;
    rows.reverse();
    let around = queries::around(tx, &units).await?;
    Ok(SerialHistory {
        imei: ImeiHint::of(&serial),
        serial,
        units: units.into_iter().map(|row| model::list_row(row, &around)).collect::<Result<_>>()?,
        events: rows.into_iter().map(model::event).collect::<Result<_>>()?,
    })
}
