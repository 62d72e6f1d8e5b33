//! Stock at an earlier instant, and opening, in, out and closing between two days, by the time things took effect: from
//! the ends of months and the moves after them, so that a back-dated document shows where it belongs.

use super::by_kind::{KindSum, KindSums, by_kind};
use super::entity::balance;
use super::model::CellKey;
use super::places;
use super::queries::{described_place, place_of};
use super::snapshot::{self, Of};
use crate::facts;
use chrono::{DateTime, Days, NaiveDate, Utc};
use openapi::identity::OrgId;
use openapi::master::warehouse::WarehouseId;
use openapi::problem::field;
use openapi::stock::STOCK_COST;
use openapi::stock::balance::{
    GetStockAsOf, GetStockTurnover, StockAsOf, StockAsOfRow, Turnover, TurnoverMoves, TurnoverRow,
};
use openapi::{Date, Issue, ItemCode, Money, Quantity, Text};
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// How many rows one answer carries.
const CAP: usize = 5000;

pub async fn as_of(tx: &ReadTx, call: Call<GetStockAsOf>) -> Result<StockAsOf> {
    let query = call.query.0;
    let end = day_after(tx, query.on);
    let only = Only { org: query.org_id, is_below: query.include_below == Some(true), warehouse: query.warehouse_id };
    let places = places_of(tx, only).await?;
    let of = Of { places: &places, product: query.product_id.map(Into::into) };
    let (rows, is_capped) = described(tx, turned(tx, end, end, of).await?).await?;
    let row = |row: TurnoverRow| StockAsOfRow {
        org_id: row.org_id,
        org_name: row.org_name,
        place: row.place,
        product_id: row.product_id,
        product_code: row.product_code,
        product_name: row.product_name,
        condition: row.condition,
        owner: row.owner,
        quantity: row.opening,
        value: row.opening_value,
    };
    Ok(StockAsOf { on: query.on, items: rows.into_iter().map(row).collect(), is_capped })
}

pub async fn turnover(tx: &ReadTx, call: Call<GetStockTurnover>) -> Result<Turnover> {
    let query = call.query.0;
    if query.to < query.from {
        return Err(Failure::field("?to", Issue::new(field::ORDER)));
    }
    let (from, to) = (tx.start_of(query.from.naive()), day_after(tx, query.to));
    let only = Only { org: query.org_id, is_below: query.include_below == Some(true), warehouse: query.warehouse_id };
    let places = places_of(tx, only).await?;
    let of = Of { places: &places, product: query.product_id.map(Into::into) };
    let (items, is_capped) = described(tx, turned(tx, from, to, of).await?).await?;
    Ok(Turnover { from: query.from, to: query.to, items, is_capped })
}

fn day_after(tx: &ReadTx, on: Date) -> DateTime<Utc> {
    let on: NaiveDate = on.naive();
    tx.start_of(on.checked_add_days(Days::new(1)).unwrap_or(on))
}

/// What of the stock is asked for.
struct Only {
    org: Option<OrgId>,
    is_below: bool,
    warehouse: Option<WarehouseId>,
}

/// The places of the current call's reach that are asked for.
async fn places_of(tx: &ReadTx, only: Only) -> Result<Vec<Uuid>> {
    let mut select = tx.select::<balance::Entity>().select_only().column(balance::Column::PlaceId).distinct();
    if let Some(org) = only.org {
        let orgs =
            if only.is_below { identity::api::stations_below(tx.conn(), org.uuid()).await? } else { vec![org.uuid()] };
        select = select.filter(balance::Column::OrgId.is_in(orgs));
    }
    if let Some(warehouse) = only.warehouse {
        let place = place_of(tx, warehouse.uuid()).await?.map_or_else(Uuid::nil, |place| place.id);
        select = select.filter(balance::Column::PlaceId.eq(place));
    }
    Ok(select.into_tuple().all(tx.conn()).await?)
}

/// One cell between two instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    pub cell: CellKey,
    /// Quantity and value before.
    pub opening: (i64, i64),
    /// What came and went, by kind of document.
    pub moves: Vec<KindSum>,
}

impl Turned {
    /// Whether anything was there, came or went.
    fn is_something(&self) -> bool {
        [self.opening, self.incoming(), self.outgoing()] != [(0, 0); 3]
    }

    /// Quantity and value that came in.
    pub fn incoming(&self) -> (i64, i64) {
        self.moves.iter().fold((0, 0), |sum, m| (sum.0 + m.incoming, sum.1 + m.incoming_value))
    }

    /// Quantity and value that went out.
    pub fn outgoing(&self) -> (i64, i64) {
        self.moves.iter().fold((0, 0), |sum, m| (sum.0 + m.outgoing, sum.1 + m.outgoing_value))
    }

    /// Quantity and value afterwards.
    pub fn closing(&self) -> (i64, i64) {
        let ((quantity, value), (more, dearer), (less, cheaper)) = (self.opening, self.incoming(), self.outgoing());
        (quantity + more - less, value + dearer - cheaper)
    }
}

/// What lay in some cells before `from`, and what came and went between `from` and `to`, in the order of the cells.
pub async fn turned(tx: &ReadTx, from: DateTime<Utc>, to: DateTime<Utc>, of: Of<'_>) -> Result<Vec<Turned>> {
    let openings = snapshot::before(tx, from, of).await?;
    let mut moves = if from < to { by_kind(tx, from, to, of).await? } else { KindSums::new() };
    let cells: BTreeSet<CellKey> = openings.keys().chain(moves.keys()).copied().collect();
    let one = |cell: CellKey| {
        let opening = openings.get(&cell).copied().unwrap_or_default();
        let moves = moves.remove(&cell).unwrap_or_default().into_iter().filter(KindSum::is_something).collect();
        Turned { cell, opening, moves }
    };
    // what came and was taken back leaves nothing to show, even where costs moved meanwhile
    Ok(cells.into_iter().map(one).filter(Turned::is_something).collect())
}

async fn described(tx: &ReadTx, mut cells: Vec<Turned>) -> Result<(Vec<TurnoverRow>, bool)> {
    let is_capped = cells.len() > CAP;
    cells.truncate(CAP);
    let products = facts::products(tx, cells.iter().map(|c| c.cell.product).collect::<HashSet<_>>()).await?;
    let places = places::by_id(tx, cells.iter().map(|c| c.cell.place).collect::<HashSet<_>>()).await?;
    let names = facts::place_names(tx, places.values().copied()).await?;
    let orgs = facts::stations(tx, places.values().map(|place| place.org).collect::<HashSet<_>>()).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let money = |value: i64| sees_cost.then_some(Money(value));
    let lost = || Failure::Internal("a ledger entry points nowhere".to_owned());
    let of_kind = |sums: &KindSum| TurnoverMoves {
        kind: sums.kind,
        incoming: Quantity(sums.incoming),
        outgoing: Quantity(sums.outgoing),
        incoming_value: money(sums.incoming_value),
        outgoing_value: money(sums.outgoing_value),
    };
    let row = |turned: Turned| {
        let (incoming, outgoing, closing) = (turned.incoming(), turned.outgoing(), turned.closing());
        let Turned { cell: CellKey { place, product: product_id, condition, owner }, opening, moves } = turned;
        let product = products.get(&product_id).ok_or_else(lost)?;
        let org = places.get(&place).ok_or_else(lost)?.org;
        Ok(TurnoverRow {
            org_id: org.into(),
            org_name: orgs.of(org),
            place: described_place(&places, &names, place)?,
            product_id: product_id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            condition: condition.0,
            owner: owner.0,
            opening: Quantity(opening.0),
            incoming: Quantity(incoming.0),
            outgoing: Quantity(outgoing.0),
            closing: Quantity(closing.0),
            opening_value: money(opening.1),
            incoming_value: money(incoming.1),
            outgoing_value: money(outgoing.1),
            closing_value: money(closing.1),
            moves: moves.iter().map(of_kind).collect(),
        })
    };
    let mut rows = cells.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    // as people look for it; the cells are in an order of their own already, so that equal names stay where they were
    let key = |row: &TurnoverRow| {
        let place = row.place.name.as_deref().unwrap_or_default().to_owned();
        (row.org_name.to_string(), place, row.product_code.to_string())
    };
    rows.sort_by_cached_key(key);
    Ok((rows, is_capped))
}
