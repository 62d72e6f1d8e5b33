//! Supplier invoices: what the supplier charges for goods that were received.

use super::receipt::GoodsReceiptLineId;
use super::{INVOICE_EDIT, INVOICE_REVERSE, INVOICE_VIEW};
use crate::finance::PartyId;
use crate::finance::receipt::ReversalDraft;
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::{
    ById, Created, Date, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, UnitPrice,
    document, endpoints, filter, parts, posted,
};
use validator::Validate;

/// Id of a line of a supplier invoice.
pub type SupplierInvoiceLineId = Id<SupplierInvoiceLine>;

posted! { SupplierInvoiceLife of SupplierInvoice: SupplierInvoiceState, SupplierInvoiceAction needs INVOICE_REVERSE }

parts! {
    /// What is charged for something that was received.
    draft SupplierInvoiceLineDraft {
        /// Line of the goods receipt.
        receipt_line_id: GoodsReceiptLineId,
        /// Quantity, from zero to what was received and not invoiced yet; lines with zero are left out.
        #[validate(custom(function = "crate::check::count"))]
        quantity: Quantity,
        /// Price per unit of measure on the invoice, VAT included.
        #[validate(custom(function = "crate::check::price"))]
        unit_price: UnitPrice,
        /// Rate of the VAT in the price, in basis points; the one of the order when absent.
        #[serde(default)]
        #[validate(range(max = 10_000))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10_000, example = 1300))]
        vat_rate: Option<u16>,
    }
    /// An invoice, as it came.
    draft SupplierInvoiceDraft {
        /// Who sent it.
        party_id: PartyId,
        /// Number of the invoice, unique among those of the supplier.
        invoice_no: Text<60>,
        /// Date of the invoice, not in the future; the terms of the supplier count from it.
        invoiced_on: Date,
        /// When it is due; by the terms of the supplier when absent.
        #[serde(default)]
        due_on: Option<Date>,
        /// When it is booked, not in the future, in this month or one of the twelve before, in an open period; now when absent.
        #[serde(default)]
        effective_at: Option<Timestamp>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// What it charges for: 1 to 500 lines of goods receipts of one station.
        #[validate(nested, length(min = 1, max = 500))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 500))]
        lines: Vec<SupplierInvoiceLineDraft>,
    }
    /// Something that was received and is not invoiced yet.
    shown ToInvoice {
        /// Line of the goods receipt.
        receipt_line_id: GoodsReceiptLineId,
        /// Number of the goods receipt.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "SH20261100001"))]
        receipt_number: String,
        /// Name of the product.
        product_name: Text<120>,
        /// Serial number.
        serial: Option<Serial>,
        /// Quantity that is not invoiced yet.
        quantity: Quantity,
        /// Price of the order per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Rate of the VAT in it, in basis points.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10_000, example = 1300))]
        vat_rate: u16,
    }
    /// One line of a supplier invoice.
    shown SupplierInvoiceLine {
        /// Id.
        id: SupplierInvoiceLineId,
        /// Line of the goods receipt.
        receipt_line_id: GoodsReceiptLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Quantity.
        quantity: Quantity,
        /// Price per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Amount, VAT included.
        amount: Money,
        /// VAT in it.
        tax: Money,
        /// What the goods were received at, without VAT.
        accrued: Money,
    }
}

document! {
    /// A supplier invoice.
    SupplierInvoice: SupplierInvoiceId "supplier_invoice" in SupplierInvoiceState by SupplierInvoiceAction {
        /// Who sent it.
        party_id: PartyId,
        /// Name of the supplier.
        party_name: Text<100>,
        /// Number of the invoice.
        invoice_no: Text<60>,
        /// Date of the invoice.
        invoiced_on: Date,
        /// When it is due.
        due_on: Date,
        /// When it is booked.
        effective_at: Timestamp,
        /// Remark.
        remark: Option<Note<500>>,
        /// Why it was reversed.
        #[cfg_attr(feature = "schema", schema(max_length = 500, example = "发票作废"))]
        reason: Option<String>,
        /// Amount, VAT included.
        amount: Money,
        /// VAT in it.
        tax: Money,
        /// What the goods were received at, without VAT.
        accrued: Money,
        /// How much more they cost by the invoice; below zero when less.
        difference: Money,
        /// What is still to be paid.
        open: Money,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 500))]
        lines: Vec<SupplierInvoiceLine>,
    }
    /// A supplier invoice in a list.
    SupplierInvoiceRow {
        /// Name of the supplier.
        party_name: Text<100>,
        /// Number of the invoice.
        invoice_no: Text<60>,
        /// Date of the invoice.
        invoiced_on: Date,
        /// When it is due.
        due_on: Date,
        /// Amount, VAT included.
        amount: Money,
        /// VAT in it.
        tax: Money,
        /// How much more the goods cost by the invoice; below zero when less.
        difference: Money,
    }
}

filter! {
    /// Filter of the list of supplier invoices. `q` looks in both numbers and the remark.
    SupplierInvoiceFilter by "created_at", "updated_at", "number", "due_on" {
        /// States.
        state: any SupplierInvoiceState,
        /// Station.
        org_id: id OrgId,
        /// Supplier.
        party_id: id PartyId,
        /// Exactly this number of the supplier.
        invoice_no: text 60,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Supplier invoices";
    /// List supplier invoices.
    ListSupplierInvoices: Get "/api/v1/trade/supplier-invoices" needs INVOICE_VIEW, list SupplierInvoiceFilter => Page<SupplierInvoiceRow>;
    /// Read a supplier invoice.
    GetSupplierInvoice: Get "/api/v1/trade/supplier-invoices/{id}" needs INVOICE_VIEW, path ById<SupplierInvoice> => Detail<SupplierInvoice>;
    /// Book an invoice for goods that were received.
    ///
    /// Posted at once: what the goods were received at leaves 2203, VAT goes to 2221, a difference in price to 6605, and
    /// the whole is owed to the supplier (2202) until it is due. Never for more than was received
    /// (`invoice_exceeds_receipt`).
    CreateSupplierInvoice: Post "/api/v1/trade/supplier-invoices" needs INVOICE_EDIT, body SupplierInvoiceDraft => Created<SupplierInvoice> [posts];
    /// Take an invoice back. Refused with `reversal_blocked` while some of it is paid; it names the payments.
    ReverseSupplierInvoice: Post "/api/v1/trade/supplier-invoices/{id}/reverse" needs INVOICE_REVERSE, path ById<SupplierInvoice>, body ReversalDraft => Detail<SupplierInvoice> [posts];
}
