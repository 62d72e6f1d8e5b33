//! Writes and changes a draft. A new one may start from a formula (`…/new?formula=ID`).

use crate::doc::form::Form;
use crate::doc::{Field, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::pages::master::warehouse::warehouses;
use crate::pages::stock::formula::formulas;
use crate::text::{conversion as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::stock::conversion::{
    Conversion, ConversionDraft, ConversionLineDraft, ConversionWay, CreateConversion, GetConversion, UpdateConversion,
};
use openapi::stock::formula::{Formula, FormulaLine, GetFormula};
use serde_json::json;

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("conversion", t::NEW, t::EDIT, "/stock/conversions")
        .section(
            documents::BASICS,
            vec![
                field!(ConversionDraft.way, t::WAY).initial(ConversionWay::Disassembly.as_str()),
                field!(ConversionDraft.formula_id, t::FORMULA).pick(formulas()),
                field!(ConversionDraft.serial, t::UNIT_SERIAL).hint(t::UNIT_SERIAL_HINT),
                field!(ConversionDraft.condition, t::UNIT_CONDITION),
                field!(ConversionDraft.warehouse_id, t::UNIT_WAREHOUSE).pick(warehouses("is_active=true")),
                field!(ConversionDraft.parts_warehouse_id, t::PARTS_WAREHOUSE)
                    .hint(t::PARTS_WAREHOUSE_HINT)
                    .pick(warehouses("is_active=true")),
                field!(ConversionDraft.remark, stock::REMARK),
            ],
        )
        .section(t::PARTS, vec![Field::lines("lines", t::PARTS, t::ADD_PART, 100, line()).hint(t::PARTS_HINT)])
        .starts_from::<GetFormula>("formula", from_formula)
        .create::<CreateConversion>(saved)
        .edit::<GetConversion, UpdateConversion>(saved)
        .view(params)
}

fn line() -> Vec<Field> {
    vec![
        field!(ConversionLineDraft.product_id, stock::PRODUCT).pick(products("is_active=true")),
        field!(ConversionLineDraft.quantity, stock::QUANTITY).initial("1"),
        field!(ConversionLineDraft.serial, stock::SERIAL).hint(stock::SERIAL_HINT),
        field!(ConversionLineDraft.condition, stock::CONDITION),
        field!(ConversionLineDraft.share, t::SHARE)
            .percent()
            .hint(t::SHARE_HINT)
            .when(|form: Form| form.text("/way") == ConversionWay::Disassembly.as_str()),
    ]
}

/// The parts of the formula, to be changed where the unit at hand is different.
fn from_formula(formula: &Formula) -> serde_json::Value {
    let line = |l: &FormulaLine| json!({ "product_id": l.product_id, "quantity": l.quantity, "share": l.share });
    let lines: Vec<_> = formula.lines.iter().map(line).collect();
    json!({ "way": ConversionWay::Disassembly.as_str(), "formula_id": formula.id, "lines": lines })
}

fn saved(doc: &Conversion) -> Saved {
    Saved { name: doc.number.clone(), href: super::href(doc.id) }
}
