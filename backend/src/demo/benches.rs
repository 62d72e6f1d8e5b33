//! Accessories that dealers hand in for exchange, and old units that are made like new.

use super::company::{Company, Station};
use super::stage::Stage;
use openapi::master::customer::{CustomerFilter, ListCustomers, PartyRole};
use openapi::query::AnyOf;
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::stock::refurb::{ApproveRefurb, CreateRefurb, StartRefurb, SubmitRefurb};
use openapi::stock::swap::{CreateSwap, PostSwap, SwapWay};
use openapi::{Body, ById, Endpoint, Listing, Nothing, Reply};
use platform::{Failure, Result};
use serde_json::{Value, json};

/// The first station has accessories of a dealer, some of them at the factory; an old phone waits for approval and
/// another is on the bench.
pub async fn today(stage: &Stage, company: &Company) -> Result<()> {
    let Some(station) = company.stations.first() else { return Ok(()) };
    let model = company.models.iter().find(|model| model.parts.iter().any(|(_, _, has_serial)| !has_serial));
    let Some(model) = model else { return Ok(()) };
    let Some((part, _, _)) = model.parts.iter().find(|(_, _, has_serial)| !has_serial) else { return Ok(()) };
    let dealers = CustomerFilter { role: Some(AnyOf(vec![PartyRole::Dealer])), ..Default::default() };
    let dealers = Listing { filter: dealers, ..Listing::default() };
    let dealers = stage.act::<ListCustomers>(stage.person("zb01")?, Nothing, dealers, Nothing).await?;
    let maker = company.suppliers.iter().find(|(_, brand)| brand.is_some());
    let (Some(dealer), Some((maker, _))) = (dealers.items.first(), maker) else { return Ok(()) };
    let swaps = [
        (SwapWay::Accept, dealer.id, station.bad, "6", "触摸失灵"),
        (SwapWay::Send, *maker, station.bad, "4", "触摸失灵"),
        (SwapWay::Back, *maker, station.good, "3", ""),
        (SwapWay::Return, dealer.id, station.good, "2", ""),
    ];
    for (way, party, warehouse, quantity, fault) in swaps {
        let fault = Some(fault).filter(|fault| !fault.is_empty());
        let line = json!({"product_id": part, "quantity": quantity, "fault": fault});
        let draft = json!({"way": way, "party_id": party, "warehouse_id": warehouse, "reference": "SF1430027788",
            "lines": [line]});
        let swap = say::<CreateSwap>(stage, station, draft).await?;
        stage.act::<PostSwap>(stage.able::<PostSwap>(station.id)?, ById { id: swap.id }, Nothing, Nothing).await?;
    }
    for (serial, is_begun) in [("OLD-2026-0011", true), ("OLD-2026-0012", false)] {
        let unit = json!({"product_id": model.id, "serial": serial, "quantity": "1", "unit_cost": "320.00",
            "condition": "bad"});
        let came = json!({"kind": "stock_in", "reason": "other", "warehouse_id": station.bad,
            "remark": "以旧换新收回", "lines": [unit]});
        let came = say::<CreateStockDoc>(stage, station, came).await?;
        stage
            .act::<PostStockDoc>(stage.able::<PostStockDoc>(station.id)?, ById { id: came.id }, Nothing, Nothing)
            .await?;
        let draft = json!({"warehouse_id": station.bad, "reason": "以旧换新收回，外壳磨损", "agent_id": dealer.id,
            "estimate": {"amount": "150.00", "currency": "CNY"}, "lines": [{"product_id": model.id, "serial": serial}]});
        let refurb = say::<CreateRefurb>(stage, station, draft).await?;
        let path = || ById { id: refurb.id };
        stage.act::<SubmitRefurb>(stage.able::<SubmitRefurb>(station.id)?, path(), Nothing, Nothing).await?;
        if is_begun {
            stage.act::<ApproveRefurb>(stage.person("zb01")?, path(), Nothing, Nothing).await?;
            stage.act::<StartRefurb>(stage.able::<StartRefurb>(station.id)?, path(), Nothing, Nothing).await?;
        }
    }
    Ok(())
}

/// Somebody who may writes a record.
pub async fn say<E>(stage: &Stage, station: &Station, body: Value) -> Result<<E::Reply as Reply>::Data>
where
    E: Endpoint<Path = Nothing, Query = Nothing>,
    <E::Body as Body>::Data: serde::de::DeserializeOwned,
{
    let body = serde_json::from_value(body).map_err(Failure::from)?;
    stage.act::<E>(stage.able::<E>(station.id)?, Nothing, Nothing, body).await
}
