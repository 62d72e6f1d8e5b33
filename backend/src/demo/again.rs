//! Units that are sold for a second time: refurbished, graded, one of them sold over the counter and one to a dealer.

use super::benches::say;
use super::company::{Company, Station};
use super::sales::paid_at_once;
use super::stage::Stage;
use openapi::master::customer::{CustomerFilter, ListCustomers};
use openapi::master::product::ProductId;
use openapi::master::warehouse::{ListWarehouses, WarehouseFilter, WarehouseId, WarehouseKind};
use openapi::query::AnyOf;
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::stock::refurb::{ApproveRefurb, CreateRefurb, GradeRefurb, SetRefurbLabour, StartRefurb, SubmitRefurb};
use openapi::trade::retail::sale::CreateRetailSale;
use openapi::trade::wholesale::order::{AcceptSalesOrder, CreateSalesOrder, UploadSalesOrder};
use openapi::trade::wholesale::price::CreatePrice;
use openapi::trade::wholesale::shipment::ShipSalesOrder;
use openapi::{ById, Listing, Money, Nothing};
use platform::{Clock, Failure, Result};
use serde_json::{Value, json};

/// The pieces: of three, one goes over the counter, one to a dealer, and one is still to be had.
const SERIALS: [&str; 3] = ["AGAIN-2026-0001", "AGAIN-2026-0002", "AGAIN-2026-0003"];

/// The first station has refurbished three old phones.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let (Some(station), Some(model)) = (company.stations.first(), company.models.first()) else { return Ok(()) };
    refurbished(stage, station, model.id).await?;
    let filter = WarehouseFilter {
        org_id: Some(station.id.into()),
        kind: Some(AnyOf(vec![WarehouseKind::Refurb])),
        ..WarehouseFilter::default()
    };
    let query = Listing { filter, ..Listing::default() };
    let stores = stage.act::<ListWarehouses>(stage.person("zb01")?, Nothing, query, Nothing).await?;
    let Some(store) = stores.items.first() else { return Ok(()) };
    let today = (stage.clock.now() + chrono::TimeDelta::hours(8)).date_naive();
    for (level, price) in [("retail", "1180"), ("wholesale", "960")] {
        let price = json!({"product_id": model.id, "level": level, "condition": "refurb",
            "from_on": today.to_string(), "unit_price": price, "remark": "翻新机价格"});
        stage.act::<CreatePrice>(stage.person("cw01")?, Nothing, Nothing, read(price)?).await?;
    }
    over_the_counter(stage, company, (station, store.id), model.id).await?;
    to_a_dealer(stage, store.id, model.id).await
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

/// Three phones come in bad, are applied for, approved, worked on, and graded by somebody else.
async fn refurbished(stage: &Stage, station: &Station, model: ProductId) -> Result<()> {
    let unit = |serial: &&str| json!({"product_id": model, "serial": serial, "quantity": "1", "unit_cost": "300.00", "condition": "bad"});
    let came = json!({"kind": "stock_in", "reason": "other", "warehouse_id": station.bad, "remark": "以旧换新收回",
        "lines": SERIALS.iter().map(unit).collect::<Vec<_>>()});
    let came = say::<CreateStockDoc>(stage, station, came).await?;
    let poster = stage.able::<PostStockDoc>(station.id)?;
    stage.act::<PostStockDoc>(poster, ById { id: came.id }, Nothing, Nothing).await?;
    let unit = |serial: &&str| json!({"product_id": model, "serial": serial});
    let draft = json!({"warehouse_id": station.bad, "reason": "以旧换新收回，翻新后销售",
        "estimate": {"amount": "360.00", "currency": "CNY"}, "lines": SERIALS.iter().map(unit).collect::<Vec<_>>()});
    let refurb = say::<CreateRefurb>(stage, station, draft).await?;
    let path = || ById { id: refurb.id };
    stage.act::<SubmitRefurb>(stage.able::<SubmitRefurb>(station.id)?, path(), Nothing, Nothing).await?;
    stage.act::<ApproveRefurb>(stage.person("zb01")?, path(), Nothing, Nothing).await?;
    let worker = stage.able::<StartRefurb>(station.id)?;
    stage.act::<StartRefurb>(worker, path(), Nothing, Nothing).await?;
    for line in &refurb.lines {
        let labour = json!({"line_id": line.id, "amount": {"amount": "80.00", "currency": "CNY"}});
        stage.act::<SetRefurbLabour>(worker, path(), Nothing, read(labour)?).await?;
    }
    let grades: Vec<Value> = refurb.lines.iter().map(|line| json!({"line_id": line.id, "grade": "a"})).collect();
    let inspector = stage.holders(station.id, "-zj").first().copied();
    let inspector = inspector.ok_or_else(|| Failure::Internal("nobody inspects".to_owned()))?;
    stage.act::<GradeRefurb>(inspector, path(), Nothing, read(json!({ "lines": grades }))?).await?;
    Ok(())
}

async fn over_the_counter(
    stage: &Stage,
    company: &Company,
    (station, store): (&Station, WarehouseId),
    model: ProductId,
) -> Result<()> {
    let buyer = company.units.iter().find(|unit| unit.station == 0).map(|unit| unit.customer);
    let payments = paid_at_once(stage, station, Money(118_000)).await?;
    let [serial, ..] = SERIALS;
    let draft = json!({"warehouse_id": store, "customer_id": buyer, "payments": payments,
        "lines": [{"product_id": model, "serial": serial, "quantity": "1", "condition": "refurb"}]});
    say::<CreateRetailSale>(stage, station, draft).await?;
    Ok(())
}

async fn to_a_dealer(stage: &Stage, store: WarehouseId, model: ProductId) -> Result<()> {
    let (office, chief) = (stage.person("zb01")?, stage.person("cw01")?);
    let filter = CustomerFilter { role: "dealer".parse().ok(), ..CustomerFilter::default() };
    let dealers =
        stage.act::<ListCustomers>(office, Nothing, Listing { filter, ..Listing::default() }, Nothing).await?;
    let Some(dealer) = dealers.items.last() else { return Ok(()) };
    let draft = json!({"party_id": dealer.id, "warehouse_id": store, "customer_ref": "PO-翻新-01",
        "lines": [{"product_id": model, "quantity": "1", "condition": "refurb"}]});
    let order = stage.act::<CreateSalesOrder>(office, Nothing, Nothing, read(draft)?).await?;
    let path = || ById { id: order.id };
    stage.act::<UploadSalesOrder>(office, path(), Nothing, Nothing).await?;
    let reason = read(json!({"warehouse_id": store, "credit_reason": "翻新机尾货，先款后货"}))?;
    let order = stage.act::<AcceptSalesOrder>(chief, path(), Nothing, reason).await?;
    let [_, serial, _] = SERIALS;
    let line = order.lines.first().map(|line| json!({"line_id": line.id, "quantity": "1", "serials": [serial]}));
    let body = json!({"courier": "顺丰速运", "tracking_no": "SF1439900721", "lines": [line]});
    stage.act::<ShipSalesOrder>(office, path(), Nothing, read(body)?).await?;
    Ok(())
}
