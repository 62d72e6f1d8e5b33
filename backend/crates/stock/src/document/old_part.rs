//! The old parts of a ticket that lie in the station: what may still go back to the customer.

use super::entity::{doc, line};
use openapi::Quantity;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::StockDocState;
use platform::{ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// An old part of a ticket.
#[derive(Clone, Debug)]
pub struct OldPart {
    /// What it is.
    pub product: Uuid,
    /// Its serial, where one could be read.
    pub serial: Option<String>,
    /// Whose it is, and who bore the new one.
    pub owner: String,
    /// See `owner`.
    pub payer: Option<String>,
    /// How many have not gone back yet.
    pub open: Quantity,
}

/// What may still go back to the customer of a ticket, at a station.
pub async fn open_of(tx: &ReadTx, ticket: Uuid, org: Uuid) -> Result<Vec<OldPart>> {
    use doc::Column as C;
    let kinds = [DocKind::OldPartIn, DocKind::BadPartReturn];
    let heads = doc::Entity::find()
        .filter(C::TicketId.eq(ticket))
        .filter(C::OrgId.eq(org))
        .filter(C::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .filter(C::State.eq(StockDocState::Posted.as_str()))
        .filter(C::ReversalOf.is_null())
        .all(tx.conn())
        .await?;
    let came: HashMap<Uuid, bool> = heads.iter().map(|h| (h.id, h.kind == DocKind::OldPartIn.as_str())).collect();
    let lines = line::Entity::find()
        .filter(line::Column::DocId.is_in(came.keys().copied()))
        .order_by_asc(line::Column::DocId)
        .order_by_asc(line::Column::LineNo)
        .all(tx.conn())
        .await?;
    let mut parts: Vec<OldPart> = Vec::new();
    let (into, out): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|l| came.get(&l.doc_id).copied().unwrap_or_default());
    for l in into {
        let line::Model { product_id, serial, owner, payer, quantity, .. } = l;
        parts.push(OldPart { product: product_id, serial, owner, payer, open: Quantity(quantity) });
    }
    for l in out {
        // what went back came from one of them
        _ = take(&mut parts, l.product_id, l.serial.as_deref(), Some(&l.owner), Quantity(l.quantity));
    }
    Ok(parts)
}

/// Takes a quantity out of one of the parts; the part, or how many there are at most.
pub fn take(
    parts: &mut [OldPart],
    product: Uuid,
    serial: Option<&str>,
    owner: Option<&str>,
    quantity: Quantity,
) -> std::result::Result<OldPart, Quantity> {
    let fits = |p: &&mut OldPart| {
        p.product == product && p.serial.as_deref() == serial && owner.is_none_or(|owner| p.owner == owner)
    };
    let Some(part) = parts.iter_mut().filter(fits).max_by_key(|p| p.open) else { return Err(Quantity::ZERO) };
    if part.open < quantity {
        return Err(part.open);
    }
    part.open -= quantity;
    Ok(part.clone())
}

/// Lets two who give parts of the same ticket back wait for each other.
pub async fn lock(tx: &Tx, ticket: Uuid) -> Result<()> {
    let select = doc::Entity::find()
        .filter(doc::Column::TicketId.eq(ticket))
        .filter(doc::Column::Kind.eq(DocKind::OldPartIn.as_str()))
        .order_by_asc(doc::Column::Id);
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    select.all(tx.conn()).await?;
    Ok(())
}
