//! Writes and changes a draft. A dealer orders for itself: customer and warehouse are not asked for.

use crate::api::session::may;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::parties;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, stock, wholesale as t};
use leptos::prelude::*;
use openapi::master::CUSTOMER_VIEW;
use openapi::trade::wholesale::order::{
    CreateSalesOrder, GetSalesOrder, SalesLineDraft, SalesOrder, SalesOrderDraft, UpdateSalesOrder,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    let is_staff = untrack(|| may(CUSTOMER_VIEW));
    let mut basics = Vec::new();
    if is_staff {
        basics.push(
            field!(SalesOrderDraft.party_id, t::CUSTOMER)
                .hint(t::CUSTOMER_HINT)
                .pick(parties("role=dealer,customer"))
                .required(),
        );
        basics.push(
            field!(SalesOrderDraft.warehouse_id, t::WAREHOUSE)
                .hint(t::WAREHOUSE_HINT)
                .pick(warehouses("is_active=true")),
        );
    }
    basics.extend([
        field!(SalesOrderDraft.customer_ref, t::CUSTOMER_REF),
        field!(SalesOrderDraft.expected_on, t::EXPECTED_ON),
        field!(SalesOrderDraft.address, t::ADDRESS).hint(t::ADDRESS_HINT).wide(),
        field!(SalesOrderDraft.remark, stock::REMARK),
    ]);
    FormPage::new("sales-order", t::ORDER_NEW, t::ORDER_EDIT, "/trade/sales-orders")
        .section(documents::BASICS, basics)
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 500, line(is_staff)).begun()])
        .create::<CreateSalesOrder>(saved)
        .edit::<GetSalesOrder, UpdateSalesOrder>(saved)
        .view(params)
}

fn line(is_staff: bool) -> Vec<Field> {
    let mut line = vec![
        field!(SalesLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(SalesLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(SalesLineDraft.condition, t::SALE_CONDITION).initial("good"),
    ];
    if is_staff {
        line.push(field!(SalesLineDraft.serial, stock::SERIAL).hint(t::SERIAL_HINT));
        line.push(field!(SalesLineDraft.unit_price, t::UNIT_PRICE).hint(t::PRICE_HINT));
    }
    line.push(field!(SalesLineDraft.remark, stock::REMARK));
    line
}

fn saved(doc: &SalesOrder) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
