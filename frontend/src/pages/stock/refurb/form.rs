//! Writes and changes an application.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::customer::parties;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::text::{documents, refurb as t, stock};
use leptos::prelude::AnyView;
use openapi::stock::refurb::{CreateRefurb, GetRefurb, Refurb, RefurbDraft, RefurbLineDraft, UpdateRefurb};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("refurb", t::NEW, t::EDIT, "/stock/refurbs")
        .section(
            documents::BASICS,
            vec![
                field!(RefurbDraft.warehouse_id, stock::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(RefurbDraft.estimate, t::ESTIMATE),
                field!(RefurbDraft.agent_id, t::AGENT).hint(t::AGENT_HINT).pick(parties("role=dealer")),
                field!(RefurbDraft.reason, t::WHY).hint(t::WHY_HINT),
            ],
        )
        .section(t::UNITS, vec![Field::lines("lines", t::UNITS, t::ADD_UNIT, 50, line()).begun()])
        .create::<CreateRefurb>(saved)
        .edit::<GetRefurb, UpdateRefurb>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(RefurbLineDraft.product_id, t::MODEL).pick(products("is_active=true&kind=unit")),
        field!(RefurbLineDraft.serial, stock::SERIAL),
        field!(RefurbLineDraft.condition, stock::CONDITION).hint(t::CONDITION_HINT),
    ]
}

fn saved(doc: &Refurb) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
