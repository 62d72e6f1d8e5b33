//! Books an invoice for what was received of an order and is not invoiced yet.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::text::{documents, payable as t, purchase, stock};
use leptos::prelude::AnyView;
use openapi::trade::purchase::invoice::{
    CreateSupplierInvoice, SupplierInvoice, SupplierInvoiceDraft, SupplierInvoiceLineDraft, ToInvoice,
};
use openapi::trade::purchase::order::{GetPurchaseOrder, PurchaseOrder};
use serde_json::{Value, json};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("supplier-invoice", t::INVOICE_NEW, t::INVOICE_NEW, "/trade/supplier-invoices")
        .section(
            documents::BASICS,
            vec![
                field!(SupplierInvoiceDraft.party_id, purchase::SUPPLIER).pick(suppliers()),
                field!(SupplierInvoiceDraft.invoice_no, t::INVOICE_NO),
                field!(SupplierInvoiceDraft.invoiced_on, t::INVOICED_ON).initial(crate::text::today().to_string()),
                field!(SupplierInvoiceDraft.due_on, t::DUE_ON).hint(t::DUE_HINT),
                field!(SupplierInvoiceDraft.remark, stock::REMARK),
            ],
        )
        .section(t::CHARGES, vec![Field::given_lines("lines", t::CHARGES, line())])
        .starts_from::<GetPurchaseOrder>("order", not_invoiced)
        .create::<CreateSupplierInvoice>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        Field::hidden("receipt_line_id"),
        Field::shown("product", stock::PRODUCT),
        Field::shown("receipt", t::RECEIPT),
        field!(SupplierInvoiceLineDraft.quantity, stock::QUANTITY),
        field!(SupplierInvoiceLineDraft.unit_price, purchase::UNIT_PRICE),
        field!(SupplierInvoiceLineDraft.vat_rate, purchase::VAT_RATE).percent(),
    ]
}

/// Everything that is not invoiced yet, at the price of the order.
fn not_invoiced(order: &PurchaseOrder) -> Value {
    let line = |l: &ToInvoice| {
        let product = match &l.serial {
            Some(serial) => format!("{} {serial}", l.product_name),
            None => l.product_name.to_string(),
        };
        json!({ "receipt_line_id": l.receipt_line_id, "product": product, "receipt": l.receipt_number,
            "quantity": l.quantity, "unit_price": l.unit_price, "vat_rate": l.vat_rate })
    };
    let lines: Vec<Value> = order.to_invoice.iter().map(line).collect();
    json!({ "party_id": order.party_id, "invoiced_on": crate::text::today(), "lines": lines })
}

fn saved(doc: &SupplierInvoice) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
