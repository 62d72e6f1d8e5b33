//! Writes and changes a formula.

use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{conversion as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::stock::formula::{CreateFormula, Formula, FormulaDraft, FormulaLineDraft, GetFormula, UpdateFormula};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("formula", t::FORMULA_NEW, t::FORMULA_EDIT, "/stock/formulas")
        .section(
            documents::BASICS,
            vec![
                field!(FormulaDraft.product_id, t::MODEL).pick(products("kind=unit&is_active=true")),
                field!(FormulaDraft.edition, t::EDITION),
                field!(FormulaDraft.is_active, t::IN_USE).initial("true"),
                field!(FormulaDraft.remark, stock::REMARK),
            ],
        )
        .section(t::PARTS, vec![Field::lines("lines", t::PARTS, t::ADD_PART, 100, line()).begun()])
        .create::<CreateFormula>(saved)
        .edit::<GetFormula, UpdateFormula>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(FormulaLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(FormulaLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(FormulaLineDraft.share, t::SHARE).percent().hint(t::SHARE_HINT),
    ]
}

fn saved(formula: &Formula) -> Saved {
    Saved { name: format!("{} · {}", &*formula.product_name, &*formula.edition), href: super::href(formula.id) }
}
