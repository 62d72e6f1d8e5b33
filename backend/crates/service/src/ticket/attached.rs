//! Photos, signatures and the timeline of a ticket: who may see them, and who may add some.

use super::entity::ticket;
use super::step::frozen;
use openapi::choice::Choice;
use openapi::service::state::TicketState;
use openapi::service::{TICKET_CALLBACK, TICKET_INSPECT, TICKET_INTAKE, TICKET_PICKUP, TICKET_REPAIR, TICKET_VIEW};
use platform::doc::subject::{Access, Subjects};
use platform::{Failure, Head, ReadTx, Result};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Enters the ticket as something that files and timelines belong to.
pub fn subjects(subjects: &mut Subjects) {
    subjects.on(ticket::Entity::NAME, |tx, id, access| Box::pin(check(tx, id, access)));
}

/// Whoever sees the ticket sees its files; whoever works on it adds some, as long as it is not audited.
async fn check(tx: &ReadTx, id: Uuid, access: Access) -> Result<()> {
    let permissions = match access {
        Access::View => vec![TICKET_VIEW],
        Access::Edit => vec![TICKET_INTAKE, TICKET_REPAIR, TICKET_INSPECT, TICKET_PICKUP, TICKET_CALLBACK],
    };
    if !permissions.iter().any(|permission| tx.actor().may(*permission)) {
        return tx.require(permissions.first().copied().unwrap_or(TICKET_VIEW));
    }
    let reach = permissions.iter().fold(Condition::any(), |any, one| any.add(tx.in_reach_of::<ticket::Entity>(*one)));
    let found = ticket::Entity::find().filter(ticket::Column::Id.eq(id)).filter(reach).one(tx.conn()).await?;
    let row = found.ok_or_else(Failure::not_found)?;
    if access == Access::Edit && row.state == TicketState::Audited.as_str() {
        return Err(frozen(tx));
    }
    Ok(())
}
