//! Writes and changes a return of the goods of one receipt.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, purchase, purchase_return as t, stock};
use leptos::prelude::AnyView;
use openapi::trade::purchase::back::{
    CreatePurchaseReturn, GetPurchaseReturn, PurchaseReturn, PurchaseReturnDraft, PurchaseReturnLineDraft,
    UpdatePurchaseReturn,
};
use openapi::trade::purchase::receipt::{GetGoodsReceipt, GoodsReceipt, GoodsReceiptLine};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("purchase-return", t::NEW, t::EDIT, "/trade/purchase-returns")
        .section(
            documents::BASICS,
            vec![
                Field::hidden("receipt_id"),
                Field::shown("receipt_number", purchase::RECEIPTS),
                Field::shown("party_name", purchase::SUPPLIER),
                field!(PurchaseReturnDraft.warehouse_id, t::WAREHOUSE)
                    .hint(t::WAREHOUSE_HINT)
                    .pick(warehouses("is_active=true")),
                field!(PurchaseReturnDraft.reason, t::REASON),
            ],
        )
        .section(t::GOES_BACK, vec![Field::given_lines("lines", t::GOES_BACK, line())])
        .starts_from::<GetGoodsReceipt>("receipt", returnable)
        .create::<CreatePurchaseReturn>(saved)
        .edit::<GetPurchaseReturn, UpdatePurchaseReturn>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        Field::hidden("receipt_line_id"),
        Field::shown("product_name", stock::PRODUCT),
        Field::shown("serial", stock::SERIAL),
        field!(PurchaseReturnLineDraft.quantity, t::QUANTITY),
        field!(PurchaseReturnLineDraft.condition, t::CONDITION).initial("good"),
    ]
}

/// Everything that came and has not gone back; how much of it goes back is for the writer to say.
fn returnable(receipt: &GoodsReceipt) -> Value {
    let line = |l: &GoodsReceiptLine| {
        json!({ "receipt_line_id": l.id, "product_name": l.product_name, "serial": l.serial, "quantity": "0",
            "condition": "good" })
    };
    let open = receipt.lines.iter().filter(|l| l.returned < l.quantity);
    json!({ "receipt_id": receipt.id, "receipt_number": receipt.number, "party_name": receipt.party_name,
        "warehouse_id": receipt.warehouse_id, "lines": open.map(line).collect::<Vec<_>>() })
}

fn saved(doc: &PurchaseReturn) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
