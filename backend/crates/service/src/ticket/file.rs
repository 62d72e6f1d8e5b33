//! What becomes of open tickets when base data puts the file of their unit right.

use super::custody;
use super::entity::ticket;
use super::queries::open_states;
use master::api::{UnitCorrected, UnitVerified};
use openapi::Note;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::master::unit::UnitId;
use platform::{Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The unit is on file for certain: its open tickets are abnormal no more.
pub async fn verified(tx: &Tx, event: &UnitVerified) -> Result<()> {
    for before in open_tickets(tx, event.unit_id).await?.into_iter().filter(|row| row.is_abnormal) {
        change(tx, &before, ticket::Model { is_abnormal: false, ..before.clone() }, "序列号已核实").await?;
    }
    Ok(())
}

/// Serial and model stand on the ticket too. What has ended keeps what was written then.
pub async fn corrected(tx: &Tx, event: &UnitCorrected) -> Result<()> {
    for before in open_tickets(tx, event.unit_id).await? {
        let after = ticket::Model {
            serial: Some(event.serial.to_string()),
            product_id: event.product_id.into(),
            product_name: event.product_name.clone(),
            ..before.clone()
        };
        let note = match &before.serial {
            Some(serial) if *serial != *event.serial => format!("{serial} → {}", event.serial),
            _ => format!("{} → {}", before.product_name, event.product_name),
        };
        custody::rename(tx, &after, &Note::stored(note.clone())).await?;
        change(tx, &before, after, &note).await?;
    }
    Ok(())
}

/// Locked, whoever may see them: the file of the unit is everybody's.
async fn open_tickets(tx: &Tx, unit: UnitId) -> Result<Vec<ticket::Model>> {
    use ticket::Column as C;
    let select = ticket::Entity::find()
        .filter(C::UnitId.eq(unit.uuid()))
        .filter(C::State.is_in(open_states()))
        .order_by_asc(C::Id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.all(tx.conn()).await?)
}

async fn change(tx: &Tx, before: &ticket::Model, after: ticket::Model, note: &str) -> Result<()> {
    tx.journal(DocKind::Ticket.as_str(), before.id, "edited", Some(&before.state), &before.state, Some(note));
    tx.save::<ticket::Entity>(before, after).await.map(|_| ())
}
