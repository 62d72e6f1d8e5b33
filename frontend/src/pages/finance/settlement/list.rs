//! The settlements.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::customer::customers;
use crate::text::{documents, finance as t};
use leptos::prelude::AnyView;
use openapi::finance::settlement::{ListSettlements, SettlementRow, SettlementState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListSettlements>::new("settlements", t::SETTLEMENTS)
        .search_hint(t::SEARCH_NUMBERS)
        .filter(Filter::choices::<SettlementState>("state", t::STATE))
        .filter(Filter::pick("party_id", t::PARTY, customers()))
        .filter(Filter::created())
        .column(Column::new("number", t::NUMBER, |r: &SettlementRow| cell::code(&*r.number)).width("10em"))
        .column(Column::new("state", t::STATE, |r: &SettlementRow| cell::tag(r.state)))
        .column(Column::new("party", t::PARTY, |r: &SettlementRow| cell::text(&*r.party_name)).field("party_name"))
        .column(
            Column::new("source", t::ORIGIN, |r: &SettlementRow| cell::code(&*r.source_number)).field("source_number"),
        )
        .column(Column::new("total", t::TOTAL, |r: &SettlementRow| cell::money(r.total)).right())
        .column(
            Column::new("customer", t::CUSTOMER_TOTAL, |r: &SettlementRow| cell::money(r.customer_total))
                .field("customer_total")
                .right(),
        )
        .column(Column::new("open", t::OPEN, |r: &SettlementRow| cell::money(r.open)).right())
        .column(Column::new("effective_on", t::EFFECTIVE_ON, |r: &SettlementRow| cell::date(r.effective_on)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &SettlementRow| cell::time(r.created_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| format!("/finance/settlements/{}", r.id))
        .view()
}
