//! Stock documents: written as drafts, posted, reversed.

mod detail;
mod form;
mod list;

use crate::nav::{Group, Page};
use crate::text::stock as t;
use crate::ui::{Icon, SelectOption};
use leptos::prelude::Signal;
use openapi::choice::Choice;
use openapi::document::DocKind;
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
