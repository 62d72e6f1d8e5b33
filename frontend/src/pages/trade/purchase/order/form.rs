//! Writes and changes a draft.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, purchase as t, stock};
use leptos::prelude::AnyView;
use openapi::service::shortage::{GetShortage, Shortage};
use openapi::trade::purchase::order::{
    CreatePurchaseOrder, GetPurchaseOrder, PurchaseLineDraft, PurchaseOrder, PurchaseOrderDraft, UpdatePurchaseOrder,
};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("purchase-order", t::ORDER_NEW, t::ORDER_EDIT, "/trade/purchase-orders")
        .section(
            documents::BASICS,
            vec![
                field!(PurchaseOrderDraft.party_id, t::SUPPLIER).hint(t::SUPPLIER_HINT).pick(suppliers()),
                field!(PurchaseOrderDraft.warehouse_id, t::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(PurchaseOrderDraft.expected_on, t::EXPECTED_ON),
                field!(PurchaseOrderDraft.remark, stock::REMARK),
            ],
        )
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).begun()])
        .starts_from::<GetShortage>("shortage", for_shortage)
        .create::<CreatePurchaseOrder>(saved)
        .edit::<GetPurchaseOrder, UpdatePurchaseOrder>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(PurchaseLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(PurchaseLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(PurchaseLineDraft.unit_price, t::UNIT_PRICE),
        field!(PurchaseLineDraft.vat_rate, t::VAT_RATE).percent().hint(t::VAT_HINT),
        field!(PurchaseLineDraft.expected_on, t::EXPECTED_ON).hint(t::LINE_EXPECTED_HINT),
        field!(PurchaseLineDraft.remark, stock::REMARK),
    ]
}

/// The part that a ticket waits for.
fn for_shortage(missing: &Shortage) -> Value {
    let remark = format!("{} {}", missing.ticket_number, missing.number);
    let line = json!({ "product_id": missing.product_id, "quantity": missing.missing });
    json!({ "warehouse_id": missing.warehouse_id, "remark": remark, "lines": [line] })
}

fn saved(doc: &PurchaseOrder) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
