//! Writes and changes a draft.

use super::all_stations;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{delivery as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::service::state::Priority;
use openapi::stock::requisition::{
    CreateRequisition, GetRequisition, Requisition, RequisitionDraft, RequisitionLineDraft, UpdateRequisition,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("requisition", t::REQUISITION_NEW, t::REQUISITION_EDIT, "/stock/requisitions")
        .section(
            documents::BASICS,
            vec![
                field!(RequisitionDraft.supplier_id, t::GIVES).pick(all_stations()),
                field!(RequisitionDraft.priority, t::PRIORITY).initial(Priority::Normal.as_str()),
                field!(RequisitionDraft.needed_on, t::NEEDED_ON),
                field!(RequisitionDraft.purpose, t::PURPOSE).hint(t::PURPOSE_HINT),
                field!(RequisitionDraft.remark, stock::REMARK),
            ],
        )
        .section(stock::LINES, vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).begun()])
        .from_address(&["supplier_id", "purpose"])
        .create::<CreateRequisition>(saved)
        .edit::<GetRequisition, UpdateRequisition>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(RequisitionLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(RequisitionLineDraft.quantity, t::ASKED).initial("1"),
        field!(RequisitionLineDraft.remark, stock::REMARK),
    ]
}

fn saved(doc: &Requisition) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
