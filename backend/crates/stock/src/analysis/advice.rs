//! What to send from where there is too much to where there is too little; what is still missing is asked for above.

use super::need::{CAP, cells};
use crate::facts;
use openapi::stock::analysis::{AnalysisQuery, GetSupplyAdvice, SupplyAdvice, SupplyAdvices};
use openapi::{ItemCode, Quantity, Text};
use platform::{Call, Failure, ReadTx, Result};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// A station, as far as advice is concerned: the node above it.
pub type Parents = HashMap<Uuid, Option<Uuid>>;

/// What a warehouse has too much or too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub org: Uuid,
    pub warehouse: Uuid,
    pub quantity: i64,
}

/// Goods that should go from a warehouse, or from a station that is asked, to a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub to: Uuid,
    pub from: Uuid,
    pub warehouse: Option<Uuid>,
    pub quantity: i64,
}

/// Matches one product: the largest need first, from its own region before others, from the largest surplus. What lies
/// at the own station is no transfer between stations and left to the storekeeper.
pub fn matched(needs: &[End], gives: &[End], parents: &Parents) -> Vec<Leg> {
    let mut needs = needs.to_vec();
    needs.sort_by(|a, b| b.quantity.cmp(&a.quantity).then(a.warehouse.cmp(&b.warehouse)));
    let mut gives = gives.to_vec();
    let region = |org: Uuid| parents.get(&org).copied().flatten();
    let mut legs = Vec::new();
    for need in needs {
        let mut missing = need.quantity;
        let near = |give: &End| region(give.org).is_some() && region(give.org) == region(need.org);
        gives.sort_by(|a, b| {
            near(b).cmp(&near(a)).then(b.quantity.cmp(&a.quantity)).then(a.warehouse.cmp(&b.warehouse))
        });
        for give in gives.iter_mut().filter(|give| give.org != need.org) {
            let quantity = Ord::min(missing, give.quantity);
            if quantity <= 0 {
                continue;
            }
            legs.push(Leg { to: need.org, from: give.org, warehouse: Some(give.warehouse), quantity });
            give.quantity -= quantity;
            missing -= quantity;
        }
        if let (true, Some(above)) = (missing > 0, region(need.org)) {
            legs.push(Leg { to: need.org, from: above, warehouse: None, quantity: missing });
        }
    }
    legs
}

pub async fn advice(tx: &ReadTx, call: Call<GetSupplyAdvice>) -> Result<SupplyAdvices> {
    // whom a station lacks something from depends on everybody in reach, so that only the needs are narrowed
    let asked = call.query.0;
    let wide = AnalysisQuery { org_id: None, warehouse_id: None, verdict: None, ..asked.clone() };
    let (all, _) = cells(tx, &wide).await?;
    let needed: HashSet<Uuid> = match asked.org_id {
        Some(org) => {
            super::need::reachable(tx, Some(org.uuid()), asked.include_below == Some(true)).await?.into_iter().collect()
        }
        None => all.iter().map(|cell| cell.org).collect(),
    };
    let stations = identity::api::stations_below(tx.conn(), identity::api::headquarters(tx.app()).await?.0).await?;
    let stations = identity::api::stations_named(tx.conn(), stations).await?;
    let parents: Parents = stations.iter().map(|(id, station)| (*id, station.parent_id)).collect();
    let mut sides: BTreeMap<Uuid, (Vec<End>, Vec<End>)> = BTreeMap::new();
    for cell in &all {
        let end = |quantity| End { org: cell.org, warehouse: cell.warehouse, quantity };
        let side = sides.entry(cell.product).or_default();
        let is_asked = asked.warehouse_id.is_none_or(|id| id.uuid() == cell.warehouse) && needed.contains(&cell.org);
        if cell.judged.shortage > 0 && is_asked {
            side.0.push(end(cell.judged.shortage));
        }
        let gives = Ord::min(cell.judged.surplus, cell.available);
        if gives > 0 {
            side.1.push(end(gives));
        }
    }
    let mut legs: Vec<(Uuid, Leg)> = Vec::new();
    for (product, (needs, gives)) in sides {
        legs.extend(matched(&needs, &gives, &parents).into_iter().map(|leg| (product, leg)));
    }
    legs.sort_by_key(|(product, leg)| (leg.warehouse.is_none(), leg.to, leg.warehouse, *product));
    let is_capped = legs.len() > CAP;
    legs.truncate(CAP);
    let products = facts::products(tx, legs.iter().map(|(product, _)| *product).collect::<HashSet<_>>()).await?;
    let warehouses =
        facts::warehouses(tx, legs.iter().filter_map(|(_, leg)| leg.warehouse).collect::<HashSet<_>>()).await?;
    let name = |org: &Uuid| Text::stored(stations.get(org).map_or_else(String::new, |station| station.name.clone()));
    let row = |(id, leg): (Uuid, Leg)| {
        let product = products.get(&id).ok_or_else(|| Failure::Internal("a product is missing".to_owned()))?;
        let warehouse = leg.warehouse.and_then(|id| warehouses.get(&id));
        Ok(SupplyAdvice {
            org_id: leg.to.into(),
            org_name: name(&leg.to),
            supplier_id: leg.from.into(),
            supplier_name: name(&leg.from),
            warehouse_id: leg.warehouse.map(Into::into),
            warehouse_name: warehouse.map(|warehouse| Text::stored(warehouse.name.clone())),
            product_id: id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            is_serial_tracked: product.is_serial_tracked,
            quantity: Quantity(leg.quantity),
        })
    };
    Ok(SupplyAdvices { items: legs.into_iter().map(row).collect::<Result<_>>()?, is_capped })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(org: u128, warehouse: u128, quantity: i64) -> End {
        End { org: Uuid::from_u128(org), warehouse: Uuid::from_u128(warehouse), quantity }
    }

    fn legs(needs: &[End], gives: &[End]) -> Vec<(u128, u128, bool, i64)> {
        let id = Uuid::from_u128;
        let parents = [(10, 1), (11, 1), (20, 2), (1, 9), (2, 9)].map(|(org, above)| (id(org), Some(id(above))));
        let parents = parents.into_iter().chain([(id(9), None)]).collect();
        let shown = |leg: Leg| (leg.from.as_u128(), leg.to.as_u128(), leg.warehouse.is_some(), leg.quantity);
        matched(needs, gives, &parents).into_iter().map(shown).collect()
    }

    #[test]
    fn a_need_is_met_from_its_region_first_and_the_rest_is_asked_for_above() {
        let found = legs(&[end(10, 100, 9000)], &[end(20, 200, 5000), end(11, 110, 3000)]);
        assert_eq!(found, [(11, 10, true, 3000), (20, 10, true, 5000), (1, 10, false, 1000)]);
    }

    #[test]
    fn what_is_given_once_is_gone_and_the_larger_need_comes_first() {
        let found = legs(&[end(10, 100, 2000), end(11, 110, 4000)], &[end(20, 200, 5000)]);
        assert_eq!(found, [(20, 11, true, 4000), (20, 10, true, 1000), (1, 10, false, 1000)]);
    }

    #[test]
    fn a_station_sends_nothing_to_itself_and_the_headquarters_asks_nobody() {
        assert_eq!(legs(&[end(10, 100, 2000)], &[end(10, 101, 5000)]), [(1, 10, false, 2000)]);
        assert_eq!(legs(&[end(9, 90, 2000)], &[]), []);
    }
}
