//! The sales orders. A dealer sees its own and needs no filters by customer and station.

use crate::api::session::may;
use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{self, Params};
use crate::pages::master::customer::parties;
use crate::pages::master::product::products;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, stock, wholesale as t};
use crate::ui::{Icon, MenuItem};
use leptos::prelude::*;
use openapi::master::{CUSTOMER_VIEW, IMPORT};
use openapi::trade::wholesale::WHOLESALE_EDIT;
use openapi::trade::wholesale::order::{
    CreateSalesOrder, ListSalesOrders, SalesOrderRow as Row, SalesSource, SalesState,
};

/// The list.
pub fn list(_: &Params) -> AnyView {
    let mut page = ListPage::<ListSalesOrders>::new("sales-orders", t::ORDERS)
        .search_hint(t::ORDER_SEARCH)
        .filter(Filter::choices::<SalesState>("state", stock::STATE))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")));
    if untrack(|| may(CUSTOMER_VIEW)) {
        page = page
            .filter(Filter::pick("party_id", t::CUSTOMER, parties("role=dealer,customer")))
            .filter(Filter::choices::<SalesSource>("source", t::SOURCE))
            .filter(Filter::pick("org_id", t::STATION, all_stations()));
    }
    page = page
        .filter(Filter::text("customer_ref", t::CUSTOMER_REF))
        .filter(Filter::created())
        .preset(t::TO_ACCEPT, "state=uploaded")
        .preset(t::TO_SHIP, "state=accepted,partly_shipped")
        .column(Column::new("number", stock::NUMBER, |r: &Row| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &Row| cell::tag(r.state)))
        .column(Column::new("party_name", t::CUSTOMER, |r: &Row| cell::text(&*r.party_name)))
        .column(Column::new("customer_ref", t::CUSTOMER_REF, |r: &Row| cell::maybe(r.customer_ref.as_ref())))
        .column(Column::new("total_quantity", t::ORDERED, |r: &Row| cell::quantity(r.total_quantity)).right())
        .column(Column::new("shipped_quantity", t::SHIPPED, |r: &Row| cell::quantity(r.shipped_quantity)).right())
        .column(Column::new("total_amount", t::TOTAL_AMOUNT, |r: &Row| cell::money(r.total_amount)).right())
        .column(Column::new("expected_on", t::EXPECTED_ON, |r: &Row| cell::maybe_date(r.expected_on)))
        .column(Column::new("source", t::SOURCE, |r: &Row| cell::choice(r.source)))
        .column(Column::new("org_name", t::STATION, |r: &Row| cell::text(&*r.org_name)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Row| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Row| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateSalesOrder>(t::ORDER_NEW, "/trade/sales-orders/new");
    if untrack(|| may(IMPORT) && may(WHOLESALE_EDIT)) {
        let upload = || nav::go("/master/import?dataset=sales_order");
        page = page.more(MenuItem::new(t::UPLOAD, Some(Icon::Upload), upload));
    }
    page.view()
}
