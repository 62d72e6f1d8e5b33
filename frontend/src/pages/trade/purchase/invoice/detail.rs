//! One supplier invoice: what it charges, what differs from the order, what is still to be paid.

use crate::api::session::may;
use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::master;
use crate::text::{documents, payable as t, purchase, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::finance::PAYMENT_CREATE;
use openapi::trade::purchase::INVOICE_EDIT;
use openapi::trade::purchase::invoice::{
    GetSupplierInvoice, ReverseSupplierInvoice, SupplierInvoice, SupplierInvoiceAction, SupplierInvoiceLife,
    SupplierInvoiceLine,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What an invoice looks like.
pub fn page() -> DetailPage<GetSupplierInvoice> {
    DetailPage::<GetSupplierInvoice>::document::<SupplierInvoiceLife>(vec![(
        SupplierInvoiceAction::Reverse,
        Act::reason::<ReverseSupplierInvoice>("reason", 500),
    )])
    .files_by(INVOICE_EDIT)
    .mark(pay_link)
    .group(documents::BASICS, basics)
    .lines(stock::LINES, lines)
}

fn pay_link(doc: &SupplierInvoice) -> AnyView {
    if doc.open.is_zero() || !untrack(|| may(PAYMENT_CREATE)) {
        return ().into_any();
    }
    cell::link(t::PAY.get(), format!("/finance/payments/new?party_id={}", doc.party_id))
}

fn basics(doc: &SupplierInvoice) -> Vec<Item> {
    let mut items = vec![
        item(purchase::SUPPLIER, cell::link(doc.party_name.to_string(), master::customer::href(doc.party_id))),
        item(t::INVOICE_NO, cell::code(&*doc.invoice_no)),
        item(t::INVOICED_ON, cell::date(doc.invoiced_on)),
        item(t::DUE_ON, cell::date(doc.due_on)),
        item(t::OPEN, cell::money(doc.open)),
        item(t::BOOKED_AT, cell::time(doc.effective_at)),
    ];
    if let Some(reason) = &doc.reason {
        items.push(item(purchase::REASON, cell::text(reason.clone())).wide());
    }
    items.push(item(stock::REMARK, cell::note(doc.remark.as_deref())).wide());
    items
}

fn lines(doc: &SupplierInvoice) -> Lines {
    let columns: Vec<LineColumn<SupplierInvoiceLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (purchase::UNIT_PRICE, Align::Right, |l| cell::price(l.unit_price)),
        (purchase::TOTAL_TAX, Align::Right, |l| cell::money(l.tax)),
        (purchase::AMOUNT, Align::Right, |l| cell::money(l.amount)),
        (t::ACCRUED, Align::Right, |l| cell::money(l.accrued)),
    ];
    Lines::of(&doc.lines, columns)
        .total(t::ACCRUED, cell::money(doc.accrued))
        .total(t::DIFFERENCE, cell::money(doc.difference))
        .total(purchase::TOTAL_TAX, cell::money(doc.tax))
        .total(purchase::TOTAL_AMOUNT, cell::money(doc.amount))
}
