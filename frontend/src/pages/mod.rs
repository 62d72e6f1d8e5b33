//! The pages, by domain. A document's `PAGES` and, if it can be found by number or phone, its `FINDERS` are listed here.

pub mod account;
mod home;
pub mod master;

use crate::nav::{Group, Page};
use crate::palette::Finder;
use crate::text::common;
use crate::ui::Icon;

/// Every page of the app.
pub const PAGES: &[&[Page]] = &[HOME, master::customer::PAGES, account::PAGES];

/// Everything that Ctrl K can search in.
pub const FINDERS: &[&[Finder]] = &[master::customer::FINDERS];

const HOME: &[Page] = &[Page::new("/", common::HOME, home::home).menu(Group::Home, Icon::Home)];
