//! The supplier invoices.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::suppliers;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, payable as t, purchase, stock};
use leptos::prelude::AnyView;
use openapi::trade::purchase::invoice::{ListSupplierInvoices, SupplierInvoiceRow, SupplierInvoiceState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListSupplierInvoices>::new("supplier-invoices", t::INVOICES)
        .search_hint(t::INVOICE_SEARCH)
        .filter(Filter::choices::<SupplierInvoiceState>("state", stock::STATE))
        .filter(Filter::pick("party_id", purchase::SUPPLIER, suppliers()))
        .filter(Filter::text("invoice_no", t::INVOICE_NO))
        .filter(Filter::pick("org_id", purchase::STATION, all_stations()))
        .filter(Filter::created())
        .column(
            Column::new("number", stock::NUMBER, |r: &SupplierInvoiceRow| cell::code(r.number.clone())).width("11em"),
        )
        .column(Column::new("state", stock::STATE, |r: &SupplierInvoiceRow| cell::tag(r.state)))
        .column(Column::new("invoice_no", t::INVOICE_NO, |r: &SupplierInvoiceRow| cell::code(&*r.invoice_no)))
        .column(Column::new("party_name", purchase::SUPPLIER, |r: &SupplierInvoiceRow| cell::text(&*r.party_name)))
        .column(Column::new("invoiced_on", t::INVOICED_ON, |r: &SupplierInvoiceRow| cell::date(r.invoiced_on)))
        .column(Column::new("due_on", t::DUE_ON, |r: &SupplierInvoiceRow| cell::date(r.due_on)))
        .column(Column::new("amount", purchase::AMOUNT, |r: &SupplierInvoiceRow| cell::money(r.amount)).right())
        .column(Column::new("tax", purchase::TOTAL_TAX, |r: &SupplierInvoiceRow| cell::money(r.tax)).right())
        .column(Column::new("difference", t::DIFFERENCE, |r: &SupplierInvoiceRow| cell::money(r.difference)).right())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &SupplierInvoiceRow| cell::time(r.created_at)))
        .column(
            Column::new("updated_at", documents::UPDATED_AT, |r: &SupplierInvoiceRow| cell::time(r.updated_at))
                .hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .view()
}
