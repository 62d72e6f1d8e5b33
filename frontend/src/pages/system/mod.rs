//! What keeps the installation in order: numbers, print templates, background work, the log of changes, the check of the
//! books; and the page that prints any document.

mod audit;
mod books;
mod number;
mod operation;
mod print;
mod seal;
mod template;

use crate::nav::{Group, Page};
use crate::text::{documents, system as t};
use crate::ui::Icon;
use openapi::system::{AUDIT_VIEW, INVARIANTS_VIEW, NUMBER_EDIT, PRINT_EDIT};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/system/number-rules", t::NUMBER_RULES, number::rules)
        .needs(NUMBER_EDIT)
        .menu(Group::System, Icon::Settings),
    Page::new("/system/print-templates", t::TEMPLATES, template::list)
        .needs(PRINT_EDIT)
        .menu(Group::System, Icon::Print),
    Page::new("/system/print-templates/:kind/:paper", t::TEMPLATE, template::edit).needs(PRINT_EDIT),
    Page::new("/system/operations", t::OPERATIONS, operation::list).menu(Group::System, Icon::Refresh),
    Page::new("/system/operations/:id", t::OPERATION, operation::detail),
    Page::new("/system/audit", t::AUDIT, audit::list).needs(AUDIT_VIEW).menu(Group::System, Icon::Document),
    Page::new("/system/audit-seals", t::SEALS, seal::sealing).needs(AUDIT_VIEW).menu(Group::System, Icon::Lock),
    Page::new("/system/books", t::BOOKS, books::check).needs(INVARIANTS_VIEW).menu(Group::System, Icon::Check),
    Page::new("/print/:kind/:id", documents::PRINTED, print::page),
];
