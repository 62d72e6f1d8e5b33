//! Asks to send goods of one shipment back.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{documents, stock, wholesale as t};
use leptos::prelude::AnyView;
use openapi::trade::wholesale::back::{CreateSalesReturn, SalesReturn, SalesReturnDraft, SalesReturnLineDraft};
use openapi::trade::wholesale::shipment::{GetSalesShipment, SalesShipment, SalesShipmentLine};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("sales-return", t::RETURN_NEW, t::RETURN_NEW, "/trade/sales-returns")
        .section(
            documents::BASICS,
            vec![
                Field::hidden("shipment_id"),
                Field::shown("shipment_number", t::SHIPMENTS),
                Field::shown("party_name", t::CUSTOMER),
                field!(SalesReturnDraft.remark, t::RETURN_REASON),
            ],
        )
        .section(t::COMES_BACK, vec![Field::given_lines("lines", t::COMES_BACK, line())])
        .starts_from::<GetSalesShipment>("shipment", returnable)
        .create::<CreateSalesReturn>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        Field::hidden("line_id"),
        Field::shown("product_name", stock::PRODUCT),
        Field::shown("serial", stock::SERIAL),
        field!(SalesReturnLineDraft.quantity, t::BACK_QUANTITY),
        field!(SalesReturnLineDraft.condition, t::CONDITION).initial("good"),
    ]
}

/// Everything that was shipped and has not come back; how much of it comes back is for the writer to say.
fn returnable(shipment: &SalesShipment) -> Value {
    let line = |l: &SalesShipmentLine| {
        json!({ "line_id": l.id, "product_name": l.product_name, "serial": l.serial, "quantity": "0",
            "condition": "good" })
    };
    let open = shipment.lines.iter().filter(|l| l.returned < l.quantity);
    json!({ "shipment_id": shipment.id, "shipment_number": shipment.number, "party_name": shipment.party_name,
        "lines": open.map(line).collect::<Vec<_>>() })
}

fn saved(doc: &SalesReturn) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
