//! Records and changes one.

use super::{people, stations};
use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::master::warehouse::{CreateWarehouse, GetWarehouse, UpdateWarehouse, Warehouse, WarehouseDraft};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("warehouse", t::WAREHOUSE_NEW, t::WAREHOUSE_EDIT, "/master/warehouses")
        .section(
            documents::BASICS,
            vec![
                field!(WarehouseDraft.code, t::CODE),
                field!(WarehouseDraft.name, t::NAME),
                field!(WarehouseDraft.kind, t::KIND),
                field!(WarehouseDraft.org_id, t::STATION).pick(stations()).hint(t::ORG_HINT),
                field!(WarehouseDraft.manager_id, t::MANAGER).pick(people()),
                field!(WarehouseDraft.address, t::ADDRESS),
                field!(WarehouseDraft.remark, t::REMARK),
            ],
        )
        .create::<CreateWarehouse>(saved)
        .edit::<GetWarehouse, UpdateWarehouse>(saved)
        .view(params)
}

fn saved(record: &Warehouse) -> Saved {
    Saved { name: record.name.to_string(), href: super::href(record.id) }
}
