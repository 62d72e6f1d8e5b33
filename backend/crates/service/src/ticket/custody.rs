//! The customer's unit while it is with the station: taken into custody when the ticket is accepted, given back when it
//! is picked up or cancelled. Memo entries of stock without a value, undone with their step.

use super::entity::{document, ticket};
use super::store::{link, reversed};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::{Note, Serial};
use platform::{Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use stock::api::CustodyDraft;

/// The latest document of a kind that stands.
async fn standing(tx: &Tx, row: &ticket::Model, kind: DocKind) -> Result<Option<document::Model>> {
    use document::Column as C;
    let found = document::Entity::find()
        .filter(C::TicketId.eq(row.id))
        .filter(C::Kind.eq(kind.as_str()))
        .filter(C::IsReversed.eq(false))
        .order_by_desc(C::Id)
        .one(tx.conn())
        .await?;
    Ok(found)
}

/// Takes the unit in, and says by which document; a unit that is here for another ticket stays in that one's custody.
pub async fn take(tx: &Tx, row: &ticket::Model) -> Result<Option<String>> {
    let draft = CustodyDraft {
        ticket: row.id,
        org: row.org_id.into(),
        product: row.product_id.into(),
        serial: row.serial.clone().map(Serial::stored),
    };
    let Some(posted) = stock::api::take_unit(tx, draft).await? else { return Ok(None) };
    link(tx, row.id, DocKind::CustodyIn, posted.id.uuid(), &posted.number, false).await?;
    Ok(Some(posted.number))
}

/// Gives the unit back, and says by which document; nothing for what was never taken in (a ticket of before).
pub async fn give_back(tx: &Tx, row: &ticket::Model) -> Result<Option<String>> {
    let Some(taken) = standing(tx, row, DocKind::CustodyIn).await? else { return Ok(None) };
    if standing(tx, row, DocKind::CustodyOut).await?.is_some() {
        return Ok(None);
    }
    let posted = stock::api::hand_unit_back(tx, taken.document_id.into()).await?;
    link(tx, row.id, DocKind::CustodyOut, posted.id.uuid(), &posted.number, false).await?;
    Ok(Some(posted.number))
}

/// The unit is with the station again: the handing over is undone.
pub async fn take_again(tx: &Tx, row: &ticket::Model, reason: &Note<500>) -> Result<()> {
    undo(tx, row, DocKind::CustodyOut, reason).await.map(|_| ())
}

/// The file of the unit was corrected: what lies in custody has another name now.
pub async fn rename(tx: &Tx, row: &ticket::Model, reason: &Note<500>) -> Result<()> {
    if undo(tx, row, DocKind::CustodyIn, reason).await? {
        take(tx, row).await?;
    }
    Ok(())
}

async fn undo(tx: &Tx, row: &ticket::Model, kind: DocKind, reason: &Note<500>) -> Result<bool> {
    let Some(done) = standing(tx, row, kind).await? else { return Ok(false) };
    let mirror = stock::api::reverse(tx, done.document_id.into(), reason).await?;
    link(tx, row.id, kind, mirror.id.uuid(), &mirror.number, true).await?;
    reversed(tx, done).await?;
    Ok(true)
}
