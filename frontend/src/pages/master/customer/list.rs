//! The customers.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{customer as t, documents};
use leptos::prelude::AnyView;
use openapi::master::customer::{CreateCustomer, CustomerKind, CustomerRow, ListCustomers, PartyRole};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListCustomers>::new("customers", t::TITLE)
        .search_hint(t::SEARCH_HINT)
        .filter(Filter::choices::<CustomerKind>("kind", t::KIND))
        .filter(Filter::choices::<PartyRole>("role", t::ROLES))
        .filter(Filter::text("phone", t::PHONE))
        .filter(Filter::created())
        .preset(t::COMPANIES, "kind=company")
        .preset(t::SUPPLIERS, "role=supplier,maker")
        .preset(t::DEALERS, "role=dealer")
        .column(Column::new("name", t::NAME, |r: &CustomerRow| cell::text(&*r.name)).width("10em"))
        .column(Column::new("kind", t::KIND, |r: &CustomerRow| cell::tag(r.kind)))
        .column(Column::new("roles", t::ROLES, |r: &CustomerRow| super::roles(&r.roles)))
        .column(Column::new("phone", t::PHONE, |r: &CustomerRow| cell::phone_text(&r.phone)))
        .column(Column::new("belongs_to", t::BELONGS_TO, |r: &CustomerRow| cell::maybe(r.belongs_to.as_ref())))
        .column(Column::new("region", t::REGION, |r: &CustomerRow| cell::maybe(r.region.as_ref())))
        .column(Column::new("address", t::ADDRESS, |r: &CustomerRow| cell::maybe(r.address.as_ref())))
        .column(Column::new("tax_no", t::TAX_NO, |r: &CustomerRow| cell::maybe(r.tax_no.as_ref())).hidden())
        .column(
            Column::new("credit_limit", t::CREDIT_LIMIT, |r: &CustomerRow| {
                r.credit_limit.map_or_else(cell::none, cell::money)
            })
            .hidden(),
        )
        .column(Column::new("terms_days", t::TERMS_DAYS, |r: &CustomerRow| cell::maybe(r.terms_days.as_ref())).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &CustomerRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &CustomerRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateCustomer>(t::NEW, "/master/customers/new")
        .view()
}
