//! What trade must know of products, warehouses, stations and parties, for replies and messages.

use openapi::master::product::ProductRow;
use openapi::master::warehouse::WarehouseRow;
use openapi::{ItemCode, Text};
use platform::{Failure, ReadTx, Result};
use std::collections::{HashMap, HashSet};
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

/// Code and name of the product of a line; a foreign key rules out that it is gone.
pub fn named(products: &HashMap<Uuid, ProductRow>, id: Uuid) -> Result<(ItemCode, Text<120>)> {
    let product = products.get(&id).ok_or_else(|| Failure::Internal("a line has no product".to_owned()))?;
    Ok((product.code.clone(), product.name.clone()))
}
