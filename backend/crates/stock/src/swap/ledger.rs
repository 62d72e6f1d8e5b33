//! What is owed: balances under lock, and the entries that they are the sum of.

use super::entity::{balance, entry, line, swap};
use openapi::Quantity;
use openapi::choice::Choice;
use openapi::stock::swap::{SwapSide, SwapWay};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

/// The balance of an accessory with the party of a swap, locked; made when there is none yet.
pub async fn lock(tx: &Tx, head: &swap::Model, product: Uuid) -> Result<balance::Model> {
    use balance::Column as C;
    let side = stored::<SwapWay>(&head.way)?.side();
    if let Some(row) = find(tx, head, side, product).await? {
        return Ok(row);
    }
    let blank = balance::Model {
        id: platform::new_id(),
        version: 1,
        created_at: tx.now(),
        created_by: tx.actor().user_id,
        updated_at: tx.now(),
        updated_by: tx.actor().user_id,
        org_id: head.org_id,
        side: side.as_str().to_owned(),
        party_id: head.party_id,
        product_id: product,
        ..Default::default()
    };
    // somebody else may be making the same one
    let nothing = OnConflict::columns([C::OrgId, C::Side, C::PartyId, C::ProductId]).do_nothing().to_owned();
    let insert = balance::Entity::insert(blank.into_active_model().reset_all()).on_conflict(nothing);
    insert.exec_without_returning(tx.conn()).await?;
    let lost = || Failure::Internal("a balance of swaps was not made".to_owned());
    find(tx, head, side, product).await?.ok_or_else(lost)
}

async fn find(tx: &Tx, head: &swap::Model, side: SwapSide, product: Uuid) -> Result<Option<balance::Model>> {
    use balance::Column as C;
    let select = balance::Entity::find()
        .filter(C::OrgId.eq(head.org_id))
        .filter(C::Side.eq(side.as_str()))
        .filter(C::PartyId.eq(head.party_id))
        .filter(C::ProductId.eq(product));
    let select = if tx.dialect().locks_rows() { select.lock_exclusive() } else { select };
    Ok(select.one(tx.conn()).await?)
}

/// What is still owed.
pub const fn open(row: &balance::Model) -> Quantity {
    Quantity(row.taken - row.given)
}

/// Notes what a line of a swap did to a locked balance, or takes it back.
pub async fn note(tx: &Tx, head: &swap::Model, line: &line::Model, before: balance::Model, sign: i64) -> Result<()> {
    let way: SwapWay = stored(&head.way)?;
    let quantity = sign * (line.quantity - line.over);
    let after = match way.opens() {
        true => balance::Model { taken: before.taken + quantity, ..before.clone() },
        false => balance::Model { given: before.given + quantity, ..before.clone() },
    };
    let after = tx.save::<balance::Entity>(&before, after).await?;
    let row = entry::Model {
        way: head.way.clone(),
        is_reversal: sign < 0,
        swap_id: head.id,
        swap_number: head.number.clone(),
        party_id: head.party_id,
        product_id: line.product_id,
        quantity: sign * line.quantity,
        open: open(&after).0,
        serial: line.serial.clone(),
        org_id: head.org_id,
        ..Default::default()
    };
    tx.create::<entry::Entity>(row).await?;
    Ok(())
}
