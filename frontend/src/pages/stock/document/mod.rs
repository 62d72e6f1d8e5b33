//! Stock documents: written as drafts, posted, reversed.

mod detail;
mod form;
mod list;

use crate::doc::{LineColumn, Lines, cell};
use crate::nav::{Group, Page};
use crate::text::stock as t;
use crate::ui::{Align, Icon, SelectOption};
use leptos::prelude::Signal;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::stock::document::StockDocLink;
use openapi::stock::{STOCK_DOC_EDIT, STOCK_DOC_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/documents", t::DOCS, list::list).needs(STOCK_DOC_VIEW).menu(Group::StockWork, Icon::Document),
    Page::new("/stock/documents/new", t::DOC_NEW, form::form).needs(STOCK_DOC_EDIT),
    Page::new("/stock/documents/:id", t::DOC, detail::detail).needs(STOCK_DOC_VIEW),
    Page::new("/stock/documents/:id/edit", t::DOC_EDIT, form::form).needs(STOCK_DOC_EDIT),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/documents/{id}")
}

/// The stock documents that posted something, for the page of what caused them.
pub fn postings(all: &[StockDocLink]) -> Lines {
    let columns: Vec<LineColumn<StockDocLink>> =
        vec![(t::NUMBER, Align::Left, |d| cell::link(d.number.clone(), href(d.id)))];
    Lines::of(all, columns)
}

/// The kinds that people write by hand.
const BY_HAND: &[DocKind] = &[
    DocKind::StockIn,
    DocKind::StockOut,
    DocKind::WarehouseMove,
    DocKind::EngineerIssue,
    DocKind::EngineerReturn,
    DocKind::Destruction,
    DocKind::BadPartReturn,
    DocKind::OpeningStock,
];

/// Those kinds, to choose from.
fn kinds_by_hand() -> Vec<SelectOption> {
    let lang = crate::text::lang();
    let option = |kind: &DocKind| SelectOption {
        value: kind.as_str().to_owned(),
        label: Signal::stored(kind.label(lang).to_owned()),
    };
    BY_HAND.iter().map(option).collect()
}
