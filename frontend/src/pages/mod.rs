//! The pages, by domain. A document's `PAGES` and, if it can be found by number or phone, its `FINDERS` are listed here.

pub mod account;
pub mod finance;
pub mod identity;
pub mod master;
pub mod service;
pub mod stock;
pub mod system;
pub mod trade;

use crate::nav::{Group, Page};
use crate::palette::Finder;
use crate::part::Part;
use crate::text::common;
use crate::ui::Icon;

/// Every page, by the part of the app that brings it, in the order of the menu.
///
/// Only the code that is loaded with a part may look at [`Page::view`]: what the rest of the app needs of a page is its
/// [`Place`](crate::nav::Place). See [`crate::part`].
pub(crate) const PARTS: &[(Part, &[&[Page]])] = &[
    (Part::Home, HOME),
    (Part::Service, SERVICE),
    (Part::Stock, STOCK),
    (Part::Trade, TRADE),
    (Part::Finance, FINANCE),
    (Part::Master, MASTER),
];

pub(crate) const HOME: &[&[Page]] =
    &[&[Page::new("/", common::HOME, service::home::home).menu(Group::Home, Icon::Home)], account::PAGES];

pub(crate) const SERVICE: &[&[Page]] = &[service::ticket::PAGES];

pub(crate) const STOCK: &[&[Page]] = &[
    stock::balance::PAGES,
    stock::document::PAGES,
    stock::movement::PAGES,
    stock::bin::PAGES,
    stock::report::PAGES,
    stock::shortage::PAGES,
    stock::plan::PAGES,
    stock::requisition::PAGES,
    stock::transfer::PAGES,
    stock::owed_part::PAGES,
    stock::part_return::PAGES,
    stock::stocktake::PAGES,
    stock::revaluation::PAGES,
    stock::conversion::PAGES,
    stock::formula::PAGES,
    stock::swap::PAGES,
    stock::refurb::PAGES,
];

pub(crate) const TRADE: &[&[Page]] = &[
    trade::purchase::order::PAGES,
    trade::purchase::receipt::PAGES,
    trade::purchase::invoice::PAGES,
    trade::purchase::back::PAGES,
    trade::wholesale::order::PAGES,
    trade::wholesale::shipment::PAGES,
    trade::wholesale::back::PAGES,
    trade::retail::PAGES,
    trade::wholesale::price::PAGES,
];

pub(crate) const FINANCE: &[&[Page]] = &[
    finance::receipt::PAGES,
    finance::payment::PAGES,
    finance::settlement::PAGES,
    finance::ledger::PAGES,
    finance::report::PAGES,
    finance::vat::PAGES,
];

pub(crate) const MASTER: &[&[Page]] = &[
    master::customer::PAGES,
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
];

/// Everything that Ctrl K can search in.
pub const FINDERS: &[&[Finder]] = &[
    service::ticket::FINDERS,
    master::customer::FINDERS,
    master::unit::FINDERS,
    finance::receipt::FINDERS,
    trade::retail::FINDERS,
];
