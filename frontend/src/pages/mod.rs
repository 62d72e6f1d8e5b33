//! The pages, by domain. A document's `PAGES` and, if it can be found by number or phone, its `FINDERS` are listed here.

pub mod account;
pub mod finance;
pub mod identity;
pub mod master;
pub mod service;
pub mod stock;
pub mod system;

use crate::nav::{Group, Page};
use crate::palette::Finder;
use crate::text::common;
use crate::ui::Icon;

/// Every page of the app.
pub const PAGES: &[&[Page]] = &[
    HOME,
    service::ticket::PAGES,
    stock::balance::PAGES,
    stock::document::PAGES,
    stock::movement::PAGES,
    stock::report::PAGES,
    stock::requisition::PAGES,
    stock::transfer::PAGES,
    master::customer::PAGES,
    finance::receipt::PAGES,
    finance::settlement::PAGES,
    finance::ledger::PAGES,
    finance::report::PAGES,
    finance::vat::PAGES,
    master::unit::PAGES,
    master::product::PAGES,
    master::dictionary::PAGES,
    master::warehouse::PAGES,
    master::bank_account::PAGES,
    master::import::PAGES,
    identity::station::PAGES,
    identity::user::PAGES,
    identity::team::PAGES,
    identity::role::PAGES,
    identity::login::PAGES,
    system::PAGES,
    account::PAGES,
];

/// Everything that Ctrl K can search in.
pub const FINDERS: &[&[Finder]] =
    &[service::ticket::FINDERS, master::customer::FINDERS, master::unit::FINDERS, finance::receipt::FINDERS];

const HOME: &[Page] = &[Page::new("/", common::HOME, service::home::home).menu(Group::Home, Icon::Home)];
