//! Requisitions: what a station asks another one to send.

mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::delivery as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::identity::station::{GetStationName, ListStationNames, StationName};
use openapi::stock::{REQUISITION_EDIT, REQUISITION_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/requisitions", t::REQUISITIONS, list::list)
        .needs(REQUISITION_VIEW)
        .menu(Group::StockWork, Icon::Document),
    Page::new("/stock/requisitions/new", t::REQUISITION_NEW, form::form).needs(REQUISITION_EDIT),
    Page::new("/stock/requisitions/:id", t::REQUISITION, detail::detail).needs(REQUISITION_VIEW),
    Page::new("/stock/requisitions/:id/edit", t::REQUISITION_EDIT, form::form).needs(REQUISITION_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/requisitions/{id}")
}

/// Picks any open station, wherever it is.
pub fn all_stations() -> PickSource {
    let pick =
        |s: &StationName| Pick { value: s.id.to_string(), label: s.name.to_string(), detail: s.code.to_string() };
    picker::<ListStationNames, GetStationName>("state=open", pick, pick)
}
