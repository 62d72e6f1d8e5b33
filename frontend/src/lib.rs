//! The browser app: the pages of Aftercare over its typed API.
//!
//! Where does a line live? A word of the business never in [`ui`]; what every document shares in [`doc`]; the rest in [`pages`].

pub mod api;
mod app;
pub mod doc;
pub mod nav;
pub mod pages;
pub mod palette;
mod panic;
pub mod part;
mod shell;
pub mod text;
pub mod ui;

/// Starts the app in the page.
pub fn start() {
    panic::install();
    text::start_language();
    ui::theme::start_theme();
    leptos::mount::mount_to_body(app::App);
}
