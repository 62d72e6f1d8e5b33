//! What happens to goods where they lie: parts have their bins, a unit comes apart for its parts by a formula, and a fall
//! of prices waits for the accountant.

use super::company::{Company, Station};
use super::stage::Stage;
use openapi::document::DocKind;
use openapi::stock::bin::CreateBin;
use openapi::stock::conversion::{CreateConversion, PostConversion};
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::stock::formula::CreateFormula;
use openapi::stock::revaluation::{CreateRevaluation, SubmitRevaluation};
use openapi::{Body, ById, Endpoint, Nothing, Reply};
use platform::{Failure, Result};
use serde_json::{Value, json};

/// Every store keeps the parts of one model on one shelf, in the order of the models.
pub async fn shelves(stage: &Stage, company: &Company) -> Result<()> {
    for store in std::iter::once(&company.central).chain(&company.stations) {
        for (shelf, model) in (1..).zip(company.models.iter().take(8)) {
            for (cell, (part, ..)) in (1..).zip(&model.parts) {
                let code = format!("A-{shelf:02}-{cell:02}");
                let bin = json!({"warehouse_id": store.good, "product_id": part, "code": code});
                say::<CreateBin>(stage, store, bin).await?;
            }
        }
    }
    Ok(())
}

/// In the central store one old unit came apart, another waits on the bench, and a new price list waits for approval.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let store = &company.central;
    let model = company.models.iter().find(|model| model.parts.iter().any(|(_, _, has_serial)| !has_serial));
    let Some(model) = model else { return Ok(()) };
    let plain: Vec<_> = model.parts.iter().filter(|(_, _, has_serial)| !has_serial).collect();
    let Some((last, before)) = plain.split_last() else { return Ok(()) };
    // each part carries the same share of the cost, the last one the rest
    let share = 10_000 / i64::try_from(plain.len()).unwrap_or(1);
    let rest = 10_000 - share * i64::try_from(before.len()).unwrap_or_default();
    let line = |part: &(openapi::master::product::ProductId, i64, bool), share: i64| json!({"product_id": part.0, "quantity": "1", "share": share});
    let mut lines: Vec<Value> = before.iter().map(|part| line(part, share)).collect();
    lines.push(line(last, rest));
    let formula = json!({"product_id": model.id, "edition": "2026-1", "remark": "按残值均摊", "lines": lines});
    let formula = say::<CreateFormula>(stage, store, formula).await?;
    for (serial, is_done) in [("OLD-2026-0001", true), ("OLD-2026-0002", false)] {
        let unit = json!({"product_id": model.id, "serial": serial, "quantity": "1", "unit_cost": "380.00"});
        let came = json!({"kind": DocKind::StockIn, "reason": "other", "warehouse_id": store.good,
            "remark": "以旧换新收回", "lines": [unit]});
        let came = say::<CreateStockDoc>(stage, store, came).await?;
        stage
            .act::<PostStockDoc>(stage.able::<PostStockDoc>(store.id)?, ById { id: came.id }, Nothing, Nothing)
            .await?;
        let apart = json!({"way": "disassembly", "formula_id": formula.id, "serial": serial,
            "warehouse_id": store.good, "remark": "旧机拆件"});
        let apart = say::<CreateConversion>(stage, store, apart).await?;
        if is_done {
            stage
                .act::<PostConversion>(stage.able::<PostConversion>(store.id)?, ById { id: apart.id }, Nothing, Nothing)
                .await?;
        }
    }
    let prices = json!({"org_id": store.id, "reason": "供应商降价，按新价目表调整",
        "lines": [{"product_id": last.0, "new_cost": "88.00"}]});
    let prices = say::<CreateRevaluation>(stage, store, prices).await?;
    stage
        .act::<SubmitRevaluation>(stage.able::<SubmitRevaluation>(store.id)?, ById { id: prices.id }, Nothing, Nothing)
        .await?;
    Ok(())
}

/// Somebody who may writes a record.
async fn say<E>(stage: &Stage, station: &Station, body: Value) -> Result<<E::Reply as Reply>::Data>
where
    E: Endpoint<Path = Nothing, Query = Nothing>,
    <E::Body as Body>::Data: serde::de::DeserializeOwned,
{
    let body = serde_json::from_value(body).map_err(Failure::from)?;
    stage.act::<E>(stage.able::<E>(station.id)?, Nothing, Nothing, body).await
}
