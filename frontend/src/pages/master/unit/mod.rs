//! Units: every machine in the field, its warranty and its history.

mod detail;
mod form;
mod history;
mod list;

use crate::api;
use crate::nav::{Group, Page};
use crate::palette::{Finder, Hit};
use crate::text::base as t;
use crate::ui::Icon;
use openapi::master::unit::{ListUnits, UnitFilter};
use openapi::master::{UNIT_EDIT, UNIT_VIEW};
use openapi::{Listing, Nothing, PageQuery};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/units", t::UNITS, list::list).needs(UNIT_VIEW).menu(Group::Master, Icon::Device),
    Page::new("/master/units/new", t::UNIT_NEW, form::form).needs(UNIT_EDIT),
    Page::new("/master/units/:id", t::UNIT, detail::detail).needs(UNIT_VIEW),
    Page::new("/master/units/:id/edit", t::UNIT_EDIT, form::form).needs(UNIT_EDIT),
    Page::new("/master/history", t::HISTORY, history::history).needs(UNIT_VIEW).menu(Group::Master, Icon::Clock),
];

/// Ctrl K finds units by serial number.
pub const FINDERS: &[Finder] = &[Finder { label: t::UNITS, needs: UNIT_VIEW, find: |words| Box::pin(find(words)) }];

/// The page of a unit.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/units/{id}")
}

async fn find(words: String) -> Vec<Hit> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(5), ..PageQuery::default() };
    let query = Listing { page, filter: UnitFilter::default() };
    let found = api::call::<ListUnits>(Nothing, query, Nothing).await.map(|page| page.items).unwrap_or_default();
    let hit = |r: &openapi::master::unit::UnitRow| Hit {
        label: r.serial.to_string(),
        detail: r.product_name.to_string(),
        href: href(r.id),
    };
    found.iter().map(hit).collect()
}
