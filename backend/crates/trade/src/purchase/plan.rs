//! Consolidation of parts plans: what stations want against what headquarters has, has ordered and is about to order; and
//! the purchase order for what is short.

use super::order::commands as orders;
use crate::facts;
use openapi::problem::field;
use openapi::stock::PARTS_PLAN_APPROVE;
use openapi::trade::purchase::order::{PurchaseLineDraft, PurchaseOrder, PurchaseOrderDraft};
use openapi::trade::purchase::plan::{
    GetPlanConsolidation, OrderPlanShortage, PartDemand, PlanConsolidation, ShortageOrderDraft, StationDemand,
};
use openapi::trade::purchase::{PLAN_SHORTAGE_COVERED, PURCHASE_VIEW};
use openapi::{Issue, Month, Quantity, UnitPrice};
use platform::http::{Api, report, write};
use platform::{Call, Failure, ReadTx, Result, Tx};
use sea_orm::{ConnectionTrait, Value};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many parts one answer carries, and how many stations of one part.
const CAP: (usize, usize) = (2000, 1000);

pub(crate) fn mount(api: &mut Api) {
    report::<GetPlanConsolidation>(api, consolidation);
    write::<OrderPlanShortage>(api, order_shortage);
}

async fn consolidation(tx: &ReadTx, call: Call<GetPlanConsolidation>) -> Result<PlanConsolidation> {
    let query = call.query.0;
    let month = query.month.unwrap_or(Month::of(tx.today()));
    let mut items = demands(tx, month, query.product_id.map(|id| id.uuid())).await?;
    let is_capped = items.len() > CAP.0 || items.iter().any(|item| item.lines.len() > CAP.1);
    items.truncate(CAP.0);
    items.iter_mut().for_each(|item| item.lines.truncate(CAP.1));
    Ok(PlanConsolidation { month, items, is_capped })
}

/// What stock says, with what the orders of headquarters add to it.
async fn demands(tx: &ReadTx, month: Month, product: Option<Uuid>) -> Result<Vec<PartDemand>> {
    let mut demands = stock::api::plan_demands(tx, month, product).await?;
    let ids: Vec<Uuid> = demands.iter().map(|demand| demand.product_id.uuid()).collect();
    let drafted = drafted(tx, &ids).await?;
    let prices = if tx.actor().may(PURCHASE_VIEW) { last_prices(tx, &ids).await? } else { HashMap::new() };
    for demand in &mut demands {
        demand.drafted = drafted.get(&demand.product_id.uuid()).copied().unwrap_or_default();
        demand.last_price = prices.get(&demand.product_id.uuid()).copied();
        demand.short = missing(demand, |line| line.approved.unwrap_or(line.wanted) - line.requisitioned);
        demand.to_order = missing(demand, |line| match line.is_approved {
            true => line.approved.unwrap_or_default() - line.requisitioned,
            false => Quantity::ZERO,
        });
    }
    Ok(demands)
}

/// What lacks for a need of the stations, once what is promised otherwise is served. Never more than the need itself.
fn missing(demand: &PartDemand, need: impl Fn(&StationDemand) -> Quantity) -> Quantity {
    let need: i64 = demand.lines.iter().map(|line| need(line).0.max(0)).sum();
    let free = demand.available.0 + demand.ordered.0 + demand.drafted.0 - demand.promised.0;
    Quantity((need - free).clamp(0, need))
}

/// What orders of headquarters that are not placed yet are about, by product.
async fn drafted(tx: &ReadTx, products: &[Uuid]) -> Result<HashMap<Uuid, Quantity>> {
    let sql = "SELECT l.product_id AS id, CAST(SUM(l.quantity) AS BIGINT) AS said FROM purchase_order_line l \
               JOIN purchase_order o ON o.id = l.order_id WHERE l.product_id IN ({}) AND o.org_id = $1 \
               AND o.state IN ('draft', 'submitted') GROUP BY l.product_id";
    let sums = of_products(tx, sql, products).await?;
    Ok(sums.into_iter().map(|(id, sum)| (id, Quantity(sum))).collect())
}

/// The price of each product in the latest order of headquarters; ids grow with time. One step of an index for each.
async fn last_prices(tx: &ReadTx, products: &[Uuid]) -> Result<HashMap<Uuid, UnitPrice>> {
    let sql = "SELECT id, said FROM (SELECT p.id, (SELECT l.unit_price FROM purchase_order_line l \
               JOIN purchase_order o ON o.id = l.order_id WHERE l.product_id = p.id AND o.org_id = $1 \
               AND o.state <> 'void' ORDER BY l.id DESC LIMIT 1) AS said FROM product p WHERE p.id IN ({})) AS latest \
               WHERE said IS NOT NULL";
    let prices = of_products(tx, sql, products).await?;
    Ok(prices.into_iter().map(|(id, price)| (id, UnitPrice(price))).collect())
}

/// What the orders of headquarters, which are `$1`, say of each product. The products stand where the braces are.
async fn of_products(tx: &ReadTx, sql: &str, products: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let root = identity::api::root(tx).await?.id;
    let mut found = HashMap::new();
    for part in products.chunks(5000) {
        let mut values: Vec<Value> = vec![root.into()];
        values.extend(part.iter().map(|id| Value::from(*id)));
        let marks: Vec<String> = (2..=values.len()).map(|at| format!("${at}")).collect();
        let sql = sql.replace("{}", &marks.join(", "));
        for row in tx.conn().query_all_raw(tx.statement_of(&sql, values)).await? {
            found.insert(row.try_get("", "id")?, row.try_get("", "said")?);
        }
    }
    Ok(found)
}

async fn order_shortage(tx: &Tx, call: Call<OrderPlanShortage>) -> Result<PurchaseOrder> {
    let ShortageOrderDraft { month, party_id, warehouse_id, expected_on, lines } = call.body;
    let root = identity::api::root(tx).await?.id;
    tx.require_at(PARTS_PLAN_APPROVE, root).await?;
    facts::warehouse_at(tx, root, warehouse_id.uuid()).await?;
    let named = lines.iter().filter(|line| !line.quantity.is_zero()).map(|line| line.product_id.uuid());
    let held = stock::api::hold_plans(tx, month, named.collect::<HashSet<_>>()).await?;
    let demands = demands(tx, month, None).await?;
    let open: HashMap<Uuid, Quantity> = demands.iter().map(|d| (d.product_id.uuid(), d.to_order)).collect();
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let id = line.product_id.uuid();
        if !seen.insert(id) {
            return Err(Failure::field(format!("/lines/{at}/product_id"), Issue::new(field::DUPLICATE)));
        }
        let open = *open.get(&id).ok_or_else(|| Failure::not_there(format!("/lines/{at}/product_id")))?;
        if line.quantity > open {
            let named = facts::named(&facts::products(tx, [id]).await?, id)?;
            return Err(Failure::new(PLAN_SHORTAGE_COVERED).with("product", named.1).with("open", open));
        }
        if !line.quantity.is_zero() {
            wanted.push(PurchaseLineDraft {
                product_id: line.product_id,
                quantity: line.quantity,
                unit_price: line.unit_price,
                vat_rate: None,
                expected_on: None,
                remark: None,
            });
        }
    }
    if wanted.is_empty() {
        return Err(Failure::field("/lines", Issue::new(field::REQUIRED)));
    }
    let products: HashSet<Uuid> = wanted.iter().map(|line| line.product_id.uuid()).collect();
    let for_plans = demands.iter().filter(|demand| products.contains(&demand.product_id.uuid()));
    let short = for_plans.flat_map(|demand| &demand.lines).filter(|line| {
        let left = line.approved.unwrap_or_default() - line.requisitioned;
        line.is_approved && left.is_positive()
    });
    let plans = short.map(|line| line.plan_id.uuid()).collect();
    let remark = tx.lang().pick("配件计划汇总", "Consolidated parts plans");
    let remark = format!("{remark} {month}").parse().ok();
    let draft = PurchaseOrderDraft { party_id, warehouse_id, expected_on, remark, lines: wanted };
    let made = orders::make(tx, draft).await?;
    stock::api::plan_ordered(tx, held, &plans, &made.number).await?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(available: i64, promised: i64, ordered: i64, drafted: i64) -> PartDemand {
        PartDemand {
            product_id: Uuid::nil().into(),
            product_code: "P-1".parse().unwrap(),
            product_name: "P".parse().unwrap(),
            wanted: Quantity(10),
            approved: Quantity(8),
            requisitioned: Quantity(3),
            available: Quantity(available),
            promised: Quantity(promised),
            ordered: Quantity(ordered),
            drafted: Quantity(drafted),
            short: Quantity::ZERO,
            to_order: Quantity::ZERO,
            last_price: None,
            lines: vec![StationDemand {
                plan_id: Uuid::nil().into(),
                plan_number: String::new(),
                version: 1,
                kind: openapi::stock::plan::PartsPlanKind::Monthly,
                needed_on: None,
                org_id: Uuid::nil().into(),
                org_name: "S".parse().unwrap(),
                line_id: Uuid::nil().into(),
                wanted: Quantity(10),
                approved: Some(Quantity(8)),
                is_approved: true,
                requisitioned: Quantity(3),
                to_send: Quantity::ZERO,
            }],
        }
    }

    #[test]
    fn what_is_missing_is_what_neither_shelf_nor_order_covers_and_never_more_than_the_need() {
        let need = |line: &StationDemand| line.approved.unwrap() - line.requisitioned;
        for (there, expected) in [
            ((0, 0, 0, 0), 5),
            ((3, 3, 0, 0), 5), // promised to others
            ((2, 0, 1, 1), 1),
            ((2, 0, 3, 0), 0),
            ((0, 9, 2, 0), 5), // what others lack is not of this month
        ] {
            assert_eq!(missing(&demand(there.0, there.1, there.2, there.3), need), Quantity(expected), "{there:?}");
        }
    }
}
