//! One conversion: the unit, its parts, and what each is worth.

use crate::doc::{Act, DetailPage, Item, LineColumn, Lines, cell, item};
use crate::nav::Params;
use crate::pages::stock::document;
use crate::pages::stock::formula;
use crate::text::{conversion as t, delivery, documents, stock};
use crate::ui::Align;
use leptos::prelude::*;
use openapi::stock::CONVERSION_EDIT;
use openapi::stock::conversion::{
    Conversion, ConversionAction, ConversionLife, ConversionLine, GetConversion, PostConversion, ReverseConversion,
    VoidConversion,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a conversion looks like.
pub fn page() -> DetailPage<GetConversion> {
    use ConversionAction as A;
    DetailPage::<GetConversion>::document::<ConversionLife>(vec![
        (A::Post, Act::post::<PostConversion>()),
        (A::Reverse, Act::reason::<ReverseConversion>("reason", 500)),
        (A::Void, Act::reason::<VoidConversion>("reason", 500)),
    ])
    .files_by(CONVERSION_EDIT)
    .mark(|d| cell::tag(d.way))
    .group(documents::BASICS, basics)
    .lines(t::PARTS, lines)
    .lines(delivery::POSTINGS, |d| document::postings(&d.postings))
}

fn basics(doc: &Conversion) -> Vec<Item> {
    vec![
        item(t::UNIT, cell::text(&*doc.product_name)),
        item(stock::CODE, cell::code(&*doc.product_code)),
        item(t::UNIT_SERIAL, cell::maybe(doc.serial.as_ref())),
        item(t::UNIT_CONDITION, cell::tag(doc.condition)),
        item(t::UNIT_VALUE, doc.unit_value.map_or_else(cell::none, cell::money)),
        item(t::FORMULA, cell::link(doc.edition.to_string(), formula::href(doc.formula_id))),
        item(stock::STATION, cell::text(&*doc.org_name)),
        item(t::UNIT_WAREHOUSE, cell::text(&*doc.warehouse_name)),
        item(t::PARTS_WAREHOUSE, cell::text(&*doc.parts_warehouse_name)),
        item(stock::POSTED_AT, cell::maybe_time(doc.posted_at)),
        item(stock::REMARK, cell::note(doc.remark.as_deref())).wide(),
    ]
}

fn lines(doc: &Conversion) -> Lines {
    let columns: Vec<LineColumn<ConversionLine>> = vec![
        (stock::PRODUCT, Align::Left, |l| cell::text(&*l.product_name)),
        (stock::CODE, Align::Left, |l| cell::code(&*l.product_code)),
        (stock::SERIAL, Align::Left, |l| cell::maybe(l.serial.as_ref())),
        (stock::CONDITION, Align::Left, |l| cell::tag(l.condition)),
        (stock::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
        (t::SHARE, Align::Right, |l| l.share.map_or_else(cell::none, cell::percent)),
        (stock::VALUE, Align::Right, |l| l.value.map_or_else(cell::none, cell::money)),
    ];
    Lines::of(&doc.lines, columns)
}
