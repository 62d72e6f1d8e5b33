//! What stock was worth at the ends of the last twelve months, and is now.

use super::need::reachable;
use crate::ledger::entity::balance;
use crate::ledger::queries::place_of;
use crate::ledger::snapshot::{Of, before};
use chrono::Days;
use openapi::stock::STOCK_COST;
use openapi::stock::analysis::{GetStockHistory, StockHistory, StockWorth};
use openapi::{Date, Money, Month, Quantity};
use platform::{Call, ReadTx, Result};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

pub async fn history(tx: &ReadTx, call: Call<GetStockHistory>) -> Result<StockHistory> {
    let query = call.query.0;
    let orgs = reachable(tx, query.org_id.map(|id| id.uuid()), query.include_below == Some(true)).await?;
    let mut select = tx.select::<balance::Entity>().filter(balance::Column::OrgId.is_in(orgs));
    if let Some(warehouse) = query.warehouse_id {
        let place = place_of(tx, warehouse.uuid()).await?.map_or_else(Uuid::nil, |place| place.id);
        select = select.filter(balance::Column::PlaceId.eq(place));
    }
    let places: Vec<Uuid> =
        select.select_only().column(balance::Column::PlaceId).distinct().into_tuple().all(tx.conn()).await?;
    let of = Of { places: &places, product: query.product_id.map(Into::into) };
    let present = Month::of(tx.today());
    let mut ends: Vec<_> = std::iter::successors(Some(present), |month| Some(month.previous()))
        .take(12)
        .map(|month| month.first_day())
        .collect();
    ends.reverse();
    let mut items = Vec::with_capacity(ends.len() + 1);
    for first in ends {
        let last = first.checked_sub_days(Days::new(1)).unwrap_or(first);
        items.push(worth(tx, last.into(), tx.start_of(first), of).await?);
    }
    let today = tx.today();
    let tomorrow = tx.start_of(today.checked_add_days(Days::new(1)).unwrap_or(today));
    items.push(worth(tx, today.into(), tomorrow, of).await?);
    Ok(StockHistory { items })
}

async fn worth(tx: &ReadTx, on: Date, end: chrono::DateTime<chrono::Utc>, of: Of<'_>) -> Result<StockWorth> {
    let cells = before(tx, end, of).await?;
    let (quantity, value) = cells.values().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    Ok(StockWorth {
        on,
        cells: i64::try_from(cells.values().filter(|cell| cell.0 != 0).count()).unwrap_or_default(),
        quantity: Quantity(quantity),
        value: tx.actor().may(STOCK_COST).then_some(Money(value)),
    })
}
