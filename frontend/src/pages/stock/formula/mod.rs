//! Formulas: which parts a model comes apart into.

pub mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::conversion as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::stock::formula::{Formula, FormulaRow, GetFormula, ListFormulas};
use openapi::stock::{FORMULA_EDIT, FORMULA_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/formulas", t::FORMULAS, list::list).needs(FORMULA_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/formulas/new", t::FORMULA_NEW, form::form).needs(FORMULA_EDIT),
    Page::new("/stock/formulas/:id", t::FORMULA_DETAIL, detail::detail).needs(FORMULA_VIEW),
    Page::new("/stock/formulas/:id/edit", t::FORMULA_EDIT, form::form).needs(FORMULA_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/formulas/{id}")
}

/// Picks a formula by model and edition.
pub fn formulas() -> PickSource {
    let row = |f: &FormulaRow| Pick {
        value: f.id.to_string(),
        label: format!("{} · {}", &*f.product_name, &*f.edition),
        detail: f.product_code.to_string(),
    };
    let one = |f: &Formula| Pick {
        value: f.id.to_string(),
        label: format!("{} · {}", &*f.product_name, &*f.edition),
        detail: f.product_code.to_string(),
    };
    picker::<ListFormulas, GetFormula>("is_active=true", row, one)
}
