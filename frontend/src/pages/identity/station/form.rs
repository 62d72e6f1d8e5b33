//! Opens and changes a station.

use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{documents, identity as t};
use leptos::prelude::AnyView;
use openapi::identity::station::{CreateStation, GetStation, Station, StationDraft, UpdateStation};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("station", t::STATION_NEW, t::STATION_EDIT, "/system/stations")
        .section(
            documents::BASICS,
            vec![
                field!(StationDraft.code, t::CODE).hint(t::CODE_HINT),
                field!(StationDraft.name, t::NAME),
                field!(StationDraft.kind, t::KIND).initial("station"),
                field!(StationDraft.parent_id, t::PARENT).pick(super::stations()).hint(t::PARENT_HINT),
                field!(StationDraft.grade, t::GRADE),
            ],
        )
        .section(
            t::REACH,
            vec![
                field!(StationDraft.contact, t::CONTACT),
                field!(StationDraft.phone, t::PHONE),
                field!(StationDraft.region, t::REGION),
                field!(StationDraft.address, t::ADDRESS),
                field!(StationDraft.remark, t::REMARK),
            ],
        )
        .from_address(&["parent_id"])
        .create::<CreateStation>(saved)
        .edit::<GetStation, UpdateStation>(saved)
        .view(params)
}

fn saved(station: &Station) -> Saved {
    Saved { name: station.name.to_string(), href: super::href(station.id) }
}
