//! What a line moves that names a piece by its serial: exactly that one, from where it is.

use super::commands::good_cost;
use super::entity::{line, swap};
use super::model::{self, Lot};
use crate::document::for_document::{MoveLine, PlaceRef};
use crate::facts;
use crate::ledger::entity::serial;
use crate::ledger::places;
use openapi::choice::Choice;
use openapi::stock::swap::{SwapState, SwapWay};
use openapi::stock::{Condition, Owner, PlaceKind, SWAP_NOT_OWED};
use openapi::{Money, Quantity};
use platform::doc::lifecycle::stored;
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

/// The ends of a swap: warehouse, factory, distributor, and where what the factory keeps goes.
struct Ends {
    here: PlaceRef,
    factory: PlaceRef,
    customer: PlaceRef,
    maker: PlaceRef,
}

fn one(serial: &str, lot: Lot, from: PlaceRef, to: PlaceRef, product: Uuid, value: Option<Money>) -> MoveLine {
    MoveLine { serial: Some(serial.to_owned()), ..model::moved(product, lot, from, to, value) }
}

/// The moves of a line with this serial.
pub async fn moves_of(tx: &Tx, head: &swap::Model, line: &line::Model, serial: &str) -> Result<Vec<MoveLine>> {
    let ends = Ends {
        here: PlaceRef::warehouse(head.org_id, head.warehouse_id),
        factory: PlaceRef { kind: PlaceKind::Factory, org: head.org_id, holder: head.party_id },
        customer: PlaceRef::outside(PlaceKind::Customer, head.org_id),
        maker: PlaceRef::outside(PlaceKind::Supplier, head.org_id),
    };
    let (product, condition) = (line.product_id, stored::<Condition>(&line.condition)?);
    let lot = |place, owner| Lot { place, condition, owner, quantity: Quantity::ONE };
    // a piece that is not where it should be is asked for there: the ledger says that it is elsewhere
    let there = async |serial: &str, place: PlaceRef, owner: Owner| -> Result<Lot> {
        let found = at(tx, product, serial).await?.filter(|found| found.place == place);
        Ok(found.unwrap_or(lot(place, owner)))
    };
    match stored::<SwapWay>(&head.way)? {
        SwapWay::Accept => {
            Ok(vec![one(serial, lot(ends.here, Owner::Customer), ends.customer, ends.here, product, None)])
        }
        SwapWay::Return if line.is_replaced => {
            let named = line.for_serial.as_deref().unwrap_or_default();
            let handed_in = handed_in(tx, head, product, named).await?;
            let good = Lot { condition: Condition::Good, ..lot(ends.here, Owner::Company) };
            let ours = Lot { owner: Owner::Company, ..handed_in };
            Ok(vec![
                one(serial, good, ends.here, ends.customer, product, None),
                one(named, handed_in, handed_in.place, ends.customer, product, None),
                one(named, ours, ends.customer, handed_in.place, product, Some(Money::ZERO)),
            ])
        }
        SwapWay::Return => {
            handed_in(tx, head, product, serial).await?;
            let lot = there(serial, ends.here, Owner::Customer).await?;
            Ok(vec![one(serial, lot, ends.here, ends.customer, product, None)])
        }
        SwapWay::Send => {
            let lot = there(serial, ends.here, Owner::Company).await?;
            Ok(vec![one(serial, lot, ends.here, ends.factory, product, None)])
        }
        SwapWay::Back if line.over > 0 => {
            let extra = Lot { condition: Condition::Good, ..lot(ends.factory, Owner::Company) };
            Ok(vec![one(serial, extra, ends.maker, ends.here, product, Some(Money::ZERO))])
        }
        SwapWay::Back => {
            let named = line.for_serial.as_deref().unwrap_or(serial);
            let sent = there(named, ends.factory, Owner::Company).await?;
            let good = Lot { condition: Condition::Good, ..sent };
            let value = match sent.owner {
                Owner::Company => Some(good_cost(tx, head.org_id, product).await?.times(Quantity::ONE)),
                Owner::Customer | Owner::Maker => None,
            };
            Ok(vec![
                one(named, sent, ends.factory, ends.maker, product, None),
                one(serial, good, ends.maker, ends.here, product, value),
            ])
        }
    }
}

/// Where a piece is, in which condition, and whose it is.
async fn at(tx: &ReadTx, product: Uuid, text: &str) -> Result<Option<Lot>> {
    let Some(row) = serial::Entity::find_by_id((product, text.to_owned())).one(tx.conn()).await? else {
        return Ok(None);
    };
    let Some(place) = places::by_id(tx, [row.place_id]).await?.remove(&row.place_id) else { return Ok(None) };
    Ok(Some(Lot {
        place: PlaceRef { kind: place.kind, org: place.org, holder: place.holder },
        condition: stored(&row.condition)?,
        owner: stored(&row.owner)?,
        quantity: Quantity::ONE,
    }))
}

/// A piece that this very party handed in and that is still its own. Nobody gets back what another one handed in.
async fn handed_in(tx: &ReadTx, head: &swap::Model, product: Uuid, text: &str) -> Result<Lot> {
    let swaps = swap::Entity::find()
        .select_only()
        .column(swap::Column::Id)
        .filter(swap::Column::PartyId.eq(head.party_id))
        .filter(swap::Column::Way.eq(SwapWay::Accept.as_str()))
        .filter(swap::Column::State.eq(SwapState::Posted.as_str()));
    let count = line::Entity::find()
        .filter(line::Column::ProductId.eq(product))
        .filter(line::Column::Serial.eq(text))
        .filter(line::Column::SwapId.in_subquery(swaps.into_query()))
        .count(tx.conn())
        .await?;
    let found = at(tx, product, text).await?.filter(|lot| lot.owner == Owner::Customer && count > 0);
    if let Some(lot) = found.filter(|lot| lot.place.kind.holds_goods()) {
        return Ok(lot);
    }
    let label = facts::product_label(tx, product).await?;
    Err(Failure::new(SWAP_NOT_OWED).with("product", format!("{label} {text}")).with("open", 0).with("over", 1))
}
