//! What the stock analysis suggests for a plan.

use super::entity::{line, plan};
use super::model::{self, Suggestion};
use super::queries;
use crate::analysis::{Wishes, cells, judge};
use openapi::Quantity;
use openapi::choice::Choice;
use openapi::stock::analysis::{AnalysisQuery, ForecastMethod};
use openapi::stock::plan::{
    PartsPlan, PartsPlanBasis, PartsPlanKind, PartsPlanState, PartsPlanWishes, SuggestPartsPlan,
};
use openapi::stock::{PARTS_PLAN_EDIT, PARTS_PLAN_NOTHING_SHORT};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::ConnectionTrait;
use std::collections::HashMap;
use uuid::Uuid;

pub async fn suggest(tx: &Tx, call: Call<SuggestPartsPlan>) -> Result<PartsPlan> {
    let before = document::lock_draft::<plan::Entity>(tx, call.path.id.uuid(), PartsPlanState::Draft).await?;
    tx.require_at(PARTS_PLAN_EDIT, before.org_id).await?;
    let lines = document::lines_of::<line::Entity>(tx, before.id).await?;
    let all = suggestions(tx, &before, &call.body).await?;
    if all.iter().all(|one| one.quantity == 0) && lines.iter().all(|line| line.suggested.is_none()) {
        return Err(Failure::new(PARTS_PLAN_NOTHING_SHORT));
    }
    let lines = model::refreshed(before.id, lines, &all);
    let after = plan::Model { total_quantity: model::total(&lines), suggested_at: Some(tx.now()), ..before.clone() };
    let row = document::rewrite::<plan::Entity, line::Entity>(tx, &before, after, lines).await?;
    queries::detail(tx, row).await
}

/// What is known of one product in all warehouses of the station.
#[derive(Default)]
struct Sum {
    periods: Vec<i64>,
    available: i64,
    incoming: i64,
}

/// Every product with stock or demand at the station, the most urgent first. A month's plan fills up to the target, so
/// that stock lasts; an urgent one asks only for what is short already.
async fn suggestions(tx: &ReadTx, plan: &plan::Model, wishes: &PartsPlanWishes) -> Result<Vec<Suggestion>> {
    let PartsPlanWishes { cycle_days, cover_days, lead_days } = *wishes;
    let query =
        AnalysisQuery { org_id: Some(plan.org_id.into()), cycle_days, cover_days, lead_days, ..Default::default() };
    let wishes = Wishes::of(&query)?;
    let mut order = Vec::new();
    let mut sums: HashMap<Uuid, Sum> = HashMap::new();
    for cell in cells(tx, &query).await?.0 {
        let sum = sums.entry(cell.product).or_insert_with(|| {
            order.push(cell.product);
            Sum { periods: vec![0; cell.demand.periods.len()], ..Default::default() }
        });
        sum.periods.iter_mut().zip(&cell.demand.periods).for_each(|(sum, period)| *sum += period);
        sum.available += cell.available;
        sum.incoming += cell.incoming + cell.ordered;
    }
    let mut planned = planned(tx, plan).await?;
    let is_monthly = plan.kind == PartsPlanKind::Monthly.as_str();
    let one = |product: Uuid| {
        let Sum { periods, available, incoming } = sums.remove(&product)?;
        let planned = planned.remove(&product).unwrap_or_default();
        let there = available + incoming + planned;
        let judged = judge(&periods, there, wishes);
        let missing = if is_monthly { (judged.target - there).max(0) } else { judged.shortage };
        let quantity = if judged.method == ForecastMethod::Nothing { 0 } else { missing };
        let basis = PartsPlanBasis {
            cycle_days: wishes.cycle_days,
            consumed: Quantity(periods.last().copied().unwrap_or_default()),
            forecast: Quantity(judged.forecast),
            available: Quantity(available),
            incoming: Quantity(incoming),
            planned: Quantity(planned),
            least: Quantity(judged.least),
            target: Quantity(judged.target),
        };
        Some(Suggestion { product, quantity, basis })
    };
    Ok(order.into_iter().filter_map(one).collect())
}

/// What the station has asked for and nobody has sent yet: in requisitions, and in its other plans beyond those.
async fn planned(tx: &ReadTx, plan: &plan::Model) -> Result<HashMap<Uuid, i64>> {
    let others = "p.org_id = $1 AND p.id <> $2 AND p.state IN ('submitted', 'approved')";
    let sql = format!(
        "SELECT product_id, CAST(SUM(quantity) AS BIGINT) AS quantity FROM ( \
         SELECT rl.product_id, COALESCE(rl.approved, rl.quantity) - rl.shipped AS quantity FROM requisition_line rl \
         JOIN requisition r ON r.id = rl.requisition_id WHERE r.org_id = $1 AND r.state IN ('submitted', 'approved') \
         UNION ALL SELECT l.product_id, COALESCE(l.approved, l.quantity) FROM parts_plan_line l \
         JOIN parts_plan p ON p.id = l.plan_id WHERE {others} \
         UNION ALL SELECT l.product_id, -(CASE WHEN r.state = 'closed' THEN rl.shipped ELSE COALESCE(rl.approved, 0) END) \
         FROM parts_plan_line l JOIN parts_plan p ON p.id = l.plan_id \
         JOIN requisition_line rl ON rl.plan_line_id = l.id JOIN requisition r ON r.id = rl.requisition_id \
         WHERE {others} AND r.state IN ('approved', 'fulfilled', 'closed')) AS asked GROUP BY product_id"
    );
    let rows = tx.conn().query_all_raw(tx.statement(&sql, [plan.org_id.into(), plan.id.into()])).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "product_id")?, row.try_get("", "quantity")?))).collect()
}
