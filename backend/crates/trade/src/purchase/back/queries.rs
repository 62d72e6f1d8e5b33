//! Reads.

use super::entity::{back, line};
use crate::facts::{self, Names};
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::trade::purchase::PURCHASE_RETURN_EDIT;
use openapi::trade::purchase::back::{
    GetPurchaseReturn, ListPurchaseReturns, PurchaseReturn, PurchaseReturnAction, PurchaseReturnLine,
    PurchaseReturnLink, PurchaseReturnRow, PurchaseReturnState,
};
use openapi::{Page, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::narrowed;
use platform::{Call, Failure, ReadTx, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListPurchaseReturns>) -> Result<Page<PurchaseReturnRow>> {
    use back::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id party_id PartyId, id receipt_id ReceiptId, text number Number
    );
    let shape = Shape {
        sorts: &[("created_at", C::CreatedAt), ("updated_at", C::UpdatedAt), ("number", C::Number)],
        search: &[C::Number, C::ReceiptNumber, C::CreditNo, C::Reason],
    };
    let found = page(tx, &call.query, back::Entity::find().filter(all), &shape).await?;
    let names = Names::of(tx, found.items.iter().map(|r| (r.org_id, r.party_id, r.warehouse_id))).await?;
    found.try_map(|row| {
        let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
        Ok(shown!(row => PurchaseReturnRow {
            id, version, created_at, updated_at, org_id, number, state, receipt_number, effective_at, reason,
            total_quantity, accrued, credit,
        } with { party_name, warehouse_name })?)
    })
}

pub async fn get(tx: &ReadTx, call: Call<GetPurchaseReturn>) -> Result<PurchaseReturn> {
    detail(tx, tx.get::<back::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: back::Model) -> Result<PurchaseReturn> {
    let names = Names::of(tx, [(row.org_id, row.party_id, row.warehouse_id)]).await?;
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        Ok::<_, Failure>(shown!(row => PurchaseReturnLine {
            id, receipt_line_id, product_id, serial, condition, quantity, released, accrued, credit, tax,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let is_own = row.created_by == tx.actor().user_id;
    let is_barred = |action| action == PurchaseReturnAction::Approve && is_own;
    let allowed = document::allowed_on::<back::Entity>(tx, &row, is_barred).await?;
    let is_draft = document::state_of::<back::Entity>(&row)? == PurchaseReturnState::Draft;
    let is_editable = is_draft && tx.may_at(PURCHASE_RETURN_EDIT, row.org_id).await?;
    let postings = stock::api::postings_of(tx, row.id).await?;
    let open = finance::api::open_of(tx, row.id, OpenItemSide::Receivable).await?;
    let (party_name, warehouse_name) = (names.party(row.party_id), names.warehouse(row.warehouse_id));
    Ok(shown!(row => PurchaseReturn {
        id, version, created_at, updated_at, org_id, number, state, receipt_id, receipt_number, party_id, warehouse_id,
        effective_at, credit_no, reason, reversal_reason, total_quantity, accrued, credit, tax, set_off,
    } with { allowed, is_editable, party_name, warehouse_name, open, lines, postings })?)
}

/// The returns of a receipt that are not voided, the first one first, at most 500.
pub async fn of_receipt(tx: &ReadTx, receipt: Uuid) -> Result<Vec<PurchaseReturnLink>> {
    let select = back::Entity::find()
        .filter(back::Column::ReceiptId.eq(receipt))
        .filter(back::Column::State.ne(PurchaseReturnState::Void.as_str()));
    let rows = select.order_by_asc(back::Column::CreatedAt).order_by_asc(back::Column::Id).limit(500);
    let link = |row: back::Model| Ok(shown!(row => PurchaseReturnLink { id, number, state, total_quantity, credit })?);
    rows.all(tx.conn()).await?.into_iter().map(link).collect()
}

/// The returns of a receipt whose goods have left and not come back.
pub async fn posted_of(tx: &ReadTx, receipt: Uuid) -> Result<Vec<back::Model>> {
    let select = back::Entity::find()
        .filter(back::Column::ReceiptId.eq(receipt))
        .filter(back::Column::State.eq(PurchaseReturnState::Posted.as_str()));
    Ok(select.order_by_asc(back::Column::Number).all(tx.conn()).await?)
}

/// The numbers of the returns in force by which something of these lines of receipts was credited.
pub async fn crediting(tx: &ReadTx, receipt_lines: impl IntoIterator<Item = Uuid>) -> Result<Vec<String>> {
    use line::Column as L;
    let credited = line::Entity::find()
        .select_only()
        .column(L::ReturnId)
        .filter(L::ReceiptLineId.is_in(receipt_lines))
        .filter(L::Credit.gt(0));
    let rows = back::Entity::find()
        .filter(back::Column::Id.in_subquery(credited.into_query()))
        .filter(back::Column::State.eq(PurchaseReturnState::Posted.as_str()))
        .order_by_asc(back::Column::Number);
    Ok(rows.all(tx.conn()).await?.into_iter().map(|row| row.number).collect())
}
