//! The transfers that the station sends or receives.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::stock::requisition::all_stations;
use crate::text::{delivery as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::stock::transfer::{CreateTransfer, ListTransfers, TransferRow, TransferState};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListTransfers>::new("transfers", t::TRANSFERS)
        .search_hint(t::TRANSFER_SEARCH)
        .filter(Filter::choices::<TransferState>("state", stock::STATE))
        .filter(Filter::pick("org_id", t::SENDER, all_stations()))
        .filter(Filter::pick("to_org_id", t::RECEIVER, all_stations()))
        .filter(Filter::flag("is_auto_signed", t::AUTO_SIGNED))
        .filter(Filter::created())
        .preset(t::ON_THE_WAY, "state=in_transit")
        .preset(t::DIFFERENT, "state=different")
        .column(Column::new("number", stock::NUMBER, |r: &TransferRow| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &TransferRow| cell::tag(r.state)))
        .column(Column::new("org_name", t::SENDER, |r: &TransferRow| cell::text(&*r.org_name)))
        .column(Column::new("warehouse_name", t::SENDS_FROM, |r: &TransferRow| cell::text(&*r.warehouse_name)).hidden())
        .column(Column::new("to_org_name", t::RECEIVER, |r: &TransferRow| cell::text(&*r.to_org_name)))
        .column(Column::new("courier", t::COURIER, |r: &TransferRow| cell::maybe(r.courier.as_ref())))
        .column(Column::new("tracking_number", t::PARCEL, |r: &TransferRow| cell::maybe(r.tracking_number.as_ref())))
        .column(
            Column::new("total_quantity", stock::TOTAL_QUANTITY, |r: &TransferRow| cell::quantity(r.total_quantity))
                .right(),
        )
        .column(Column::new("shipped_at", t::SHIPPED_AT, |r: &TransferRow| cell::maybe_time(r.shipped_at)))
        .column(Column::new("signed_at", t::SIGNED_AT, |r: &TransferRow| cell::maybe_time(r.signed_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &TransferRow| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &TransferRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateTransfer>(t::TRANSFER_NEW, "/stock/transfers/new")
        .view()
}
