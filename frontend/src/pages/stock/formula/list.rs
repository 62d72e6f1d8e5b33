//! The formulas.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::pages::master::product::products;
use crate::text::{conversion as t, documents, stock};
use leptos::prelude::AnyView;
use openapi::stock::formula::{CreateFormula, FormulaRow, ListFormulas};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListFormulas>::new("formulas", t::FORMULAS)
        .search_hint(t::FORMULA_SEARCH)
        .filter(Filter::pick("product_id", t::MODEL, products("kind=unit")))
        .filter(Filter::flag("is_active", t::IN_USE))
        .filter(Filter::created())
        .column(Column::new("product_name", t::MODEL, |r: &FormulaRow| cell::text(&*r.product_name)))
        .column(Column::new("product_code", stock::CODE, |r: &FormulaRow| cell::code(&*r.product_code)))
        .column(Column::new("edition", t::EDITION, |r: &FormulaRow| cell::text(&*r.edition)))
        .column(Column::new("is_active", t::IN_USE, |r: &FormulaRow| cell::yes_no(r.is_active)))
        .column(Column::new("created_at", documents::CREATED_AT, |r: &FormulaRow| cell::time(r.created_at)))
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &FormulaRow| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateFormula>(t::FORMULA_NEW, "/stock/formulas/new")
        .view()
}
