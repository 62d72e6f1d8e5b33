//! Reads. A dealer sees the applications that name it, and no costs.

use super::entity::{line, part, refurb};
use crate::document::for_document::postings_of;
use crate::facts;
use crate::requisition::lost_product;
use openapi::stock::refurb::{
    GetRefurb, ListRefurbs, Refurb, RefurbAction, RefurbLine, RefurbPart, RefurbRow, RefurbState,
};
use openapi::stock::{REFURB_APPROVE, REFURB_EDIT, REFURB_GRADE, REFURB_REVERSE, REFURB_WORK, STOCK_COST};
use openapi::{ItemCode, Money, Page, Serial, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::doc::lifecycle::stored;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListRefurbs>) -> Result<Page<RefurbRow>> {
    use refurb::Column as C;
    let filter = &call.query.filter;
    let with_serial = |serial: &str| {
        let lines = Query::select()
            .column(line::Column::RefurbId)
            .from(line::Entity)
            .and_where(line::Column::Serial.eq(serial))
            .to_owned();
        C::Id.in_subquery(lines)
    };
    let all = narrowed!(filter, C: any state State, id org_id OrgId, id agent_id AgentId, text number Number)
        .add_option(filter.serial.as_ref().map(|serial| with_serial(serial)));
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Reason],
    };
    let found = page(tx, &call.query, refurb::Entity::find().filter(all), &shape).await?;
    let names = facts::stations(tx, found.items.iter().map(|r| r.org_id)).await?;
    let agents = master::api::customer_named(tx, found.items.iter().filter_map(|r| r.agent_id)).await?;
    let counts = counts(tx, found.items.iter().map(|r| r.id).collect()).await?;
    found.try_map(|row| {
        let (org_name, agent_name) = (names.of(row.org_id), agent(&agents, row.agent_id));
        let (units, graded) = counts.get(&row.id).copied().unwrap_or_default();
        Ok(shown!(row => RefurbRow {
            id, version, created_at, updated_at, org_id, number, state, reason, estimate, started_at, finished_at,
        } with { org_name, agent_name, units, graded })?)
    })
}

fn agent<const MAX: usize>(agents: &HashMap<Uuid, String>, id: Option<Uuid>) -> Option<Text<MAX>> {
    id.and_then(|id| agents.get(&id)).cloned().map(Text::stored)
}

/// Units of some refurbishments, and how many of them are graded.
async fn counts(tx: &ReadTx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, (i64, i64)>> {
    let rows = line::Entity::find().filter(line::Column::RefurbId.is_in(ids)).all(tx.conn()).await?;
    let mut counts: HashMap<Uuid, (i64, i64)> = HashMap::new();
    for row in rows {
        let count = counts.entry(row.refurb_id).or_default();
        count.0 += 1;
        count.1 += i64::from(row.grade.is_some());
    }
    Ok(counts)
}

pub async fn get(tx: &ReadTx, call: Call<GetRefurb>) -> Result<Refurb> {
    detail(tx, tx.get::<refurb::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: refurb::Model) -> Result<Refurb> {
    let units = document::lines_of::<line::Entity>(tx, row.id).await?;
    let used = document::lines_of::<part::Entity>(tx, row.id).await?;
    let products = units.iter().map(|l| l.product_id).chain(used.iter().map(|p| p.product_id));
    let products = facts::products(tx, products.collect::<HashSet<_>>()).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let spent: i64 = units.iter().map(|l| l.parts_value + l.labour).sum();
    let serials: HashMap<Uuid, String> = units.iter().map(|l| (l.id, l.serial.clone())).collect();
    let called = |id: Uuid| {
        let product = products.get(&id).ok_or_else(lost_product)?;
        Ok::<_, Failure>((ItemCode::stored(product.code.clone()), Text::stored(product.name.clone())))
    };
    let bare = |value: Option<i64>| value.filter(|_| sees_cost).map(Money);
    let unit = |row: line::Model| {
        let (product_code, product_name) = called(row.product_id)?;
        let (carrying, value) = (bare(row.carrying), bare(row.value));
        let (parts_value, labour) = (bare(Some(row.parts_value)), bare(Some(row.labour)));
        let grade = row.grade.as_deref().map(stored).transpose()?;
        Ok::<_, Failure>(shown!(row => RefurbLine { id, product_id, serial, condition, graded_at }
            with { product_code, product_name, carrying, parts_value, labour, value, grade })?)
    };
    let lines = units.into_iter().map(unit).collect::<Result<Vec<_>>>()?;
    let one = |row: part::Model| {
        let (product_code, product_name) = called(row.product_id)?;
        let value = bare(Some(row.value));
        let unit_serial = Serial::stored(serials.get(&row.line_id).cloned().unwrap_or_default());
        Ok::<_, Failure>(shown!(row => RefurbPart { id, line_id, product_id, serial, quantity, is_taken_back }
            with { unit_serial, product_code, product_name, value })?)
    };
    let parts = used.into_iter().map(one).collect::<Result<Vec<_>>>()?;
    let names = facts::stations(tx, [row.org_id]).await?;
    let warehouses = facts::warehouses(tx, [row.warehouse_id]).await?;
    let agents = master::api::customer_named(tx, row.agent_id).await?;
    let is_draft = document::state_of::<refurb::Entity>(&row)? == RefurbState::Draft;
    let is_editable = is_draft && tx.may_at(REFURB_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let postings = postings_of(tx, row.id).await?;
    let (org_name, agent_name) = (names.of(row.org_id), agent(&agents, row.agent_id));
    let warehouse_name = Text::stored(warehouses.get(&row.warehouse_id).map(|w| w.name.clone()).unwrap_or_default());
    let spent = bare(Some(spent));
    Ok(shown!(row => Refurb {
        id, version, created_at, updated_at, org_id, number, state, warehouse_id, agent_id, reason, estimate, started_at,
        finished_at,
    } with { allowed, is_editable, org_name, agent_name, warehouse_name, spent, lines, parts, postings })?)
}

/// What the caller may do: nobody approves what they wrote, nor grades what they worked on.
async fn allowed(tx: &ReadTx, row: &refurb::Model) -> Result<Vec<RefurbAction>> {
    use RefurbAction as A;
    let me = tx.actor().user_id;
    let mut actions = Vec::new();
    for action in document::allowed::<refurb::Entity>(tx, row)? {
        let permission = match action {
            A::Finish => continue,
            A::Approve if row.created_by == me => continue,
            A::Grade if row.worker_id == Some(me) => continue,
            A::Submit | A::Void => REFURB_EDIT,
            A::Approve | A::Reject => REFURB_APPROVE,
            A::Start | A::Work => REFURB_WORK,
            A::Grade => REFURB_GRADE,
            A::Reverse => REFURB_REVERSE,
        };
        if tx.may_at(permission, row.org_id).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}

/// Numbers of refurbishments by id.
pub async fn numbers(tx: &ReadTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = refurb::Entity::find().filter(refurb::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}
