//! What happens in the stores besides in and out: parts turn out bad, bad ones wait for destruction, warehouses are
//! counted.

use super::company::{Company, Station};
use super::dice::Dice;
use super::stage::Stage;
use openapi::document::DocKind;
use openapi::master::warehouse::WarehouseId;
use openapi::stock::balance::{ListStock, StockBalance, StockFilter};
use openapi::stock::document::{CreateStockDoc, PostStockDoc, StockDoc, SubmitStockDoc};
use openapi::stock::stocktake::{
    ApproveStocktake, CountStocktake, CreateStocktake, FinishStocktake, Stocktake, StocktakeState,
};
use openapi::stock::{Owner, STOCKTAKE_APPROVE};
use openapi::{ById, Listing, Nothing, PageQuery, Quantity};
use platform::{Actor, Failure, Result};
use serde_json::json;

/// In a month the central store is counted, and somewhere a part turns out to be bad.
pub async fn month(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let last = i64::try_from(company.stations.len()).unwrap_or(1) - 1;
    let station = usize::try_from(dice.between(0, last)).ok().and_then(|at| company.stations.get(at));
    if let Some(station) = station {
        turn_bad(stage, dice, company, station).await?;
    }
    let begun = begin(stage, &company.central, "月末盘点").await?;
    count(stage, dice, &company.central, &begun, usize::MAX).await?;
    let mut done = finish(stage, &company.central, &begun, false).await?;
    if done.state == StocktakeState::Recounting {
        done = finish(stage, &company.central, &begun, true).await?;
    }
    let approver = stage.people.iter().find(|p| p.login.starts_with("cw") && p.may(STOCKTAKE_APPROVE));
    let approver = approver.ok_or_else(|| Failure::Internal("no accountant".to_owned()))?;
    stage.act::<ApproveStocktake>(approver, ById { id: done.id }, Nothing, Nothing).await?;
    Ok(())
}

/// What is under way today: bad parts that wait for the authority to destroy them, and a count that has begun.
pub async fn today(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let Some(station) = company.stations.last() else { return Ok(()) };
    turn_bad(stage, dice, company, station).await?;
    let witness = stage.holders(station.id, "-zz").first().map(|p| p.user_id);
    let bad =
        held(stage, station.bad).await?.into_iter().find(|row| row.owner == Owner::Company && is_plain(company, row));
    if let (Some(witness), Some(bad)) = (witness, bad) {
        let draft = json!({"kind": DocKind::Destruction, "warehouse_id": station.bad, "witness_id": witness,
            "remark": "无维修价值", "lines": [{"product_id": bad.product_id, "quantity": Quantity::ONE}]});
        let made = write(stage, station, draft).await?;
        let who = stage.able::<SubmitStockDoc>(station.id)?;
        stage.act::<SubmitStockDoc>(who, ById { id: made.id }, Nothing, Nothing).await?;
    }
    let begun = begin(stage, station, "例行抽盘").await?;
    count(stage, dice, station, &begun, 5).await
}

async fn write(stage: &Stage, station: &Station, draft: serde_json::Value) -> Result<StockDoc> {
    let draft = serde_json::from_value(draft).map_err(Failure::from)?;
    stage.act::<CreateStockDoc>(stage.able::<CreateStockDoc>(station.id)?, Nothing, Nothing, draft).await
}

/// What lies in a warehouse.
pub(super) async fn held(stage: &Stage, warehouse: WarehouseId) -> Result<Vec<StockBalance>> {
    let who = stage.people.first().ok_or_else(|| Failure::Internal("nobody".to_owned()))?;
    let page = PageQuery { limit: Some(200), ..PageQuery::default() };
    let filter = StockFilter { warehouse_id: Some(warehouse), ..StockFilter::default() };
    Ok(stage.act::<ListStock>(who, Nothing, Listing { page, filter }, Nothing).await?.items)
}

/// Good or bad, but a part without a serial.
pub(super) fn is_plain(company: &Company, row: &StockBalance) -> bool {
    let mut parts = company.models.iter().flat_map(|model| model.parts.iter());
    parts.any(|(product, _, has_serial)| *product == row.product_id && !has_serial)
}

/// A good part turns out to be bad and goes into the warehouse for those.
async fn turn_bad(stage: &Stage, dice: &mut Dice, company: &Company, station: &Station) -> Result<()> {
    let mut rows = held(stage, station.good).await?;
    rows.retain(|row| row.available > Quantity::ONE && is_plain(company, row));
    let last = i64::try_from(rows.len()).unwrap_or_default() - 1;
    let Some(row) = usize::try_from(dice.between(0, last.max(0))).ok().and_then(|at| rows.get(at)) else {
        return Ok(());
    };
    let draft = json!({"kind": DocKind::WarehouseMove, "warehouse_id": station.good, "to_warehouse_id": station.bad,
    "remark": "上机检测不良", "lines": [
        {"product_id": row.product_id, "quantity": Quantity::ONE, "to_condition": "bad"},
    ]});
    let made = write(stage, station, draft).await?;
    let who = stage.able::<PostStockDoc>(station.id)?;
    stage.act::<PostStockDoc>(who, ById { id: made.id }, Nothing, Nothing).await?;
    Ok(())
}

async fn begin(stage: &Stage, station: &Station, remark: &str) -> Result<Stocktake> {
    let draft = serde_json::from_value(json!({"warehouse_id": station.good, "remark": remark}));
    let draft = draft.map_err(Failure::from)?;
    stage.act::<CreateStocktake>(counter(stage, station)?, Nothing, Nothing, draft).await
}

/// The storekeeper counts.
fn counter<'a>(stage: &'a Stage, station: &Station) -> Result<&'a Actor> {
    stage.able::<CountStocktake>(station.id)
}

/// Counts the first lines of the list; now and then one piece less or more than the books say.
async fn count(stage: &Stage, dice: &mut Dice, station: &Station, of: &Stocktake, first: usize) -> Result<()> {
    let who = counter(stage, station)?;
    let books = held(stage, station.good).await?;
    for line in of.lines.iter().filter(|line| line.serial.is_none()).take(first) {
        let fits = |row: &&StockBalance| row.product_id == line.product_id && row.condition == line.condition;
        let Some(book) = books.iter().find(fits) else { continue };
        let found = match dice.between(0, 19) {
            0 if book.available > Quantity::ONE => book.on_hand - Quantity::ONE,
            1 => book.on_hand + Quantity::ONE,
            _ => book.on_hand,
        };
        let body = json!({"code": line.product_code, "condition": line.condition, "quantity": found});
        let body = serde_json::from_value(body).map_err(Failure::from)?;
        stage.act::<CountStocktake>(who, ById { id: of.id }, Nothing, body).await?;
    }
    Ok(())
}

async fn finish(stage: &Stage, station: &Station, of: &Stocktake, accept_uncounted: bool) -> Result<Stocktake> {
    let who = counter(stage, station)?;
    let body = serde_json::from_value(json!({ "accept_uncounted": accept_uncounted })).map_err(Failure::from)?;
    stage.act::<FinishStocktake>(who, ById { id: of.id }, Nothing, body).await
}
