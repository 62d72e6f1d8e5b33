//! One formula.

use crate::api::session::may;
use crate::doc::{DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::text::{conversion as t, documents, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::stock::CONVERSION_EDIT;
use openapi::stock::formula::{Formula, FormulaLine, GetFormula, UpdateFormula};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a formula looks like.
pub fn page() -> DetailPage<GetFormula> {
    DetailPage::<GetFormula>::new()
        .title(|f| format!("{} · {}", &*f.product_name, &*f.edition))
        .mark(convert)
        .edit::<UpdateFormula>()
        .group(documents::BASICS, basics)
        .lines(t::PARTS, lines)
}

/// To a new conversion by this formula.
fn convert(formula: &Formula) -> AnyView {
    if !formula.is_active || !untrack(|| may(CONVERSION_EDIT)) {
        return ().into_any();
    }
    cell::link(t::CONVERT.get(), format!("/stock/conversions/new?formula={}", formula.id))
}

fn basics(formula: &Formula) -> Vec<Item> {
    vec![
        item(t::MODEL, cell::text(&*formula.product_name)),
        item(stock::CODE, cell::code(&*formula.product_code)),
        item(t::EDITION, cell::text(&*formula.edition)),
        item(t::IN_USE, cell::yes_no(formula.is_active)),
        item(documents::UPDATED_AT, cell::time(formula.updated_at)),
        item(stock::REMARK, cell::note(formula.remark.as_deref())).wide(),
    ]
}

fn lines(formula: &Formula) -> Lines {
    let columns: Vec<LineColumn<FormulaLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::SHARE, Align::Right, |l| cell::percent(l.share)),
    ];
    Lines::of(&formula.lines, columns)
}
