//! Parts plans of this month: one that waits for headquarters, one that is being supplied, an urgent one, a draft.

use super::company::{Company, Station};
use super::dice::Dice;
use super::stage::Stage;
use openapi::stock::plan::{
    ApprovePartsPlan, CreatePartsPlan, PartsPlan, PartsPlanLine, RequisitionPartsPlanLines, SubmitPartsPlan,
    SuggestPartsPlan,
};
use openapi::{ById, Month, Nothing, Quantity};
use platform::{Clock, Failure, Result};
use serde_json::{Value, json};

/// How far a plan gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Draft,
    Submitted,
    Supplied,
}

/// Plans as they stand today, one for each of the first stations; the first of them has an urgent one besides.
pub async fn today(stage: &Stage, dice: &mut Dice, company: &Company) -> Result<()> {
    let month = Month::of(stage.clock.now().date_naive());
    for (station, until) in company.stations.iter().zip([Until::Submitted, Until::Supplied, Until::Draft]) {
        let draft = json!({"kind": "monthly", "month": month, "lines": lines(dice, company)});
        let plan = plan(stage, station, draft, until >= Until::Submitted).await?;
        if until == Until::Supplied {
            supply(stage, company, &plan).await?;
        }
    }
    if let Some(station) = company.stations.first() {
        let day = stage.clock.now().date_naive() + chrono::TimeDelta::days(5);
        let draft = json!({"kind": "urgent", "needed_on": day.to_string(), "reason": "批量屏幕故障", "lines": lines(dice, company)});
        plan(stage, station, draft, true).await?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T> {
    serde_json::from_value(body).map_err(Failure::from)
}

/// A few parts that somebody adds to what the analysis suggests.
fn lines(dice: &mut Dice, company: &Company) -> Vec<Value> {
    let parts = company.models.iter().flat_map(|model| model.parts.iter()).filter(|(_, _, has_serial)| !has_serial);
    let mut lines = Vec::new();
    for (product, ..) in parts {
        if lines.len() < 4 && dice.percent(25) {
            lines.push(json!({"product_id": product, "quantity": Quantity::pieces(dice.between(2, 9))}));
        }
    }
    lines
}

async fn plan(stage: &Stage, station: &Station, draft: Value, is_handed_in: bool) -> Result<PartsPlan> {
    let who = stage.able::<CreatePartsPlan>(station.id)?;
    let made = stage.act::<CreatePartsPlan>(who, Nothing, Nothing, read(draft)?).await?;
    let path = || ById { id: made.id };
    let plan = match stage.act::<SuggestPartsPlan>(who, path(), Nothing, read(json!({}))?).await {
        // a station that has enough of everything keeps what it typed
        Err(Failure::Refused { .. }) => made.clone(),
        other => other?,
    };
    if is_handed_in && plan.lines.iter().any(|line| !line.quantity.is_zero()) {
        return stage.act::<SubmitPartsPlan>(who, path(), Nothing, Nothing).await;
    }
    Ok(plan)
}

/// Approves a plan and lets a requisition ask for half of it.
async fn supply(stage: &Stage, company: &Company, plan: &PartsPlan) -> Result<()> {
    let office = stage.able::<ApprovePartsPlan>(company.central.id)?;
    let approved = stage.act::<ApprovePartsPlan>(office, ById { id: plan.id }, Nothing, read(json!({}))?).await?;
    let some = approved.lines.iter().filter(|line| !line.quantity.is_zero()).take(approved.lines.len().div_ceil(2));
    let line = |line: &PartsPlanLine| json!({"line_id": line.id, "quantity": line.approved});
    let body = json!({"lines": some.map(line).collect::<Vec<_>>()});
    stage.act::<RequisitionPartsPlanLines>(office, Nothing, Nothing, read(body)?).await?;
    Ok(())
}
