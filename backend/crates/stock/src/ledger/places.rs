//! Places: found, or made when goods come there for the first time.

use super::entity::{place, serial};
use super::model::Place;
use openapi::choice::Choice;
use openapi::stock::PlaceKind;
use platform::doc::lifecycle::stored;
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use uuid::Uuid;

fn read(row: place::Model) -> Result<Place> {
    let place::Model { id, kind, org_id, holder_id } = row;
    Ok(Place { id, kind: stored(&kind)?, org: org_id, holder: holder_id })
}

/// Places that are known to be committed: a place never changes and never goes.
#[derive(Default)]
struct Known(RwLock<HashMap<(PlaceKind, Uuid, Uuid), Place>>, RwLock<HashMap<Uuid, Place>>);

impl Known {
    fn get(&self, kind: PlaceKind, org: Uuid, holder: Uuid) -> Option<Place> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&(kind, org, holder)).copied()
    }

    fn put(&self, place: Place) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert((place.kind, place.org, place.holder), place);
        self.1.write().unwrap_or_else(PoisonError::into_inner).insert(place.id, place);
    }

    fn by_id(&self, id: Uuid) -> Option<Place> {
        self.1.read().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }
}

/// The place of a kind at a station; `holder` is the warehouse or the engineer, and the station itself for places outside.
pub async fn ensure(tx: &Tx, kind: PlaceKind, org: Uuid, holder: Uuid) -> Result<Place> {
    if let Some(known) = find(tx, kind, org, holder).await? {
        return Ok(known);
    }
    let row = place::Model { id: platform::new_id(), kind: kind.as_str().to_owned(), org_id: org, holder_id: holder };
    use place::Column as C;
    let nothing = OnConflict::columns([C::Kind, C::OrgId, C::HolderId]).do_nothing().to_owned();
    tx.made_here(row.id);
    if kind == PlaceKind::Warehouse {
        tx.base_changes();
    }
    let insert = place::Entity::insert(row.into_active_model()).on_conflict(nothing);
    insert.exec_without_returning(tx.conn()).await?;
    read_one(tx, kind, org, holder).await?.ok_or_else(|| Failure::Internal("a place was not made".to_owned()))
}

/// The place, when goods have been there.
pub async fn find(tx: &ReadTx, kind: PlaceKind, org: Uuid, holder: Uuid) -> Result<Option<Place>> {
    let known = tx.app().memory.of::<Known>();
    if let Some(place) = known.get(kind, org, holder) {
        return Ok(Some(place));
    }
    let found = read_one(tx, kind, org, holder).await?;
    // one that this very call made may yet be taken back
    if let Some(place) = found.filter(|place| !tx.is_made_here(place.id)) {
        known.put(place);
    }
    Ok(found)
}

async fn read_one(tx: &ReadTx, kind: PlaceKind, org: Uuid, holder: Uuid) -> Result<Option<Place>> {
    let row = place::Entity::find()
        .filter(place::Column::Kind.eq(kind.as_str()))
        .filter(place::Column::OrgId.eq(org))
        .filter(place::Column::HolderId.eq(holder))
        .one(tx.conn())
        .await?;
    row.map(read).transpose()
}

/// Whether a serial lies in the place of a kind at a station.
pub async fn holds_serial(tx: &ReadTx, kind: PlaceKind, org: Uuid, product: Uuid, text: &str) -> Result<bool> {
    let Some(place) = find(tx, kind, org, org).await? else { return Ok(false) };
    let row = serial::Entity::find_by_id((product, text.to_owned())).one(tx.conn()).await?;
    Ok(row.is_some_and(|row| row.place_id == place.id))
}

/// Places by id.
pub async fn by_id(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Place>> {
    let known = tx.app().memory.of::<Known>();
    let (mut found, mut missing) = (HashMap::new(), Vec::new());
    for id in ids {
        if let Some(place) = known.by_id(id) {
            found.insert(id, place);
        } else {
            missing.push(id);
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    for row in place::Entity::find().filter(place::Column::Id.is_in(missing)).all(tx.conn()).await? {
        let place = read(row)?;
        if !tx.is_made_here(place.id) {
            known.put(place);
        }
        found.insert(place.id, place);
    }
    Ok(found)
}

/// The warehouses of a station that goods have been in.
pub async fn warehouses_of(tx: &ReadTx, org: Uuid) -> Result<Vec<Place>> {
    let look = async || {
        let rows = place::Entity::find()
            .filter(place::Column::Kind.eq(PlaceKind::Warehouse.as_str()))
            .filter(place::Column::OrgId.eq(org))
            .all(tx.conn())
            .await?;
        rows.into_iter().map(read).collect::<Result<Vec<_>>>()
    };
    tx.lasting(format!("places of warehouses of {org}"), look).await
}
