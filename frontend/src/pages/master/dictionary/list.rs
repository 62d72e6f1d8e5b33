//! The list.

use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::Params;
use crate::text::{self, Label, base as t, documents};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::master::dictionary::{
    CreateDictionaryEntry, DictionaryAttribute, DictionaryEntry, DictionaryKind, ListDictionaryEntries,
};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListDictionaryEntries>::new("dictionaries", t::DICTIONARIES)
        .search_hint(t::SEARCH_CODE)
        .filter(Filter::choices::<DictionaryKind>("kind", t::LIST_KIND))
        .filter(Filter::flag("is_active", t::IS_ACTIVE))
        .preset(t::FAULTS, "kind=fault")
        .preset(t::METHODS, "kind=repair_method")
        .preset(t::LEVELS, "kind=repair_level")
        .preset(t::WARRANTY_STATES, "kind=warranty_state")
        .preset(t::SERVICE_ITEMS, "kind=service_item")
        .preset(t::ACCESSORIES, "kind=accessory")
        .preset(t::BRANDS, "kind=brand")
        .column(Column::new("name", t::NAME, |r: &DictionaryEntry| cell::text(&*r.name)).width("10em"))
        .column(Column::new("code", t::CODE, |r: &DictionaryEntry| cell::code(&*r.code)))
        .column(Column::new("kind", t::LIST_KIND, |r: &DictionaryEntry| cell::tag(r.kind)))
        .column(
            Column::new("parent", t::PARENT, |r: &DictionaryEntry| cell::maybe(r.parent_name.as_ref()))
                .field("parent_name"),
        )
        .column(
            Column::new("attributes", t::ATTRIBUTES, |r: &DictionaryEntry| cell::text(attributes(r)))
                .fields(ATTRIBUTES),
        )
        .column(Column::new("name_en", t::NAME_EN, |r: &DictionaryEntry| cell::maybe(r.name_en.as_ref())).hidden())
        .column(Column::new("sort_no", t::SORT_NO, |r: &DictionaryEntry| cell::text(r.sort_no.to_string())).right())
        .column(
            Column::new("is_active", t::STATE, |r: &DictionaryEntry| {
                cell::label(if r.is_active { t::IN_USE } else { t::OUT_OF_USE })
            })
            .words(&[("true", t::IN_USE), ("false", t::OUT_OF_USE)]),
        )
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &DictionaryEntry| cell::time(r.updated_at)))
        .column(
            Column::new("created_at", documents::CREATED_AT, |r: &DictionaryEntry| cell::time(r.created_at)).hidden(),
        )
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .create::<CreateDictionaryEntry>(t::DICTIONARY_NEW, "/master/dictionaries/new")
        .view()
}

/// The attributes of an entry, each in a column of its own in a workbook.
const ATTRIBUTES: &[(&str, Label)] = &[
    ("standard_minutes", t::MINUTES),
    ("level_name", t::LEVEL),
    ("labour_price", t::LABOUR_PRICE),
    ("claim_fee", t::CLAIM_FEE),
    ("payer", t::PAYER),
    ("price", t::PRICE),
    ("tax_rate", t::TAX_RATE),
    ("is_free_in_warranty", t::FREE_IN_WARRANTY),
    ("warranty_months", t::WARRANTY_MONTHS),
];

/// The attributes of an entry in a few words.
fn attributes(r: &DictionaryEntry) -> String {
    use DictionaryAttribute as A;
    let words = |attribute| match attribute {
        A::StandardMinutes => r.standard_minutes.map(|n| format!("{n} min")),
        A::Level => r.level_name.as_ref().map(ToString::to_string),
        A::LabourPrice => r.labour_price.map(text::money),
        A::ClaimFee => r.claim_fee.map(text::money),
        A::Payer => r.payer.map(|p| p.label(text::lang()).to_owned()),
        A::Price => r.price.map(|p| format!("¥{p}")),
        A::TaxRate => r.tax_rate.map(text::percent),
        A::FreeInWarranty => r.is_free_in_warranty.filter(|yes| *yes).map(|_| t::FREE_IN_WARRANTY.get().to_owned()),
        A::WarrantyMonths => r.warranty_months.map(|n| format!("{} {n}", t::WARRANTY_MONTHS.get())),
    };
    r.kind.attributes().iter().filter_map(|used| words(used.attribute)).collect::<Vec<_>>().join(" · ")
}
