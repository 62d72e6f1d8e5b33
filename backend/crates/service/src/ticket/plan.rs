//! The parts that a ticket plans: checked, put on the ticket, reserved once the unit is accepted.

use super::entity::{part, ticket};
use super::{lines, model, names, store};
use crate::shortage;
use openapi::choice::Choice;
use openapi::master::product::{ProductKind, ProductRow};
use openapi::problem::field;
use openapi::service::PART_QUANTITY;
use openapi::service::state::OldPartState;
use openapi::service::work::PartDraft;
use openapi::{Issue, Quantity};
use platform::{Failure, Result, Tx};

/// What can be built in: neither a whole unit nor a service.
fn check(product: &ProductRow, draft: &PartDraft, at: &str) -> Result<()> {
    if matches!(product.kind, ProductKind::Unit | ProductKind::Service) {
        let issue = Issue::new(field::REFERENCE_NOT_FOUND);
        return Err(Failure::field(format!("{at}/product_id"), issue));
    }
    let pointer = format!("{at}/quantity");
    lines::sensible(pointer.clone(), draft.quantity)?;
    if product.is_serial_tracked && draft.quantity != Quantity::ONE {
        return Err(Failure::field(pointer, Issue::new(PART_QUANTITY).with("max", 1)));
    }
    Ok(())
}

/// Lines for the parts that are asked for, from position `first` on; `list` is where they stand in the body. Nothing is
/// written or reserved here.
pub async fn planned(
    tx: &Tx,
    ticket: &ticket::Model,
    drafts: &[PartDraft],
    list: &str,
    first: i32,
) -> Result<Vec<part::Model>> {
    // read together here, remembered below
    master::api::products(tx, drafts.iter().map(|line| line.product_id.uuid())).await?;
    let mut rows = Vec::with_capacity(drafts.len());
    for (position_no, (at, draft)) in (first..).zip(drafts.iter().enumerate()) {
        let at = format!("{list}/{at}");
        let product = names::product(tx, draft.product_id.uuid(), &format!("{at}/product_id")).await?;
        check(&product, draft, &at)?;
        let pointer = format!("{at}/warehouse_id");
        let warehouse_id = store::warehouse(tx, ticket.org_id, draft.warehouse_id, &pointer).await?;
        rows.push(part::Model {
            id: platform::new_id(),
            ticket_id: ticket.id,
            position_no,
            product_id: product.id.into(),
            product_code: product.code.into(),
            product_name: product.name.into(),
            is_serial_tracked: product.is_serial_tracked,
            returns_old_part: product.returns_old_part,
            warehouse_id,
            required: draft.quantity.0,
            retail_price: product.retail_price.0,
            warranty_price: product.warranty_price.unwrap_or_default().0,
            payer: draft.payer.map(|payer| payer.as_str().to_owned()),
            old_part: OldPartState::None.as_str().to_owned(),
            remark: draft.remark.as_ref().map(ToString::to_string),
            ..Default::default()
        });
    }
    Ok(rows)
}

/// What the timeline says about lines that were planned.
pub fn told(rows: &[part::Model]) -> String {
    let one = |row: &part::Model| format!("{} × {}", row.product_name, Quantity(row.required));
    rows.iter().map(one).collect::<Vec<_>>().join("；")
}

/// Reserves for lines what is there, and registers what they are short of. The lines are not saved here. Whether any of
/// them is short.
pub async fn reserve(tx: &Tx, ticket: &ticket::Model, rows: &mut [part::Model]) -> Result<bool> {
    store::reserve(tx, ticket, rows).await?;
    for row in rows.iter_mut() {
        shortage::register(tx, ticket, row).await?;
    }
    Ok(rows.iter().any(|row| model::short(row) > 0))
}
