//! What trade must know of products, warehouses, stations and parties, for replies and messages.

use openapi::choice::Choice;
use openapi::master::product::{ProductKind, ProductRow};
use openapi::master::warehouse::{WarehouseKind, WarehouseRow};
use openapi::stock::NO_WAREHOUSE_OF_KIND;
use openapi::{ItemCode, Text};
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use stock::api::PlaceRef;
use uuid::Uuid;

/// Names of stations, parties and warehouses by id.
pub struct Names {
    stations: HashMap<Uuid, identity::api::Station>,
    parties: HashMap<Uuid, String>,
    warehouses: HashMap<Uuid, WarehouseRow>,
}

impl Names {
    /// Reads the names behind (station, party, warehouse) of some documents.
    pub async fn of(tx: &ReadTx, documents: impl IntoIterator<Item = (Uuid, Uuid, Uuid)>) -> Result<Self> {
        let all: Vec<_> = documents.into_iter().collect();
        let parties: HashSet<Uuid> = all.iter().map(|(_, party, _)| *party).collect();
        Ok(Names {
            stations: identity::api::stations_named(tx.conn(), all.iter().map(|(org, ..)| *org)).await?,
            parties: master::api::customer_named(tx, parties).await?,
            warehouses: master::api::warehouses(tx, all.iter().map(|(.., warehouse)| *warehouse)).await?,
        })
    }

    /// Name of a station; empty for one that is not there, which foreign keys rule out.
    pub fn station<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.stations.get(&id).map_or_else(String::new, |station| station.name.clone()))
    }

    /// Name of a party.
    pub fn party<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.parties.get(&id).cloned().unwrap_or_default())
    }

    /// Name of a warehouse.
    pub fn warehouse<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.warehouses.get(&id).map_or_else(String::new, |warehouse| warehouse.name.to_string()))
    }
}

/// Products by id.
pub async fn products(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, ProductRow>> {
    master::api::products(tx, ids.into_iter().collect::<HashSet<_>>()).await
}

/// The product that a line of a new document names: goods in use. A service is neither bought nor sold from stock.
pub fn goods(products: &HashMap<Uuid, ProductRow>, id: Uuid) -> Option<&ProductRow> {
    products.get(&id).filter(|product| is_goods(product))
}

/// Whether a product is goods in use.
pub fn is_goods(product: &ProductRow) -> bool {
    product.is_active && product.kind != ProductKind::Service
}

/// Code and name of the product of a line; a foreign key rules out that it is gone.
pub fn named(products: &HashMap<Uuid, ProductRow>, id: Uuid) -> Result<(ItemCode, Text<120>)> {
    let product = products.get(&id).ok_or_else(|| Failure::Internal("a line has no product".to_owned()))?;
    Ok((product.code.clone(), product.name.clone()))
}

/// The warehouse that a document of a station chooses: one in use at that station.
pub async fn warehouse_at(tx: &ReadTx, org: Uuid, id: Uuid) -> Result<()> {
    let found = master::api::warehouses(tx, [id]).await?.remove(&id);
    let found = found.filter(|w| w.is_active && w.org_id.uuid() == org);
    found.map(|_| ()).ok_or_else(|| Failure::not_there("/warehouse_id"))
}

/// One row, if it is there and fits.
pub async fn one<E: platform::Head>(tx: &ReadTx, fits: sea_orm::Condition, id: Uuid) -> Result<Option<E::Model>> {
    Ok(E::find().filter(E::id().eq(id)).filter(fits).one(tx.conn()).await?)
}

/// The warehouse of a station that bad parts go to.
pub async fn bad_warehouse(tx: &Tx, org: Uuid) -> Result<PlaceRef> {
    let kind = WarehouseKind::Bad;
    if let Some(row) = master::api::warehouses_of(tx, org.into(), kind).await?.first() {
        return Ok(PlaceRef::warehouse(org, row.id.uuid()));
    }
    let station = identity::api::stations_named(tx.conn(), [org]).await?.remove(&org);
    let station = station.map(|station| station.name).unwrap_or_default();
    Err(Failure::new(NO_WAREHOUSE_OF_KIND).with("station", station).with("kind", kind.label(tx.lang())))
}
