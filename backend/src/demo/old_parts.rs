//! Old parts that go back to headquarters: the company wants them within fifteen days; most come, some are late, and
//! headquarters does not find all of them to be what was said. A customer may have an own one back.

use super::company::{Company, Station, text};
use super::stage::Stage;
use openapi::document::DocKind;
use openapi::finance::Payer;
use openapi::master::customer::CreateCustomer;
use openapi::query::AnyOf;
use openapi::service::owed_part::{
    ListOwedParts, OwedPartFilter, OwedPartId, OwedPartState, PartReturnPolicyDraft, SetPartReturnPolicy,
};
use openapi::service::part_return::{CreatePartReturn, ExaminePartReturn, PartReturn, ShipPartReturn};
use openapi::stock::document::{
    CreateStockDoc, GetStockDoc, ListStockDocs, PostStockDoc, StockDocFilter, StockDocState,
};
use openapi::{ById, Listing, Nothing, PageQuery};
use platform::{Failure, Result};
use serde_json::{Value, json};

/// What the company agrees on: fifteen days, and who runs the second station.
pub async fn agree(stage: &Stage, company: &Company) -> Result<()> {
    let office = stage.person("zb01")?;
    let rules = PartReturnPolicyDraft {
        due_days: 15,
        remark: Some(text("按厂家要求缩短")?),
        ..PartReturnPolicyDraft::preset()
    };
    stage.act::<SetPartReturnPolicy>(office, Nothing, Nothing, rules).await?;
    let Some(station) = company.stations.get(1) else { return Ok(()) };
    let party = json!({"name": "宁波万家电器服务部", "kind": "company", "phone": "13900571028",
        "tax_no": "91330203MA2AF7XK3L", "terms_days": 30, "runs_org_id": station.id});
    stage.act::<CreateCustomer>(office, Nothing, Nothing, read(party)?).await?;
    Ok(())
}

/// In a month the stations send back most of what they owe, and headquarters finds it in order.
pub async fn month(stage: &Stage, company: &Company) -> Result<()> {
    for (number, station) in company.stations.iter().enumerate() {
        let owed = owed(stage, station).await?;
        // the first station has forgotten its oldest one
        let is_sent = |at: usize| if number == 0 { at > 0 && at % 4 != 3 } else { at % 4 != 3 };
        let sent = owed.iter().enumerate().filter(|(at, _)| is_sent(*at)).map(|(_, id)| *id).collect();
        if let Some(back) = ship(stage, station, sent, "SF1438800").await? {
            examine(stage, company, &back, json!([])).await?;
        }
    }
    Ok(())
}

/// What is under way today: a parcel on its way, one that was not quite what was said, and a draft.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let mut stations = company.stations.iter();
    if let Some(station) = stations.next() {
        let some = owed(stage, station).await?.into_iter().skip(1).rev().take(2).collect();
        ship(stage, station, some, "SF1438890").await?;
    }
    for station in company.stations.iter().take(2) {
        give_back(stage, station).await?;
    }
    for station in stations {
        let some: Vec<OwedPartId> = owed(stage, station).await?.into_iter().take(3).collect();
        let Some(back) = ship(stage, station, some, "SF1438891").await? else { continue };
        let mut lines = back.lines.iter();
        let mut found = Vec::new();
        found.extend(lines.next().map(
            |l| json!({"line_id": l.id, "verdict": "mismatched", "received": l.quantity, "remark": "与工单机型不符"}),
        ));
        found.extend(
            lines.next().map(
                |l| json!({"line_id": l.id, "verdict": "misdeclared", "received": l.quantity, "remark": "通电正常"}),
            ),
        );
        examine(stage, company, &back, Value::Array(found)).await?;
        break;
    }
    Ok(())
}

/// A customer who paid for the repair has asked for what was taken out of the unit.
async fn give_back(stage: &Stage, station: &Station) -> Result<()> {
    let office = stage.person("zb01")?;
    let filter = StockDocFilter {
        kind: Some(AnyOf(vec![DocKind::OldPartIn])),
        state: Some(AnyOf(vec![StockDocState::Posted])),
        org_id: Some(station.id.into()),
        ..Default::default()
    };
    let page = PageQuery { limit: Some(100), ..PageQuery::default() };
    let came = stage.act::<ListStockDocs>(office, Nothing, Listing { filter, page }, Nothing).await?;
    for row in came.items {
        let came = stage.act::<GetStockDoc>(office, ById { id: row.id }, Nothing, Nothing).await?;
        let Some(line) = came.lines.iter().find(|line| line.payer == Some(Payer::Customer)) else { continue };
        let draft = json!({"kind": DocKind::BadPartReturn, "warehouse_id": came.warehouse_id, "ticket_id": came.ticket_id,
            "remark": "客户要求带走换下的旧件", "lines": [
                {"product_id": line.product_id, "serial": line.serial, "quantity": line.quantity}]});
        let keeper = stage.able::<PostStockDoc>(station.id)?;
        let made = stage.act::<CreateStockDoc>(keeper, Nothing, Nothing, read(draft)?).await?;
        stage.act::<PostStockDoc>(keeper, ById { id: made.id }, Nothing, Nothing).await?;
        break;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

/// What a station owes, due first.
async fn owed(stage: &Stage, station: &Station) -> Result<Vec<OwedPartId>> {
    let filter = OwedPartFilter {
        org_id: Some(station.id.into()),
        state: Some(AnyOf(vec![OwedPartState::Open])),
        ..Default::default()
    };
    let page = PageQuery { limit: Some(200), sort: Some("due_on".to_owned()), ..PageQuery::default() };
    let found = stage.act::<ListOwedParts>(stage.person("zb01")?, Nothing, Listing { filter, page }, Nothing).await?;
    Ok(found.items.into_iter().map(|row| row.id).collect())
}

async fn ship(stage: &Stage, station: &Station, parts: Vec<OwedPartId>, parcel: &str) -> Result<Option<PartReturn>> {
    if parts.is_empty() {
        return Ok(None);
    }
    let lines: Vec<Value> = parts.iter().map(|id| json!({ "owed_part_id": id })).collect();
    let draft =
        json!({"courier": "顺丰速运", "tracking_number": format!("{parcel}{:05}", lines.len()), "lines": lines});
    let who = stage.able::<ShipPartReturn>(station.id)?;
    let made = stage.act::<CreatePartReturn>(who, Nothing, Nothing, read(draft)?).await?;
    Ok(Some(stage.act::<ShipPartReturn>(who, ById { id: made.id }, Nothing, Nothing).await?))
}

async fn examine(stage: &Stage, company: &Company, back: &PartReturn, lines: Value) -> Result<PartReturn> {
    let who = stage.able::<ExaminePartReturn>(company.central.id)?;
    stage.act::<ExaminePartReturn>(who, ById { id: back.id }, Nothing, read(json!({ "lines": lines }))?).await
}
