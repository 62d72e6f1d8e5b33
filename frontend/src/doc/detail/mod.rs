//! Details as data: head with state, exactly the actions that the server allows, groups of fields, lines, timeline, files.

mod action;
mod attachments;
mod journal;
mod page;

pub use action::{Act, Record};
pub use attachments::{Attachments, Picture, Thumbnail};
pub use journal::{Journal, JournalWords};
pub use page::{DetailPage, Item, LineColumn, Lines, draw_items, item};
