//! Writes and changes a draft; starts from an approved requisition when it comes from one.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::pages::stock::requisition::all_stations;
use crate::text::{delivery as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::Quantity;
use openapi::stock::requisition::{GetRequisition, Requisition, RequisitionLine};
use openapi::stock::transfer::{
    CreateTransfer, GetTransfer, Transfer, TransferDraft, TransferLineDraft, UpdateTransfer,
};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("transfer", t::TRANSFER_NEW, t::TRANSFER_EDIT, "/stock/transfers")
        .section(
            documents::BASICS,
            vec![
                field!(TransferDraft.warehouse_id, t::SENDS_FROM).pick(warehouses("is_active=true")),
                field!(TransferDraft.to_org_id, t::RECEIVER).pick(all_stations()),
                field!(TransferDraft.courier, t::COURIER),
                field!(TransferDraft.tracking_number, t::PARCEL),
                field!(TransferDraft.sign_within_days, t::SIGN_WITHIN).hint(t::SIGN_WITHIN_HINT),
                field!(TransferDraft.remark, stock::REMARK),
                Field::hidden("requisition_id"),
            ],
        )
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).begun()])
        .starts_from::<GetRequisition>("requisition", still_to_send)
        .create::<CreateTransfer>(saved)
        .edit::<GetTransfer, UpdateTransfer>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(TransferLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(TransferLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(TransferLineDraft.serial, stock::SERIAL).hint(stock::SERIAL_HINT),
        field!(TransferLineDraft.remark, stock::REMARK),
        Field::hidden("requisition_line_id"),
    ]
}

/// What was approved and not sent yet.
fn still_to_send(asked: &Requisition) -> Value {
    let left = |l: &RequisitionLine| l.approved.unwrap_or_default() - l.shipped;
    let line = |l: &RequisitionLine| json!({ "product_id": l.product_id, "quantity": left(l), "requisition_line_id": l.id, "remark": l.remark });
    let lines: Vec<Value> = asked.lines.iter().filter(|l| left(l) > Quantity::ZERO).map(line).collect();
    json!({ "to_org_id": asked.org_id, "requisition_id": asked.id, "lines": lines })
}

fn saved(doc: &Transfer) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
