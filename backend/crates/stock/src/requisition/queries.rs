//! Reads.

use super::entity::{line, requisition};
use crate::facts;
use openapi::stock::requisition::{
    GetRequisition, ListRequisitions, Requisition, RequisitionAction, RequisitionLine, RequisitionRow, RequisitionState,
};
use openapi::stock::{REQUISITION_APPROVE, REQUISITION_EDIT};
use openapi::{ItemCode, Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::sea_query::{Alias, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListRequisitions>) -> Result<Page<RequisitionRow>> {
    use requisition::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, any priority Priority, id org_id OrgId, id supplier_id SupplierId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::Purpose, C::Remark],
    };
    let found = page(tx, &call.query, requisition::Entity::find().filter(all), &shape).await?;
    let names = facts::stations(tx, found.items.iter().flat_map(|r| [r.org_id, r.supplier_id])).await?;
    found.try_map(|row| {
        let (org_name, supplier_name) = (names.of(row.org_id), names.of(row.supplier_id));
        Ok(shown!(row => RequisitionRow {
            id, version, created_at, updated_at, org_id, number, state, priority, needed_on, purpose, total_quantity,
        } with { org_name, supplier_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetRequisition>) -> Result<Requisition> {
    detail(tx, tx.get::<requisition::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: requisition::Model) -> Result<Requisition> {
    let names = facts::stations(tx, [row.org_id, row.supplier_id]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let is_partly_approved = rows.iter().any(|l| l.approved.is_some_and(|approved| approved < l.quantity));
    let line = |row: line::Model| {
        let product = products.get(&row.product_id).ok_or_else(lost_product)?;
        let product_code = ItemCode::stored(product.code.clone());
        let product_name = Text::stored(product.name.clone());
        Ok::<_, Failure>(shown!(row => RequisitionLine { id, product_id, quantity, approved, shipped, remark }
            with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_draft = document::state_of::<requisition::Entity>(&row)? == RequisitionState::Draft;
    let is_editable = is_draft && tx.may_at(REQUISITION_EDIT, row.org_id).await?;
    let allowed = allowed(tx, &row).await?;
    let (org_name, supplier_name) = (names.of(row.org_id), names.of(row.supplier_id));
    Ok(shown!(row => Requisition {
        id, version, created_at, updated_at, org_id, number, state, supplier_id, priority, needed_on, purpose, remark,
    } with { allowed, is_editable, org_name, supplier_name, is_partly_approved, lines })?)
}

/// A line whose product is gone, which a foreign key rules out.
pub fn lost_product() -> Failure {
    Failure::Internal("a line has no product".to_owned())
}

/// What the caller may do: each end its part, and nobody approves the own requisition.
async fn allowed(tx: &ReadTx, row: &requisition::Model) -> Result<Vec<RequisitionAction>> {
    use RequisitionAction as A;
    let asks = tx.may_at(REQUISITION_EDIT, row.org_id).await?;
    let gives = tx.may_at(REQUISITION_APPROVE, row.supplier_id).await?;
    let is_own = row.created_by == tx.actor().user_id;
    let may = |action: &A| match action {
        A::Submit | A::Void => asks,
        A::Approve => gives && !is_own,
        A::Reject | A::Close => gives,
        A::Fulfil | A::Reopen => false,
    };
    Ok(document::allowed::<requisition::Entity>(tx, row)?.into_iter().filter(may).collect())
}

/// The lines of a requisition that a transfer may fulfil: product by line.
pub async fn open_lines(tx: &ReadTx, id: Uuid) -> Result<HashMap<Uuid, Uuid>> {
    let rows = document::lines_of::<line::Entity>(tx, id).await?;
    Ok(rows.into_iter().map(|line| (line.id, line.product_id)).collect())
}

/// The lines of a plan that a requisition supplies.
pub fn plan_lines(id: Uuid) -> Select<line::Entity> {
    let lines = line::Entity::find().filter(line::Column::RequisitionId.eq(id));
    lines.filter(line::Column::PlanLineId.is_not_null()).select_only().column(line::Column::PlanLineId)
}

/// The requisitions that supply lines of a plan, oldest first.
pub async fn of_plan_lines(tx: &ReadTx, lines: impl IntoIterator<Item = Uuid>) -> Result<Vec<requisition::Model>> {
    let ids: Vec<Uuid> = line::Entity::find()
        .filter(line::Column::PlanLineId.is_in(lines))
        .select_only()
        .column(line::Column::RequisitionId)
        .distinct()
        .into_tuple()
        .all(tx.conn())
        .await?;
    let select = requisition::Entity::find().filter(requisition::Column::Id.is_in(ids));
    let select = select.order_by_asc(requisition::Column::CreatedAt).order_by_asc(requisition::Column::Id);
    Ok(select.all(tx.conn()).await?)
}

/// What a station has approved to send of some products and has not sent.
pub async fn waiting_at(tx: &ReadTx, supplier: Uuid, products: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    use {line::Column as L, requisition::Column as R};
    let open = requisition::Entity::find()
        .filter(R::SupplierId.eq(supplier))
        .filter(R::State.eq(RequisitionState::Approved.to_string()))
        .select_only()
        .column(R::Id);
    let rows = line::Entity::find()
        .filter(L::RequisitionId.in_subquery(sea_orm::QueryTrait::into_query(open)))
        .filter(L::ProductId.is_in(products.iter().copied()))
        .select_only()
        .column(L::ProductId)
        .column_as(L::Approved.sum().cast_as(Alias::new("BIGINT")), "approved")
        .column_as(L::Shipped.sum().cast_as(Alias::new("BIGINT")), "shipped")
        .group_by(L::ProductId)
        .into_tuple::<(Uuid, Option<i64>, i64)>()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(product, approved, shipped)| (product, approved.unwrap_or_default() - shipped)).collect())
}
