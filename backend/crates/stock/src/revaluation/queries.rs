//! Reads. Until it is posted, a revaluation shows what it would do now.

use super::entity::{line, revaluation};
use super::{goods, model};
use crate::document::for_document::postings_of;
use crate::facts;
use crate::requisition::lost_product;
use openapi::stock::revaluation::{
    GetRevaluation, ListRevaluations, Revaluation, RevaluationAction, RevaluationLine, RevaluationRow, RevaluationState,
};
use openapi::stock::{REVALUATION_APPROVE, REVALUATION_EDIT, REVALUATION_REVERSE, STOCK_COST};
use openapi::{ItemCode, Money, Page, Quantity, Text, UnitPrice, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListRevaluations>) -> Result<Page<RevaluationRow>> {
    use revaluation::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C: any state State, id org_id OrgId, text number Number);
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Reason],
    };
    let found = page(tx, &call.query, revaluation::Entity::find().filter(all), &shape).await?;
    let names = facts::stations(tx, found.items.iter().map(|r| r.org_id)).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    found.try_map(|row| {
        let org_name = names.of(row.org_id);
        let row = revaluation::Model { difference: row.difference.filter(|_| sees_cost), ..row };
        let difference = row.difference.map(Money);
        Ok(shown!(row => RevaluationRow {
            id, version, created_at, updated_at, org_id, number, state, reason, posted_at,
        } with { org_name, difference })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetRevaluation>) -> Result<Revaluation> {
    detail(tx, tx.get::<revaluation::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: revaluation::Model) -> Result<Revaluation> {
    let names = facts::stations(tx, [row.org_id]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let wanted: Vec<Uuid> = rows.iter().map(|line| line.product_id).collect();
    let held = match row.posted_at {
        Some(_) => Vec::new(),
        None => goods::held(tx, row.org_id, &wanted).await?,
    };
    let products = facts::products(tx, wanted).await?;
    let sees_cost = tx.actor().may(STOCK_COST);
    let line = |line: line::Model| {
        let product = products.get(&line.product_id).ok_or_else(lost_product)?;
        let line = match row.posted_at {
            Some(_) => line,
            None => model::valued(line, product.is_serial_tracked, &held),
        };
        let quantity = Quantity(line.quantity.unwrap_or_default());
        let old_value = line.old_value.map(Money).filter(|_| sees_cost);
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        let old_cost = old_value.map(|value| value.per(quantity));
        let new_cost = sees_cost.then_some(UnitPrice(line.new_cost));
        let difference = line.difference.map(Money).filter(|_| sees_cost);
        Ok::<_, Failure>(shown!(line => RevaluationLine { id, product_id, serial, condition }
            with { product_code, product_name, quantity, old_cost, new_cost, old_value, difference })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<RevaluationLine>>>()?;
    let sum = |is_gain: bool| {
        let changes = lines.iter().filter_map(|l| l.difference).filter(|d| (d.0 > 0) == is_gain);
        sees_cost.then(|| changes.sum::<Money>())
    };
    let (gain_value, loss_value) = (sum(true), sum(false));
    let is_draft = document::state_of::<revaluation::Entity>(&row)? == RevaluationState::Draft;
    let is_editable = is_draft && tx.may_at(REVALUATION_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let org_name = names.of(row.org_id);
    let postings = postings_of(tx, row.id).await?;
    Ok(shown!(row => Revaluation {
        id, version, created_at, updated_at, org_id, number, state, reason, posted_at,
    } with { allowed, is_editable, org_name, gain_value, loss_value, lines, postings })?)
}

/// What the caller may do; nobody approves the own document.
async fn allowed(tx: &ReadTx, row: &revaluation::Model) -> Result<Vec<RevaluationAction>> {
    use RevaluationAction as A;
    let mut actions = Vec::new();
    for action in document::allowed::<revaluation::Entity>(tx, row)? {
        let permission = match action {
            A::Approve if row.created_by == tx.actor().user_id => continue,
            A::Approve | A::Reject => REVALUATION_APPROVE,
            A::Submit | A::Void => REVALUATION_EDIT,
            A::Reverse => REVALUATION_REVERSE,
        };
        if tx.may_at(permission, row.org_id).await? {
            actions.push(action);
        }
    }
    Ok(actions)
}
