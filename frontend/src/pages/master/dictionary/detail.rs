//! One record.

use crate::doc::{Act, DetailPage, Item, cell, item};
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::*;
use openapi::master::RecordAction;
use openapi::master::dictionary::{
    ActivateDictionaryEntry, DeactivateDictionaryEntry, DictionaryAttribute, DictionaryEntry, GetDictionaryEntry,
    UpdateDictionaryEntry,
};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What it looks like.
pub fn page() -> DetailPage<GetDictionaryEntry> {
    DetailPage::<GetDictionaryEntry>::new()
        .title(|d| d.name.to_string())
        .mark(|d| cell::tag(d.kind))
        .edit::<UpdateDictionaryEntry>()
        .actions(
            |d| vec![if d.is_active { RecordAction::Deactivate } else { RecordAction::Activate }],
            vec![
                (RecordAction::Deactivate, Act::confirm::<DeactivateDictionaryEntry>(t::DEACTIVATE_WHAT)),
                (RecordAction::Activate, Act::post::<ActivateDictionaryEntry>()),
            ],
        )
        .group(documents::BASICS, |d| {
            vec![
                item(t::CODE, cell::code(&*d.code)),
                item(t::NAME_EN, cell::maybe(d.name_en.as_ref())),
                item(t::PARENT, cell::maybe(d.parent_name.as_ref())),
                item(t::SORT_NO, cell::text(d.sort_no.to_string())),
                item(t::REMARK, cell::maybe(d.remark.as_ref())),
                item(t::STATE, cell::label(if d.is_active { t::IN_USE } else { t::OUT_OF_USE })),
                item(documents::CREATED_AT, cell::time(d.created_at)),
                item(documents::UPDATED_AT, cell::time(d.updated_at)),
            ]
        })
        .group(t::ATTRIBUTES, |d| d.kind.attributes().iter().map(|used| attribute(d, used.attribute)).collect())
}

/// An attribute with its value.
fn attribute(d: &DictionaryEntry, attribute: DictionaryAttribute) -> Item {
    use DictionaryAttribute as A;
    match attribute {
        A::StandardMinutes => item(t::MINUTES, cell::maybe(d.standard_minutes.as_ref())),
        A::Level => item(t::LEVEL, cell::maybe(d.level_name.as_ref())),
        A::LabourPrice => item(t::LABOUR_PRICE, d.labour_price.map_or_else(cell::none, cell::money)),
        A::ClaimFee => item(t::CLAIM_FEE, d.claim_fee.map_or_else(cell::none, cell::money)),
        A::Payer => item(t::PAYER, d.payer.map_or_else(cell::none, cell::tag)),
        A::Price => item(t::PRICE, d.price.map_or_else(cell::none, cell::price)),
        A::TaxRate => item(t::TAX_RATE, d.tax_rate.map_or_else(cell::none, cell::percent)),
        A::FreeInWarranty => item(t::FREE_IN_WARRANTY, d.is_free_in_warranty.map_or_else(cell::none, cell::yes_no)),
        A::WarrantyMonths => item(t::WARRANTY_MONTHS, cell::maybe(d.warranty_months.as_ref())),
    }
}
