//! What concerns the reader: profile, password, devices; and what this installation is.

mod about;
mod devices;
mod profile;

use crate::nav::Page;
use crate::text::shell;

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/account", shell::PROFILE, profile::profile),
    Page::new("/account/password", shell::CHANGE_PASSWORD, profile::password),
    Page::new("/about", shell::ABOUT, about::about),
];
