//! Goods from the central store to the stations: asked for, approved, shipped, signed for; a few still under way.

use super::company::{Company, Station};
use super::dice::Dice;
use super::stage::Stage;
use openapi::stock::requisition::{
    ApproveRequisition, CreateRequisition, Requisition, RequisitionLine, SubmitRequisition,
};
use openapi::stock::transfer::{
    CreateTransfer, ResolveTransfer, ShipTransfer, SignTransfer, Transfer, TransferLine, TransferState,
};
use openapi::{ById, Nothing, Quantity};
use platform::{Failure, Result};
use serde_json::json;

/// How far a delivery gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Asked,
    Shipped,
    Signed,
    Settled,
}

/// What two stations get in a month.
pub async fn month(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let count = i64::try_from(company.stations.len()).unwrap_or(1);
    let first = dice.between(0, count - 1);
    for at in [first, (first + 1) % count] {
        if let Some(station) = usize::try_from(at).ok().and_then(|at| company.stations.get(at)) {
            deliver(stage, dice, company, station, Until::Settled).await?;
        }
    }
    Ok(())
}

/// What is under way today: one to approve, one in transit, one with a difference.
pub async fn today(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    for (station, until) in company.stations.iter().zip([Until::Shipped, Until::Asked, Until::Signed]) {
        deliver(stage, dice, company, station, until).await?;
    }
    Ok(())
}

async fn deliver(stage: &Stage, dice: &mut Dice, company: &Company, station: &Station, until: Until) -> Result<()> {
    let asked = ask(stage, dice, company, station).await?;
    if until == Until::Asked {
        return Ok(());
    }
    let approved = approve(stage, dice, company, &asked).await?;
    let sent = send(stage, dice, company, &approved).await?;
    if until == Until::Shipped {
        return Ok(());
    }
    let is_short = until == Until::Signed || dice.percent(25);
    let signed = sign(stage, station, &sent, is_short).await?;
    if until == Until::Settled && signed.state == TransferState::Different {
        settle(stage, dice, company, &signed).await?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: serde_json::Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

async fn ask(stage: &Stage, dice: &mut Dice, company: &Company, station: &Station) -> Result<Requisition> {
    let parts: Vec<_> =
        company.models.iter().flat_map(|m| m.parts.iter()).filter(|(_, _, has_serial)| !has_serial).collect();
    let last = i64::try_from(parts.len()).unwrap_or_default() - 1;
    let mut chosen = std::collections::BTreeSet::new();
    for _ in 0..dice.between(3, 6) {
        chosen.insert(usize::try_from(dice.between(0, last)).unwrap_or_default());
    }
    let line = |(product, quantity): (_, i64)| json!({"product_id": product, "quantity": Quantity::pieces(quantity)});
    let lines: Vec<_> = chosen
        .into_iter()
        .filter_map(|at| parts.get(at).map(|(product, ..)| *product))
        .map(|product| (product, dice.between(2, 5)))
        .map(line)
        .collect();
    let priority = if dice.percent(20) { "urgent" } else { "normal" };
    let draft = json!({"supplier_id": company.central.id, "priority": priority, "purpose": "月度补货", "lines": lines});
    let who = stage.able::<CreateRequisition>(station.id)?;
    let made = stage.act::<CreateRequisition>(who, Nothing, Nothing, read(draft)?).await?;
    stage.act::<SubmitRequisition>(who, ById { id: made.id }, Nothing, Nothing).await
}

/// Headquarters sometimes sends one piece less of the first part.
async fn approve(stage: &Stage, dice: &mut Dice, company: &Company, asked: &Requisition) -> Result<Requisition> {
    let less = |l: &RequisitionLine| json!({"line_id": l.id, "quantity": l.quantity - Quantity::ONE});
    let lines: Vec<_> = asked.lines.iter().take(usize::from(dice.percent(30))).map(less).collect();
    let who = stage.able::<ApproveRequisition>(company.central.id)?;
    let body = read(json!({ "lines": lines }))?;
    stage.act::<ApproveRequisition>(who, ById { id: asked.id }, Nothing, body).await
}

async fn send(stage: &Stage, dice: &mut Dice, company: &Company, asked: &Requisition) -> Result<Transfer> {
    let line =
        |l: &RequisitionLine| json!({"product_id": l.product_id, "quantity": l.approved, "requisition_line_id": l.id});
    let draft = json!({
        "warehouse_id": company.central.good, "to_org_id": asked.org_id, "requisition_id": asked.id,
        "courier": "顺丰速运", "tracking_number": format!("SF{}", dice.digits(12)),
        "lines": asked.lines.iter().map(line).collect::<Vec<_>>(),
    });
    let who = stage.able::<CreateTransfer>(company.central.id)?;
    let made = stage.act::<CreateTransfer>(who, Nothing, Nothing, read(draft)?).await?;
    stage.act::<ShipTransfer>(who, ById { id: made.id }, Nothing, Nothing).await
}

async fn sign(stage: &Stage, station: &Station, sent: &Transfer, is_short: bool) -> Result<Transfer> {
    let short = |l: &TransferLine| json!({"line_id": l.id, "received": l.quantity - Quantity::ONE});
    let lines: Vec<_> = sent.lines.iter().take(usize::from(is_short)).map(short).collect();
    let who = stage.able::<SignTransfer>(station.id)?;
    stage.act::<SignTransfer>(who, ById { id: sent.id }, Nothing, read(json!({ "lines": lines }))?).await
}

async fn settle(stage: &Stage, dice: &mut Dice, company: &Company, signed: &Transfer) -> Result<Transfer> {
    let resolution = if dice.percent(60) { "found" } else { "lost" };
    let verdict = |l: &TransferLine| json!({"line_id": l.id, "resolution": resolution, "quantity": l.missing});
    let lines: Vec<_> = signed.lines.iter().filter(|l| !l.missing.is_zero()).map(verdict).collect();
    let who = stage.able::<ResolveTransfer>(company.central.id)?;
    let body = read(json!({ "lines": lines }))?;
    stage.act::<ResolveTransfer>(who, ById { id: signed.id }, Nothing, body).await
}
