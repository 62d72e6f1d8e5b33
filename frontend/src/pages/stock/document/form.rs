//! Writes and changes a draft.

use crate::doc::form::{Control, Form};
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::{people, warehouses};
use crate::text::{documents, stock as t};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::{CreateStockDoc, GetStockDoc, StockDoc, StockDocDraft, StockLineDraft, UpdateStockDoc};

/// The form. What does not belong to the chosen kind is neither shown nor sent.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("stock-document", t::DOC_NEW, t::DOC_EDIT, "/stock/documents")
        .section(
            documents::BASICS,
            vec![
                field!(StockDocDraft.kind, t::KIND)
                    .control(Control::Select(super::kinds_by_hand))
                    .initial(DocKind::StockIn.as_str()),
                field!(StockDocDraft.reason, t::REASON)
                    .hint(t::REASON_HINT)
                    .when(|form| is_any(form, &[DocKind::StockIn, DocKind::StockOut])),
                field!(StockDocDraft.warehouse_id, t::WAREHOUSE).pick(warehouses("is_active=true")),
                field!(StockDocDraft.engineer_id, t::ENGINEER)
                    .pick(people())
                    .required()
                    .when(|form| is_any(form, &[DocKind::EngineerIssue, DocKind::EngineerReturn])),
                field!(StockDocDraft.effective_at, t::EFFECTIVE_AT).hint(t::EFFECTIVE_HINT),
                field!(StockDocDraft.reference, t::REFERENCE),
                field!(StockDocDraft.remark, t::REMARK),
            ],
        )
        .section(t::LINES, vec![Field::lines("lines", t::LINES, t::ADD_LINE, 200, line())])
        .create::<CreateStockDoc>(saved)
        .edit::<GetStockDoc, UpdateStockDoc>(saved)
        .view(params)
}

fn is_any(form: Form, kinds: &[DocKind]) -> bool {
    let chosen = form.text("/kind");
    kinds.iter().any(|kind| kind.as_str() == chosen)
}

fn line() -> Vec<Field> {
    vec![
        field!(StockLineDraft.product_id, t::PRODUCT).pick(products("is_active=true")),
        field!(StockLineDraft.quantity, t::QUANTITY).initial("1"),
        field!(StockLineDraft.unit_cost, t::UNIT_COST)
            .hint(t::UNIT_COST_HINT)
            .when(|form| is_any(form, &[DocKind::StockIn, DocKind::OpeningStock])),
        field!(StockLineDraft.serial, t::SERIAL).hint(t::SERIAL_HINT),
        field!(StockLineDraft.condition, t::CONDITION),
        field!(StockLineDraft.remark, t::REMARK),
    ]
}

fn saved(doc: &StockDoc) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
