//! Opening, settling and taking back.

use super::entity::{allocation, item};
use super::{model, queries};
use crate::api::{ItemReopened, ItemSettled, Source};
use openapi::Money;
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::receipt::AllocationDraft;
use platform::{Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a document leaves open.
pub struct NewItem {
    pub org_id: Uuid,
    pub side: OpenItemSide,
    pub party_id: Uuid,
    pub source: Source,
    pub origin: Option<(Uuid, String)>,
    pub effective_on: chrono::NaiveDate,
    pub due_on: Option<chrono::NaiveDate>,
    pub amount: Money,
}

/// Records an open item.
pub async fn open(tx: &Tx, new: NewItem) -> Result<item::Model> {
    let NewItem { org_id, side, party_id, source, origin, effective_on, due_on, amount } = new;
    let (origin_id, origin_number) = origin.unzip();
    let row = item::Model {
        org_id,
        side: side.as_str().to_owned(),
        party_id,
        source_kind: source.kind.as_str().to_owned(),
        source_id: source.id,
        source_number: source.number,
        origin_id,
        origin_number,
        effective_on,
        due_on,
        amount: amount.0,
        settled: 0,
        ..Default::default()
    };
    tx.create::<item::Entity>(row).await
}

/// The same for a document that may have been taken back before: its item, which that closed, is opened again.
pub async fn open_again(tx: &Tx, new: NewItem) -> Result<item::Model> {
    let Some(known) = queries::of(tx, new.source.id, new.side).await? else { return open(tx, new).await };
    let before = tx.lock_other::<item::Entity>(known.id).await?;
    let select = allocation::Entity::find().filter(allocation::Column::OpenItemId.eq(before.id));
    let last = select.order_by_desc(allocation::Column::Id).one(tx.conn()).await?;
    let closed = last.filter(|last| last.source_id == new.source.id && last.amount == before.settled);
    let closed = closed.ok_or_else(|| Failure::Internal(format!("{} is open already", before.source_number)))?;
    let NewItem { party_id, source, effective_on, due_on, amount, .. } = new;
    tx.insert_all::<allocation::Entity>([row(tx, before.id, &source, Money(-closed.amount), Some(closed.id))]).await?;
    let after = item::Model { party_id, effective_on, due_on, amount: amount.0, settled: 0, ..before.clone() };
    tx.save::<item::Entity>(&before, after).await
}

/// Locks items in the order of their ids, which is the order for everybody.
pub async fn lock(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<BTreeMap<Uuid, item::Model>> {
    let ids: std::collections::BTreeSet<Uuid> = ids.into_iter().collect();
    let mut locked = BTreeMap::new();
    for id in ids {
        locked.insert(id, tx.lock_other::<item::Entity>(id).await?);
    }
    Ok(locked)
}

/// Locks the items that lists of a body name, each list with its name; one that is not in reach is a wrong value.
pub async fn lock_named(tx: &Tx, lists: [(&str, &[AllocationDraft]); 2]) -> Result<BTreeMap<Uuid, item::Model>> {
    let mut named = BTreeMap::new();
    for (list, wanted) in lists {
        for (at, wanted) in wanted.iter().enumerate() {
            named.entry(wanted.open_item_id.uuid()).or_insert_with(|| format!("/{list}/{at}/open_item_id"));
        }
    }
    let mut locked = BTreeMap::new();
    for (id, pointer) in named {
        let found = tx.lock_other::<item::Entity>(id).await;
        locked.insert(id, found.map_err(|failure| failure.named_at(&pointer))?);
    }
    Ok(locked)
}

/// Settles part of an item that is locked, and tells when nothing is left open.
pub async fn allocate(tx: &Tx, item: &item::Model, by: &Source, amount: Money) -> Result<()> {
    change(tx, item, by, amount, None).await
}

/// Closes what is left of a locked item because the document that made it is taken back.
pub async fn void(tx: &Tx, item: &item::Model, by: &Source) -> Result<()> {
    let rest = model::open(item);
    let after = model::settled(item, rest)?;
    tx.save::<item::Entity>(item, after).await?;
    tx.insert_all::<allocation::Entity>([row(tx, item.id, by, rest, None)]).await
}

/// Takes back whatever a document allocated, in the name of its mirror. Locks the items.
pub async fn take_back(tx: &Tx, document: Uuid, mirror: &Source) -> Result<()> {
    let allocations = of_source(tx, document).await?;
    let mut items = lock(tx, allocations.iter().map(|a| a.open_item_id)).await?;
    for allocation in allocations {
        let Some(item) = items.remove(&allocation.open_item_id) else { continue };
        change(tx, &item, mirror, Money(-allocation.amount), Some(allocation.id)).await?;
    }
    Ok(())
}

/// What a document allocated.
pub async fn of_source(tx: &platform::ReadTx, document: Uuid) -> Result<Vec<allocation::Model>> {
    let select = allocation::Entity::find().filter(allocation::Column::SourceId.eq(document));
    Ok(select.order_by_asc(allocation::Column::Id).all(tx.conn()).await?)
}

async fn change(tx: &Tx, item: &item::Model, by: &Source, amount: Money, mirror_of: Option<Uuid>) -> Result<()> {
    let after = model::settled(item, amount)?;
    let (was_open, is_open) = (!model::open(item).is_zero(), !model::open(&after).is_zero());
    tx.save::<item::Entity>(item, after).await?;
    tx.insert_all::<allocation::Entity>([row(tx, item.id, by, amount, mirror_of)]).await?;
    match (was_open, is_open) {
        (true, false) => tx.emit(&ItemSettled { source_id: item.source_id, origin_id: item.origin_id }).await,
        (false, true) => tx.emit(&ItemReopened { source_id: item.source_id, origin_id: item.origin_id }).await,
        _ => Ok(()),
    }
}

fn row(tx: &Tx, item: Uuid, by: &Source, amount: Money, mirror_of: Option<Uuid>) -> allocation::Model {
    allocation::Model {
        id: platform::new_id(),
        open_item_id: item,
        source_kind: by.kind.as_str().to_owned(),
        source_id: by.id,
        created_at: tx.now(),
        amount: amount.0,
        mirror_of,
    }
}
