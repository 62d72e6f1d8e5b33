//! The list.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::warehouse::{CreateWarehouse, ListWarehouses, WarehouseKind, WarehouseRow};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListWarehouses>::new("warehouses", t::WAREHOUSES)
        .search_hint(t::SEARCH_CODE)
        .filter(Filter::choices::<WarehouseKind>("kind", t::KIND))
        .filter(Filter::flag("is_active", t::IS_ACTIVE))
        .column(Column::new("code", t::CODE, |r: &WarehouseRow| cell::code(&*r.code)))
        .column(Column::new("name", t::NAME, |r: &WarehouseRow| cell::text(&*r.name)).width("10em"))
        .column(Column::new("kind", t::KIND, |r: &WarehouseRow| cell::tag(r.kind)))
        .column(Column::new("org", t::STATION, |r: &WarehouseRow| cell::text(&*r.org_name)).field("org_name"))
        .column(
            Column::new("manager", t::MANAGER, |r: &WarehouseRow| cell::maybe(r.manager_name.as_ref()))
                .field("manager_name"),
        )
        .column(
            Column::new("is_active", t::STATE, |r: &WarehouseRow| {
                cell::label(if r.is_active { t::IN_USE } else { t::OUT_OF_USE })
            })
            .words(&[("true", t::IN_USE), ("false", t::OUT_OF_USE)]),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &WarehouseRow| cell::time(r.updated_at)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &WarehouseRow| cell::time(r.created_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateWarehouse>(t::WAREHOUSE_NEW, "/master/warehouses/new")
        .view()
}
