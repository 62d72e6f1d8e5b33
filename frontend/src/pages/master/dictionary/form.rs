//! Records and changes one.

use crate::doc::{Form, FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::text::{base as t, documents};
use leptos::prelude::AnyView;
use openapi::choice::Choice;
use openapi::master::dictionary::{
    CreateDictionaryEntry, DictionaryAttribute as A, DictionaryEntry, DictionaryEntryDraft, DictionaryKind,
    GetDictionaryEntry, UpdateDictionaryEntry,
};

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("dictionary_entry", t::DICTIONARY_NEW, t::DICTIONARY_EDIT, "/master/dictionaries")
        .section(
            documents::BASICS,
            vec![
                field!(DictionaryEntryDraft.kind, t::LIST_KIND),
                field!(DictionaryEntryDraft.code, t::CODE),
                field!(DictionaryEntryDraft.name, t::NAME),
                field!(DictionaryEntryDraft.name_en, t::NAME_EN),
                field!(DictionaryEntryDraft.parent_id, t::PARENT)
                    .pick(super::entries("kind=fault"))
                    .when(|f| of(f, DictionaryKind::Fault)),
                field!(DictionaryEntryDraft.parent_id, t::PARENT)
                    .pick(super::entries("kind=product_category"))
                    .when(|f| of(f, DictionaryKind::ProductCategory)),
                field!(DictionaryEntryDraft.sort_no, t::SORT_NO).initial("0"),
                field!(DictionaryEntryDraft.remark, t::REMARK),
            ],
        )
        .section(
            t::ATTRIBUTES,
            vec![
                field!(DictionaryEntryDraft.standard_minutes, t::MINUTES).when(|f| has(f, A::StandardMinutes)),
                field!(DictionaryEntryDraft.level_id, t::LEVEL)
                    .pick(super::entries("kind=repair_level"))
                    .when(|f| has(f, A::Level)),
                field!(DictionaryEntryDraft.labour_price, t::LABOUR_PRICE).required().when(|f| has(f, A::LabourPrice)),
                field!(DictionaryEntryDraft.claim_fee, t::CLAIM_FEE).required().when(|f| has(f, A::ClaimFee)),
                field!(DictionaryEntryDraft.payer, t::PAYER).required().when(|f| has(f, A::Payer)),
                field!(DictionaryEntryDraft.price, t::PRICE).required().when(|f| has(f, A::Price)),
                field!(DictionaryEntryDraft.tax_rate, t::TAX_RATE)
                    .percent()
                    .hint(t::TAX_HINT)
                    .initial("6.00")
                    .required()
                    .when(|f| has(f, A::TaxRate)),
                field!(DictionaryEntryDraft.is_free_in_warranty, t::FREE_IN_WARRANTY)
                    .initial("false")
                    .when(|f| has(f, A::FreeInWarranty)),
                field!(DictionaryEntryDraft.warranty_months, t::WARRANTY_MONTHS).when(|f| has(f, A::WarrantyMonths)),
            ],
        )
        .from_address(&["kind"])
        .create::<CreateDictionaryEntry>(saved)
        .edit::<GetDictionaryEntry, UpdateDictionaryEntry>(saved)
        .view(params)
}

fn saved(record: &DictionaryEntry) -> Saved {
    Saved { name: record.name.to_string(), href: super::href(record.id) }
}

fn kind(form: Form) -> Option<DictionaryKind> {
    DictionaryKind::parse(&form.text("/kind"))
}

fn of(form: Form, wanted: DictionaryKind) -> bool {
    kind(form) == Some(wanted)
}

/// Whether the chosen list carries an attribute.
fn has(form: Form, attribute: A) -> bool {
    kind(form).is_some_and(|kind| kind.attributes().iter().any(|used| used.attribute == attribute))
}
