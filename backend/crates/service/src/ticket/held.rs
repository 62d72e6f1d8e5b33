//! What engineers hold: the parts of their tickets, and what they drew without one. The stock ledger has the last word:
//! what it shows in an engineer's custody beyond the tickets is a line of its own.

use super::entity::{part, ticket};
use openapi::choice::Choice;
use openapi::identity::UserId;
use openapi::service::custody::{HeldPart, HeldParts, ListHeldParts};
use openapi::service::state::TicketState;
use openapi::{ItemCode, Quantity, Text};
use platform::{Call, ReadTx, Result};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Lines that one answer carries.
const CAP: usize = 5000;

pub async fn list(tx: &ReadTx, call: Call<ListHeldParts>) -> Result<HeldParts> {
    let query = call.query.0;
    let ledger = stock::api::custody(tx, query.org_id, query.engineer_id).await?;
    let mut beyond: BTreeMap<(Uuid, Uuid), i64> = BTreeMap::new();
    for line in ledger {
        *beyond.entry((line.engineer.into(), line.product.into())).or_default() += line.quantity.0;
    }
    let tickets = tickets_of(tx, &query).await?;
    let parts = parts_of(tx, tickets.keys().copied().collect()).await?;
    let mut items: Vec<HeldPart> = parts.into_iter().filter_map(|row| on_ticket(row, &tickets)).collect();
    for item in &items {
        if let Some(rest) = beyond.get_mut(&(item.engineer_id.into(), item.product_id.into())) {
            *rest -= item.held.0;
        }
    }
    beyond.retain(|_, rest| *rest > 0);
    items.extend(without_ticket(tx, beyond).await?);
    items.sort_by(|a, b| {
        (&a.engineer_name, &a.ticket_number, &*a.product_code).cmp(&(
            &b.engineer_name,
            &b.ticket_number,
            &*b.product_code,
        ))
    });
    let is_capped = items.len() > CAP;
    items.truncate(CAP);
    Ok(HeldParts { items, is_capped })
}

/// Tickets whose parts may be in somebody's hands: what is inspected has used its parts up.
async fn tickets_of(
    tx: &ReadTx,
    query: &openapi::service::custody::CustodyQuery,
) -> Result<HashMap<Uuid, ticket::Model>> {
    use ticket::Column as C;
    let under_way = [TicketState::AwaitingParts, TicketState::Repairing].map(|state| state.as_str());
    let mut select =
        tx.select::<ticket::Entity>().filter(C::State.is_in(under_way)).filter(C::EngineerId.is_not_null());
    if let Some(org) = query.org_id {
        select = select.filter(C::OrgId.eq(org.uuid()));
    }
    if let Some(engineer) = query.engineer_id {
        select = select.filter(C::EngineerId.eq(engineer.uuid()));
    }
    let rows = select.order_by_asc(C::Id).limit(10_000).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn parts_of(tx: &ReadTx, tickets: Vec<Uuid>) -> Result<Vec<part::Model>> {
    use part::Column as C;
    let held = Expr::col(C::Issued).sub(Expr::col(C::Returned)).sub(Expr::col(C::Consumed)).gt(0);
    let mut rows = Vec::new();
    for some in tickets.chunks(500) {
        let select = part::Entity::find().filter(C::TicketId.is_in(some.iter().copied())).filter(held.clone());
        rows.extend(select.order_by_asc(C::PositionNo).all(tx.conn()).await?);
    }
    Ok(rows)
}

fn on_ticket(row: part::Model, tickets: &HashMap<Uuid, ticket::Model>) -> Option<HeldPart> {
    let head = tickets.get(&row.ticket_id)?;
    Some(HeldPart {
        engineer_id: head.engineer_id?.into(),
        engineer_name: head.engineer_name.clone().unwrap_or_default(),
        ticket_id: Some(head.id.into()),
        ticket_number: Some(head.number.clone()),
        product_id: row.product_id.into(),
        product_code: ItemCode::stored(row.product_code),
        product_name: Text::stored(row.product_name),
        issued: Quantity(row.issued),
        returned: Quantity(row.returned),
        fitted: Quantity(row.used),
        held: Quantity(row.issued - row.returned - row.consumed),
        loose: Quantity(row.issued - row.returned - row.used),
    })
}

/// What was drawn without a ticket.
async fn without_ticket(tx: &ReadTx, beyond: BTreeMap<(Uuid, Uuid), i64>) -> Result<Vec<HeldPart>> {
    let products = master::api::products(tx, beyond.keys().map(|(_, product)| *product)).await?;
    let people = identity::api::people_named(tx.conn(), beyond.keys().map(|(engineer, _)| *engineer)).await?;
    let line = |((engineer, product), quantity): ((Uuid, Uuid), i64)| {
        let found = products.get(&product)?;
        Some(HeldPart {
            engineer_id: UserId::from(engineer),
            engineer_name: people.get(&engineer).cloned().unwrap_or_default(),
            ticket_id: None,
            ticket_number: None,
            product_id: product.into(),
            product_code: found.code.clone(),
            product_name: found.name.clone(),
            issued: Quantity(quantity),
            returned: Quantity::ZERO,
            fitted: Quantity::ZERO,
            held: Quantity(quantity),
            loose: Quantity(quantity),
        })
    };
    Ok(beyond.into_iter().filter_map(line).collect())
}
