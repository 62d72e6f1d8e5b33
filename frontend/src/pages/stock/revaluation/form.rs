//! Writes and changes a draft.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, revaluation as t, stock};
use leptos::prelude::AnyView;
use openapi::stock::revaluation::{
    CreateRevaluation, GetRevaluation, Revaluation, RevaluationDraft, RevaluationLineDraft, UpdateRevaluation,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("revaluation", t::NEW, t::EDIT, "/stock/revaluations")
        .section(
            documents::BASICS,
            vec![
                field!(RevaluationDraft.org_id, stock::STATION).hint(t::STATION_HINT).pick(all_stations()),
                field!(RevaluationDraft.reason, t::WHY).hint(t::WHY_HINT),
            ],
        )
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).begun()])
        .create::<CreateRevaluation>(saved)
        .edit::<GetRevaluation, UpdateRevaluation>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(RevaluationLineDraft.product_id, stock::PRODUCT).pick(products("")),
        field!(RevaluationLineDraft.new_cost, t::NEW_COST),
        field!(RevaluationLineDraft.condition, stock::CONDITION).hint(t::CONDITION_HINT),
        field!(RevaluationLineDraft.serial, stock::SERIAL).hint(t::SERIAL_HINT),
    ]
}

fn saved(doc: &Revaluation) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
