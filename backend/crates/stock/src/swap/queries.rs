//! Reads.

use super::entity::{balance, entry, line, swap};
use super::model::Lot;
use crate::document::for_document::{PlaceRef, postings_of};
use crate::facts;
use crate::ledger::entity::balance as cell;
use crate::ledger::places;
use crate::requisition::lost_product;
use openapi::choice::Choice;
use openapi::stock::swap::{
    GetSwap, ListSwapBalances, ListSwapEntries, ListSwaps, Swap, SwapAction, SwapBalance, SwapEntry, SwapLine, SwapRow,
    SwapState,
};
use openapi::stock::{Condition, Owner, PlaceKind, SWAP_EDIT, SWAP_POST, SWAP_REVERSE};
use openapi::{ItemCode, Page, Quantity, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Names that stand beside rows, read together.
struct Names {
    stations: facts::StationNames,
    parties: HashMap<Uuid, String>,
    products: HashMap<Uuid, facts::Product>,
}

impl Names {
    async fn of(
        tx: &ReadTx,
        orgs: impl IntoIterator<Item = Uuid>,
        parties: impl IntoIterator<Item = Uuid>,
        products: impl IntoIterator<Item = Uuid>,
    ) -> Result<Self> {
        Ok(Names {
            stations: facts::stations(tx, orgs.into_iter().collect::<HashSet<_>>()).await?,
            parties: master::api::customer_named(tx, parties.into_iter().collect::<HashSet<_>>()).await?,
            products: facts::products(tx, products.into_iter().collect::<HashSet<_>>()).await?,
        })
    }

    fn party<const MAX: usize>(&self, id: Uuid) -> Text<MAX> {
        Text::stored(self.parties.get(&id).cloned().unwrap_or_default())
    }

    fn product(&self, id: Uuid) -> Result<(ItemCode, Text<120>)> {
        let product = self.products.get(&id).ok_or_else(lost_product)?;
        Ok((ItemCode::stored(product.code.clone()), Text::stored(product.name.clone())))
    }
}

pub async fn list(tx: &ReadTx, call: Call<ListSwaps>) -> Result<Page<SwapRow>> {
    use swap::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, any way Way, id org_id OrgId, id party_id PartyId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Reference, C::Remark],
    };
    let found = page(tx, &call.query, swap::Entity::find().filter(all), &shape).await?;
    let rows = &found.items;
    let names = Names::of(tx, rows.iter().map(|r| r.org_id), rows.iter().map(|r| r.party_id), []).await?;
    let warehouses = facts::warehouses(tx, rows.iter().map(|r| r.warehouse_id)).await?;
    found.try_map(|row| {
        let (org_name, party_name) = (names.stations.of(row.org_id), names.party(row.party_id));
        let warehouse_name = named(&warehouses, row.warehouse_id);
        Ok(shown!(row => SwapRow {
            id, version, created_at, updated_at, org_id, number, state, way, reference, total_quantity, posted_at,
        } with { org_name, party_name, warehouse_name })?)
    })
}

fn named<const MAX: usize>(warehouses: &HashMap<Uuid, facts::Warehouse>, id: Uuid) -> Text<MAX> {
    Text::stored(warehouses.get(&id).map(|w| w.name.clone()).unwrap_or_default())
}

pub async fn get(tx: &ReadTx, call: Call<GetSwap>) -> Result<Swap> {
    detail(tx, tx.get::<swap::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: swap::Model) -> Result<Swap> {
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let names = Names::of(tx, [row.org_id], [row.party_id], rows.iter().map(|l| l.product_id)).await?;
    let warehouses = facts::warehouses(tx, [row.warehouse_id]).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = names.product(row.product_id)?;
        Ok::<_, Failure>(shown!(row => SwapLine {
            id, product_id, serial, for_serial, quantity, over, owed, condition, is_replaced, fault,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_draft = document::state_of::<swap::Entity>(&row)? == SwapState::Draft;
    let is_editable = is_draft && tx.may_at(SWAP_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let postings = postings_of(tx, row.id).await?;
    let (org_name, party_name) = (names.stations.of(row.org_id), names.party(row.party_id));
    let warehouse_name = named(&warehouses, row.warehouse_id);
    Ok(shown!(row => Swap {
        id, version, created_at, updated_at, org_id, number, state, way, party_id, warehouse_id, reference, accept_over,
        posted_at, remark,
    } with { allowed, is_editable, org_name, party_name, warehouse_name, lines, postings })?)
}

/// What the caller may do.
async fn allowed(tx: &ReadTx, row: &swap::Model) -> Result<Vec<SwapAction>> {
    let mut actions = Vec::new();
    for action in document::allowed::<swap::Entity>(tx, row)? {
        let permission = match action {
            SwapAction::Post => SWAP_POST,
            SwapAction::Void => SWAP_EDIT,
            SwapAction::Reverse => SWAP_REVERSE,
        };
        if tx.may_at(permission, row.org_id).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}

pub async fn balances(tx: &ReadTx, call: Call<ListSwapBalances>) -> Result<Page<SwapBalance>> {
    use balance::Column as C;
    let filter = &call.query.filter;
    let is_open = Expr::col(C::Taken).gt(Expr::col(C::Given));
    let all = narrowed!(filter, C: any side Side, id org_id OrgId, id party_id PartyId, id product_id ProductId)
        .add_option((filter.include_settled != Some(true)).then_some(is_open));
    let shape = Shape { sorts: &[("updated_at", C::UpdatedAt), ("created_at", C::CreatedAt)], search: &[] };
    let found = page(tx, &call.query, balance::Entity::find().filter(all), &shape).await?;
    let rows = &found.items;
    let (orgs, parties) = (rows.iter().map(|r| r.org_id), rows.iter().map(|r| r.party_id));
    let names = Names::of(tx, orgs, parties, rows.iter().map(|r| r.product_id)).await?;
    found.try_map(|row| {
        let (product_code, product_name) = names.product(row.product_id)?;
        let (org_name, party_name) = (names.stations.of(row.org_id), names.party(row.party_id));
        let open = Quantity(row.taken - row.given);
        Ok(shown!(row => SwapBalance {
            id, version, created_at, updated_at, org_id, side, party_id, product_id, taken, given,
        } with { org_name, party_name, product_code, product_name, open })?)
    })
}

pub async fn entries(tx: &ReadTx, call: Call<ListSwapEntries>) -> Result<Page<SwapEntry>> {
    use entry::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any way Way, id org_id OrgId, id party_id PartyId, id product_id ProductId, id swap_id SwapId
    );
    let shape = Shape { sorts: &[("created_at", C::CreatedAt)], search: &[C::SwapNumber, C::Serial] };
    let found = page(tx, &call.query, entry::Entity::find().filter(all), &shape).await?;
    let rows = &found.items;
    let names = Names::of(tx, [], rows.iter().map(|r| r.party_id), rows.iter().map(|r| r.product_id)).await?;
    found.try_map(|row| {
        let (product_code, product_name) = names.product(row.product_id)?;
        let party_name = names.party(row.party_id);
        Ok(shown!(row => SwapEntry {
            id, version, created_at, updated_at, org_id, way, is_reversal, swap_id, swap_number, party_id, product_id,
            serial, quantity, open,
        } with { party_name, product_code, product_name })?)
    })
}

/// Where a product lies at a station: in one place, or in its warehouses and at factories; what is the distributors'
/// first, and in warehouses before factories.
pub async fn lots(
    tx: &ReadTx,
    org: Uuid,
    product: Uuid,
    owner: Option<Owner>,
    at: Option<PlaceRef>,
) -> Result<Vec<Lot>> {
    use cell::Column as C;
    let owners = owner.map_or_else(|| vec![Owner::Customer, Owner::Company], |owner| vec![owner]);
    let select = cell::Entity::find()
        .filter(C::OrgId.eq(org))
        .filter(C::ProductId.eq(product))
        .filter(C::Owner.is_in(owners.iter().map(|owner| owner.as_str())))
        .filter(C::OnHand.gt(0));
    let cells = select.all(tx.conn()).await?;
    let places = places::by_id(tx, cells.iter().map(|row| row.place_id)).await?;
    let mut lots = Vec::new();
    for row in cells {
        let Some(place) = places.get(&row.place_id) else { continue };
        let there = PlaceRef { kind: place.kind, org: place.org, holder: place.holder };
        let is_meant = match at {
            Some(place) => place == there,
            None => matches!(place.kind, PlaceKind::Warehouse | PlaceKind::Factory),
        };
        if is_meant {
            let (condition, owner) = (stored::<Condition>(&row.condition)?, stored::<Owner>(&row.owner)?);
            lots.push(Lot { place: there, condition, owner, quantity: Quantity(row.on_hand - row.reserved) });
        }
    }
    // faulty pieces before good ones
    lots.sort_by_key(|lot| {
        let is_far = lot.place.kind != PlaceKind::Warehouse;
        (lot.owner != Owner::Customer, lot.condition == Condition::Good, is_far, lot.place.holder)
    });
    Ok(lots)
}
