//! Writes and changes a draft.

use super::all_stations;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{self, delivery as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::service::shortage::{GetShortage, Shortage};
use openapi::service::state::Priority;
use openapi::stock::requisition::{
    CreateRequisition, GetRequisition, Requisition, RequisitionDraft, RequisitionLineDraft, UpdateRequisition,
};
use serde_json::{Value, json};

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
        .starts_from::<GetShortage>("shortage", for_shortage)
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

/// The part that a ticket waits for, as soon as the ticket needs it.
fn for_shortage(missing: &Shortage) -> Value {
    let priority = if missing.is_overdue { Priority::Urgent } else { Priority::Normal };
    let purpose = format!("{} {}", missing.ticket_number, missing.number);
    let line = json!({ "product_id": missing.product_id, "quantity": missing.missing });
    let needed_on = missing.due_at.filter(|_| !missing.is_overdue).map(text::date_of);
    json!({ "priority": priority, "purpose": purpose, "needed_on": needed_on, "lines": [line] })
}

fn saved(doc: &Requisition) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
