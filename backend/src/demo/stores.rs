//! Filling the stores: opening stock, and goods that come in each month.

use super::company::{Company, Station, text};
use super::dice::Dice;
use super::stage::Stage;
use openapi::document::DocKind;
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::stock::document::{CreateStockDoc, PostStockDoc, StockDocDraft, StockLineDraft, StockReason};
use openapi::stock::{STOCK_DOC_POST, STOCK_OPENING_POST};
use openapi::{ById, Nothing, Quantity, UnitPrice};
use platform::{Actor, Result};

/// Every station's opening stock of every part, and that of the central store.
pub async fn open(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let mut lines = Vec::new();
    for (product, price, _) in company.models.iter().flat_map(|m| m.parts.iter().copied()).filter(|part| !part.2) {
        let count = dice.between(40, 90);
        lines.extend(stocked(dice, product, price, false, count)?);
    }
    bring(stage, &company.central, DocKind::OpeningStock, StockReason::Opening, lines).await?;
    for station in &company.stations {
        let mut lines = Vec::new();
        for (product, price, has_serial) in company.models.iter().flat_map(|m| m.parts.iter().copied()) {
            let count = if has_serial { dice.between(1, 4) } else { dice.between(4, 16) };
            lines.extend(stocked(dice, product, price, has_serial, count)?);
        }
        bring(stage, station, DocKind::OpeningStock, StockReason::Opening, lines).await?;
    }
    Ok(())
}

/// More of each part than can be used up, in a depot of the first station.
pub async fn plenty(stage: &Stage, company: &Company, depot: WarehouseId, parts: &[ProductId]) -> Result<()> {
    let Some(first) = company.stations.first() else { return Ok(()) };
    let station = Station { id: first.id, city: first.city, good: depot, bad: first.bad };
    let line = |(number, product): (i64, &ProductId)| StockLineDraft {
        product_id: *product,
        serial: None,
        condition: None,
        to_condition: None,
        owner: None,
        quantity: Quantity::pieces(1_000_000),
        unit_cost: Some(UnitPrice((number % 90 + 10) * 6_000)),
        remark: None,
    };
    let lines = (0..).zip(parts).map(line).collect();
    bring(stage, &station, DocKind::OpeningStock, StockReason::Opening, lines).await
}

/// What comes in during a month: some of everything that repairs use.
pub async fn replenish(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    for station in &company.stations {
        let mut lines = Vec::new();
        for (product, price, has_serial) in company.models.iter().flat_map(|m| m.parts.iter().copied()) {
            if dice.percent(if has_serial { 18 } else { 30 }) {
                let count = if has_serial { 1 } else { dice.between(2, 7) };
                lines.extend(stocked(dice, product, price, has_serial, count)?);
            }
        }
        bring(stage, station, DocKind::StockIn, StockReason::Purchase, lines).await?;
    }
    Ok(())
}

/// Lines for so many pieces: one line, or one for each serial. Purchase prices vary by a few percent.
fn stocked(
    dice: &mut Dice,
    product: ProductId,
    price: i64,
    has_serial: bool,
    count: i64,
) -> Result<Vec<StockLineDraft>> {
    let unit_cost = Some(UnitPrice(price * dice.between(5_700, 6_300)));
    let line = |serial, quantity| StockLineDraft {
        product_id: product,
        serial,
        condition: None,
        to_condition: None,
        owner: None,
        quantity,
        unit_cost,
        remark: None,
    };
    if !has_serial {
        return Ok(vec![line(None, Quantity::pieces(count))]);
    }
    (0..count).map(|_| Ok(line(Some(text(&format!("P{}", dice.digits(11)))?), Quantity::ONE))).collect()
}

async fn bring(
    stage: &Stage,
    station: &Station,
    kind: DocKind,
    reason: StockReason,
    lines: Vec<StockLineDraft>,
) -> Result<()> {
    for part in lines.chunks(200) {
        let draft = StockDocDraft {
            kind,
            reason: Some(reason),
            warehouse_id: station.good,
            to_warehouse_id: None,
            engineer_id: None,
            witness_id: None,
            ticket_id: None,
            effective_at: None,
            reference: None,
            remark: None,
            lines: part.to_vec(),
            post: false,
        };
        let made =
            stage.act::<CreateStockDoc>(stage.able::<CreateStockDoc>(station.id)?, Nothing, Nothing, draft).await?;
        // opening stock is for headquarters to post
        let may_post = |p: &&Actor| kind != DocKind::OpeningStock || p.may(STOCK_OPENING_POST) && p.may(STOCK_DOC_POST);
        let poster = stage.people.iter().filter(|_| kind == DocKind::OpeningStock).find(may_post);
        let poster = poster.map_or_else(|| stage.able::<PostStockDoc>(station.id), Ok)?;
        stage.act::<PostStockDoc>(poster, ById { id: made.id }, Nothing, Nothing).await?;
    }
    Ok(())
}
