//! Everything the app says, in both languages.
//!
//! Each area declares its texts in one file with [`texts!`](crate::texts): key, Chinese and English stand in one row, so a missing
//! translation does not compile, and neither does a page that uses a key that is not there. States and other choices
//! are not declared here: their labels come from the contract ([`choice`]).

mod area;
mod format;
mod label;

pub use area::*;
pub use format::*;
pub use label::{Label, choice, lang, permission_label, prefer_language, set_lang, start_language};
