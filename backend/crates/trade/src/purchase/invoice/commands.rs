//! Writes. The orders behind the lines are locked in the order of their ids before anything is read of what was
//! received, as for those who receive goods and take receipts back.

use super::entity::{invoice, line};
use super::{model, queries};
use crate::purchase::back;
use crate::purchase::order::entity::{line as order_line, order};
use crate::purchase::receipt::entity::{line as receipt_line, receipt};
use chrono::TimeDelta;
use finance::api::{EntryDraft, OpenItemDraft, Source};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::REVERSAL_BLOCKED;
use openapi::finance::open_item::OpenItemSide;
use openapi::master::customer::PartyRole;
use openapi::problem::{IN_THE_FUTURE, field};
use openapi::trade::purchase::invoice::{
    CreateSupplierInvoice, ReverseSupplierInvoice, SupplierInvoice, SupplierInvoiceAction, SupplierInvoiceDraft,
    SupplierInvoiceState,
};
use openapi::trade::purchase::receipt::GoodsReceiptState;
use openapi::trade::purchase::{INVOICE_EDIT, INVOICE_REVERSE};
use openapi::{Issue, Money};
use platform::doc::document;
use platform::{Call, Failure, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

pub async fn create(tx: &Tx, call: Call<CreateSupplierInvoice>) -> Result<SupplierInvoice> {
    let draft = call.body;
    let roles = [PartyRole::Supplier, PartyRole::Maker];
    let supplier = master::api::choose_party(tx, draft.party_id, &roles, "/party_id").await?;
    let effective_at = master::api::effective_at(tx, draft.effective_at)?;
    if draft.invoiced_on.naive() > tx.today() {
        return Err(Failure::field("/invoiced_on", Issue::new(IN_THE_FUTURE)));
    }
    let terms = TimeDelta::days(supplier.terms_days.unwrap_or_default().into());
    let due_on = draft.due_on.map_or(draft.invoiced_on.naive() + terms, |day| day.naive());
    let (org_id, mut received) = received(tx, &draft).await?;
    let rates = rates(tx, received.values()).await?;
    let id = platform::new_id();
    let lines = model::charged(id, &mut received, &draft.lines, &rates).map_err(Failure::fields)?;
    let row = invoice::Model {
        id,
        org_id,
        number: tx.number(DocKind::SupplierInvoice).await?,
        state: SupplierInvoiceState::Posted.as_str().to_owned(),
        party_id: draft.party_id.uuid(),
        invoice_no: draft.invoice_no.into(),
        invoiced_on: draft.invoiced_on.naive(),
        due_on,
        effective_at,
        remark: draft.remark.map(Into::into),
        ..Default::default()
    };
    let row = model::summed(row, &lines);
    let row = document::open::<invoice::Entity, line::Entity>(tx, row, lines).await?;
    for line in received.into_values() {
        document::save_line::<receipt_line::Entity>(tx, line).await?;
    }
    post(tx, &row).await?;
    queries::detail(tx, row).await
}

fn source(row: &invoice::Model) -> Source {
    Source { kind: DocKind::SupplierInvoice, id: row.id, number: row.number.clone() }
}

async fn post(tx: &Tx, row: &invoice::Model) -> Result<()> {
    let entry = EntryDraft {
        org_id: row.org_id,
        effective_at: row.effective_at,
        source: source(row),
        origin: None,
        memo: Some(format!("供应商发票 {}", row.invoice_no)),
        lines: model::posting(row),
    };
    finance::api::post_entry(tx, entry).await?;
    let item = OpenItemDraft {
        org_id: row.org_id,
        side: OpenItemSide::Payable,
        party_id: row.party_id.into(),
        source: source(row),
        effective_on: tx.date_of(row.effective_at),
        due_on: Some(row.due_on),
        amount: Money(row.amount),
    };
    finance::api::leave_open(tx, item).await
}

/// The lines that were received and are meant, locked with their orders: all of the supplier, of receipts that stand, at
/// one station that the caller may book for.
async fn received(tx: &Tx, draft: &SupplierInvoiceDraft) -> Result<(Uuid, HashMap<Uuid, receipt_line::Model>)> {
    let ids: Vec<Uuid> = draft.lines.iter().map(|l| l.receipt_line_id.uuid()).collect();
    let found = lines(tx, &ids).await?;
    let heads = receipts(tx, found.values().map(|l| l.receipt_id)).await?;
    for order in heads.values().map(|head| head.order_id).collect::<BTreeSet<_>>() {
        tx.lock_other::<order::Entity>(order).await?;
    }
    // what was read before the locks may be old
    let (found, heads) = (lines(tx, &ids).await?, receipts(tx, found.values().map(|l| l.receipt_id)).await?);
    let mut station = None;
    let mut issues = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let head = found.get(id).and_then(|line| heads.get(&line.receipt_id));
        let is_meant = |head: &&receipt::Model| {
            head.party_id == draft.party_id.uuid()
                && head.state == GoodsReceiptState::Posted.as_str()
                && station.is_none_or(|org| org == head.org_id)
        };
        match head.filter(is_meant) {
            Some(head) => station = Some(head.org_id),
            None => {
                issues.push((format!("/lines/{at}/receipt_line_id"), Issue::new(field::REFERENCE_NOT_FOUND)));
            }
        }
    }
    if !issues.is_empty() {
        return Err(Failure::fields(issues));
    }
    let org = station.ok_or_else(Failure::not_found)?;
    tx.require_at(INVOICE_EDIT, org).await?;
    Ok((org, found))
}

async fn lines(tx: &Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, receipt_line::Model>> {
    let select = receipt_line::Entity::find().filter(receipt_line::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(tx.conn()).await?.into_iter().map(|line| (line.id, line)).collect())
}

async fn receipts(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, receipt::Model>> {
    let select = receipt::Entity::find().filter(receipt::Column::Id.is_in(ids.into_iter().collect::<BTreeSet<_>>()));
    Ok(select.all(tx.conn()).await?.into_iter().map(|head| (head.id, head)).collect())
}

/// VAT rates of the order, by line of the receipt.
async fn rates(tx: &Tx, received: impl Iterator<Item = &receipt_line::Model>) -> Result<HashMap<Uuid, i32>> {
    let by_line: Vec<(Uuid, Uuid)> = received.map(|line| (line.id, line.order_line_id)).collect();
    let ids: BTreeSet<Uuid> = by_line.iter().map(|(_, order_line)| *order_line).collect();
    let rows = order_line::Entity::find().filter(order_line::Column::Id.is_in(ids)).all(tx.conn()).await?;
    let rates: HashMap<Uuid, i32> = rows.into_iter().map(|row| (row.id, row.vat_rate)).collect();
    Ok(by_line.into_iter().filter_map(|(line, of)| Some((line, *rates.get(&of)?))).collect())
}

pub async fn reverse(tx: &Tx, call: Call<ReverseSupplierInvoice>) -> Result<SupplierInvoice> {
    let before = tx.get::<invoice::Entity>(call.path.id).await?;
    let charged = document::lines_of::<line::Entity>(tx, before.id).await?;
    let ids: Vec<Uuid> = charged.iter().map(|line| line.receipt_line_id).collect();
    let heads = receipts(tx, lines(tx, &ids).await?.values().map(|line| line.receipt_id)).await?;
    for order in heads.values().map(|head| head.order_id).collect::<BTreeSet<_>>() {
        tx.lock_other::<order::Entity>(order).await?;
    }
    let before = tx.lock::<invoice::Entity>(before.id).await?;
    tx.require_at(INVOICE_REVERSE, before.org_id).await?;
    let reason = &call.body.reason;
    let after = document::stepped::<invoice::Entity>(tx, &before, SupplierInvoiceAction::Reverse, Some(reason))?;
    let credits = back::queries::crediting(tx, ids.iter().copied()).await?;
    if !credits.is_empty() {
        return Err(Failure::blocked(REVERSAL_BLOCKED, "documents", &credits));
    }
    let itself = source(&before);
    finance::api::close_item(tx, before.id, OpenItemSide::Payable, &itself).await?;
    finance::api::reverse_entry(tx, before.id, &itself).await?;
    let mut received = lines(tx, &ids).await?;
    for line in charged {
        if let Some(of) = received.get_mut(&line.receipt_line_id) {
            of.invoiced -= line.quantity;
            of.invoiced_value -= line.accrued;
        }
    }
    for line in received.into_values() {
        document::save_line::<receipt_line::Entity>(tx, line).await?;
    }
    let after = invoice::Model { reason: Some(reason.to_string()), ..after };
    queries::detail(tx, tx.save::<invoice::Entity>(&before, after).await?).await
}
