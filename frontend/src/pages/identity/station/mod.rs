//! Stations: the tree, one station, and its form.

mod detail;
mod form;
mod tree;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::identity as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::identity::station::{GetStation, ListStations, Station, StationRow};
use openapi::identity::{STATION_EDIT, STATION_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/stations", t::STATIONS, tree::tree).needs(STATION_VIEW).menu(Group::System, Icon::Building),
    Page::new("/system/stations/new", t::STATION_NEW, form::form).needs(STATION_EDIT),
    Page::new("/system/stations/:id", t::STATION_DETAIL, detail::detail).needs(STATION_VIEW),
    Page::new("/system/stations/:id/edit", t::STATION_EDIT, form::form).needs(STATION_EDIT),
];

/// The page of a station.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/system/stations/{id}")
}

/// Picks an open station.
pub fn stations() -> PickSource {
    let row = |r: &StationRow| pick(r.id.to_string(), &r.name, &r.path);
    let one = |s: &Station| pick(s.id.to_string(), &s.name, &s.path);
    picker::<ListStations, GetStation>("state=open", row, one)
}

fn pick(value: String, name: &str, path: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: path.to_owned() }
}
