//! What all stations want in a month, part by part, against what headquarters has and expects.

use super::entity::{line, plan};
use super::model::shared;
use super::queries::{OPEN, Open, open};
use crate::{balance, expected, facts, requisition};
use openapi::stock::plan::{PartsPlanAction, PartsPlanState};
use openapi::trade::purchase::plan::{PartDemand, StationDemand};
use openapi::{ItemCode, Month, Quantity, Text, shown};
use platform::doc::document;
use platform::{Failure, ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Months before the one that is consolidated whose open plans still count as promised.
const EARLIER: usize = 12;

/// What stations want of every part in a month, by product code. Drafts of orders, prices and what follows from them are
/// left to whoever knows the orders.
pub async fn demands(tx: &ReadTx, month: Month, product: Option<Uuid>) -> Result<Vec<PartDemand>> {
    let first = (0..EARLIER).fold(month, |month, _| month.previous());
    let mut earlier: HashMap<Uuid, i64> = HashMap::new();
    let mut parts: BTreeMap<Uuid, Vec<Open>> = BTreeMap::new();
    for one in open(tx, (first.number(), month.number()), product).await? {
        if one.plan.month == month.number() {
            parts.entry(one.line.product_id).or_default().push(one);
        } else if one.plan.state == PartsPlanState::Approved.to_string() {
            let left = one.line.approved.unwrap_or_default() - one.supply.requisitioned;
            *earlier.entry(one.line.product_id).or_default() += left.max(0);
        }
    }
    let ids: Vec<Uuid> = parts.keys().copied().collect();
    let root = identity::api::root(tx).await?.id;
    let there = balance::on_shelves(tx, &ids).await?;
    let ordered = expected::expected_at(tx, root, &ids).await?;
    let waiting = requisition::waiting_at(tx, root, &ids).await?;
    let products = facts::products(tx, ids.iter().copied()).await?;
    let orgs: HashSet<Uuid> = parts.values().flatten().map(|one| one.plan.org_id).collect();
    let names = facts::stations(tx, orgs).await?;
    let mut demands = Vec::with_capacity(parts.len());
    for (id, open) in parts {
        let product = products.get(&id).ok_or_else(requisition::lost_product)?;
        let available = there.get(&(root, id)).map_or(0, |(available, _)| available.0);
        let promised = [&waiting, &earlier].into_iter().filter_map(|map| map.get(&id)).sum::<i64>();
        let lines = stations(open, available - promised, &names)?;
        let sum = |of: fn(&StationDemand) -> Quantity| -> Quantity { lines.iter().map(of).sum() };
        demands.push(PartDemand {
            product_id: id.into(),
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            wanted: sum(|line| line.wanted),
            approved: sum(|line| line.approved.unwrap_or_default()),
            requisitioned: sum(|line| line.requisitioned),
            available: Quantity(available),
            promised: Quantity(promised),
            ordered: Quantity(ordered.get(&id).copied().unwrap_or_default()),
            drafted: Quantity::ZERO,
            short: Quantity::ZERO,
            to_order: Quantity::ZERO,
            last_price: None,
            lines,
        });
    }
    demands.sort_by(|a, b| a.product_code.cmp(&b.product_code));
    Ok(demands)
}

/// Station by station, with a share of what is free to be sent.
fn stations(open: Vec<Open>, free: i64, names: &facts::StationNames) -> Result<Vec<StationDemand>> {
    let is_approved = |one: &Open| one.plan.state == PartsPlanState::Approved.to_string();
    let left = |one: &Open| match is_approved(one) {
        true => (one.line.approved.unwrap_or_default() - one.supply.requisitioned).max(0),
        false => 0,
    };
    let shares = shared(free, open.iter().map(left).collect::<Vec<_>>());
    let one = |(one, share): (Open, i64)| {
        let is_approved = is_approved(&one);
        let Open { plan, line, supply } = one;
        let (plan_id, plan_number, org_name) = (plan.id.into(), plan.number.clone(), names.of(plan.org_id));
        Ok::<_, Failure>(shown!(plan => StationDemand { version, kind, needed_on, org_id } with {
            plan_id,
            plan_number,
            org_name,
            line_id: line.id.into(),
            wanted: Quantity(line.quantity),
            approved: line.approved.map(Quantity),
            is_approved,
            requisitioned: Quantity(supply.requisitioned),
            to_send: Quantity(share),
        })?)
    };
    open.into_iter().zip(shares).map(one).collect()
}

/// Plans that somebody who orders for them has locked.
pub struct Held(Vec<plan::Model>);

/// Locks the open plans of a month that want some of these products. Whoever orders locks them before asking what is short,
/// so that of two people at once the second one reads what the first one did.
pub async fn hold(tx: &Tx, month: Month, products: impl IntoIterator<Item = Uuid>) -> Result<Held> {
    use plan::Column as C;
    let wanting = line::Entity::find()
        .filter(line::Column::ProductId.is_in(products))
        .filter(line::Column::Quantity.gt(0))
        .select_only()
        .column(line::Column::PlanId);
    let which = Condition::all()
        .add(C::Month.eq(month.number()))
        .add(C::State.is_in(OPEN.map(|state| state.to_string())))
        .add(C::Id.in_subquery(wanting.into_query()));
    Ok(Held(tx.lock_all::<plan::Entity>(which).await?))
}

/// Notes in the plans whose parts were ordered, of those that are held, which order it was.
pub async fn ordered(tx: &Tx, held: Held, plans: &HashSet<Uuid>, order: &str) -> Result<()> {
    for before in held.0.into_iter().filter(|plan| plans.contains(&plan.id)) {
        let after = document::stepped::<plan::Entity>(tx, &before, PartsPlanAction::Order, Some(order))?;
        tx.save::<plan::Entity>(&before, after).await?;
    }
    Ok(())
}
