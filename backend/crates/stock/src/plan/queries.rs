//! Reads.

use super::entity::{line, plan};
use super::supply;
use crate::{expected, facts, requisition, transfer};
use openapi::choice::Choice;
use openapi::stock::PARTS_PLAN_EDIT;
use openapi::stock::plan::{
    GetPartsPlan, ListPartsPlans, PartsPlan, PartsPlanAction, PartsPlanLine, PartsPlanRequisition, PartsPlanRow,
    PartsPlanState, PartsPlanTransfer,
};
use openapi::{Date, ItemCode, Page, Quantity, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListPartsPlans>) -> Result<Page<PartsPlanRow>> {
    use plan::Column as C;
    let filter = &call.query.filter;
    let all =
        narrowed!(filter, C: any state State, any kind Kind, id org_id OrgId, month month Month, text number Number);
    let shape = Shape {
        sorts: &[
            ("created_at", C::CreatedAt),
            ("updated_at", C::UpdatedAt),
            ("number", C::Number),
            ("month", C::Month),
        ],
        search: &[C::Number, C::Reason, C::Remark],
    };
    let found = page(tx, &call.query, plan::Entity::find().filter(all), &shape).await?;
    let names = facts::stations(tx, found.items.iter().map(|r| r.org_id)).await?;
    found.try_map(|row| {
        let org_name = names.of(row.org_id);
        Ok(shown!(row => PartsPlanRow {
            id, version, created_at, updated_at, org_id, number, state, kind, month, needed_on, reason, total_quantity,
        } with { org_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetPartsPlan>) -> Result<PartsPlan> {
    detail(tx, tx.get::<plan::Entity>(call.path.id).await?).await
}

/// The detail, with the supply of each line as it is now.
pub async fn detail(tx: &ReadTx, row: plan::Model) -> Result<PartsPlan> {
    use PartsPlanAction as A;
    let names = facts::stations(tx, [row.org_id]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let asked = requisition::of_plan_lines(tx, rows.iter().map(|line| line.id)).await?;
    let transfers = transfer::of_requisitions(tx, asked.iter().map(|row| row.id)).await?;
    let sent = |row: transfer::entity::transfer::Model| {
        Ok::<_, Failure>(shown!(row => PartsPlanTransfer { id, number, state, shipped_at })?)
    };
    let transfers = transfers.into_iter().map(sent).collect::<Result<Vec<_>>>()?;
    let lines = lines(tx, &row, rows).await?;
    let is_draft = document::state_of::<plan::Entity>(&row)? == PartsPlanState::Draft;
    let is_editable = is_draft && tx.may_at(PARTS_PLAN_EDIT, row.org_id).await?;
    // lines are decided and supplied on the page of all plans; nobody approves the own plan
    let is_own = row.created_by == tx.actor().user_id;
    let is_barred = |a: A| {
        matches!(a, A::Decide | A::Requisition | A::Order | A::Fulfil | A::Reopen) || (a == A::Approve && is_own)
    };
    let allowed = document::allowed_on::<plan::Entity>(tx, &row, is_barred).await?;
    let requisitions = requisitions(tx, asked).await?;
    let org_name = names.of(row.org_id);
    Ok(shown!(row => PartsPlan {
        id, version, created_at, updated_at, org_id, number, state, kind, month, needed_on, reason, remark, suggested_at,
    } with { allowed, is_editable, org_name, lines, requisitions, transfers })?)
}

async fn lines(tx: &ReadTx, plan: &plan::Model, rows: Vec<line::Model>) -> Result<Vec<PartsPlanLine>> {
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let supply = supply::of(tx, &[plan.id]).await?;
    let root = identity::api::root(tx).await?.id;
    let waiting = rows.iter().filter(|line| line.approved.is_some()).map(|line| line.product_id);
    let days = expected::next_days(tx, root, waiting.collect()).await?;
    let line = |row: line::Model| {
        let product = products.get(&row.product_id).ok_or_else(requisition::lost_product)?;
        let supply = supply.get(&row.id).copied().unwrap_or_default();
        let outstanding = (row.approved.unwrap_or_default() - supply.received).max(0);
        let parcel = supply.sign_by.map(|at| tx.date_of(at));
        let is_unsent = outstanding > 0 && supply.shipped < row.approved.unwrap_or_default();
        let day = parcel.or_else(|| days.get(&row.product_id).copied().filter(|_| is_unsent));
        let basis = row.basis.as_deref().map(serde_json::from_str).transpose()?;
        Ok::<_, Failure>(shown!(row => PartsPlanLine {
            id, product_id, suggested, quantity, is_by_hand, approved, remark,
        } with {
            product_code: ItemCode::stored(product.code.clone()),
            product_name: Text::stored(product.name.clone()),
            basis,
            requisitioned: Quantity(supply.requisitioned),
            shipped: Quantity(supply.shipped),
            received: Quantity(supply.received),
            outstanding: Quantity(outstanding),
            expected_on: day.map(Date::from),
        })?)
    };
    rows.into_iter().map(line).collect()
}

/// Requisitions as the reader of a plan sees them.
pub async fn requisitions(
    tx: &ReadTx,
    rows: Vec<requisition::entity::requisition::Model>,
) -> Result<Vec<PartsPlanRequisition>> {
    let names = facts::stations(tx, rows.iter().map(|row| row.org_id)).await?;
    let one = |row: requisition::entity::requisition::Model| {
        let org_name = names.of(row.org_id);
        Ok::<_, Failure>(shown!(row => PartsPlanRequisition { id, number, state } with { org_name })?)
    };
    rows.into_iter().map(one).collect()
}

/// The states in which a plan wants something.
pub const OPEN: [PartsPlanState; 2] = [PartsPlanState::Submitted, PartsPlanState::Approved];

/// What plans still want, with its supply.
pub struct Open {
    pub plan: plan::Model,
    pub line: line::Model,
    pub supply: supply::Supply,
}

/// The lines of the plans in reach that are submitted, or approved and not fully supplied: those of the months from
/// `months.0` to `months.1`, urgent plans first, then by day and age.
pub async fn open(tx: &ReadTx, months: (i64, i64), product: Option<Uuid>) -> Result<Vec<Open>> {
    use plan::Column as C;
    let states = OPEN.map(|state| state.to_string());
    let plans = tx.select::<plan::Entity>().filter(C::State.is_in(states)).filter(C::Month.between(months.0, months.1));
    let mut plans = plans.all(tx.conn()).await?;
    // "monthly" comes before "urgent"
    plans.sort_by(|a, b| {
        let key = |p: &plan::Model| (p.needed_on.is_none(), p.needed_on, p.created_at, p.id);
        b.kind.cmp(&a.kind).then_with(|| key(a).cmp(&key(b)))
    });
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let supply = supply::of(tx, &ids).await?;
    let mut lines: HashMap<Uuid, Vec<line::Model>> = HashMap::new();
    for part in ids.chunks(5000) {
        let mut select = line::Entity::find().filter(line::Column::PlanId.is_in(part.iter().copied()));
        if let Some(product) = product {
            select = select.filter(line::Column::ProductId.eq(product));
        }
        for line in select.filter(line::Column::Quantity.gt(0)).all(tx.conn()).await? {
            lines.entry(line.plan_id).or_default().push(line);
        }
    }
    let mut open = Vec::new();
    for plan in plans {
        let is_approved = plan.state == PartsPlanState::Approved.as_str();
        for line in lines.remove(&plan.id).unwrap_or_default() {
            let supply = supply.get(&line.id).copied().unwrap_or_default();
            if !is_approved || supply.received < line.approved.unwrap_or_default() {
                open.push(Open { plan: plan.clone(), line, supply });
            }
        }
    }
    Ok(open)
}
