//! Warehouses of the stations.

mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::base as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::identity::station::{GetStation, ListStations, Station, StationRow};
use openapi::identity::user::{GetUser, ListUsers, User, UserRow};
use openapi::master::warehouse::{GetWarehouse, ListWarehouses, Warehouse, WarehouseRow};
use openapi::master::{WAREHOUSE_EDIT, WAREHOUSE_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/warehouses", t::WAREHOUSES, list::list)
        .needs(WAREHOUSE_VIEW)
        .menu(Group::Master, Icon::Building),
    Page::new("/master/warehouses/new", t::WAREHOUSE_NEW, form::form).needs(WAREHOUSE_EDIT),
    Page::new("/master/warehouses/:id", t::WAREHOUSE, detail::detail).needs(WAREHOUSE_VIEW),
    Page::new("/master/warehouses/:id/edit", t::WAREHOUSE_EDIT, form::form).needs(WAREHOUSE_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/warehouses/{id}")
}

/// Picks one; `fixed` narrows the search.
pub fn warehouses(fixed: &'static str) -> PickSource {
    let row = |r: &WarehouseRow| pick(r.id.to_string(), &r.name, &r.code);
    let one = |d: &Warehouse| pick(d.id.to_string(), &d.name, &d.code);
    picker::<ListWarehouses, GetWarehouse>(fixed, row, one)
}

fn pick(value: String, name: &str, code: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: code.to_owned() }
}

/// Picks a station.
pub fn stations() -> PickSource {
    let row = |r: &StationRow| pick(r.id.to_string(), &r.name, &r.code);
    let one = |d: &Station| pick(d.id.to_string(), &d.name, &d.code);
    picker::<ListStations, GetStation>("", row, one)
}

/// Picks a person.
pub fn people() -> PickSource {
    let row = |r: &UserRow| pick(r.id.to_string(), &r.name, &r.login);
    let one = |d: &User| pick(d.id.to_string(), &d.name, &d.login);
    picker::<ListUsers, GetUser>("", row, one)
}
