//! What commands on a ticket do to its shortages. The ticket is locked, and so are its shortages with it.

use super::entity::shortage;
use super::model;
use crate::ticket::entity::{part, ticket};
use crate::ticket::short;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::service::shortage::{ShortageAction, ShortageLife, ShortageState};
use platform::doc::document;
use platform::doc::lifecycle::{self, stored};
use platform::{Result, Tx};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Registers what a line is short of, if that is anything. The cell that it waits for is marked, so that goods which
/// come in at the same time do not overlook it. The line is not saved here.
pub async fn register(tx: &Tx, ticket: &ticket::Model, line: &mut part::Model) -> Result<()> {
    if short(line) == 0 || line.shortage_id.is_some() {
        return Ok(());
    }
    let mut held = stock::api::hold(tx, line.warehouse_id.into(), line.product_id.into()).await?;
    held.mark(tx);
    let row = shortage::Model {
        id: platform::new_id(),
        org_id: ticket.org_id,
        number: tx.number(DocKind::Shortage).await?,
        state: ShortageState::Waiting.as_str().to_owned(),
        ticket_id: ticket.id,
        ticket_number: ticket.number.clone(),
        part_id: line.id,
        product_id: line.product_id,
        warehouse_id: line.warehouse_id,
        quantity: short(line),
        allocated: 0,
        due_at: ticket.due_at,
        ..Default::default()
    };
    let row = tx.create::<shortage::Entity>(row).await?;
    lifecycle::created::<ShortageLife>(tx, row.id, ShortageState::Waiting);
    line.shortage_id = Some(row.id);
    Ok(())
}

/// A shortage of a locked ticket.
async fn of_line(tx: &Tx, line: &part::Model) -> Result<Option<shortage::Model>> {
    let Some(id) = line.shortage_id else { return Ok(None) };
    Ok(shortage::Entity::find_by_id(id).one(tx.conn()).await?)
}

/// Lets the shortage of a line follow what has become of the line.
pub async fn follow(tx: &Tx, line: &part::Model) -> Result<()> {
    let Some(before) = of_line(tx, line).await? else { return Ok(()) };
    let state: ShortageState = stored(&before.state)?;
    if matches!(state, ShortageState::Issued | ShortageState::Cancelled) {
        return Ok(());
    }
    let (allocated, step) = model::seen(state, before.quantity, line);
    let moved = (allocated, line.warehouse_id) != (before.allocated, before.warehouse_id);
    if step.is_none() && !moved {
        return Ok(());
    }
    let after = shortage::Model { allocated, warehouse_id: line.warehouse_id, ..before.clone() };
    let after = match step {
        Some(action) => stepped(tx, after, action, None)?,
        None => after,
    };
    tx.save::<shortage::Entity>(&before, after).await?;
    Ok(())
}

/// Ends the shortage of a line of which the ticket wants nothing more, before the line lets go of what is reserved.
pub async fn end(tx: &Tx, line: part::Model) -> Result<part::Model> {
    if let Some(before) = of_line(tx, &line).await?
        && let Some(action) = model::ending(stored(&before.state)?, &line)
    {
        let after = stepped(tx, before.clone(), action, None)?;
        tx.save::<shortage::Entity>(&before, after).await?;
    }
    Ok(part::Model { shortage_id: None, ..line })
}

/// When it ended, for one that people ended.
pub fn closed(tx: &Tx, row: shortage::Model) -> shortage::Model {
    shortage::Model { closed_at: Some(tx.now()), ..row }
}

/// A row after a step that follows from something else: whoever caused that needs no right of its own for it.
pub fn stepped(tx: &Tx, row: shortage::Model, action: ShortageAction, note: Option<&str>) -> Result<shortage::Model> {
    let row = document::followed::<shortage::Entity>(tx, &row, action, note)?;
    let is_over =
        matches!(document::state_of::<shortage::Entity>(&row)?, ShortageState::Issued | ShortageState::Cancelled);
    let closed_at = is_over.then(|| tx.now());
    Ok(shortage::Model { closed_at, ..row })
}

/// The ticket is due at another time, and so is what it waits for.
pub async fn due_changed(tx: &Tx, ticket: &ticket::Model) -> Result<()> {
    use shortage::Column as C;
    shortage::Entity::update_many()
        .col_expr(C::DueAt, Expr::value(ticket.due_at))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .col_expr(C::UpdatedAt, Expr::value(tx.now()))
        .filter(C::TicketId.eq(ticket.id))
        .filter(C::State.is_in(open_states()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The states in which the ticket still wants the part.
pub fn open_states() -> [&'static str; 2] {
    [ShortageState::Waiting, ShortageState::Allocated].map(Choice::as_str)
}

/// Who waits for some products at the station of a ticket and is not due after it.
pub async fn waiting(tx: &Tx, ticket: &ticket::Model, products: BTreeSet<Uuid>) -> Result<Vec<shortage::Model>> {
    use shortage::Column as C;
    let rows = shortage::Entity::find()
        .filter(C::OrgId.eq(ticket.org_id))
        .filter(C::ProductId.is_in(products))
        .filter(C::State.eq(ShortageState::Waiting.as_str()))
        .filter(C::DueAt.lte(ticket.due_at));
    Ok(rows.all(tx.conn()).await?)
}

/// How much others of them wait for in the store of a line that are due before its ticket: what is free goes to them
/// first.
pub fn before(waiting: &[shortage::Model], ticket: &ticket::Model, line: &part::Model) -> i64 {
    let is_for_it = |row: &&shortage::Model| {
        row.product_id == line.product_id && row.warehouse_id == line.warehouse_id && row.part_id != line.id
    };
    // ids grow with time: of those that are due at the same time, who has waited longer
    let goes_first =
        |row: &&shortage::Model| row.due_at < ticket.due_at || line.shortage_id.is_none_or(|own| row.id < own);
    waiting.iter().filter(is_for_it).filter(goes_first).map(model::missing).sum()
}
