//! Tables `supplier_invoice` and `supplier_invoice_line`.

use openapi::trade::purchase::invoice::SupplierInvoiceLife;

platform::table! {
    /// Heads.
    invoice = "supplier_invoice", org = OrgId, life SupplierInvoiceLife {
        party_id: Uuid,
        invoice_no: String,
        invoiced_on: Date,
        due_on: Date,
        effective_at: DateTimeUtc,
        remark: Option<String>,
        reason: Option<String>,
        amount: i64,
        tax: i64,
        accrued: i64,
        difference: i64,
    }
}
platform::table! {
    /// Lines.
    line = "supplier_invoice_line" of InvoiceId as invoice_id {
        receipt_line_id: Uuid,
        product_id: Uuid,
        quantity: i64,
        unit_price: i64,
        vat_rate: i32,
        amount: i64,
        tax: i64,
        accrued: i64,
    }
}
