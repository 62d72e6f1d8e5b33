//! Writes and changes a draft.

use crate::doc::{Field, Form, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{self, documents, parts_plan as t, stock};
use leptos::prelude::AnyView;
use openapi::Month;
use openapi::choice::Choice;
use openapi::stock::plan::{
    CreatePartsPlan, GetPartsPlan, PartsPlan, PartsPlanDraft, PartsPlanKind, PartsPlanLineDraft, UpdatePartsPlan,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    let present = Month::of(text::today().naive()).to_string();
    FormPage::new("parts-plan", t::NEW, t::EDIT, "/stock/parts-plans")
        .section(
            documents::BASICS,
            vec![
                field!(PartsPlanDraft.kind, t::KIND).initial(PartsPlanKind::Monthly.as_str()),
                field!(PartsPlanDraft.month, t::MONTH).required().initial(present).when(|form| !is_urgent(form)),
                field!(PartsPlanDraft.needed_on, t::NEEDED_ON).hint(t::NEEDED_HINT).required().when(is_urgent),
                field!(PartsPlanDraft.reason, t::REASON).hint(t::REASON_HINT).required().when(is_urgent),
                field!(PartsPlanDraft.remark, stock::REMARK),
            ],
        )
        .section(
            stock::LINES,
            vec![Field::lines("lines", stock::LINES, stock::ADD_LINE, 200, line()).hint(t::LINES_HINT)],
        )
        .create::<CreatePartsPlan>(saved)
        .edit::<GetPartsPlan, UpdatePartsPlan>(saved)
        .view(params)
}

fn is_urgent(form: Form) -> bool {
    form.text("/kind") == PartsPlanKind::Urgent.as_str()
}

fn line() -> Vec<Field> {
    vec![
        field!(PartsPlanLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(PartsPlanLineDraft.quantity, t::WANTED).initial("1"),
        field!(PartsPlanLineDraft.remark, stock::REMARK),
    ]
}

fn saved(doc: &PartsPlan) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
