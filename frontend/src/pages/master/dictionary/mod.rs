//! Dictionaries: one set of pages for every list.

mod detail;
mod form;
mod list;

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::base as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::master::dictionary::{DictionaryEntry, GetDictionaryEntry, ListDictionaryEntries};
use openapi::master::{DICTIONARY_EDIT, DICTIONARY_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/master/dictionaries", t::DICTIONARIES, list::list)
        .needs(DICTIONARY_VIEW)
        .menu(Group::Master, Icon::Bookmark),
    Page::new("/master/dictionaries/new", t::DICTIONARY_NEW, form::form).needs(DICTIONARY_EDIT),
    Page::new("/master/dictionaries/:id", t::DICTIONARY, detail::detail).needs(DICTIONARY_VIEW),
    Page::new("/master/dictionaries/:id/edit", t::DICTIONARY_EDIT, form::form).needs(DICTIONARY_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/master/dictionaries/{id}")
}

/// Picks one; `fixed` narrows the search.
pub fn entries(fixed: &'static str) -> PickSource {
    let row = |r: &DictionaryEntry| pick(r.id.to_string(), &r.name, &r.code);
    let one = |d: &DictionaryEntry| pick(d.id.to_string(), &d.name, &d.code);
    picker::<ListDictionaryEntries, GetDictionaryEntry>(fixed, row, one)
}

fn pick(value: String, name: &str, code: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: code.to_owned() }
}
